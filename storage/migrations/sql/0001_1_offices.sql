-- Offices, the days they are closed, and the slots they offer.

create table offices (
    code text not null,
    name text not null,
    place text not null,
    regency text not null,
    address text not null,
    counter text not null,
    phone text not null,
    open text not null,
    zone text not null,
    hours jsonb not null,
    daily_quota integer not null,
    hour_quota integer not null,
    ahead_days integer not null,
    minimum_age integer not null,
    card_source text not null,
    card_pattern text not null,
    papers text not null,
    sms_sender text,
    constraint pk_offices primary key (code),
    constraint ck_offices_quotas check (daily_quota >= 0 and hour_quota >= 0),
    constraint ck_offices_card_source check (card_source in ('own', 'external')),
    constraint ck_offices_zone check (zone in ('WIB', 'WITA', 'WIT'))
);

create table holidays (
    office text not null,
    day date not null,
    name text not null,
    constraint pk_holidays primary key (office, day),
    constraint fk_holidays_office_offices foreign key (office) references offices (code)
);

create table slots (
    office text not null,
    day date not null,
    hour text not null,
    capacity integer not null,
    taken integer not null default 0,
    constraint pk_slots primary key (office, day, hour),
    constraint ck_slots_taken check (taken >= 0 and taken <= capacity),
    constraint fk_slots_office_offices foreign key (office) references offices (code)
);
