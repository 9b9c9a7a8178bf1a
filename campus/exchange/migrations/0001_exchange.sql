-- A package that somebody handed in: looked at first, then taken over by a job.
create table import (
    id         uuid primary key,
    -- The course that it goes to; none until a new course is made for it.
    course     uuid references course (id) on delete cascade,
    -- The unit and the title of the new course.
    unit       uuid references unit (id) on delete set null,
    title      text not null,
    file_name  text not null,
    hash       text not null,
    size       bigint not null,
    state      text not null check (state in ('looked', 'running', 'done', 'failed')),
    -- What would be done, later what was done.
    report     jsonb not null,
    error      text,
    job        uuid,
    made_at    timestamptz not null,
    made_by    uuid references person (id) on delete set null
);
create index import_course on import (course, made_at);
create index import_by on import (made_by, made_at);

-- What was in a package and has no kind yet: kept whole, so that it can be taken later without the package.
create table original (
    id          uuid primary key,
    course      uuid not null references course (id) on delete cascade,
    -- The identifier in the package, behind a mark of the package.
    source      text not null,
    identifier  text not null,
    -- In words: quiz, discussion, tool.
    kind        text not null,
    -- The type of the resource as the package wrote it.
    type        text not null,
    title       text not null,
    href        text,
    -- Its files: path in the package, hash and size of the bytes.
    files       jsonb not null,
    -- XML that stood in the manifest instead of a file.
    inline      text,
    -- Where it stood: the source of its module, and its place among the items there.
    module      text,
    position    bigint not null default 0,
    made_at     timestamptz not null,
    unique (course, source)
);

-- What an import wrote into a page, so that the next one can tell whether somebody has changed it since.
create table imported_page (
    item     uuid primary key references item (id) on delete cascade,
    version  bigint not null,
    digest   text not null
);
