--liquibase formatted sql

--changeset cairn:deletions
create table deletion (
    deletion_id bigint generated always as identity primary key,
    deleted_at  timestamptz not null unique,
    what        text not null,
    accounts    bigint not null,
    users       bigint not null,
    restored_at timestamptz,
    purged_at   timestamptz
);
comment on table deletion is 'What was deleted on request. Until it is restored or purged its facts are those superseded at deleted_at, its accounts those with its id.';
comment on column deletion.deleted_at is 'Later than every change before, of any source.';
comment on column deletion.what is 'In words, while it is pending: it may say whom it is about.';

create table deletion_fact (
    deletion_id bigint not null references deletion,
    source      text collate "C" not null,
    facts       bigint not null,
    primary key (deletion_id, source)
);
comment on table deletion_fact is 'How many facts of which source a deletion put out of force.';

alter table account add column deletion_id bigint references deletion;
comment on column account.deletion_id is 'The deletion by which the account, its users, attributes and facts are out of every answer.';
