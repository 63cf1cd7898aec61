--liquibase formatted sql

--changeset cairn:source-counts
create table source_count (
    source  text collate "C" primary key,
    basis   text not null,
    figures jsonb
);
comment on table source_count is 'What was counted last of the trust of each source: may be deleted, and is counted again.';
comment on column source_count.basis is 'What it rests on: with another one it is worth nothing.';
comment on column source_count.figures is 'Null: its count was begun, and takes longer than an answer waits.';
