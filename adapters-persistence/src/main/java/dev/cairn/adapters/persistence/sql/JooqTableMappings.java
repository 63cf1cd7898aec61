package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.systemName;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.application.port.TableChanged;
import dev.cairn.application.port.out.TableMappings;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.MappedRows;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Looks at tables in PostgreSQL's own catalogue, and at their rows for keys that stand twice. */
public final class JooqTableMappings implements TableMappings {
    private static final Set<String> SYSTEM = Set.of("information_schema", "pg_catalog");
    private static final String OF_SYSTEM = "pg_";

    /** Where a right is missing. */
    private static final String MAY_NOT = "42501";

    private static final org.jooq.Field<String> NAME = text("a", "attname");
    private static final org.jooq.Field<String> TYPE =
            function(
                    systemName("format_type"),
                    SQLDataType.CLOB,
                    id("a", "atttypid"),
                    DSL.castNull(SQLDataType.INTEGER));
    private static final org.jooq.Field<Boolean> READABLE =
            function(
                    systemName("has_column_privilege"),
                    SQLDataType.BOOLEAN,
                    field(name("c", "oid"), Object.class),
                    field(name("a", "attnum"), Object.class),
                    DSL.inline("select"));

    private final DSLContext dsl;
    private final Set<String> schemas;
    private final boolean showsOthers;

    /** @param schemas that tables may be mapped from; empty: all but those of Cairn and of PostgreSQL itself */
    public JooqTableMappings(DSLContext dsl, Collection<String> schemas) {
        this(dsl, schemas, true);
    }

    /** @param showsOthers whether values of rows and names of other tables are told: not to whoever asks, whose scope may leave them out */
    private JooqTableMappings(DSLContext dsl, Collection<String> schemas, boolean showsOthers) {
        this.dsl = dsl;
        this.schemas = Set.copyOf(schemas);
        this.showsOthers = showsOthers;
    }

    /** What a column is, and whether it may be read. */
    private record Column(String type, boolean readable) {}

    @Override
    public List<Problem> problems(MappedRows rows, Place place) {
        var mapping = rows.mapping();
        var at = place.then("table");
        var closed = closed(mapping.schema(), at);
        if (!closed.isEmpty()) {
            return closed;
        }
        var columns = columns(mapping);
        if (columns.isEmpty()) {
            return List.of(noTable(mapping, at));
        }
        var problems = new ArrayList<Problem>();
        if (!mayEnter(mapping.schema())) {
            problems.add(
                    problem(
                            at,
                            "The schema %s may not be used by Cairn's role: grant usage on schema %s to it.",
                            mapping.schema(),
                            mapping.schema()));
        }
        MappedColumns.read(rows.source())
                .forEach((column, fields) ->
                        problems.addAll(ofColumn(rows.source(), column, fields, columns, place)));
        var version = mapping.version();
        if (version != null && !columns.containsKey(version)) {
            problems.add(noColumn(mapping, version, columns, place.then("version")));
        }
        if (problems.isEmpty()) {
            unreadable(rows, false, at).ifPresent(problems::add);
        }
        return problems.isEmpty() ? repeated(rows, place) : problems;
    }

    /**
     * What the database says where it fails on reading the table itself: a view may use what Cairn's role or its owner may not, or what is not there, or fail on a row.
     *
     * @param all whether each row is read; else none is
     */
    private Optional<Problem> unreadable(MappedRows rows, boolean all, Place at) {
        var columns =
                MappedColumns.read(rows.source()).keySet().stream()
                        .map(MappedValues::column)
                        .toList();
        var from = MappedValues.own(rows.mapping());
        try {
            if (all) {
                dsl.fetch(DSL.select(columns.stream().map(DSL::count).toList()).from(from));
            } else {
                dsl.fetch(DSL.select(columns).from(from).limit(0));
            }
            return Optional.empty();
        } catch (DataAccessException failed) {
            return Optional.of(unreadable(rows, failed, at));
        }
    }

