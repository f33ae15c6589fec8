-- What the dialogue leaves behind.

create table session_calls (
    gateway text not null,
    session_id text not null,
    position integer not null,
    ordinal integer not null,
    call text not null,
    result_sealed text,
    at timestamptz not null,
    constraint pk_session_calls primary key (gateway, session_id, position, ordinal)
);
create index ix_session_calls_at on session_calls (at);

create table books (
    version text not null,
    content text not null,
    first_seen_at timestamptz not null,
    constraint pk_books primary key (version)
);

create table funnel (
    day date not null,
    office text not null,
    flow text not null,
    state text not null,
    event text not null,
    language text not null,
    count integer not null,
    constraint pk_funnel primary key (day, office, flow, state, event, language)
);

create table session_ends (
    gateway text not null,
    session_id text not null,
    status text not null,
    duration_ms integer,
    hops integer,
    at timestamptz not null,
    constraint pk_session_ends primary key (gateway, session_id)
);
create index ix_session_ends_at on session_ends (at);
