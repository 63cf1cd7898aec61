package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.arrayGet;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.plan.Units;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * The buckets that rows are put into, those of the time axis or the whole range as one, and what time is read for each of them. Their edges come from the
 * plan; the database only compares.
 *
 * @param reach index of the time that is read
 * @param tables what the tables of these buckets are called after
 * @param isWhole whether the whole range is the bucket
 * @param isPacked whether a fact stands once for all its buckets, in the first of them
 * @param knownAt facts that were in force then are read; null: those in force now
 * @param derived the tables of rows that the plan makes of facts
 */
record Frame(
        Timeline time,
        String tables,
        int reach,
        boolean isWhole,
        boolean isPacked,
        @Nullable Instant knownAt,
        DerivedTables derived) {
    /** The ordinal of the whole range, in statement and answer. */
    static final int WHOLE = -1;

    /** Each bucket of a run. */
    static final Field<Integer> RUN = DSL.field(name("run", "bucket"), SQLDataType.INTEGER);

    static Frame of(RowKind kind, AnalysisPlan plan, int reach) {
        return new Frame(
                plan.time(),
                ReachTable.OF_QUESTION,
                reach,
                !kind.hasTime(),
                false,
                plan.time().knownAt(),
                DerivedTables.of(plan));
    }

    /** The same buckets, where other time is read. */
    Frame reading(int other) {
        return new Frame(time, tables, other, isWhole, false, knownAt, derived);
    }

    /** The whole range as the only bucket. */
    Frame ofWhole() {
        return new Frame(time, tables, reach, true, false, knownAt, derived);
    }

    /** Units of time in place of the buckets. */
    Frame beneath(Units units) {
        return new Frame(units.time(), UnitTables.nameOf(units), 0, false, false, knownAt, derived);
    }

    /** Whether each bucket begins where the one before ends. */
    boolean isContiguous() {
        for (int at = 1; at < time.buckets().size(); at++) {
            if (!time.buckets().get(at).start().equals(time.buckets().get(at - 1).end())) {
                return false;
            }
        }
        return true;
    }

    /** The same, where a fact stands once. */
    Frame packed() {
        return new Frame(time, tables, reach, isWhole, true, knownAt, derived);
    }

    /** Whether neither starts nor ends of what is read ever fall from one bucket to the next. */
    boolean isMonotone() {
        return stretches().isMonotone();
    }

    /** Whether the same time is read for every bucket. */
    boolean isConstant() {
        return stretches().isConstant();
    }

    /** Ordinal of the first bucket. */
    int first() {
        return isWhole ? WHOLE : 0;
    }

    ReachTable table() {
        return new ReachTable(time, tables, reach);
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

    Placed place(Table<?> facts, Placement placement) {
        var where = placement.isInAny();
        if (isSingle()) {
            return new Placed(facts, where, inline(first()));
        }
        if (placement.isInOne()) {
            return new Placed(facts, where, placement.last());
        }
        if (!placement.hasRuns()) {
            var table = table();
            var within = table.ordinal().ne(inline(WHOLE)).and(placement.isIn(table));
            return new Placed(facts.join(table.table()).on(within), where, table.ordinal());
        }
        var first = placement.first();
        return isPacked
                ? new Placed(facts, where, first)
                : new Placed(facts.crossJoin(run(placement)), where, RUN);
    }

    private static Table<?> run(Placement placement) {
        return run(placement.first(), placement.last(), placement.longest());
    }

    /**
     * The buckets of a run, as {@link #RUN}.
     *
     * @param longest no run is longer; it cuts nothing off, and tells PostgreSQL how many rows to expect, which takes each run for 1,000 buckets else
     */
    static Table<?> run(Field<Integer> first, Field<Integer> last, int longest) {
        var buckets = DSL.generateSeries(first, last).as("n", "n");
        var bucket = DSL.field(name("n", "n"), SQLDataType.INTEGER).as(RUN.getName());
        return DSL.lateral(DSL.select(bucket).from(buckets).limit(inline(longest)))
                .as(RUN.getQualifiedName().first());
    }

    private Reach stretches() {
        return time.reaches().get(reach);
    }

    List<Stretch> all() {
        return isWhole ? List.of(stretches().ofWhole()) : stretches().ofBuckets();
    }

    private Field<Instant[]> instants(Function<Stretch, Instant> edge) {
        return SqlTypes.instants(all().stream().map(edge).toList());
    }

    private Field<LocalDate[]> dates(Function<Stretch, LocalDate> edge) {
        return SqlTypes.dates(all().stream().map(edge).toList());
    }

    // ---- edges

    /** An edge of the time that is read, or of another that is read for the same bucket. */
    Field<?> edge(Field<Integer> ordinal, Expr.TimeEdge edge) {
        if (!edge.isHere() && edge.reach() != reach) {
            return reading(edge.reach()).edge(ordinal, edge);
        }
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
