--liquibase formatted sql

-- Questions read facts in force by time, and for many of them who they are of is all they read: it is in the index then.

--changeset cairn:time-of-facts-in-force splitStatements:false
do $$
declare
    plain record;
begin
    for plain in
        select x.relname as name, t.relname as facts, a.attname as time
        from pg_index i
        join pg_class x on x.oid = i.indexrelid
        join pg_class t on t.oid = i.indrelid
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where t.relnamespace = current_schema()::regnamespace
        and x.relname = 'time_of_' || t.relname
        and starts_with(t.relname, 'fact_')
        and i.indpred is null
    loop
        execute format('drop index %I', plain.name);
        execute format(
            'create index %I on %I (%I) include (account_id, user_id) where superseded = ''infinity''',
            plain.name, plain.facts, plain.time);
    end loop;
end
$$;
