-- SMS that came in, once each, and what became of them.

create table incoming_messages (
    id uuid not null,
    gateway text not null,
    gateway_id text not null,
    sent_to text not null,
    phone_sealed text not null,
    phone_index text not null,
    phone_last4 text,
    text_sealed text not null,
    kind text not null,
    state text not null default 'new',
    office text,
    request_id uuid,
    reply_id uuid,
    officer_id uuid,
    version integer not null default 1,
    received_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_incoming_messages primary key (id),
    constraint uq_incoming_messages_gateway_gateway_id unique (gateway, gateway_id),
    constraint ck_incoming_messages_kind
        check (kind in ('status', 'help', 'stop', 'start', 'free')),
    constraint ck_incoming_messages_state
        check (state in ('new', 'read', 'answered', 'closed')),
    constraint fk_incoming_messages_office_offices foreign key (office) references offices (code),
    constraint fk_incoming_messages_request_id_card_requests foreign key (request_id)
        references card_requests (id),
    constraint fk_incoming_messages_reply_id_messages foreign key (reply_id)
        references messages (id),
    constraint fk_incoming_messages_officer_id_officers foreign key (officer_id)
        references officers (id)
);
create index ix_incoming_messages_waiting on incoming_messages (received_at)
    where state in ('new', 'read');
create index ix_incoming_messages_phone_index_created_at
    on incoming_messages (phone_index, created_at);
create index ix_incoming_messages_request_id on incoming_messages (request_id);
