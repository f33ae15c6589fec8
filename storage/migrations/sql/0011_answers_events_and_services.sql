-- What an office tells and offers: its own answers, fairs and trainings, other services.

create table answers (
    office text not null,
    key text not null,
    language text not null,
    title text not null,
    text text not null,
    asked text not null default '',
    hidden boolean not null default false,
    version integer not null default 1,
    updated_at timestamptz not null,
    constraint pk_answers primary key (office, key, language),
    constraint fk_answers_office_offices foreign key (office) references offices (code)
);

create table events (
    id uuid not null,
    office text not null,
    kind text not null,
    title text not null,
    venue text not null,
    day date not null,
    hour text not null,
    seats integer,
    sign_up_until date,
    details text not null default '',
    state text not null default 'draft',
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_events primary key (id),
    constraint ck_events_kind check (kind in ('fair', 'training')),
    constraint ck_events_state check (state in ('draft', 'published', 'closed')),
    constraint ck_events_seats check (seats is null or seats > 0),
    constraint fk_events_office_offices foreign key (office) references offices (code)
);
create index ix_events_office_day on events (office, day);

create table sign_ups (
    id uuid not null,
    office text not null,
    event_id uuid not null,
    name text not null,
    name_folded text not null,
    phone_sealed text not null,
    phone_index text not null,
    phone_last4 text not null,
    language text not null,
    state text not null default 'new',
    officer_id uuid,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_sign_ups primary key (id),
    constraint ck_sign_ups_state check (state in ('new', 'accepted', 'declined', 'withdrawn')),
    constraint uq_sign_ups_event_id_phone_index_name_folded
        unique (event_id, phone_index, name_folded),
    constraint fk_sign_ups_office_offices foreign key (office) references offices (code),
    constraint fk_sign_ups_event_id_events foreign key (event_id) references events (id),
    constraint fk_sign_ups_officer_id_officers foreign key (officer_id) references officers (id)
);

create table service_types (
    id uuid not null,
    office text not null,
    name text not null,
    papers text not null,
    note text not null default '',
    open text not null,
    hours text not null,
    hour_quota integer not null,
    ahead_days integer not null,
    state text not null default 'off',
    version integer not null default 1,
    updated_at timestamptz not null,
    constraint pk_service_types primary key (id),
    constraint ck_service_types_state check (state in ('off', 'told', 'booked')),
    constraint ck_service_types_hour_quota check (hour_quota >= 0),
    constraint uq_service_types_office_name unique (office, name),
    constraint fk_service_types_office_offices foreign key (office) references offices (code)
);

create table service_slots (
    service_id uuid not null,
    day date not null,
    hour text not null,
    capacity integer not null,
    taken integer not null default 0,
    constraint pk_service_slots primary key (service_id, day, hour),
    constraint ck_service_slots_taken check (taken >= 0 and taken <= capacity),
    constraint fk_service_slots_service_id_service_types foreign key (service_id)
        references service_types (id)
);

create table service_visits (
    id uuid not null,
    office text not null,
    service_id uuid not null,
    name text not null,
    phone_sealed text not null,
    phone_index text not null,
    phone_last4 text not null,
    language text not null,
    day date not null,
    hour text not null,
    state text not null default 'booked',
    officer_id uuid,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_service_visits primary key (id),
    constraint ck_service_visits_state check (state in ('booked', 'came', 'absent', 'withdrawn')),
    constraint fk_service_visits_office_offices foreign key (office) references offices (code),
    constraint fk_service_visits_service_id_service_types foreign key (service_id)
        references service_types (id),
    constraint fk_service_visits_officer_id_officers foreign key (officer_id)
        references officers (id)
);
create index ix_service_visits_office_day on service_visits (office, day);
create unique index uq_service_visits_booked on service_visits (service_id, phone_index)
    where state = 'booked';
