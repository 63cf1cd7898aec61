package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;

import dev.cairn.adapters.persistence.schema.Postgres;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * What makes a view and its function, which jOOQ has no words for. Names are quoted and texts are literals by jOOQ; no statement of a plan is in it.
 *
 * @param view in its schema; its function has the same name
 * @param key of its row in {@code published}
 */
@SuppressWarnings("InlineFormatString") // Statements are read in one piece.
record ViewText(DSLContext dsl, Name view, String key, String role, Map<String, Field<?>> columns) {
    /** A reader who holds on to a view does not hold up those of others. */
    private static final String PATIENCE = "set local lock_timeout = '5s';\n";

    /** How a row was written last. */
    static Field<String> written(Table<?> table, Field<Long> version) {
        return DSL.concat(
                version.cast(SQLDataType.VARCHAR),
                inline(":"),
                DSL.field(table.getUnqualifiedName().append(name("xmin")), SQLDataType.OTHER)
                        .cast(SQLDataType.VARCHAR));
    }

    static String schema(Name schema, DSLContext dsl) {
        return """
        create schema if not exists %1$s;
        create table if not exists %1$s.published (
            name text collate "C" primary key,
            role text not null,
            shape text not null,
            statement text not null,
            sources text[] not null,
            data text not null,
            definitions text not null,
            until timestamptz not null
        );
        create table if not exists %1$s.refused (
            name text collate "C" primary key,
            why text not null
        );
        comment on table %1$s.refused is 'Views that there are not, and why; Cairn writes and reads it alone.';
        comment on table %1$s.published is 'What the views here are made of; Cairn writes and reads it alone.';
        """
                .formatted(dsl.render(schema));
    }

    static String dropped(DSLContext dsl, Name view) {
        return PATIENCE
                + "drop view if exists %1$s;\ndrop function if exists %1$s();\n"
                        .formatted(dsl.render(view));
    }

    static String forgotten(DSLContext dsl, Name schema, Name role) {
        return "revoke usage on schema %s from %s;\n"
                .formatted(dsl.render(schema), dsl.render(role));
    }

    String dropped() {
        return dropped(dsl, view);
    }

    String created(Name schema) {
        var own = dsl.select(DSL.currentSchema()).fetchSingle().value1();
        var body =
                """
                #variable_conflict use_column
                declare
                    answer text;
                begin
                    select p.statement into answer
                    from %1$s.published as p
                    where p.name = %2$s
                        and p.until > statement_timestamp()
                        and p.definitions = (select v.version || ':' || v.xmin::text from catalog_version as v)
                        and p.data = (
                            select coalesce(string_agg(s.source || '=' || s.data_version || ':' || s.xmin::text, ',' order by s.source), '')
                            from source_state as s
                            where s.source = any (p.sources));
                    if answer is not null then
                        return query execute answer;
                    end if;
                exception when query_canceled or others then
                    raise exception using errcode = sqlstate, message = 'The question cannot be answered now.';
                end
                """
                        .formatted(dsl.render(schema), dsl.renderInlined(inline(key)));
        return """
        create function %1$s() returns table (%2$s)
            language plpgsql stable security definer
            set search_path = pg_catalog, %3$s, pg_temp
            set timezone = 'UTC'
            set datestyle = 'ISO, YMD'
            set intervalstyle = 'postgres'
            set extra_float_digits = 1
            set array_nulls = on
            set transform_null_equals = off
            set standard_conforming_strings = on
            set client_min_messages = error
            as %4$s;
        revoke all on function %1$s() from public;
        create view %1$s with (security_barrier) as select * from %1$s();
        revoke all on %1$s from public;
        grant usage on schema %5$s to %6$s;
        grant execute on function %1$s() to %6$s;
        grant select on %1$s to %6$s;
        """
                .formatted(
                        dsl.render(view),
                        types(),
                        dsl.render(name(own)),
                        dsl.renderInlined(inline(body)),
                        dsl.render(schema),
                        dsl.render(name(role)));
    }

    private String types() {
        return columns.entrySet().stream()
                .map(column ->
                        dsl.render(name(column.getKey()))
                                + " "
                                + column.getValue()
                                        .getDataType()
                                        .getCastTypeName(dsl.configuration()))
                .collect(Collectors.joining(", "));
    }

    static void execute(DSLContext dsl, String statements) {
        Postgres.execute(dsl, statements);
    }
}
