-- The rules by which a course makes grades. A course without a row has those with which every course begins. Percentages
-- are kept in hundredths of a percent.
create table grade_policy (
    course          uuid primary key references course (id) on delete cascade,
    -- Whether groups have weights; else all points are one heap.
    weighted        boolean not null,
    -- Off for each hour or day begun, in percent of the points possible; null where lateness costs nothing.
    late_percent    bigint check (late_percent between 0 and 10000),
    late_interval   text check (late_interval in ('hour', 'day')),
    late_lowest     bigint check (late_lowest between 0 and 10000),
    late_grace      bigint not null check (late_grace >= 0),
    -- Off for missing work; null where missing work has no score.
    missing_percent bigint check (missing_percent between 0 and 10000),
    -- The letters: a list of steps, none where there are no letters.
    scheme          jsonb not null,
    shows_total     boolean not null,
    shows_figures   boolean not null,
    posts           text not null check (posts in ('automatic', 'by-hand')),
    changed_at      timestamptz not null,
    changed_by      uuid references person (id) on delete set null,
    check ((late_percent is null) = (late_interval is null))
);
create index grade_policy_by on grade_policy (changed_by);

-- Columns that count together. One that was deleted stays for the undo.
create table grade_group (
    id           uuid primary key,
    course       uuid not null references course (id) on delete cascade,
    title        text not null,
    position     bigint not null,
    weight       bigint not null check (weight between 0 and 100000),
    drop_lowest  bigint not null check (drop_lowest between 0 and 100),
    drop_highest bigint not null check (drop_highest between 0 and 100),
    made_at      timestamptz not null,
    made_by      uuid references person (id) on delete set null,
    deleted_at   timestamptz
);
create index grade_group_course on grade_group (course, position);
create index grade_group_made_by on grade_group (made_by);

-- What is graded: an item of the outline, or work that has none. Points are kept in ten-thousandths.
create table grade_column (
    id          uuid primary key,
    course      uuid not null references course (id) on delete cascade,
    item        uuid unique references item (id) on delete cascade,
    grade_group uuid references grade_group (id) on delete set null,
    -- Where there is no item; an item has its own.
    title       text not null,
    due_at      timestamptz,
    position    bigint not null,
    points      bigint not null check (points between 0 and 10000000000),
    -- The grade that passes; null where any does.
    passing     bigint,
    -- Whether it counts for the total, whether its points are extra, and whether it is never dropped.
    counts      boolean not null default true,
    extra       boolean not null default false,
    never_drop  boolean not null default false,
    -- Whether something is to be handed in, so that it can be missing.
    hands_in    boolean not null,
    -- How its grades are posted; null as the course does.
    posts       text check (posts in ('automatic', 'by-hand')),
    made_at     timestamptz not null,
    made_by     uuid references person (id) on delete set null,
    deleted_at  timestamptz
);
create index grade_column_course on grade_column (course, position);
create index grade_column_group on grade_column (grade_group);
create index grade_column_made_by on grade_column (made_by);

-- A column as every page needs it: with the name, date, conditions and place of its item, whether it is there at all,
-- and whether learners see it.
create view grade_column_whole as
    select c.id, c.course, c.item, c.grade_group, coalesce(i.title, c.title) as title,
           case when c.item is null then c.due_at else i.due_at end as due_at, i.release, c.position, c.points, c.passing,
           c.counts, c.extra, c.never_drop, c.hands_in, c.posts, m.position as module_position,
           i.position as item_position,
           (c.deleted_at is null and (c.item is null or (i.deleted_at is null and m.deleted_at is null))) as is_there,
           (c.item is null or (ip.item is not null and mp.module is not null)) as is_open
    from grade_column c
    left join item i on i.id = c.item
    left join module m on m.id = i.module
    left join item_publication ip on ip.item = i.id
    left join module_publication mp on mp.module = i.module;

