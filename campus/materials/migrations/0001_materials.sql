-- The files of a course: one row for each name, the bytes kept under their hash.
create table course_file (
    id          uuid primary key,
    course      uuid not null references course (id) on delete cascade,
    name        text not null,
    -- Where it lay in the package that it came from; with it importing again doubles nothing.
    path        text,
    hash        text not null,
    media_type  text not null,
    size        bigint not null,
    made_at     timestamptz not null,
    made_by     uuid references person (id) on delete set null,
    unique (course, path)
);
create index course_file_course on course_file (course, name);
create index course_file_hash on course_file (hash);

-- Every version of a page. The highest number is what readers see.
create table page_version (
    item       uuid not null references item (id) on delete cascade,
    number     bigint not null,
    format     text not null check (format in ('markdown', 'html')),
    source     text not null,
    -- The source as it is shown: safe, links resolved.
    html       text not null,
    words      bigint not null,
    made_at    timestamptz not null,
    made_by    uuid references person (id) on delete set null,
    primary key (item, number)
);

-- What somebody has typed and not saved yet.
create table page_draft (
    item    uuid not null references item (id) on delete cascade,
    person  uuid not null references person (id) on delete cascade,
    source  text not null,
    at      timestamptz not null,
    primary key (item, person)
);

create table link_content (
    item  uuid primary key references item (id) on delete cascade,
    url   text not null
);

create table file_content (
    item  uuid primary key references item (id) on delete cascade,
    file  uuid references course_file (id)
);

create table video_content (
    item  uuid primary key references item (id) on delete cascade,
    file  uuid references course_file (id)
);

create table video_track (
    item      uuid not null references item (id) on delete cascade,
    language  text not null,
    file      uuid not null references course_file (id),
    -- The spoken lines with their seconds, from the captions: a JSON list of {at, text}.
    cues      jsonb not null default '[]',
    primary key (item, language)
);
