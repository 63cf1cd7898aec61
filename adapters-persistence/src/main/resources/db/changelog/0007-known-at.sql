--liquibase formatted sql

-- What is needed to answer as of what was known at an earlier instant, beside the superseded rows of facts.

--changeset cairn:known-at
create table coverage_history (
    source      text collate "C" not null,
    recorded    timestamptz not null,
    moved_until date,
    first_date  date,
    last_date   date,
    from_date   date,
    from_at     timestamptz,
    until_date  date,
    until_at    timestamptz,
    primary key (source, recorded)
);
comment on table coverage_history is 'Coverage of sources by recorded time: a row holds until the next one. The declaration counts from the beginning of time.';
comment on column coverage_history.moved_until is 'What the last import that said so had given as until_date.';
comment on column coverage_history.first_date is 'Local day of the first fact in force then; last_date that of the last.';
insert into coverage_history
    select source, '-infinity', moved_until, from_date, until_date - 1, from_date, from_at, until_date, until_at
    from source_state where from_date is not null or until_date is not null;

alter table definition add column saved_at timestamptz;
alter table definition alter column saved_at set default current_timestamp;
comment on column definition.saved_at is 'When the version was saved first; null where that was not kept yet.';
