-- Terms: named stretches of time that courses fall into. Times are moments; `zone` is where their days were meant.
create table term (
    id      uuid primary key,
    name    text not null unique,
    starts  timestamptz not null,
    ends    timestamptz not null,
    zone    text not null,
    made_at timestamptz not null,
    check (ends > starts)
);
create index term_starts on term (starts);

-- `words` is what the catalogue searches: title, code and summary in lower case without accents, kept by the program
-- because the two engines fold letters differently.
create table course (
    id                  uuid primary key,
    unit                uuid not null references unit (id),
    term                uuid references term (id),
    title               text not null,
    code                text not null default '',
    summary             text not null default '',
    about               text not null default '',
    hue                 bigint not null,
    language            text not null,
    zone                text not null,
    starts              timestamptz,
    ends                timestamptz,
    layout              text not null check (layout in ('modules', 'weeks')),
    listing             text not null check (listing in ('hidden', 'members', 'public')),
    enrolment           text not null check (enrolment in ('closed', 'open', 'key', 'ask')),
    enrol_from          timestamptz,
    enrol_until         timestamptz,
    enrol_days          bigint,
    enrol_key           text,
    people_visible      boolean not null default true,
    licence             text not null,
    words               text not null default '',
    made_at             timestamptz not null,
    made_by             uuid references person (id),
    changed_at          timestamptz not null,
    check (hue between 1 and 8),
    check (ends is null or starts is null or ends > starts),
    check (enrol_until is null or enrol_from is null or enrol_until > enrol_from),
    check (enrol_days is null or enrol_days > 0)
);
-- Compared byte by byte on both engines: courses are in the order of their words, which begin with the title.
-- @postgres
alter table course alter column words type text collate "C";
create index course_unit on course (unit);
create index course_term on course (term);
create index course_made_by on course (made_by);
create index course_listing on course (listing, words);

-- Who made the course visible to its learners, when, and from which moment on (at once where none).
create table publication (
    course          uuid primary key references course (id) on delete cascade,
    published_by    uuid references person (id),
    published_at    timestamptz not null,
    visible_from    timestamptz
);
create index publication_by on publication (published_by);

-- Who put the course away, and when: nobody works in it any more, everything is kept.
create table archive (
    course          uuid primary key references course (id) on delete cascade,
    archived_by     uuid references person (id),
    archived_at     timestamptz not null
);
create index archive_by on archive (archived_by);

-- Every course has at least one section. A section that is cross-listed carries the code and title under which its
-- people know the course.
create table section (
    id          uuid primary key,
    course      uuid not null references course (id) on delete cascade,
    name        text not null,
    code        text not null default '',
    title       text not null default '',
    capacity    bigint,
    starts      timestamptz,
    ends        timestamptz,
    enrol_key   text,
    position    bigint not null,
    made_at     timestamptz not null,
    unique (course, name),
    unique (course, id),
    check (capacity is null or capacity >= 0),
    check (ends is null or starts is null or ends > starts)
);

-- One person in one role in one section (or in the whole course, which only those who run it are). `queued` is since
-- when somebody waits for a place or for an answer, `turn` their number in the order of coming: those who came with one
-- list came at one moment.
create table enrolment (
    id          uuid primary key,
    course      uuid not null references course (id) on delete cascade,
    section     uuid,
    person      uuid not null references person (id),
    role        text not null,
    state       text not null check (
        state in ('invited', 'requested', 'waiting', 'active', 'suspended', 'concluded', 'removed')
    ),
    -- The state before this one, to which an undo goes back.
    state_before text,
    starts      timestamptz,
    ends        timestamptz,
    method      text not null check (method in ('hand', 'import', 'open', 'key', 'ask', 'copy')),
    note        text not null default '',
    queued      timestamptz,
    turn        bigint,
    made_at     timestamptz not null,
    made_by     uuid references person (id),
    changed_at  timestamptz not null,
    foreign key (course, section) references section (course, id),
    unique (course, person, role, section),
    check (ends is null or starts is null or ends > starts)
);
create unique index enrolment_whole_course on enrolment (course, person, role) where section is null;
create index enrolment_person on enrolment (person, state);
create index enrolment_course on enrolment (course, state, role);
create index enrolment_section on enrolment (section, state, turn);
create index enrolment_made_by on enrolment (made_by);
create index enrolment_waiting on enrolment (course) where state = 'waiting';

-- What somebody changed of one or many enrolments at once, so that it can be undone as one. `was` lists how each was.
create table enrolment_change (
    id          uuid primary key,
    course      uuid not null references course (id) on delete cascade,
    kind        text not null,
    was         jsonb not null,
    made_at     timestamptz not null,
    made_by     uuid references person (id),
    undone_at   timestamptz
);
create index enrolment_change_course on enrolment_change (course);
create index enrolment_change_made_by on enrolment_change (made_by);

-- A course as every page needs it: with the names of its unit and term, and its state.
create view course_whole as
    select course.*, unit.name as unit_name, unit.path as unit_path, term.name as term_name,
           publication.published_by, publication.published_at, publication.visible_from,
           archive.archived_by, archive.archived_at
    from course
    join unit on unit.id = course.unit
    left join term on term.id = course.term
    left join publication on publication.course = course.id
    left join archive on archive.course = course.id;

-- An enrolment with its section's name and the time in which it counts: its own dates, else its section's.
create view enrolment_whole as
    select enrolment.*, section.name as section_name, section.code as section_code, section.title as section_title,
           coalesce(enrolment.starts, section.starts) as counts_from,
           coalesce(enrolment.ends, section.ends) as counts_until
    from enrolment left join section on section.id = enrolment.section;
