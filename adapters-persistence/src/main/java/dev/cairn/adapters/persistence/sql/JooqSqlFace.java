package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;

import dev.cairn.adapters.persistence.type.Instants;
import dev.cairn.application.port.out.SqlFace;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.planner.FlatColumn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Views in a schema of their own. A view selects from a function, which runs with Cairn's rights and has the statement of the plan executed where nothing under it has changed: statements are rows
 * of a table that Cairn alone reads. So a view is published again by changing a row, no table is held on to by a view, and nobody reads in the database's own catalogue what a statement compares
 * with.
 */
public final class JooqSqlFace implements SqlFace {
    private static final int LONGEST_NAME = 63;

    private static final Field<String> NAME = DSL.field(name("name"), SQLDataType.CLOB);
    private static final Field<String> ROLE = DSL.field(name("role"), SQLDataType.CLOB);

    /** What made the view: one that would be made otherwise is made anew. */
    private static final Field<String> SHAPE = DSL.field(name("shape"), SQLDataType.CLOB);

    private static final Field<String> STATEMENT = DSL.field(name("statement"), SQLDataType.CLOB);
    private static final Field<String[]> SOURCES =
            DSL.field(name("sources"), SQLDataType.CLOB.array());
    private static final Field<String> DATA = DSL.field(name("data"), SQLDataType.CLOB);
    private static final Field<String> DEFINED = DSL.field(name("definitions"), SQLDataType.CLOB);
    private static final Field<Instant> UNTIL = DSL.field(name("until"), Instants.TYPE);

    private final DSLContext dsl;
    private final String schema;
    private final Table<Record> published;

    /** @param schema which is made where there is none; nothing else should be in it */
    public JooqSqlFace(DSLContext dsl, String schema) {
        this.dsl = dsl;
        this.schema = schema;
        this.published = DSL.table(name(schema, "published"));
    }

    @Override
    public List<String> refusals(Collection<String> roles) {
        return SqlFaceRoles.refusals(dsl, schema, roles);
    }

    /** Makes the schema, where there is none. */
    public void prepare() {
        ViewText.execute(dsl, ViewText.schema(name(schema), dsl));
    }

    /** Withdraws all views, where there are any: of a service that publishes none. */
    public void withdraw() {
        boolean isThere =
                dsl.fetchExists(
                        DSL.selectOne()
                                .from(DSL.table(name("pg_catalog", "pg_tables")))
                                .where(
                                        DSL.field(name("schemaname"), String.class)
                                                .eq(schema)
                                                .and(
                                                        DSL.field(name("tablename"), String.class)
                                                                .eq("published"))));
        if (isThere) {
            keep(Set.of());
        }
    }

    @Override
    public Map<String, String> state() {
        var sources = StoreTables.sourceState();
        var source = StoreTables.text(sources, "source");
        var state = new LinkedHashMap<String, String>();
        dsl.select(
                        inline(DEFINITIONS),
                        ViewText.written(StoreTables.CATALOG, StoreTables.CATALOG_VERSION))
                .from(StoreTables.CATALOG)
                .unionAll(
                        DSL.select(
                                        source,
                                        ViewText.written(
                                                sources, StoreTables.id(sources, "data_version")))
                                .from(sources))
                .forEach(row ->
                        state.put(
                                Objects.requireNonNull(row.value1()),
                                Objects.requireNonNull(row.value2())));
        return state;
    }

    @Override
    public Optional<String> publish(View view) {
        try {
            return refused(view);
        } catch (DataAccessException failed) {
            return Optional.of("The database does not publish it: " + failed.getMessage());
        }
    }

    private Optional<String> refused(View view) {
        var ready = view.plan();
        if (!isShort(view.name())) {
            return Optional.of(
                    "The names of the question and of the scope are too long for the name of a view: 61 bytes in all at most.");
        }
        if (ready.plan().time().knownAt() != null) {
            return Optional.of("It is of facts as they were known then, which no view is of.");
        }
        var plan = ready.plan().cellsAlone(Integer.MAX_VALUE - 1);
        var statement = StatementCompiler.compile(plan);
        if (!MappedTables.readIn(plan.mapped(), dsl.render(statement)).isEmpty()) {
            return Optional.of(
                    "It reads tables of your own, which change without Cairn's seeing it.");
        }
        var flat = FlatColumn.of(ready, coverage(plan), view.zone());
        if (flat.isEmpty()) {
            return Optional.of("It asks for targets or baselines, which no view has.");
        }
        var columns = ViewColumns.of(plan, flat.get());
        var longName = columns.keySet().stream().filter(key -> !isShort(key)).findFirst();
        if (columns.isEmpty() || longName.isPresent()) {
            return longName.map(key ->
                            "The column '%s' has a name that is too long for a database, 63 bytes at most: give the metric or group a short one (name = formula)."
                                    .formatted(key))
                    .or(() -> Optional.of("Two columns have the same name; give one another."));
        }
        var rows =
                DSL.select(columns.values())
                        .from(statement.asTable("answered"))
                        .where(Layout.KIND.eq(Codes.field(RowKind.CELL)));
        var text = dsl.renderInlined(view.rows() == null ? rows : rows.limit(inline(view.rows())));
        save(view, columns, text);
        return Optional.empty();
    }

