-- Several sectors and a pace for those who want to hear of vacancies; who was told of which one.

alter table alert_profiles add column sectors text[];
alter table alert_profiles add column pace text not null default 'weekly';
alter table alert_profiles
    add constraint ck_alert_profiles_pace check (pace in ('weekly', 'now'));
update alert_profiles set sectors = array[sector] where sector is not null;

create table alerts (
    vacancy_id uuid not null,
    phone_index text not null,
    request_id uuid not null,
    office text not null,
    message_id uuid,
    created_at timestamptz not null,
    constraint pk_alerts primary key (vacancy_id, phone_index),
    constraint fk_alerts_vacancy_id_vacancies foreign key (vacancy_id) references vacancies (id),
    constraint fk_alerts_request_id_card_requests foreign key (request_id)
        references card_requests (id),
    constraint fk_alerts_office_offices foreign key (office) references offices (code)
);
create unique index uq_alerts_vacancy_id_request_id on alerts (vacancy_id, request_id);
create index ix_alerts_request_id on alerts (request_id);
create index ix_alerts_message_id on alerts (message_id);
create index ix_alerts_waiting on alerts (office, phone_index) where message_id is null;

create table alert_rounds (
    vacancy_id uuid not null,
    asked_at timestamptz not null,
    done_at timestamptz,
    constraint pk_alert_rounds primary key (vacancy_id),
    constraint fk_alert_rounds_vacancy_id_vacancies foreign key (vacancy_id)
        references vacancies (id)
);
create index ix_alert_rounds_asked_at on alert_rounds (asked_at) where done_at is null;
