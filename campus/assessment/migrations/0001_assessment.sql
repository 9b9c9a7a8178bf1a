-- Folders of a course's question bank.
create table question_folder (
    id       uuid primary key,
    course   uuid not null references course (id) on delete cascade,
    parent   uuid references question_folder (id) on delete cascade,
    name     text not null,
    made_at  timestamptz not null,
    made_by  uuid references person (id) on delete set null
);
create index question_folder_course on question_folder (course);
create index question_folder_parent on question_folder (parent);
create index question_folder_made_by on question_folder (made_by);

-- A question of a course's bank: its place, and what a list shows of its latest version.
create table question (
    id         uuid primary key,
    course     uuid not null references course (id) on delete cascade,
    folder     uuid references question_folder (id) on delete set null,
    latest     bigint not null,
    kind       text not null,
    title      text not null,
    -- Its words in small letters, for search.
    words      text not null,
    -- Its tags in small letters, a space before and behind each.
    tags       text not null default ' ',
    -- Where it stood in the file that it came from; with it importing again doubles nothing.
    source     text,
    made_at    timestamptz not null,
    made_by    uuid references person (id) on delete set null,
    -- A question that was taken out stays for the undo, and for the attempts that have it.
    deleted_at timestamptz,
    deleted_by uuid references person (id) on delete set null,
    unique (course, source)
);
create index question_course on question (course, title);
create index question_folder_is on question (folder);
create index question_made_by on question (made_by);
create index question_deleted_by on question (deleted_by);

-- Every version of a question; none is ever changed. Number 1 is the oldest.
create table question_version (
    question  uuid not null references question (id) on delete cascade,
    number    bigint not null,
    content   jsonb not null,
    made_at   timestamptz not null,
    made_by   uuid references person (id) on delete set null,
    primary key (question, number)
);
create index question_version_made_by on question_version (made_by);

-- How a quiz goes. An item without a row goes by the defaults.
create table quiz (
    item        uuid primary key references item (id) on delete cascade,
    settings    jsonb not null,
    changed_at  timestamptz not null,
    changed_by  uuid references person (id) on delete set null
);
create index quiz_changed_by on quiz (changed_by);

-- The places of a quiz, each for one question: a certain one, in a certain version or the latest; or one that is drawn.
create table quiz_slot (
    id         uuid primary key,
    item       uuid not null references item (id) on delete cascade,
    position   bigint not null,
    -- In ten-thousandths.
    points     bigint not null check (points >= 0),
    question   uuid references question (id) on delete cascade,
    -- Null for the latest.
    version    bigint,
    -- Where a question is drawn from: a folder (null for the whole bank), with those below it, with all of these tags.
    folder     uuid references question_folder (id) on delete set null,
    below      boolean not null default true,
    tags       text not null default ' ',
    made_at    timestamptz not null,
    made_by    uuid references person (id) on delete set null
);
create index quiz_slot_item on quiz_slot (item, position);
create index quiz_slot_question on quiz_slot (question);
create index quiz_slot_folder on quiz_slot (folder);
create index quiz_slot_made_by on quiz_slot (made_by);

-- How much longer than others somebody may take in this course, in percent: who needs more time is known to those who teach.
create table extra_time (
    course   uuid not null references course (id) on delete cascade,
    person   uuid not null references person (id) on delete cascade,
    percent  bigint not null check (percent between 1 and 900),
    at       timestamptz not null,
    by       uuid references person (id) on delete set null,
    primary key (course, person)
);
create index extra_time_person on extra_time (person);
create index extra_time_by on extra_time (by);

-- One try of one person. What was set when it began is kept with it.
create table attempt (
    id          uuid primary key,
    item        uuid not null references item (id) on delete cascade,
    course      uuid not null references course (id) on delete cascade,
    person      uuid not null references person (id) on delete cascade,
    number      bigint not null,
    -- From it follow the draws and all orders.
    seed        bigint not null,
    -- Of those who make the quiz: it counts for nothing.
    is_preview  boolean not null,
    -- Whether there is no way back, and how far the person has come then.
    one_way     boolean not null,
    reached     bigint not null default 0,
    started_at  timestamptz not null,
    -- Its end, null where it never ends; and when somebody must look at it.
    ends_at     timestamptz,
    look_at     timestamptz,
    -- How it ended, when, and who saw to it; null while it runs.
    ended_how   text check (ended_how in ('submitted', 'timed-out', 'abandoned')),
    ended_at    timestamptz,
    ended_by    uuid references person (id) on delete set null,
    -- The hash of what was answered, on the receipt.
    receipt     text,
    unique (item, person, number),
    check ((ended_how is null) = (ended_at is null))
);
create index attempt_person on attempt (person);
create index attempt_course on attempt (course);
create index attempt_ended_by on attempt (ended_by);
-- What the job looks for.
create index attempt_look on attempt (look_at) where ended_at is null and look_at is not null;

-- The questions of an attempt, each in the version that it was given in.
create table attempt_slot (
    attempt    uuid not null references attempt (id) on delete cascade,
    position   bigint not null,
    slot       uuid references quiz_slot (id) on delete set null,
    question   uuid not null references question (id) on delete cascade,
    version    bigint not null,
    points     bigint not null,
    primary key (attempt, position)
);
create index attempt_slot_question on attempt_slot (question, version);
create index attempt_slot_slot on attempt_slot (slot);

-- Everything that was answered, in the order of the browsers that sent it; nothing is ever changed. Of one question the row
-- with the highest number holds, among equal ones that of the device whose name is higher.
create table attempt_answer (
    attempt    uuid not null references attempt (id) on delete cascade,
    seq        bigint not null,
    position   bigint not null,
    device     text not null,
    answer     jsonb not null,
    at         timestamptz not null,
    primary key (attempt, seq, position, device)
);

-- What somebody wants to come back to.
create table attempt_flag (
    attempt    uuid not null references attempt (id) on delete cascade,
    position   bigint not null,
    at         timestamptz not null,
    primary key (attempt, position)
);

-- What each question of an attempt that has ended earned, with its answer as it was handed in.
create table attempt_mark (
    attempt    uuid not null references attempt (id) on delete cascade,
    position   bigint not null,
    answer     jsonb not null,
    -- The version of the question by which it was scored.
    version    bigint not null,
    -- In ten-thousandths; null while it waits for a person.
    points     bigint,
    parts      jsonb not null,
    -- What somebody said to it, and whether they marked it.
    comment    text not null default '',
    by_hand    boolean not null default false,
    at         timestamptz not null,
    by         uuid references person (id) on delete set null,
    primary key (attempt, position)
);
create index attempt_mark_by on attempt_mark (by);
create index attempt_mark_waiting on attempt_mark (attempt) where points is null;

-- Every later change of a mark.
create table attempt_mark_change (
    id         uuid primary key,
    attempt    uuid not null references attempt (id) on delete cascade,
    position   bigint not null,
    before     bigint,
    after      bigint,
    why        text not null check (why in ('marked', 'regraded')),
    at         timestamptz not null,
    by         uuid references person (id) on delete set null
);
create index attempt_mark_change_attempt on attempt_mark_change (attempt, position);
create index attempt_mark_change_by on attempt_mark_change (by);