    /** What the database says may hold a value of a row. */
    private Problem unreadable(MappedRows rows, DataAccessException failed, Place at) {
        var cause = failed.getCause(SQLException.class);
        var said = cause == null ? failed.getMessage() : cause.getMessage();
        var remedy =
                MAY_NOT.equals(failed.sqlState())
                        ? "Grant select on what a view is made of to its owner, or on the table to Cairn's role."
                        : "Mend it, or have a view leave out the rows that cannot be read.";
        return problem(
                at,
                "The database fails on reading %s%s (SQLSTATE %s). %s",
                rows.mapping().text(),
                showsOthers
                        ? ", and says: " + String.valueOf(said).lines().findFirst().orElse("")
                        : "",
                failed.sqlState(),
                remedy);
    }

    private List<Problem> closed(String schema, Place at) {
        var own = dsl.select(DSL.currentSchema()).fetchSingle().value1();
        boolean isInner =
                schema.equals(own) || schema.startsWith(OF_SYSTEM) || SYSTEM.contains(schema);
        if (isInner) {
            return List.of(
                    problem(
                            at,
                            "The schema %s is Cairn's or PostgreSQL's own: map a table of another one.",
                            schema));
        }
        return MappableSchemas.problem(schema, schemas, at).stream().toList();
    }

    private Map<String, Column> columns(Mapping mapping) {
        return dsl
                .select(NAME, TYPE, READABLE)
                .from(catalog("pg_attribute", "a"))
                .join(catalog("pg_class", "c"))
                .on(id("c", "oid").eq(id("a", "attrelid")))
                .join(catalog("pg_namespace", "n"))
                .on(id("n", "oid").eq(id("c", "relnamespace")))
                .where(text("n", "nspname").eq(mapping.schema()))
                .and(text("c", "relname").eq(mapping.table()))
                .and(field(name("c", "relkind"), SQLDataType.CHAR).in("r", "v", "m", "f", "p"))
                .and(field(name("a", "attnum"), SQLDataType.SMALLINT).gt((short) 0))
                .andNot(field(name("a", "attisdropped"), SQLDataType.BOOLEAN))
                .fetch()
                .stream()
                .collect(
                        Collectors.toMap(
                                row -> row.value1(),
                                row -> new Column(row.value2(), row.value3()),
                                (one, _) -> one,
                                TreeMap::new));
    }

    private Problem noTable(Mapping mapping, Place at) {
        return problem(
                        at,
                        "There is no table or view %s in the database; was it dropped or renamed?",
                        mapping.text())
                .suggesting(
                        showsOthers ? NearestNames.nearest(mapping.text(), others()) : List.of());
    }

    /** All that may be mapped. */
    private List<String> others() {
        var mayBe = schemas.isEmpty() ? DSL.trueCondition() : text("n", "nspname").in(schemas);
        return dsl.select(text("n", "nspname"), text("c", "relname"))
                .from(catalog("pg_class", "c"))
                .join(catalog("pg_namespace", "n"))
                .on(id("n", "oid").eq(id("c", "relnamespace")))
                .where(text("n", "nspname").notLike("pg\\_%"))
                .and(text("n", "nspname").ne("information_schema"))
                .and(text("n", "nspname").ne(DSL.currentSchema()))
                .and(mayBe)
                .and(field(name("c", "relkind"), SQLDataType.CHAR).in("r", "v", "m", "f", "p"))
                .limit(10_000)
                .fetch(row -> row.value1() + "." + row.value2());
    }

    private boolean mayEnter(String schema) {
        return dsl.select(
                        function(
                                systemName("has_schema_privilege"),
                                SQLDataType.BOOLEAN,
                                val(schema),
                                DSL.inline("usage")))
                .fetchSingle()
                .value1();
    }

    private static List<Problem> ofColumn(
            Source source,
            String column,
            List<Field> fields,
            Map<String, Column> columns,
            Place place) {
        var mapping = Objects.requireNonNull(source.mapping());
        var part = source.isEntity() ? "attributes" : "fields";
        var at = place.then(part, fields.getFirst().name());
        var found = columns.get(column);
        if (found == null) {
            return List.of(noColumn(mapping, column, columns, at));
        }
        var problems = new ArrayList<Problem>();
        if (!found.readable()) {
            problems.add(
                    problem(
                            at,
                            "The column %s of %s may not be read by Cairn's role: grant select on %s to it.",
                            column,
                            mapping.text(),
                            mapping.text()));
        }
        for (var field : fields) {
            var types = MappedColumns.types(field);
            if (!types.isEmpty() && !types.contains(found.type())) {
                problems.add(
                        wrongType(
                                mapping,
                                column,
                                field,
                                found.type(),
                                place.then(part, field.name())));
            }
        }
        return problems;
    }

