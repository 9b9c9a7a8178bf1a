-- Who: the institution, its units, the people, how they sign in, and what they may do.

-- The one institution that this installation serves.
create table institution (
    id               uuid primary key,
    one              boolean not null unique default true check (one),
    name             text not null,
    locale           text not null,
    zone             text not null,
    sign_up          text not null check (sign_up in ('closed', 'invitation', 'open')),
    -- Mail domains that may sign up, in lower case; empty: any.
    sign_up_domains  jsonb not null default '[]',
    made_at          timestamptz not null,
    changed_at       timestamptz not null,
    changed_by       uuid
);

-- Organisation units. `path` is `/` and each unit's id in hexadecimal and `/`, from the top down to the unit itself.
create table unit (
    id               uuid primary key,
    parent           uuid references unit (id),
    name             text not null,
    path             text not null unique,
    made_at          timestamptz not null,
    unique (parent, name)
);
-- The rule above does not hold between units without a parent, since null differs from null.
create unique index unit_top_name on unit (name) where parent is null;

create table person (
    id               uuid primary key,
    given            text not null,
    family           text not null,
    -- In lower case.
    email            text not null unique,
    external_id      text unique,
    unit             uuid references unit (id),
    -- None: as the institution has it.
    locale           text,
    zone             text,
    pronouns         text not null default '',
    about            text not null default '',
    -- The hash of a picture in the file store.
    avatar           text,
    theme            text not null default 'system' check (theme in ('system', 'light', 'dark')),
    contrast         text not null default 'normal' check (contrast in ('normal', 'more')),
    -- Family and given name in lower case without accents: the order of every list of people.
    sort_name        text not null,
    -- argon2id as a PHC string; none until the person has chosen one.
    password         text,
    password_at      timestamptz,
    seen_at          timestamptz,
    made_at          timestamptz not null,
    made_by          uuid
);
-- Sorting and searching compare byte by byte on both engines.
-- @postgres
alter table person alter column sort_name type text collate "C";
create index person_sort on person (sort_name, id);
create index person_unit on person (unit, sort_name);
create index person_made on person (made_at, id);

-- The words by which a person is found: of the names, the address and the external id, folded as `sort_name`.
create table person_word (
    person           uuid not null references person (id) on delete cascade,
    word             text not null,
    primary key (person, word)
);
-- @postgres
alter table person_word alter column word type text collate "C";
create index person_word_word on person_word (word, person);

-- While this row is there the person cannot sign in.
create table suspension (
    person           uuid primary key references person (id) on delete cascade,
    at               timestamptz not null,
    by               uuid,
    reason           text not null default ''
);

-- What an administrator did to many people at once, so that it can be undone as one.
create table bulk_change (
    id               uuid primary key,
    kind             text not null check (kind in ('suspend', 'unsuspend')),
    at               timestamptz not null,
    by               uuid not null references person (id),
    -- The suspensions that were added or taken away.
    suspensions      jsonb not null,
    undone_at        timestamptz
);
create index bulk_change_by on bulk_change (by, at);

create table session (
    id               uuid primary key,
    person           uuid not null references person (id) on delete cascade,
    -- SHA-256 of the 256 bits in the cookie.
    token_hash       bytea not null unique,
    made_at          timestamptz not null,
    seen_at          timestamptz not null,
    expires_at       timestamptz not null,
    -- Chosen at sign-in: 30 days after the last visit, else 12 hours.
    remember         boolean not null,
    agent            text not null,
    ip               text not null
);
create index session_person on session (person, seen_at);
create index session_expires on session (expires_at);

-- A bearer token for programs, with the rights of its person cut down to `permissions`.
create table api_token (
    id               uuid primary key,
    person           uuid not null references person (id) on delete cascade,
    name             text not null,
    token_hash       bytea not null unique,
    -- Empty: all that the person may do.
    permissions      jsonb not null,
    made_at          timestamptz not null,
    expires_at       timestamptz not null,
    used_at          timestamptz
);
create index api_token_person on api_token (person, made_at);