    private static boolean isShort(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
    }

    private Map<String, Coverage> coverage(AnalysisPlan plan) {
        var tables = new CoverageTables(plan, Set.of(RowKind.CELL)).tables();
        var coverage = new LinkedHashMap<String, Coverage>();
        dsl.with(tables)
                .select(CoverageTables.COLUMNS)
                .from(CoverageTables.COVERAGE)
                .forEach(line -> AnswerReader.addCoverage(coverage, line));
        return coverage;
    }

    private void save(View view, Map<String, Field<?>> columns, String statement) {
        var text = new ViewText(dsl, name(schema, view.name()), view.name(), view.role(), columns);
        dsl.transaction(configuration -> {
            var transaction = configuration.dsl();
            var shape =
                    transaction
                            .select(SHAPE)
                            .from(published)
                            .where(NAME.eq(view.name()))
                            .fetchOptional(SHAPE);
            var created = text.created(name(schema));
            if (!shape.equals(Optional.of(created))) {
                ViewText.execute(transaction, text.dropped());
                ViewText.execute(transaction, created);
            }
            insert(transaction, view, created, statement);
        });
    }

    private void insert(DSLContext transaction, View view, String shape, String statement) {
        var data = new TreeMap<>(view.state());
        var definitions = Objects.requireNonNull(data.remove(DEFINITIONS));
        var values = new LinkedHashMap<Field<?>, Object>();
        values.put(ROLE, view.role());
        values.put(SHAPE, shape);
        values.put(STATEMENT, statement);
        values.put(SOURCES, data.keySet().toArray(String[]::new));
        values.put(
                DATA,
                data.entrySet().stream()
                        // Without a row there is nothing to compare with, until there is one.
                        .filter(of -> !of.getValue().isEmpty())
                        .map(of -> of.getKey() + "=" + of.getValue())
                        .collect(Collectors.joining(",")));
        values.put(DEFINED, definitions);
        values.put(
                UNTIL,
                view.until() == null
                        ? DSL.inline("infinity").cast(SQLDataType.TIMESTAMPWITHTIMEZONE)
                        : view.until());
        transaction
                .insertInto(published)
                .set(NAME, view.name())
                .set(values)
                .onConflict(NAME)
                .doUpdate()
                .set(values)
                .execute();
    }

    @Override
    public void keep(Set<String> names) {
        var gone = new TreeSet<>(dsl.select(NAME).from(published).fetchSet(NAME));
        gone.removeAll(names);
        if (!gone.isEmpty()) {
            withdraw(gone);
        }
    }

    /** Emptied first, as a view that somebody holds on to cannot be dropped. A role of no view left has no business in the schema. */
    private void withdraw(Set<String> gone) {
        dsl.update(published)
                .set(Map.of(UNTIL, DSL.inline("-infinity").cast(SQLDataType.TIMESTAMPWITHTIMEZONE)))
                .where(NAME.in(gone))
                .execute();
        dsl.transaction(configuration -> {
            var transaction = configuration.dsl();
            var roles =
                    new TreeSet<>(
                            transaction
                                    .deleteFrom(published)
                                    .where(NAME.in(gone))
                                    .returningResult(ROLE)
                                    .fetch(ROLE));
            for (var view : gone) {
                ViewText.execute(transaction, ViewText.dropped(transaction, name(schema, view)));
            }
            roles.removeAll(transaction.selectDistinct(ROLE).from(published).fetchSet(ROLE));
            for (var role : SqlFaceRoles.known(transaction, roles)) {
                ViewText.execute(
                        transaction, ViewText.forgotten(transaction, name(schema), name(role)));
            }
        });
    }
}
