-- The outbox, delivery reports and opt-outs.

create table messages (
    id uuid not null,
    office text not null,
    request_id uuid,
    lane text not null,
    template text not null,
    language text not null,
    params_sealed text not null,
    phone_sealed text not null,
    phone_index text not null,
    dedupe_key text not null,
    status text not null default 'queued',
    not_before timestamptz not null,
    expires_at timestamptz,
    attempts integer not null default 0,
    lease_until timestamptz,
    claim_id uuid,
    gateway text,
    gateway_id text,
    segments integer,
    cost text,
    reason text,
    resent_of uuid,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    sent_at timestamptz,
    final_at timestamptz,
    constraint pk_messages primary key (id),
    constraint ck_messages_lane check (lane in ('urgent', 'bulk')),
    constraint fk_messages_office_offices foreign key (office) references offices (code),
    constraint fk_messages_request_id_card_requests foreign key (request_id)
        references card_requests (id),
    constraint uq_messages_dedupe_key unique (dedupe_key),
    constraint fk_messages_resent_of_messages foreign key (resent_of) references messages (id)
);
create index ix_messages_due on messages (lane, not_before) where status = 'queued';
create index ix_messages_gateway_gateway_id on messages (gateway, gateway_id);
create index ix_messages_leased on messages (status, lease_until)
    where status in ('claimed', 'sending');
create index ix_messages_office_created_at on messages (office, created_at);
create index ix_messages_phone_index_created_at on messages (phone_index, created_at);
create index ix_messages_request_id on messages (request_id);
create index ix_messages_unknown on messages (updated_at) where status = 'unknown';

create table delivery_reports (
    gateway text not null,
    gateway_id text not null,
    phone_index text not null default '',
    raw_status text not null,
    status text not null,
    raw_reason text,
    received_at timestamptz not null,
    applied_at timestamptz,
    constraint pk_delivery_reports primary key (gateway, gateway_id, phone_index, raw_status)
);
create index ix_delivery_reports_waiting on delivery_reports (received_at) where applied_at is null;

create table optouts (
    phone_index text not null,
    at timestamptz not null,
    source text not null,
    constraint pk_optouts primary key (phone_index)
);
