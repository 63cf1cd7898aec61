--liquibase formatted sql

--changeset cairn:audit-log
create table audit_log (
    entry_id  bigint generated always as identity primary key,
    at        timestamptz not null,
    caller    text collate "C" not null,
    role      text,
    kind      text not null,
    done_by   text not null,
    subject   text not null,
    version   integer,
    row_count bigint
);
create index audit_log_at on audit_log (at);
create index audit_log_caller on audit_log (caller, entry_id);
comment on table audit_log is 'What was done: rows are added, and deleted by age; none is changed.';
comment on column audit_log.caller is 'Empty: it is not known who.';
comment on column audit_log.done_by is 'The command, field of the GraphQL schema or use case.';
comment on column audit_log.subject is 'Kind and name of a definition; of reading, a digest of what was asked; name of a key; reason of a refusal.';
comment on column audit_log.row_count is 'Rows that were given to who read.';
