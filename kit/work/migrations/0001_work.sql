-- Work to be done outside a request. A row is added in the transaction that wants the work, so that neither can be
-- without the other.
create table job (
    id            uuid primary key,
    kind          text not null,
    payload       jsonb not null,
    -- At most one job of a kind with the same key waits or runs.
    unique_key    text,
    state         text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
    made_at       timestamptz not null,
    made_by       uuid,
    run_at        timestamptz not null,
    attempts      bigint not null default 0,
    attempts_max  bigint not null,
    started_at    timestamptz,
    -- While it runs its node moves this on; a job whose lease has run out was left behind by a node that died.
    lease_until   timestamptz,
    ended_at      timestamptz,
    error         text,
    progress_done bigint not null default 0,
    progress_all  bigint not null default 0,
    progress_note text not null default ''
);
create unique index job_unique on job (kind, unique_key) where state in ('waiting', 'running');
create index job_due on job (run_at, id) where state = 'waiting';
create index job_leased on job (lease_until) where state = 'running';
create index job_recent on job (made_at, id);

-- How far each reader of the event log has come.
create table consumer (
    name          text primary key,
    tx            bigint not null,
    seq           bigint not null,
    moved_at      timestamptz not null,
    failures      bigint not null default 0,
    retry_at      timestamptz,
    error         text
);

-- What is done again and again: the number of the last period for which one node has put a job in.
create table schedule (
    name          text primary key,
    period        bigint not null
);
