package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.arrayGet;
import static org.jooq.impl.DSL.generateSeries;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.time.Bucket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The common tables {@code coverage} and {@code bucket}: what is said of the sources, and why a bucket lies outside of it. */
final class CoverageTables {
    static final Table<?> COVERAGE = DSL.table(name("coverage"));
    static final Field<String> SOURCE = StoreTables.text(COVERAGE, "source");
    static final Field<LocalDate> FROM_DATE = StoreTables.date(COVERAGE, "from_date");
    static final Field<Instant> FROM = StoreTables.instant(COVERAGE, "from_at");
    static final Field<LocalDate> UNTIL_DATE = StoreTables.date(COVERAGE, "until_date");
    static final Field<Instant> UNTIL = StoreTables.instant(COVERAGE, "until_at");
    static final List<Field<?>> COLUMNS = List.of(SOURCE, FROM_DATE, FROM, UNTIL_DATE, UNTIL);

    private static final Table<?> EDGES = DSL.table(name("edges"));

    /** What the coverage of a read depends on: date columns are compared by dates. */
    private record Covered(String source, boolean byDate) implements Comparable<Covered> {
        @Override
        public int compareTo(Covered other) {
            int order = source.compareTo(other.source);
            return order != 0 ? order : Boolean.compare(byDate, other.byDate);
        }
    }

    private final AnalysisPlan plan;
    private final Set<RowKind> kinds;

    /** For each combination of reads the column of the bucket table that says why its leaves have no value there. */
    private final Map<List<Covered>, Field<String>> outside = new LinkedHashMap<>();

    CoverageTables(AnalysisPlan plan, Set<RowKind> kinds) {
        this.plan = plan;
        this.kinds = kinds;
        plan.leaves()
                .forEach(leaf ->
                        outside.computeIfAbsent(
                                covered(leaf),
                                _ ->
                                        StoreTables.text(
                                                BucketTable.TABLE, "outside" + outside.size())));
    }

    /** Why a bucket is outside the coverage of what a leaf reads, as text; null where it is within. */
    Field<String> outside(Leaf leaf) {
        return java.util.Objects.requireNonNull(outside.get(covered(leaf)));
    }

    private static List<Covered> covered(Leaf leaf) {
        return leaf.reads().stream()
                .map(read -> new Covered(read.source(), read.isByDate()))
                .distinct()
                .sorted()
                .toList();
    }

