package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.arrayGet;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.systemName;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The buckets that rows are put into, those of the time axis or the whole range as one, and what time is read for each of them. Their edges come from the
 * plan; the database only compares.
 *
 * @param reach index of the time that is read
 * @param isWhole whether the whole range is the bucket
 * @param isPacked whether a fact stands once for all its buckets, in the first of them
 */
record Frame(Timeline time, int reach, boolean isWhole, boolean isPacked) {
    /** The ordinal of the whole range, in statement and answer. */
    static final int WHOLE = -1;

    /** Each bucket of a run. */
    static final Field<Integer> RUN = DSL.field(name("run", "bucket"), SQLDataType.INTEGER);

    static Frame of(RowKind kind, AnalysisPlan plan, int reach) {
        return new Frame(plan.time(), reach, !kind.hasTime(), false);
    }

    /** The same buckets, where other time is read. */
    Frame reading(int other) {
        return new Frame(time, other, isWhole, false);
    }

    /** The same, where a fact stands once. */
    Frame packed() {
        return new Frame(time, reach, isWhole, true);
    }

    /** Whether a fact is in a run of several buckets: neither starts nor ends of what is read ever fall from one to the next. */
    boolean hasRuns() {
        return !isSingle() && reach > 0 && stretches().isMonotone();
    }

    /** Ordinal of the first bucket. */
    int first() {
        return isWhole ? WHOLE : 0;
    }

    ReachTable table() {
        return new ReachTable(time, reach);
    }

    boolean isSingle() {
        return isWhole || time.buckets().size() == 1;
    }

    Stretch single() {
        if (!isSingle()) {
            throw new IllegalStateException("there are " + time.buckets().size() + " buckets");
        }
        return time.stretch(reach, first());
    }

    Instant asOf() {
        return time.asOf();
    }

    LocalDate asOfDate() {
        return time.asOfDate();
    }

    Instant earlierThanAsOf(Instant end) {
        return end.isBefore(asOf()) ? end : asOf();
    }

    LocalDate earlierThanAsOf(LocalDate end) {
        return end.isBefore(asOfDate()) ? end : asOfDate();
    }

    // ---- facts

    /**
     * Facts in the buckets whose stretch they are in, a row for each.
     *
     * @param rows the facts, as often as there are buckets of each
     * @param where those that are in some bucket
     */
    record Placed(Table<?> rows, Condition where, Field<Integer> bucket) {}

    /** @param time that places a fact */
    Placed place(Table<?> facts, String source, Field<?> time, Kind kind) {
        var where = contains(time, kind).and(begins(source, time, kind));
        if (isSingle()) {
            return new Placed(facts, where, inline(first()));
        }
        var edges = edges(kind);
        if (reach == 0) {
            var bucket = count(time, edges.starts()).sub(inline(1));
            return new Placed(facts, where, bucket);
        }
        if (!hasRuns()) {
            var table = table();
            var within = table.ordinal().ne(inline(WHOLE)).and(isWithin(time, kind, table));
            return new Placed(facts.join(table.table()).on(within), where, table.ordinal());
        }
        var first = count(time, edges.ends());
        return isPacked
                ? new Placed(facts, where, first)
                : new Placed(facts.crossJoin(run(first, lastOf(time, kind))), where, RUN);
    }

    /** The last bucket of a run: it starts by the time, and the first ends after it. */
    Field<Integer> lastOf(Field<?> time, Kind kind) {
        var starts = edges(kind).starts();
        return starts.isEmpty()
                ? inline(this.time.buckets().size() - 1)
                : count(time, starts).sub(inline(1));
    }

    /** The buckets of a run, as {@link #RUN}. */
    static Table<?> run(Field<Integer> first, Field<Integer> last) {
        return DSL.lateral(
                DSL.generateSeries(first, last).as(RUN.getQualifiedName().first(), RUN.getName()));
    }

    private Reach stretches() {
        return time.reaches().get(reach);
    }

