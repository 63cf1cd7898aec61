-- A source, two metrics and three facts, as the first changelog (0001) kept them. The version in which that changed reads them too.
create table fact_login (
    account_id bigint not null,
    user_id    bigint,
    source_key uuid not null,
    occurred   timestamptz not null,
    recorded   timestamptz not null,
    superseded timestamptz not null default 'infinity',
    f_id       bigint,
    f_at       timestamptz,
    f_customer text collate "C",
    f_duration bigint,
    f_long     boolean,
    primary key (source_key, account_id, superseded)
);
create index fact_login_time on fact_login (f_at);
create index fact_login_account on fact_login (account_id);
insert into account_identity (account_key, account_id) values
    ('acme', '1'),
    ('bolt', '2');
insert into account (account_id, account_key, declared_start, first_fact, removed_at) values
    ('2', 'bolt', null, '2026-02-07 09:00:00+00', null),
    ('1', 'acme', null, '2026-01-05 07:00:00+00', null);
insert into definition (name, version, kind, in_force, payload, saved_in) values
    ('login', '1', 'source', 't', '{"definition":{"kind":"source","name":"login","label":"login","description":"","timeField":"at","zone":"Europe/Berlin","coverageFrom":null,"coverageUntil":null,"accountField":"customer","userField":null,"key":["id"],"fields":[{"name":"id","label":"id","type":"INTEGER","currency":null,"compute":null,"missing":[],"min":null,"max":null},{"name":"at","label":"at","type":"TIMESTAMP","currency":null,"compute":null,"missing":[],"min":null,"max":null},{"name":"customer","label":"customer","type":"TEXT","currency":null,"compute":null,"missing":[],"min":null,"max":null},{"name":"duration","label":"duration","type":"INTEGER","currency":null,"compute":null,"missing":[],"min":0,"max":600},{"name":"long","label":"long","type":"BOOLEAN","currency":null,"compute":"duration >= 60","missing":[],"min":null,"max":null}]},"bindings":{"login/duration":"FIELD"}}', '1'),
    ('logins', '1', 'metric', 't', '{"definition":{"kind":"metric","name":"logins","label":"logins","description":"","level":"CELL","rollUp":null,"formula":"count(login)","unit":null,"direction":"NEUTRAL","domain":null,"owner":null,"counter":null,"emptyIsNone":false,"status":"PUBLISHED"},"bindings":{}}', '1'),
    ('seconds', '1', 'metric', 't', '{"definition":{"kind":"metric","name":"seconds","label":"seconds","description":"","level":"CELL","rollUp":null,"formula":"sum(login.duration)","unit":null,"direction":"NEUTRAL","domain":null,"owner":null,"counter":null,"emptyIsNone":false,"status":"PUBLISHED"},"bindings":{"login/duration":"FIELD"}}', '1');
insert into fact_login (account_id, user_id, source_key, occurred, recorded, superseded, f_id, f_at, f_customer, f_duration, f_long) values
    ('1', null, 'd6b5915c-4605-7bcb-005f-46f6433df656', '2026-01-05 07:00:00+00', '2026-11-22 01:03:18.293358+00', 'infinity', '1', '2026-01-05 07:00:00+00', 'acme', '10', 'f'),
    ('0', null, '673aeeb0-8cfb-b00b-91e5-e3c60b5ba318', '2026-01-05 08:30:00+00', '2026-11-22 01:03:18.293358+00', 'infinity', '2', '2026-01-05 08:30:00+00', null, '70', 't'),
    ('2', null, '85f2ef98-7b76-f4c3-fc08-1acef84e0a73', '2026-02-07 09:00:00+00', '2026-11-22 01:03:18.293358+00', 'infinity', '3', '2026-02-07 09:00:00+00', 'bolt', '130', 't');
insert into source_state (source, data_version, from_date, from_at, until_date, until_at, moved_until, last_recorded) values
    ('account', '1', null, null, null, null, null, null),
    ('login', '1', '2026-01-05', '2026-01-04 23:00:00+00', '2026-02-08', '2026-02-07 23:00:00+00', null, '2026-11-22 01:03:18.293358+00');
update catalog_version set version = 1;
select setval(pg_get_serial_sequence('account_identity', 'account_id'), 2);
