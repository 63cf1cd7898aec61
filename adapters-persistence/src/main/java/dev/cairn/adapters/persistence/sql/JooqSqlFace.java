package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;

import dev.cairn.adapters.persistence.schema.Recording;
import dev.cairn.adapters.persistence.type.Instants;
import dev.cairn.application.port.ListedViews;
import dev.cairn.application.port.out.SqlFace;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.planner.Beside;
import dev.cairn.domain.planner.FlatColumn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
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
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Views in a schema of their own. A view selects from a function, which runs with Cairn's rights and has the statement of the plan executed where nothing under it has changed: statements are rows
 * of a table that Cairn alone reads. So a view is published again by changing a row, no table is held on to by a view, and nobody reads in the database's own catalogue what a statement compares
 * with.
 */
public final class JooqSqlFace implements SqlFace {
    private static final int LONGEST_NAME = 63;

    private static final Field<String> NAME = DSL.field(name("name"), SQLDataType.CLOB);
    private static final Field<String> WHY = DSL.field(name("why"), SQLDataType.CLOB);
    private static final Field<String> ROLE = DSL.field(name("role"), SQLDataType.CLOB);

    /** What made the view: one that would be made otherwise is made anew. */
    private static final Field<String> SHAPE = DSL.field(name("shape"), SQLDataType.CLOB);

    private static final Field<String> STATEMENT = DSL.field(name("statement"), SQLDataType.CLOB);
    private static final Field<String[]> SOURCES =
            DSL.field(name("sources"), SQLDataType.CLOB.array());
    private static final Field<String> DATA = DSL.field(name("data"), SQLDataType.CLOB);
    private static final Field<String> DEFINED = DSL.field(name("definitions"), SQLDataType.CLOB);
    private static final Field<Instant> UNTIL = DSL.field(name("until"), Instants.TYPE);

    private static final Table<?> ANSWERED = DSL.table(name("answered"));
    private static final Field<String> SAID = DSL.field(name("said"), SQLDataType.CLOB);

    private static final Field<String> SOURCE =
            DSL.field(CoverageTables.SOURCE.getUnqualifiedName(), SQLDataType.CLOB);

    /** The coverage of a source, as one text. */
    private static final Field<String> COVERED =
            DSL.concatWs(
                    DSL.inline(" "),
                    List.of(SOURCE, day(CoverageTables.FROM_DATE), day(CoverageTables.UNTIL_DATE)));

    private final DSLContext dsl;
    private final String schema;
    private final Table<Record> published;
    private final Table<Record> refused;

    /** @param schema which is made where there is none; nothing else should be in it */
    public JooqSqlFace(DSLContext dsl, String schema) {
        this.dsl = dsl;
        this.schema = schema;
        this.published = DSL.table(name(schema, "published"));
        this.refused = DSL.table(name(schema, "refused"));
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
        if (isThere("refused")) {
            dsl.deleteFrom(refused).execute();
        }
        if (isThere("published")) {
            keep(Set.of());
        }
    }

    @Override
    public void refuse(Map<String, String> refusals) {
        dsl.transaction(configuration -> {
            var transaction = configuration.dsl();
            transaction.deleteFrom(refused).execute();
            refusals.forEach((name, why) ->
                    transaction.insertInto(refused).set(NAME, name).set(WHY, why).execute());
        });
    }

    @Override
    public Optional<ListedViews> listed() {
        return isThere("published") && isThere("refused")
                ? Optional.of(
                        new ListedViews(
                                dsl.select(NAME)
                                        .from(published)
                                        .where(UNTIL.gt(DSL.currentInstant()))
                                        .orderBy(NAME)
                                        .fetch(NAME),
                                new TreeMap<>(
                                        dsl.select(NAME, WHY).from(refused).fetchMap(NAME, WHY))))
                : Optional.empty();
    }

    private boolean isThere(String table) {
        return dsl.fetchExists(
                DSL.selectOne()
                        .from(DSL.table(name("pg_catalog", "pg_tables")))
                        .where(
                                DSL.field(name("schemaname"), String.class)
                                        .eq(schema)
                                        .and(
                                                DSL.field(name("tablename"), String.class)
                                                        .eq(table))));
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
        var knownAt = ready.plan().time().knownAt();
        if (knownAt != null && Recording.isOpen(dsl, knownAt)) {
            return Optional.of("What was known at %s is still being recorded.".formatted(knownAt));
        }
        var plan = ready.plan().cellsAlone(Integer.MAX_VALUE - 1);
        var statement = StatementCompiler.compile(plan);
        var read = new ArrayList<>(MappedTables.readIn(plan.mapped(), statement));
        view.calendars()
                .keySet()
                .forEach(calendar ->
                        CalendarText.mapped(dsl, calendar.source()).ifPresent(read::add));
        MappableSchemas.check(dsl, read);
        var owned = read.stream().filter(rows -> owns(view.role(), rows.mapping())).findFirst();
        if (owned.isPresent()) {
            return Optional.of(
                    "The role '%s' owns the table %s that it reads, and so could have Cairn's role do what it likes: give the table another owner."
                            .formatted(view.role(), owned.get().mapping().text()));
        }
        var covered = covered(plan);
        var coverage = new LinkedHashMap<String, Coverage>();
        covered.forEach(line -> AnswerReader.addCoverage(coverage, line));
        var flat = FlatColumn.of(ready, coverage, view.zone());
        if (flat.isEmpty()) {
            return Optional.of(
                    "Its targets or baselines name too many groups in too many buckets: %,d in all at most."
                            .formatted(Beside.MOST));
        }
        var columns = ViewColumns.of(plan, flat.get());
        var shown = columns.columns();
        var longName = shown.keySet().stream().filter(key -> !isShort(key)).findFirst();
        if (shown.isEmpty() || longName.isPresent()) {
            return longName.map(key ->
                            "The column '%s' has a name that is too long for a database, 63 bytes at most: give the metric or group a short one (name = formula)."
                                    .formatted(key))
                    .or(() -> Optional.of("Two columns have the same name; give one another."));
        }
        var guards = new ArrayList<Condition>();
        if (!read.isEmpty()) {
            guards.add(saysStill(covered));
        }
        view.calendars().forEach((calendar, said) -> guards.add(says(calendar, said)));
        save(view, shown, text(statement, columns, guards, view.rows()));
        return Optional.empty();
    }