-- A link that was sent, or handed over, once: to set a password, to accept an invitation, to sign up, to confirm an
-- address. The token is made when the mail is written, and only its hash is kept.
create table account_link (
    id               uuid primary key,
    purpose          text not null check (purpose in ('reset', 'invitation', 'sign-up', 'e-mail')),
    -- None for a sign-up: the person comes into being when the link is followed.
    person           uuid references person (id) on delete cascade,
    email            text not null,
    given            text not null default '',
    family           text not null default '',
    locale           text not null,
    token_hash       bytea unique,
    made_at          timestamptz not null,
    made_by          uuid,
    expires_at       timestamptz not null,
    used_at          timestamptz
);
create index account_link_person on account_link (person, purpose);
create index account_link_email on account_link (email);
create index account_link_expires on account_link (expires_at);

-- Failed attempts, by account and by address. The key is a hash: whether an account exists does not show here.
create table throttle (
    kind             text not null check (kind in ('account', 'address', 'mail-account', 'mail-address', 'token-address')),
    key              bytea not null,
    count            bigint not null,
    last_at          timestamptz not null,
    wait_until       timestamptz not null,
    primary key (kind, key)
);
create index throttle_last on throttle (last_at);

create table role (
    id               uuid primary key,
    -- Fixed for built-in roles, made from the name for others.
    key              text not null unique,
    -- Empty for a built-in role, whose name is translated.
    name             text not null default '',
    about            text not null default '',
    built_in         boolean not null,
    made_at          timestamptz not null,
    made_by          uuid
);

-- What a role says about a permission: at the institution (the role's definition), or narrower (an override).
-- campus-rules M32.
create table role_setting (
    role             uuid not null references role (id) on delete cascade,
    permission       text not null,
    scope_kind       text not null check (scope_kind in ('institution', 'unit', 'course', 'section', 'activity')),
    -- All zeros for the institution.
    scope_id         uuid not null,
    setting          text not null check (setting in ('inherit', 'allow', 'prevent', 'prohibit')),
    at               timestamptz not null,
    -- None: the default that came with the program.
    by               uuid,
    primary key (role, permission, scope_kind, scope_id)
);
create index role_setting_scope on role_setting (scope_id, role);

-- A role held by a person at a scope, for a time.
create table role_grant (
    id               uuid primary key,
    person           uuid not null references person (id) on delete cascade,
    role             uuid not null references role (id),
    scope_kind       text not null check (scope_kind in ('institution', 'unit', 'course', 'section', 'activity')),
    scope_id         uuid not null,
    starts           timestamptz,
    ends             timestamptz,
    -- What gave it: an enrolment's id, or the grant's own id where a person gave it by hand.
    source           uuid not null,
    made_at          timestamptz not null,
    made_by          uuid,
    unique (person, role, scope_kind, scope_id, source)
);
create index role_grant_person on role_grant (person);
create index role_grant_role on role_grant (role, person);
create index role_grant_scope on role_grant (scope_id, role);
create index role_grant_source on role_grant (source);

-- A list of people that was handed in.
create table people_import (
    id               uuid primary key,
    file_name        text not null,
    at               timestamptz not null,
    by               uuid not null references person (id),
    -- How the file was read: character set, separator, columns left out.
    reading          jsonb not null,
    total            bigint not null,
    -- None until it was started.
    started_at       timestamptz,
    invite           boolean not null default false,
    done             bigint not null default 0,
    ended_at         timestamptz
);
create index people_import_at on people_import (at);
create index people_import_by on people_import (by);

-- Its rows as they were read, a few hundred in each part, and what became of them once the part was taken over.
create table people_import_part (
    import           uuid not null references people_import (id) on delete cascade,
    part             bigint not null,
    rows             jsonb not null,
    report           jsonb,
    primary key (import, part)
);

-- The one-time code that lets the first administrator in, as SHA-256.
create table first_run (
    one              boolean primary key default true check (one),
    code_hash        bytea not null,
    made_at          timestamptz not null
);
