--liquibase formatted sql

--changeset cairn:seal-key
create table seal_key (
    is_only boolean not null default true primary key check (is_only),
    key     bytea not null check (length(key) = 32)
);
comment on table seal_key is 'What cursors are signed with, so that nobody can make one up; each database begins with one of its own.';
-- 244 of the 256 bits are by chance, of the operating system.
insert into seal_key (key)
select decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