    private List<Stretch> all() {
        return isWhole ? List.of(stretches().ofWhole()) : stretches().ofBuckets();
    }

    /** Starts are none where windows have none. */
    private record Edges(List<Field<?>> starts, List<Field<?>> ends) {}

    private Edges edges(Kind kind) {
        boolean hasStart = !table().isFromBeginning();
        return kind == Kind.DATE
                ? new Edges(
                        hasStart ? List.of(dates(Stretch::startDate)) : List.of(),
                        List.of(dates(Stretch::endDate)))
                : new Edges(
                        hasStart ? List.of(instants(Stretch::start)) : List.of(),
                        List.of(instants(Stretch::end)));
    }

    /** How many of the edges have come by a time. */
    private static Field<Integer> count(Field<?> time, List<Field<?>> edges) {
        return function(systemName("width_bucket"), SQLDataType.INTEGER, time, edges.getFirst());
    }

    private Field<Instant[]> instants(Function<Stretch, Instant> edge) {
        return SqlTypes.instants(all().stream().map(edge).toList());
    }

    private Field<LocalDate[]> dates(Function<Stretch, LocalDate> edge) {
        return SqlTypes.dates(all().stream().map(edge).toList());
    }

    /** Whether a time is between the first start and the last end, and before as-of. */
    private Condition contains(Field<?> time, Kind kind) {
        if (kind == Kind.DATE) {
            Field<LocalDate> date = SqlTypes.typed(time);
            return least(Stretch::startDate)
                    .map(date::ge)
                    .orElseGet(DSL::noCondition)
                    .and(date.lt(earlierThanAsOf(greatest(Stretch::endDate))));
        }
        Field<Instant> instant = SqlTypes.typed(time);
        return least(Stretch::start)
                .map(start -> instant.ge(SqlTypes.instant(start)))
                .orElseGet(DSL::noCondition)
                .and(instant.lt(SqlTypes.instant(earlierThanAsOf(greatest(Stretch::end)))));
    }

    private <T extends Comparable<? super T>> java.util.Optional<T> least(
            Function<Stretch, T> edge) {
        return all().stream().map(edge).filter(Objects::nonNull).min(Comparator.naturalOrder());
    }

    private <T extends Comparable<? super T>> T greatest(Function<Stretch, T> edge) {
        return all().stream().map(edge).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** A window without a start begins with the coverage of the source. */
    private Condition begins(String source, Field<?> time, Kind kind) {
        if (!table().isFromBeginning()) {
            return DSL.noCondition();
        }
        Field<?> from = kind == Kind.DATE ? CoverageTables.FROM_DATE : CoverageTables.FROM;
        return SqlTypes.<Object>typed(time)
                .ge(
                        DSL.select(SqlTypes.<Object>typed(from))
                                .from(CoverageTables.COVERAGE)
                                .where(CoverageTables.SOURCE.eq(source)));
    }

    private static Condition isWithin(Field<?> time, Kind kind, ReachTable table) {
        if (kind == Kind.DATE) {
            Field<LocalDate> date = SqlTypes.typed(time);
            return date.ge(table.startDate()).and(date.lt(table.endDate()));
        }
        Field<Instant> instant = SqlTypes.typed(time);
        return instant.ge(table.start()).and(instant.lt(table.end()));
    }

    // ---- edges

    Field<?> edge(Field<Integer> ordinal, Expr.TimeEdge edge) {
        if (isSingle()) {
            return switch (ReachTable.edge(edge, single())) {
                case LocalDate date -> DSL.val(date);
                case Instant instant -> SqlTypes.instant(instant);
                default -> throw new IllegalStateException("no time: " + edge);
            };
        }
        var place = ordinal.add(inline(1));
        return edge.type().kind() == Kind.DATE
                ? arrayGet(dates(stretch -> (LocalDate) ReachTable.edge(edge, stretch)), place)
                : arrayGet(instants(stretch -> (Instant) ReachTable.edge(edge, stretch)), place);
    }
}
