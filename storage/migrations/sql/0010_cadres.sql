-- People of a village who register others from their own phone, and whom they helped.

create table cadres (
    id uuid not null,
    office text not null,
    name text not null,
    village text not null,
    phone_sealed text not null,
    phone_index text not null,
    phone_last4 text not null,
    pin_hash text not null,
    daily integer not null,
    missed integer not null default 0,
    locked_until timestamptz,
    state text not null default 'active',
    officer_id uuid,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_cadres primary key (id),
    constraint ck_cadres_state check (state in ('active', 'ended')),
    constraint ck_cadres_daily check (daily >= 0),
    constraint ck_cadres_missed check (missed >= 0),
    constraint fk_cadres_office_offices foreign key (office) references offices (code),
    constraint fk_cadres_officer_id_officers foreign key (officer_id) references officers (id)
);
create unique index uq_cadres_active_phone on cadres (phone_index) where state = 'active';
create index ix_cadres_office_state on cadres (office, state);

create table cadre_registrations (
    request_id uuid not null,
    cadre_id uuid not null,
    at timestamptz not null,
    constraint pk_cadre_registrations primary key (request_id),
    constraint fk_cadre_registrations_request_id_card_requests foreign key (request_id)
        references card_requests (id),
    constraint fk_cadre_registrations_cadre_id_cadres foreign key (cadre_id) references cadres (id)
);
create index ix_cadre_registrations_cadre_id_at on cadre_registrations (cadre_id, at);