    private static Problem wrongType(
            Mapping mapping, String column, Field field, String found, Place at) {
        var hint =
                found.equals("timestamp without time zone")
                        ? " Its times have no offset: 'format: local' reads them in the source's zone."
                        : "";
        return new Problem(
                ProblemCode.MAPPED_TABLE,
                "The column %s of %s is %s; '%s' is declared as %s, which is read from %s.%s"
                        .formatted(
                                column,
                                mapping.text(),
                                found,
                                field.name(),
                                field.type().name().toLowerCase(Locale.ROOT),
                                String.join(", ", MappedColumns.types(field)),
                                hint),
                at,
                List.of());
    }

    private static Problem noColumn(
            Mapping mapping, String column, Map<String, Column> columns, Place at) {
        return problem(
                        at,
                        "%s has no column %s; it has: %s.",
                        mapping.text(),
                        column,
                        String.join(", ", columns.keySet()))
                .suggesting(NearestNames.nearest(column, columns.keySet()));
    }

    private List<Problem> repeated(MappedRows rows, Place place) {
        try {
            return twice(rows, place.then("key"));
        } catch (DataAccessException failed) {
            return List.of(unreadable(rows, failed, place.then("table")));
        }
    }

    /** Two rows of one key, of which one is told. */
    private List<Problem> twice(MappedRows rows, Place at) {
        var source = rows.source();
        if (source.key().isEmpty()) {
            return List.of();
        }
        var keys =
                source.key().stream()
                        .map(key ->
                                field(name("v").append(FactTable.columnOf(key)), SQLDataType.CLOB))
                        .toList();
        var twice =
                dsl.select(keys.stream().map(key -> key.cast(SQLDataType.CLOB)).toList())
                        .from(new MappedValues(rows).select().asTable("v"))
                        .groupBy(keys)
                        .having(DSL.count().gt(1))
                        .limit(1)
                        .fetchOne();
        if (twice == null) {
            return List.of();
        }
        return List.of(
                problem(
                        at,
                        "Two rows of %s have one key (%s). A key is of one row; declare another, or have a view leave one out.",
                        rows.mapping().text(),
                        showsOthers
                                ? example(source.key(), twice)
                                : String.join(", ", source.key())));
    }

    private static String example(List<String> key, org.jooq.Record row) {
        var example = new ArrayList<String>();
        for (int part = 0; part < key.size(); part++) {
            var value = row.get(part);
            example.add(key.get(part) + " " + (value == null ? "none" : value));
        }
        return String.join(", ", example);
    }

    /** What to throw where a statement over these failed: what is wrong with the tables, if that is why. */
    static RuntimeException failure(
            DSLContext dsl, List<MappedRows> read, DataAccessException failed) {
        var mappings = new JooqTableMappings(dsl, Set.of(), false);
        try {
            var problems =
                    new ArrayList<>(
                            read.stream()
                                    .flatMap(rows -> mappings.problems(rows).stream())
                                    .toList());
            if (problems.isEmpty()) {
                read.stream()
                        .flatMap(rows ->
                                mappings
                                        .unreadable(
                                                rows, true, Place.of(rows.source().name(), "table"))
                                        .stream())
                        .forEach(problems::add);
            }
            return problems.isEmpty() ? failed : new TableChanged(problems, failed);
        } catch (DataAccessException also) {
            failed.addSuppressed(also);
            return failed;
        }
    }

    private static Problem problem(Place at, String message, Object... arguments) {
        return Problem.of(ProblemCode.MAPPED_TABLE, at, message, arguments);
    }

    private static org.jooq.Table<?> catalog(String table, String alias) {
        return table(name("pg_catalog", table)).as(alias);
    }

    private static org.jooq.Field<Long> id(String table, String column) {
        return field(name(table, column), SQLDataType.BIGINT);
    }

    private static org.jooq.Field<String> text(String table, String column) {
        return field(name(table, column), SQLDataType.CLOB);
    }
}
