-- How many works of others each learner reviews; 0: none (campus-rules M23).
alter table assignment add column peer_reviews bigint not null default 0;

-- Somebody reviews an attempt of somebody else. Neither learns who the other is.
create table peer_review (
    id              uuid primary key,
    item            uuid not null references item (id) on delete cascade,
    reviewer        uuid not null references person (id) on delete cascade,
    author          uuid not null references person (id) on delete cascade,
    submission      uuid not null references submission (id) on delete cascade,
    points          bigint,
    comment         text not null,
    levels          jsonb not null,
    revision        bigint not null,
    rubric          uuid references rubric (id) on delete set null,
    rubric_version  bigint,
    made_at         timestamptz not null,
    -- When it was given; null while it is on its way.
    done_at         timestamptz,
    -- When the reviewer said that something is wrong with the work, and what.
    reported_at     timestamptz,
    report          text not null,
    unique (item, reviewer, author)
);
create index peer_review_author on peer_review (author, item);
create index peer_review_reviewer on peer_review (reviewer);
create index peer_review_submission on peer_review (submission);
create index peer_review_rubric on peer_review (rubric);
