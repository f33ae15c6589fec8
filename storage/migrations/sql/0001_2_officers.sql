-- Officers and their server-side sessions.

create table officers (
    id uuid not null,
    office text not null,
    email text not null,
    name text not null,
    password_hash text not null,
    role text not null,
    active boolean not null default true,
    language text not null default 'id',
    created_at timestamptz not null,
    constraint pk_officers primary key (id),
    constraint ck_officers_role check (role in ('officer', 'head', 'admin')),
    constraint fk_officers_office_offices foreign key (office) references offices (code),
    constraint uq_officers_email unique (email)
);

create table officer_sessions (
    id uuid not null,
    token_hash text not null,
    officer_id uuid not null,
    data jsonb not null default '{}'::jsonb,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null,
    constraint pk_officer_sessions primary key (id),
    constraint uq_officer_sessions_token_hash unique (token_hash),
    constraint fk_officer_sessions_officer_id_officers foreign key (officer_id)
        references officers (id)
);
create index ix_officer_sessions_expires_at on officer_sessions (expires_at);
create index ix_officer_sessions_officer_id on officer_sessions (officer_id);