-- One person's grade in one column: raw points and lateness; what the rules make of them is worked out when it is read.
create table grade (
    grade_column uuid not null references grade_column (id) on delete cascade,
    person       uuid not null references person (id) on delete cascade,
    course       uuid not null references course (id) on delete cascade,
    points       bigint,
    state        text not null check (state in ('none', 'graded', 'pending', 'excused', 'missing')),
    submitted_at timestamptz,
    late_seconds bigint not null default 0,
    -- Whether nothing is taken off for lateness.
    late_waived  boolean not null default false,
    source       text not null check (source in ('marker', 'quiz', 'import', 'override')),
    -- Since when the learner sees it, and who posted it; null while it is hidden.
    posted_at    timestamptz,
    posted_by    uuid references person (id) on delete set null,
    given_at     timestamptz not null,
    given_by     uuid references person (id) on delete set null,
    primary key (grade_column, person),
    check (state <> 'graded' or points is not null)
);
-- Holds all that the table of a course shows, so that a thousand learners are read in one go.
create index grade_course on grade (course, person, grade_column, points, state, submitted_at, late_seconds, late_waived, posted_at);
create index grade_person on grade (person);
create index grade_posted_by on grade (posted_by);
create index grade_given_by on grade (given_by);

-- Many changes that were made at once, so that they can be undone as one.
create table grade_batch (
    id        uuid primary key,
    course    uuid not null references course (id) on delete cascade,
    kind      text not null check (kind in ('import', 'curve', 'undo')),
    at        timestamptz not null,
    by        uuid references person (id) on delete set null,
    undone_at timestamptz,
    undone_by uuid references person (id) on delete set null
);
create index grade_batch_course on grade_batch (course, at);
create index grade_batch_by on grade_batch (by);
create index grade_batch_undone_by on grade_batch (undone_by);

-- Every change of a grade.
create table grade_change (
    id            uuid primary key,
    course        uuid not null references course (id) on delete cascade,
    grade_column  uuid not null references grade_column (id) on delete cascade,
    person        uuid not null references person (id) on delete cascade,
    batch         uuid references grade_batch (id) on delete set null,
    source        text not null,
    before_points bigint,
    before_state  text not null,
    before_waived boolean not null,
    before_source text not null,
    points        bigint,
    state         text not null,
    late_waived   boolean not null,
    at            timestamptz not null,
    by            uuid references person (id) on delete set null
);
create index grade_change_course on grade_change (course, at);
create index grade_change_column on grade_change (grade_column, at);
create index grade_change_person on grade_change (person, course);
create index grade_change_batch on grade_change (batch);
create index grade_change_by on grade_change (by);

-- When grades of a column were shown to learners, and hidden from them.
create table grade_posting (
    id           uuid primary key,
    grade_column uuid not null references grade_column (id) on delete cascade,
    posted       boolean not null,
    grades       bigint not null,
    at           timestamptz not null,
    by           uuid references person (id) on delete set null
);
create index grade_posting_column on grade_posting (grade_column, at);
create index grade_posting_by on grade_posting (by);

-- What somebody set or settled as the grade of a course. The last row of a person holds; none is ever changed.
create table final_grade (
    id       uuid primary key,
    course   uuid not null references course (id) on delete cascade,
    person   uuid not null references person (id) on delete cascade,
    kind     text not null check (kind in ('override', 'withdrawn', 'locked', 'amended')),
    -- What holds, and what the rules made of the grades at that moment.
    percent  bigint,
    letter   text not null,
    computed bigint,
    reason   text not null,
    at       timestamptz not null,
    by       uuid references person (id) on delete set null
);
create index final_grade_course on final_grade (course, person, at);
create index final_grade_person on final_grade (person);
create index final_grade_by on final_grade (by);

-- Since when the final grades of a course are settled.
create table grade_lock (
    course uuid primary key references course (id) on delete cascade,
    at     timestamptz not null,
    by     uuid references person (id) on delete set null
);
create index grade_lock_by on grade_lock (by);
