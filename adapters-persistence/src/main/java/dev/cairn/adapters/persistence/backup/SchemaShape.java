package dev.cairn.adapters.persistence.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The statements that make the tables of a schema anew, as PostgreSQL's own catalogue describes them: whatever table comes to be, it is
 * found there. Names are unqualified; the schema is the first of the search path.
 *
 * @param tables partitioned ones before their partitions
 * @param afterwards keys, references, indexes and comments, to be made when the rows are there
 */
record SchemaShape(List<TableShape> tables, List<String> afterwards) {

    /**
     * A table.
     *
     * @param create makes it, with its columns and nothing else
     * @param columns those that hold what was put in, in order
     * @param rows whether rows are in it itself; those of a partitioned table are in its partitions
     */
    record TableShape(String name, String create, List<String> columns, boolean rows) {}

    /** A part of an SQL text: an object that an extension brought along is made by the extension. */
    private static final String OWN =
            "not exists (select from pg_depend own where own.objid = %s.oid and own.deptype = 'e')";

    /** The rows of an import that is under way or was interrupted: {@code import_<run>}. */
    private static final String IS_WAITING =
            "c.relpersistence = 'u' and c.relname ~ '^import_[0-9]+$'";

    private static final String TABLES =
            """
            from pg_class c
            where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
              and c.relpersistence <> 't' and not (%s) and %s
            """
                    .formatted(IS_WAITING, OWN.formatted("c"));

    private static final String WAITING =
            "select c.relname from pg_class c where c.relnamespace = current_schema()::regnamespace and "
                    + IS_WAITING;

    private static final String COLUMN =
            """
            format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
            || case when a.attcollation <> t.typcollation
                    then (select format(' collate %I.%I', n.nspname, l.collname)
                          from pg_collation l join pg_namespace n on n.oid = l.collnamespace where l.oid = a.attcollation)
                    else '' end
            || case when a.attgenerated <> '' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
                    when a.attidentity <> '' then
                        (select format(' generated %s as identity (sequence name %I start with %s increment by %s minvalue %s maxvalue %s cache %s%s)',
                                       case a.attidentity when 'a' then 'always' else 'by default' end,
                                       s.relname, q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache,
                                       case when q.seqcycle then ' cycle' else '' end)
                         from pg_sequence q join pg_class s on s.oid = q.seqrelid
                         where q.seqrelid = pg_get_serial_sequence(quote_ident(c.relname), a.attname)::regclass)
                    when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid)
                    else '' end
            || case when a.attnotnull then ' not null' else '' end
            """;

    private static final String CREATE =
            """
            select c.relname,
                case when c.relispartition
                then format('create table %I partition of %I %s', c.relname,
                            (select p.relname from pg_inherits i join pg_class p on p.oid = i.inhparent where i.inhrelid = c.oid),
                            pg_get_expr(c.relpartbound, c.oid))
                else format('create %stable %I (%s)', case c.relpersistence when 'u' then 'unlogged ' else '' end, c.relname,
                            coalesce((select string_agg(
            """
                    + COLUMN
                    + """
                    , ', ' order by a.attnum)
                                              from pg_attribute a
                                              join pg_type t on t.oid = a.atttypid
                                              left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                                              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), ''))
                        end
                        || case c.relkind when 'p' then ' partition by ' || pg_get_partkeydef(c.oid) else '' end
                        || coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', ''),
                        array(select a.attname::text from pg_attribute a
                              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum),
                        c.relkind = 'r'
                    """
                    + TABLES
                    + "order by (select count(*) from pg_partition_ancestors(c.oid)), c.relname";

    /** A key of a partitioned table brings those of its partitions along. */
    private static final String CONSTRAINTS =
            """
            select format('alter table %I add constraint %I %s', c.relname, k.conname, pg_get_constraintdef(k.oid, true))
            from pg_constraint k join (select c.oid, c.relname
            """
                    + TABLES
                    + """
                    ) c on c.oid = k.conrelid
                    where k.contype in ('p', 'u', 'x', 'c', 'f') and k.conparentid = 0 and k.coninhcount = 0
                    order by k.contype = 'f', c.relname, k.conname
                    """;

