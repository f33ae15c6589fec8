-- contract: the list of kinds of SMS only grows, so its check is written anew with more words
-- What holders report by phone, numbers that change or fell silent, and more words by SMS.

alter table card_requests add column phone_silent_at timestamptz;

create table card_reports (
    id uuid not null,
    request_id uuid not null,
    office text not null,
    due_on date not null,
    answer text not null,
    sector text,
    place text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_card_reports primary key (id),
    constraint uq_card_reports_request_id_due_on unique (request_id, due_on),
    constraint ck_card_reports_answer check (answer in ('looking', 'employed', 'training')),
    constraint fk_card_reports_request_id_card_requests foreign key (request_id)
        references card_requests (id),
    constraint fk_card_reports_office_offices foreign key (office) references offices (code)
);

create table phone_changes (
    id uuid not null,
    request_id uuid not null,
    office text not null,
    phone_sealed text not null,
    phone_index text not null,
    phone_last4 text not null,
    old_index text,
    language text not null,
    state text not null default 'waiting',
    due_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_phone_changes primary key (id),
    constraint ck_phone_changes_state check (state in ('waiting', 'done', 'stopped')),
    constraint fk_phone_changes_request_id_card_requests foreign key (request_id)
        references card_requests (id),
    constraint fk_phone_changes_office_offices foreign key (office) references offices (code)
);
create unique index uq_phone_changes_waiting on phone_changes (request_id)
    where state = 'waiting';
create index ix_phone_changes_due_at on phone_changes (due_at) where state = 'waiting';
create index ix_phone_changes_old_index on phone_changes (old_index) where state = 'waiting';

create index ix_attempts_kind_at on attempts (kind, at);

alter table incoming_messages
    drop constraint ck_incoming_messages_kind,
    add constraint ck_incoming_messages_kind check (kind in (
        'status', 'help', 'stop', 'start', 'not_me', 'pick', 'register', 'free'
    ));
