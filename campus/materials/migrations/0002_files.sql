-- How a link opens: in a tab of its own, in the same one, or in a frame within the course.
alter table link_content add column opens text not null default 'tab' check (opens in ('tab', 'here', 'frame'));

-- A file that was taken out stays for the undo.
alter table course_file add column deleted_at timestamptz;
alter table course_file add column deleted_by uuid references person (id) on delete set null;
create index course_file_deleted_by on course_file (deleted_by);
create index course_file_made_by on course_file (made_by);

-- A file that only those who make the course open: who shut it, and when.
create table course_file_lock (
    file  uuid primary key references course_file (id) on delete cascade,
    by    uuid references person (id) on delete set null,
    at    timestamptz not null
);
create index course_file_lock_by on course_file_lock (by);

-- What a file was before it was replaced. Number 1 is the oldest.
create table course_file_version (
    file         uuid not null references course_file (id) on delete cascade,
    number       bigint not null,
    name         text not null,
    hash         text not null,
    media_type   text not null,
    size         bigint not null,
    made_at      timestamptz not null,
    made_by      uuid references person (id) on delete set null,
    primary key (file, number)
);
create index course_file_version_hash on course_file_version (hash);
create index course_file_version_made_by on course_file_version (made_by);

-- Which files the page shows or links that readers see now.
create table page_file (
    item  uuid not null references item (id) on delete cascade,
    file  uuid not null references course_file (id) on delete cascade,
    primary key (item, file)
);
create index page_file_file on page_file (file);
create index file_content_file on file_content (file);
create index video_content_file on video_content (file);
create index video_track_file on video_track (file);

create view course_file_whole as
select f.id, f.course, f.name, f.path, f.hash, f.media_type, f.size, f.made_at, f.made_by, f.deleted_at, l.at as locked_at
from course_file f left join course_file_lock l on l.file = f.id;
