-- What a course holds: modules, and items in them. A module or item that was deleted stays for the undo.
create table module (
    id                uuid primary key,
    course            uuid not null references course (id) on delete cascade,
    title             text not null,
    position          bigint not null,
    -- Before this moment nobody but its authors goes in.
    unlock_at         timestamptz,
    -- Modules that must be completed first: a JSON list of ids.
    needs             jsonb not null default '[]',
    requirement       text not null default 'all' check (requirement in ('all', 'some')),
    -- How many items must be completed where the requirement is `some`.
    requirement_count bigint not null default 1 check (requirement_count >= 1),
    sequential        boolean not null default false,
    made_at           timestamptz not null,
    made_by           uuid references person (id) on delete set null,
    deleted_at        timestamptz,
    -- The identifier in the package that it came from, so that importing again doubles nothing.
    source            text
);
create index module_course on module (course, position);
create unique index module_source on module (course, source) where source is not null;

create table module_publication (
    module   uuid primary key references module (id) on delete cascade,
    by       uuid references person (id) on delete set null,
    at       timestamptz not null
);

create table item (
    id          uuid primary key,
    course      uuid not null references course (id) on delete cascade,
    module      uuid not null references module (id) on delete cascade,
    kind        text not null,
    title       text not null,
    position    bigint not null,
    indent      bigint not null default 0 check (indent between 0 and 3),
    minutes     bigint not null default 0 check (minutes >= 0),
    completion  text not null default 'none' check (completion in ('none', 'view', 'mark', 'submit', 'grade')),
    -- When it opens beyond its module: a tree of conditions (campus-rules M16).
    release     jsonb,
    due_at      timestamptz,
    unlock_at   timestamptz,
    lock_at     timestamptz,
    made_at     timestamptz not null,
    made_by     uuid references person (id) on delete set null,
    deleted_at  timestamptz,
    source      text
);
create index item_course on item (course, module, position);
create index item_module on item (module, position);
create index item_due on item (course, due_at);
create unique index item_source on item (course, source) where source is not null;

create table item_publication (
    item     uuid primary key references item (id) on delete cascade,
    by       uuid references person (id) on delete set null,
    at       timestamptz not null
);

-- Where one person is with one item, and why.
create table item_progress (
    person     uuid not null references person (id) on delete cascade,
    item       uuid not null references item (id) on delete cascade,
    course     uuid not null references course (id) on delete cascade,
    viewed_at  timestamptz,
    -- Null while it is not done.
    done_at    timestamptz,
    -- The rule by which it was done: view, mark, submit, grade, staff.
    reason     text,
    -- Who did it, where that was not the person.
    done_by    uuid references person (id) on delete set null,
    primary key (person, item)
);
create index item_progress_course on item_progress (course, person);
create index item_progress_person on item_progress (person, course);
create index item_progress_item on item_progress (item);
