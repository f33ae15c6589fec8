-- Vacancies of the offices, and the phones whose callers said that they want one.

create table vacancies (
    id uuid not null,
    office text not null,
    reference text,
    title text not null,
    employer text not null,
    employer_checked boolean not null default false,
    sector text not null,
    education text,
    place text not null,
    district text,
    seats integer not null default 1,
    wage text,
    description text,
    apply_place text not null,
    apply_open text not null,
    bring text not null,
    closes_on date not null,
    state text not null default 'draft',
    published_at timestamptz,
    closed_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_vacancies primary key (id),
    constraint uq_vacancies_office_reference unique (office, reference),
    constraint ck_vacancies_state check (state in ('draft', 'published', 'closed')),
    constraint ck_vacancies_checked check (state <> 'published' or employer_checked),
    constraint ck_vacancies_published check (state <> 'published' or published_at is not null),
    constraint ck_vacancies_seats check (seats > 0),
    constraint fk_vacancies_office_offices foreign key (office) references offices (code)
);
create index ix_vacancies_published on vacancies (place, sector, published_at)
    where state = 'published';
create index ix_vacancies_office_state on vacancies (office, state);
create index ix_vacancies_state_closes_on on vacancies (state, closes_on);

create table vacancy_interests (
    id uuid not null,
    vacancy_id uuid not null,
    office text not null,
    request_id uuid,
    phone_sealed text not null,
    phone_index text not null,
    phone_last4 text not null,
    language text not null,
    gateway text not null,
    state text not null default 'new',
    officer_id uuid,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_vacancy_interests primary key (id),
    constraint uq_vacancy_interests_vacancy_id_phone_index unique (vacancy_id, phone_index),
    constraint ck_vacancy_interests_state check (state in ('new', 'told', 'closed')),
    constraint fk_vacancy_interests_vacancy_id_vacancies foreign key (vacancy_id)
        references vacancies (id),
    constraint fk_vacancy_interests_office_offices foreign key (office) references offices (code),
    constraint fk_vacancy_interests_request_id_card_requests foreign key (request_id)
        references card_requests (id),
    constraint fk_vacancy_interests_officer_id_officers foreign key (officer_id)
        references officers (id)
);
create index ix_vacancy_interests_office_state_created_at
    on vacancy_interests (office, state, created_at);
create index ix_vacancy_interests_phone_index on vacancy_interests (phone_index);
create index ix_vacancy_interests_request_id on vacancy_interests (request_id);
create index ix_vacancy_interests_updated_at on vacancy_interests (updated_at);
