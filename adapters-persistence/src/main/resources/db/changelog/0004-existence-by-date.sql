--liquibase formatted sql

-- A date is a local date in every zone, and an account that begins or ends with one does so too. Until now its existence was kept as an
-- instant made of the date.

--changeset cairn:existence-by-date
alter table account
    add column declared_start_on date,
    add column first_fact_on     date,
    add column removed_on        date;
alter table account_user
    add column declared_start_on date,
    add column first_fact_on     date,
    add column removed_on        date;
comment on table account is 'An account exists from its declared start, else from its first fact, until it is removed; each is an instant or a local date. Id 0 is the reserved account of facts without one; it is no member.';
comment on column account.first_fact is 'Least occurred time of the facts in force, of all sources whose time is an instant.';
comment on column account.first_fact_on is 'Least date of the facts in force, of all sources whose time is a date. The account exists from the earlier of the two.';

--changeset cairn:existence-by-date-of-what-is-stored splitStatements:false
do $$
declare
    marked record;
    source record;
begin
    for marked in
        select case definition.payload::jsonb #>> '{definition,entity}' when 'ACCOUNT' then 'account' else 'account_user' end as members,
               case definition.payload::jsonb #>> '{definition,entity}' when 'ACCOUNT' then 'attribute_account' else 'attribute_user' end as attributes,
               case definition.payload::jsonb #>> '{definition,entity}' when 'ACCOUNT' then '' else 'and a.user_id = m.user_id' end as of_the_same_user,
               'a_' || (attribute #>> '{field,name}') as value,
               case attribute ->> 'mark' when 'START' then 'declared_start' else 'removed_at' end as instant,
               case attribute ->> 'mark' when 'START' then 'declared_start_on' else 'removed_on' end as day
        from definition, jsonb_array_elements(definition.payload::jsonb #> '{definition,attributes}') attribute
        where definition.kind = 'entity'
        and definition.in_force
        and attribute ->> 'mark' in ('START', 'REMOVED')
        and attribute #>> '{field,type}' = 'DATE'
    loop
        execute format(
            'update %1$I m set %2$I = a.%4$I, %3$I = null from %5$I a where a.account_id = m.account_id %6$s and a.%4$I is not null',
            marked.members, marked.day, marked.instant, marked.value, marked.attributes, marked.of_the_same_user);
    end loop;

    create temporary table source_time on commit drop as
        select distinct on (definition.name)
               'fact_' || definition.name as facts,
               field ->> 'type' = 'DATE' as by_date,
               case field ->> 'type' when 'DATE' then 'f_' || (field ->> 'name') else 'occurred' end as occurred,
               case field ->> 'type' when 'DATE' then 'first_fact_on' else 'first_fact' end as first_fact
        from definition, jsonb_array_elements(definition.payload::jsonb #> '{definition,fields}') field
        where definition.kind = 'source'
        and field ->> 'name' = definition.payload::jsonb #>> '{definition,timeField}'
        order by definition.name, definition.version desc;
    if exists (select from source_time where by_date) then
        update account set first_fact = null where first_fact is not null;
        update account_user set first_fact = null where first_fact is not null;
        for source in select * from source_time loop
            execute format(
                'update account m set %1$I = least(m.%1$I, f.first) from (select account_id, min(%2$I) as first from %3$I where superseded = ''infinity'' and account_id <> 0 group by account_id) f where f.account_id = m.account_id',
                source.first_fact, source.occurred, source.facts);
            execute format(
                'update account_user m set %1$I = least(m.%1$I, f.first) from (select account_id, user_id, min(%2$I) as first from %3$I where superseded = ''infinity'' and user_id is not null group by account_id, user_id) f where f.account_id = m.account_id and f.user_id = m.user_id',
                source.first_fact, source.occurred, source.facts);
        end loop;
    end if;
end
$$;
