-- The mark of a course's modules and items as they are: another one after each change, so that whoever remembers them can
-- tell whether they still hold.
create table structure_mark (
    course  uuid primary key references course (id) on delete cascade,
    mark    uuid not null
);

-- What a person has done in their courses is read for every page: here without a look at the rows.
drop index item_progress_person;
create index item_progress_person on item_progress (person, course, item, viewed_at, done_at);
