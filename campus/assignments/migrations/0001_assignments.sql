create table rubric (
    id          uuid primary key,
    course      uuid not null references course (id) on delete cascade,
    made_at     timestamptz not null,
    made_by     uuid references person (id) on delete set null,
    deleted_at  timestamptz,
    deleted_by  uuid references person (id) on delete set null
);
create index rubric_course on rubric (course);
create index rubric_made_by on rubric (made_by);
create index rubric_deleted_by on rubric (deleted_by);

-- Each change of a rubric is a version: what was marked by an older one keeps it (campus-rules M8).
create table rubric_version (
    rubric    uuid not null references rubric (id) on delete cascade,
    number    bigint not null,
    title     text not null,
    kind      text not null check (kind in ('rubric', 'guide', 'checklist')),
    criteria  jsonb not null,
    at        timestamptz not null,
    by        uuid references person (id) on delete set null,
    primary key (rubric, number)
);
create index rubric_version_by on rubric_version (by);

-- What an assignment asks for. Title, dates, release and publication are the item's.
create table assignment (
    item            uuid primary key references item (id) on delete cascade,
    format          text not null check (format in ('markdown', 'html')),
    source          text not null,
    -- The source as it is shown: safe.
    html            text not null,
    -- Ten-thousandths of a point; 0 where it is not graded.
    points          bigint not null,
    takes_text      boolean not null,
    takes_files     boolean not null,
    takes_address   boolean not null,
    on_paper        boolean not null,
    -- Endings that files may have, with blanks between: `pdf docx`. Empty: any.
    file_types      text not null,
    files_max       bigint not null,
    file_bytes_max  bigint not null,
    -- Null: as often as they like.
    attempts_max    bigint,
    -- Whether those who mark see no names.
    anonymous       boolean not null,
    rubric          uuid references rubric (id) on delete set null,
    -- What makes the codes of an anonymous assignment its own.
    salt            uuid not null,
    changed_at      timestamptz not null,
    changed_by      uuid references person (id) on delete set null
);
create index assignment_changed_by on assignment (changed_by);
create index assignment_rubric on assignment (rubric);

-- When names were shown to those who mark; there is no way back.
create table assignment_reveal (
    item  uuid primary key references item (id) on delete cascade,
    by    uuid references person (id) on delete set null,
    at    timestamptz not null
);
create index assignment_reveal_by on assignment_reveal (by);

-- What somebody has written and not handed in yet. Each save counts the revision up, so that an older window is told.
create table assignment_draft (
    item      uuid not null references item (id) on delete cascade,
    person    uuid not null references person (id) on delete cascade,
    text      text not null,
    address   text not null,
    revision  bigint not null,
    at        timestamptz not null,
    primary key (item, person)
);
create index assignment_draft_person on assignment_draft (person);

create table assignment_draft_file (
    id          uuid primary key,
    item        uuid not null references item (id) on delete cascade,
    person      uuid not null references person (id) on delete cascade,
    name        text not null,
    hash        text not null,
    media_type  text not null,
    size        bigint not null,
    at          timestamptz not null
);
create index assignment_draft_file_of on assignment_draft_file (item, person);
create index assignment_draft_file_person on assignment_draft_file (person);
create index assignment_draft_file_hash on assignment_draft_file (hash);

-- What was handed in: never changed afterwards.
create table submission (
    id            uuid primary key,
    item          uuid not null references item (id) on delete cascade,
    course        uuid not null references course (id) on delete cascade,
    person        uuid not null references person (id) on delete cascade,
    -- From 1, for each person.
    number        bigint not null,
    -- The form that it came from: sent twice, it is handed in once.
    token         uuid not null,
    text          text not null,
    address       text not null,
    on_paper      boolean not null,
    -- The words of the text and of files that are plain text, to be compared with those of others.
    words         text not null,
    -- SHA-256 over all of it.
    digest        text not null,
    at            timestamptz not null,
    -- The date that held for the person then.
    due_at        timestamptz,
    late_seconds  bigint not null,
    -- Who handed it in, where that was not the person.
    by            uuid references person (id) on delete set null,
    unique (item, person, number),
    unique (item, person, token)
);
create index submission_course on submission (course, at);
create index submission_person on submission (person);
create index submission_by on submission (by);

create table submission_file (
    submission  uuid not null references submission (id) on delete cascade,
    position    bigint not null,
    name        text not null,
    hash        text not null,
    media_type  text not null,
    size        bigint not null,
    primary key (submission, position)
);
create index submission_file_hash on submission_file (hash);

-- More attempts than everybody has, for one person.
create table extra_attempt (
    id        uuid primary key,
    item      uuid not null references item (id) on delete cascade,
    person    uuid not null references person (id) on delete cascade,
    attempts  bigint not null,
    at        timestamptz not null,
    by        uuid references person (id) on delete set null
);
create index extra_attempt_of on extra_attempt (item, person);
create index extra_attempt_person on extra_attempt (person);
create index extra_attempt_by on extra_attempt (by);

-- Marks on their way: shared by all who mark, saved at each change. Attempt 0: nothing was handed in.
create table mark_draft (
    item      uuid not null references item (id) on delete cascade,
    person    uuid not null references person (id) on delete cascade,
    attempt   bigint not null,
    points    bigint,
    comment   text not null,
    levels    jsonb not null,
    revision  bigint not null,
    at        timestamptz not null,
    by        uuid references person (id) on delete set null,
    primary key (item, person, attempt)
);
create index mark_draft_person on mark_draft (person);
create index mark_draft_by on mark_draft (by);

-- Marks as they were given; the newest of a person is what counts.
create table mark (
    id              uuid primary key,
    item            uuid not null references item (id) on delete cascade,
    person          uuid not null references person (id) on delete cascade,
    attempt         bigint not null,
    points          bigint,
    comment         text not null,
    levels          jsonb not null,
    rubric          uuid references rubric (id) on delete set null,
    rubric_version  bigint,
    at              timestamptz not null,
    by              uuid references person (id) on delete set null
);
create index mark_of on mark (item, person, at);
create index mark_person on mark (person);
create index mark_by on mark (by);
create index mark_rubric on mark (rubric);

-- Comments that somebody uses again and again.
create table comment_phrase (
    id      uuid primary key,
    person  uuid not null references person (id) on delete cascade,
    course  uuid not null references course (id) on delete cascade,
    text    text not null,
    at      timestamptz not null,
    unique (person, course, text)
);
create index comment_phrase_course on comment_phrase (course);
