-- Complaints and requests about one's own data, what was last asked by SMS, and help at the visit.

create table tickets (
    id uuid not null,
    office text not null,
    code text not null,
    kind text not null,
    state text not null default 'new',
    request_id uuid,
    callback_id uuid,
    text_sealed text,
    phone_sealed text not null,
    phone_index text not null,
    phone_last4 text not null,
    language text not null,
    gateway text not null,
    due_at timestamptz not null,
    officer_id uuid,
    answer_sealed text,
    answered_at timestamptz,
    satisfied boolean,
    reopened integer not null default 0,
    forwarded_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_tickets primary key (id),
    constraint uq_tickets_code unique (code),
    constraint ck_tickets_kind check (kind in ('complaint', 'data_copy', 'data_delete')),
    constraint ck_tickets_state check (state in ('new', 'working', 'closed')),
    constraint fk_tickets_office_offices foreign key (office) references offices (code),
    constraint fk_tickets_request_id_card_requests foreign key (request_id)
        references card_requests (id),
    constraint fk_tickets_officer_id_officers foreign key (officer_id) references officers (id)
);
create index ix_tickets_office_state_due_at on tickets (office, state, due_at);
create index ix_tickets_phone_index_created_at on tickets (phone_index, created_at);
create index ix_tickets_request_id on tickets (request_id);
create index ix_tickets_updated_at on tickets (updated_at);

create table sms_questions (
    phone_index text not null,
    about text not null,
    refs text[] not null,
    asked_at timestamptz not null,
    constraint pk_sms_questions primary key (phone_index)
);
create index ix_sms_questions_asked_at on sms_questions (asked_at);

alter table card_requests
    add column needs_help boolean not null default false;