    private Set<String> sources() {
        return plan.leaves().stream()
                .flatMap(leaf -> leaf.reads().stream())
                .map(Read::source)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    List<CommonTableExpression<?>> tables() {
        return List.of(name("coverage").as(coverage()), name("bucket").as(buckets()));
    }

    private Select<?> coverage() {
        var state = StoreTables.sourceState();
        return select(
                        StoreTables.text(state, "source"),
                        StoreTables.date(state, "from_date"),
                        StoreTables.instant(state, "from_at"),
                        StoreTables.date(state, "until_date"),
                        StoreTables.instant(state, "until_at"))
                .from(state)
                .where(StoreTables.text(state, "source").in(sources()))
                .and(StoreTables.instant(state, "from_at").isNotNull())
                .and(StoreTables.instant(state, "until_at").isNotNull());
    }

    private Select<?> buckets() {
        var columns =
                new ArrayList<Field<?>>(
                        List.of(
                                BucketTable.ordinal(EDGES),
                                StoreTables.instant(EDGES, "start_at"),
                                StoreTables.instant(EDGES, "end_at"),
                                StoreTables.date(EDGES, "start_date"),
                                StoreTables.date(EDGES, "end_date")));
        outside.forEach(
                (covered, column) -> columns.add(reason(covered).as(column.getUnqualifiedName())));
        Table<?> from = edges().asTable(EDGES.getUnqualifiedName());
        for (String source : sources()) {
            var table = COVERAGE.as(alias(source));
            from = from.leftJoin(table).on(StoreTables.text(table, "source").eq(source));
        }
        return select(columns).from(from);
    }

    private static String alias(String source) {
        return "of_" + source;
    }

    /** Before the data comes before not yet, and that before no data at all; of several sources one is enough. */
    private Field<String> reason(List<Covered> covered) {
        Condition before =
                covered.stream().map(this::isBefore).reduce(DSL.noCondition(), Condition::or);
        Condition notYet =
                covered.stream()
                        .map(one -> isNotYet(one).or(isFuture(one.byDate())))
                        .reduce(Condition::or)
                        .orElseGet(() -> isFuture(false));
        Condition unknown =
                covered.stream().map(this::isUnknown).reduce(DSL.noCondition(), Condition::or);
        return covered.isEmpty()
                ? when(notYet, text(Absence.NOT_YET))
                : when(before, text(Absence.BEFORE_DATA))
                        .when(notYet, text(Absence.NOT_YET))
                        .when(unknown, text(Absence.NO_DATA));
    }

    private Condition isFuture(boolean byDate) {
        return byDate
                ? StoreTables.date(EDGES, "start_date").ge(plan.asOfDate())
                : StoreTables.instant(EDGES, "start_at").ge(SqlTypes.instant(plan.asOf()));
    }

    private Condition isBefore(Covered covered) {
        var table = COVERAGE.as(alias(covered.source()));
        return covered.byDate()
                ? StoreTables.date(EDGES, "end_date").le(StoreTables.date(table, "from_date"))
                : StoreTables.instant(EDGES, "end_at").le(StoreTables.instant(table, "from_at"));
    }

    private Condition isNotYet(Covered covered) {
        var table = COVERAGE.as(alias(covered.source()));
        return covered.byDate()
                ? StoreTables.date(EDGES, "start_date").ge(StoreTables.date(table, "until_date"))
                : StoreTables.instant(EDGES, "start_at").ge(StoreTables.instant(table, "until_at"));
    }

    private Condition isUnknown(Covered covered) {
        return StoreTables.text(COVERAGE.as(alias(covered.source())), "source").isNull();
    }

    static Field<String> text(Absence absence) {
        return inline(absence.name());
    }

    private Select<?> edges() {
        var wholeRange = edgesOf(Frame.WHOLE, plan.whole());
        if (kinds.stream().allMatch(RowKind::hasTime)) {
            return ofTime();
        }
        return kinds.stream().anyMatch(RowKind::hasTime)
                ? ofTime().unionAll(wholeRange)
                : wholeRange;
    }

    private Select<Record> ofTime() {
        var buckets = plan.buckets();
        if (buckets.size() == 1) {
            return edgesOf(0, buckets.getFirst());
        }
        Field<Integer> place = DSL.field(name("n", "n"), SQLDataType.INTEGER);
        return select(
                        List.<Field<?>>of(
                                place.sub(inline(1)).as("bucket"),
                                arrayGet(instants(Bucket::start), place).as("start_at"),
                                arrayGet(instants(Bucket::end), place).as("end_at"),
                                arrayGet(dates(Bucket::startDate), place).as("start_date"),
                                arrayGet(dates(Bucket::endDate), place).as("end_date")))
                .from(generateSeries(1, buckets.size()).as("n", "n"));
    }

    private Field<Instant[]> instants(Function<Bucket, Instant> edge) {
        return SqlTypes.instants(plan.buckets().stream().map(edge).toList());
    }

    private Field<LocalDate[]> dates(Function<Bucket, LocalDate> edge) {
        return SqlTypes.dates(plan.buckets().stream().map(edge).toList());
    }

    private static Select<Record> edgesOf(int ordinal, Bucket bucket) {
        return select(
                List.<Field<?>>of(
                        inline(ordinal).as("bucket"),
                        SqlTypes.instant(bucket.start()).as("start_at"),
                        SqlTypes.instant(bucket.end()).as("end_at"),
                        SqlTypes.date(bucket.startDate()).as("start_date"),
                        SqlTypes.date(bucket.endDate()).as("end_date")));
    }
}