    private static final String INDEXES =
            """
            select replace(pg_get_indexdef(i.indexrelid, 0, true), ' ON ONLY ', ' ON ')
            from pg_index i join pg_class x on x.oid = i.indexrelid join (select c.oid, c.relname
            """
                    + TABLES
                    + """
                    ) c on c.oid = i.indrelid
                    where not x.relispartition and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = i.indrelid)
                    order by c.relname, x.relname
                    """;

    private static final String COMMENTS =
            """
            select case m.objsubid
                   when 0 then format('comment on table %I is %L', c.relname, m.description)
                   else format('comment on column %I.%I is %L', c.relname, a.attname, m.description) end
            from pg_description m join (select c.oid, c.relname
            """
                    + TABLES
                    + """
                    ) c on c.oid = m.objoid
                    left join pg_attribute a on a.attrelid = c.oid and a.attnum = m.objsubid and a.attnum > 0
                    where m.classoid = 'pg_class'::regclass
                    order by c.relname, m.objsubid
                    """;

    /** Everything in a schema that the statements above say nothing of. */
    private static final String NOT_COVERED =
            """
            select case c.relkind when 'S' then 'sequence ' when 'f' then 'foreign table ' when 'c' then 'type ' else 'view ' end || c.relname
            from pg_class c
            where c.relnamespace = current_schema()::regnamespace and %s
              and (c.relkind in ('v', 'm', 'f', 'c')
                   or c.relkind = 'S' and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'i'))
            union all select 'function ' || f.proname from pg_proc f
            where f.pronamespace = current_schema()::regnamespace and %s
            union all select 'type ' || t.typname from pg_type t
            where t.typnamespace = current_schema()::regnamespace and t.typtype in ('e', 'd', 'r') and %s
            union all select 'trigger ' || g.tgname from pg_trigger g join pg_class c on c.oid = g.tgrelid
            where c.relnamespace = current_schema()::regnamespace and not g.tgisinternal
            union all select 'rule ' || r.rulename from pg_rewrite r join pg_class c on c.oid = r.ev_class
            where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
            union all select 'policy ' || p.polname from pg_policy p join pg_class c on c.oid = p.polrelid
            where c.relnamespace = current_schema()::regnamespace
            union all select 'statistics ' || s.stxname from pg_statistic_ext s
            where s.stxnamespace = current_schema()::regnamespace
            union all select 'inheritance of ' || c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and not c.relispartition
            order by 1
            """
                    .formatted(OWN.formatted("c"), OWN.formatted("f"), OWN.formatted("t"));

    SchemaShape {
        tables = List.copyOf(tables);
        afterwards = List.copyOf(afterwards);
    }

    /** Of the first schema of the search path. */
    static SchemaShape of(Connection connection) throws SQLException {
        List<TableShape> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(CREATE)) {
            while (rows.next()) {
                tables.add(
                        new TableShape(
                                rows.getString(1),
                                rows.getString(2),
                                List.of((String[]) rows.getArray(3).getArray()),
                                rows.getBoolean(4)));
            }
        }
        List<String> afterwards = new ArrayList<>(texts(connection, CONSTRAINTS));
        afterwards.addAll(texts(connection, INDEXES));
        afterwards.addAll(texts(connection, COMMENTS));
        return new SchemaShape(tables, afterwards);
    }

    /** What is in the first schema of the search path and could not be made anew: it is nothing that Cairn makes. */
    static List<String> notCovered(Connection connection) throws SQLException {
        return texts(connection, NOT_COVERED);
    }

    /** Tables of imports that are under way or were interrupted; no part of the shape. */
    static List<String> waiting(Connection connection) throws SQLException {
        return texts(connection, WAITING);
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(Objects.requireNonNull(rows.getString(1)));
            }
        }
        return texts;
    }
}
