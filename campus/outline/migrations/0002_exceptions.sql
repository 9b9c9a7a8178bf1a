-- A date or an open door for one person or one section (campus-rules M20). One that was ended stays for the undo.
create table item_override (
    id           uuid primary key,
    item         uuid not null references item (id) on delete cascade,
    course       uuid not null references course (id) on delete cascade,
    person       uuid references person (id) on delete cascade,
    section      uuid references section (id) on delete cascade,
    -- Whether it speaks of a date; where it does and there is none, the date is taken away.
    sets_due     boolean not null,
    due_at       timestamptz,
    sets_unlock  boolean not null,
    unlock_at    timestamptz,
    sets_lock    boolean not null,
    lock_at      timestamptz,
    -- Open whatever its conditions, its module and the item before say.
    opens        boolean not null,
    made_at      timestamptz not null,
    made_by      uuid references person (id) on delete set null,
    ended_at     timestamptz,
    check ((person is null) <> (section is null))
);
create index item_override_item on item_override (item);
create index item_override_course on item_override (course, person);
create index item_override_person on item_override (person);
create index item_override_section on item_override (section);
create index item_override_made_by on item_override (made_by);
create unique index item_override_one_person on item_override (item, person) where ended_at is null and person is not null;
create unique index item_override_one_section on item_override (item, section) where ended_at is null and section is not null;

-- Dates that somebody changed at once, so that it can be undone as one. `was` lists how each was and what it became.
create table date_change (
    id         uuid primary key,
    course     uuid not null references course (id) on delete cascade,
    was        jsonb not null,
    made_at    timestamptz not null,
    made_by    uuid references person (id) on delete set null,
    undone_at  timestamptz
);
create index date_change_course on date_change (course);
create index date_change_made_by on date_change (made_by);
