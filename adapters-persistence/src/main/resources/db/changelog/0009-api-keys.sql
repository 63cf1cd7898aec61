--liquibase formatted sql

--changeset cairn:api-keys
create table api_key (
    name            text collate "C" primary key,
    hash            text collate "C" not null unique,
    role            text not null,
    sees_everything boolean not null,
    scopes          text[] not null,
    claims          jsonb not null,
    created_at      timestamptz not null,
    expires_at      timestamptz,
    revoked_at      timestamptz,
    last_used_at    timestamptz,
    check (sees_everything = (cardinality(scopes) = 0))
);
comment on table api_key is 'Keys that people and programs ask with. Rows stay, so that a name is never given twice.';
comment on column api_key.hash is 'SHA-256 of the key in hexadecimal digits. A key is 256 bits by chance: nothing slower would keep it better.';
comment on column api_key.last_used_at is 'To about a minute.';
