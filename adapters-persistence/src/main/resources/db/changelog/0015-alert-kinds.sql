--liquibase formatted sql

--changeset cairn:alert-kinds
update alert_event
set document = (document - 'question') || jsonb_build_object(
    'kind', 'GROUP_THERE',
    'of', document -> 'question',
    'see', 'cairn ask ' || (document ->> 'question'),
    'reasons', (
        select coalesce(jsonb_agg(reason || '{"why": null, "furtherAccounts": 0}'), '[]')
        from jsonb_array_elements(document -> 'reasons') as told (reason)))
where document -> 'question' is not null;
create index alert_event_at on alert_event (at);