    private String text(
            Select<Record> statement,
            ViewColumns columns,
            List<Condition> guards,
            @Nullable Integer rows) {
        var all =
                DSL.with(ANSWERED.getUnqualifiedName().as(statement))
                        .select(columns.columns().values())
                        .from(columns.over(ANSWERED))
                        .where(Layout.KIND.eq(Codes.field(RowKind.CELL)))
                        .and(DSL.and(guards));
        return dsl.renderInlined(rows == null ? all : all.limit(inline(rows)));
    }

    /** Whether the role may change what its table is. */
    private boolean owns(String role, Mapping mapping) {
        var classes = DSL.table(name("pg_catalog", "pg_class"));
        var spaces = DSL.table(name("pg_catalog", "pg_namespace"));
        return dsl.fetchExists(
                DSL.selectOne()
                        .from(classes)
                        .join(spaces)
                        .on(
                                DSL.field(name("relnamespace"), SQLDataType.BIGINT)
                                        .eq(
                                                DSL.field(
                                                        name("pg_namespace", "oid"),
                                                        SQLDataType.BIGINT)))
                        .where(
                                DSL.field(name("nspname"), String.class)
                                        .eq(mapping.schema())
                                        .and(
                                                DSL.field(name("relname"), String.class)
                                                        .eq(mapping.table())))
                        .and(
                                SqlFaceRoles.right(
                                        "pg_has_role",
                                        DSL.val(role),
                                        DSL.field(name("relowner")),
                                        inline("member"))));
    }

    /** Tables of one's own change without a version: what was read of their coverage is compared with what is read again. */
    private static Condition saysStill(Result<Record> covered) {
        var now =
                DSL.select(DSL.listAgg(COVERED, ",").withinGroupOrderBy(SOURCE))
                        .from(ANSWERED)
                        .where(SOURCE.isNotNull());
        var then = covered.stream().map(line -> line.get(SAID)).collect(Collectors.joining(","));
        return DSL.coalesce(DSL.field(now), inline("")).eq(inline(then));
    }

    private Condition says(CalendarTable calendar, String said) {
        var now = DSL.field(name("calendar", "said"), SQLDataType.CLOB);
        return DSL.field(DSL.select(now).from(saying(calendar).asTable("calendar", "said")))
                .eq(inline(said));
    }

    private Select<Record> saying(CalendarTable calendar) {
        return MappedTables.reading(
                CalendarText.mapped(dsl, calendar.source()).stream().toList(),
                CalendarText.said(calendar.source(), calendar.rows()));
    }

    @Override
    public List<String> said(List<CalendarTable> calendars) {
        return calendars.stream()
                .map(calendar ->
                        MappedTables.fetch(
                                        dsl,
                                        CalendarText.mapped(dsl, calendar.source()).stream()
                                                .toList(),
                                        CalendarText.said(calendar.source(), calendar.rows()))
                                .getFirst()
                                .get(0, String.class))
                .map(said -> said == null ? "" : said)
                .toList();
    }

    private static Field<String> day(Field<LocalDate> date) {
        return DSL.function(
                name("to_char"),
                SQLDataType.CLOB,
                DSL.field(date.getUnqualifiedName(), date.getDataType()),
                inline("YYYY-MM-DD"));
    }

    private static boolean isShort(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
    }

    private Result<Record> covered(AnalysisPlan plan) {
        var coverage = new CoverageTables(plan, Set.of(RowKind.CELL));
        var columns = new ArrayList<Field<?>>(CoverageTables.COLUMNS);
        columns.add(COVERED.as(SAID));
        var lines =
                DSL.with(coverage.tables())
                        .select(columns)
                        .from(CoverageTables.COVERAGE)
                        .orderBy(CoverageTables.SOURCE);
        var tables = new ArrayList<>(MappedTables.of(plan.mapped(), lines, coverage.told()));
        tables.addAll(coverage.tables());
        return dsl.with(tables)
                .select(columns)
                .from(CoverageTables.COVERAGE)
                .orderBy(CoverageTables.SOURCE)
                .fetch();
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
