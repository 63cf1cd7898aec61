--liquibase formatted sql

--changeset cairn:alerts
create table alert_state (
    alert    text collate "C" primary key,
    standing jsonb not null
);
comment on table alert_state is 'For which groups each alert stands, and since when.';

create table alert_event (
    event_id bigint generated always as identity primary key,
    alert    text collate "C" not null,
    at       timestamptz not null,
    document jsonb not null
);
create index alert_event_alert on alert_event (alert, event_id);
comment on table alert_event is 'What alerts told: rows are added, and deleted by age; none is changed.';

create table alert_delivery (
    event_id     bigint not null references alert_event on delete cascade,
    channel      text not null,
    attempts     integer not null default 0,
    due_at       timestamptz,
    delivered_at timestamptz,
    failure      text,
    primary key (event_id, channel)
);
create index alert_delivery_due on alert_delivery (due_at) where due_at is not null;
comment on column alert_delivery.due_at is 'When it is tried next; null: it has been delivered, or given up.';
comment on column alert_delivery.failure is 'Of the last try.';
