-- Whether SMS are held back, and why: one row or none.

create table sending_pauses (
    only_one boolean not null default true,
    why text not null,
    since timestamptz not null,
    constraint pk_sending_pauses primary key (only_one),
    constraint ck_sending_pauses_only_one check (only_one)
);
