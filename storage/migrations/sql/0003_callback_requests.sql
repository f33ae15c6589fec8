-- People who asked to be rung back, and when an office rings: its windows and how many a day.

alter table offices
    add column callback_windows text not null default '09:00-11:00,13:00-15:00',
    add column callback_daily integer not null default 0,
    add constraint ck_offices_callback_daily check (callback_daily >= 0);

create table callback_requests (
    id uuid not null,
    office text not null,
    request_id uuid,
    phone_sealed text not null,
    phone_index text not null,
    language text not null,
    gateway text not null,
    stuck_at text not null,
    day date not null,
    hours text not null,
    state text not null default 'asked',
    tries integer not null default 0,
    officer_id uuid,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_callback_requests primary key (id),
    constraint ck_callback_requests_state
        check (state in ('asked', 'called', 'reached', 'closed')),
    constraint fk_callback_requests_office_offices foreign key (office) references offices (code),
    constraint fk_callback_requests_request_id_card_requests foreign key (request_id)
        references card_requests (id),
    constraint fk_callback_requests_officer_id_officers foreign key (officer_id)
        references officers (id)
);
create unique index uq_callback_requests_open_phone on callback_requests (phone_index)
    where state in ('asked', 'called');
create index ix_callback_requests_office_day_hours on callback_requests (office, day, hours);
create index ix_callback_requests_updated_at on callback_requests (updated_at);
create index ix_callback_requests_request_id on callback_requests (request_id);
