-- What officers decided, with how it stood before, for ten seconds; and the phone calls of callers.

create table decisions (
    id uuid not null,
    request_id uuid not null,
    office text not null,
    officer_id uuid not null,
    move text not null,
    version integer not null,
    concerned uuid[] not null,
    before jsonb not null,
    made_at timestamptz not null,
    until timestamptz not null,
    undone_at timestamptz,
    constraint pk_decisions primary key (id),
    constraint fk_decisions_request_id_card_requests foreign key (request_id)
        references card_requests (id),
    constraint fk_decisions_office_offices foreign key (office) references offices (code),
    constraint fk_decisions_officer_id_officers foreign key (officer_id) references officers (id)
);
create index ix_decisions_request_id_version on decisions (request_id, version);
create index ix_decisions_until on decisions (until);

create table phone_calls (
    gateway text not null,
    session_id text not null,
    phone_index text not null,
    request_id uuid,
    language text not null,
    reached text not null,
    began_at timestamptz not null,
    last_at timestamptz not null,
    constraint pk_phone_calls primary key (gateway, session_id),
    constraint fk_phone_calls_request_id_card_requests foreign key (request_id)
        references card_requests (id)
);
create index ix_phone_calls_began_at on phone_calls (began_at);
create index ix_phone_calls_phone_index_began_at on phone_calls (phone_index, began_at);
create index ix_phone_calls_request_id on phone_calls (request_id);
