--liquibase formatted sql

--changeset cairn:imports
create table import_run (
    run_id  integer generated always as identity primary key,
    target  text collate "C" not null,
    layout  uuid not null,
    touched timestamptz not null default now()
);
comment on table import_run is 'An import that is under way or was interrupted. Its rows wait in the unlogged table import_<run_id>. Whoever works on it holds the session advisory lock (1129270889, run_id).';
comment on column import_run.layout is 'Digest of the names and types of the waiting columns.';

create table import_batch (
    run_id integer not null references import_run on delete cascade,
    batch  integer not null,
    rows   bigint not null,
    digest uuid not null,
    primary key (run_id, batch)
);
comment on table import_batch is 'Rows of an import that were stored together.';
comment on column import_batch.rows is 'How many rows are stored with this batch and those before it.';

--changeset cairn:import-lock
comment on table import_run is 'An import that is under way or was interrupted. Its rows wait in the unlogged table import_<run_id>. Whoever works on it holds a session advisory lock on run_id.';
