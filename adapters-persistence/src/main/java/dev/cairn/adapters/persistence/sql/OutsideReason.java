package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.plan.Placing.Edge;
import dev.cairn.domain.plan.Timeline;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Why a bucket has no value: where its edges lie beside as-of and the coverage of what is read for it. */
final class OutsideReason {
    /** The buckets before what is said of them. */
    static final Table<?> EDGES = DSL.table(name("edges"));

    private final Timeline time;
    private final String tables;

    /** @param tables what the tables of reaches are called */
    OutsideReason(Timeline time, String tables) {
        this.time = time;
        this.tables = tables;
    }

    /**
     * What has not begun is not yet, whatever is known of a source. Else before the data comes before not yet, and that before no data at all; of several
     * sources one is enough.
     */
    Field<String> of(List<Covered> covered, @Nullable Integer members) {
        Condition before =
                covered.stream()
                        .filter(one -> !one.ofSubjects())
                        .map(one -> isBefore(one).andNot(isFuture(one)))
                        .reduce(Condition::or)
                        .orElseGet(DSL::falseCondition);
        Condition notYet =
                covered.stream()
                        .map(one ->
                                one.ofSubjects() ? isFuture(one) : isNotYet(one).or(isFuture(one)))
                        .reduce(Condition::or)
                        .orElseGet(() -> isAhead(members == null ? 0 : members));
        Condition unknown =
                covered.stream().map(this::isUnknown).reduce(DSL.noCondition(), Condition::or);
        if (covered.isEmpty()) {
            return when(notYet, CoverageTables.text(Absence.NOT_YET));
        }
        var ofReads =
                when(before, CoverageTables.text(Absence.BEFORE_DATA))
                        .when(notYet, CoverageTables.text(Absence.NOT_YET))
                        .when(unknown, CoverageTables.text(Absence.NO_DATA));
        return members == null
                ? ofReads
                : when(isAhead(members), CoverageTables.text(Absence.NOT_YET)).otherwise(ofReads);
    }

    /** Whether as of now the bucket has not begun, or is not over although it must be. */
    Condition isAhead(int reach) {
        var asOf = SqlTypes.instant(time.asOfBesideEdges());
        var hasNotBegun = instant(reach, ReachTable::bucketStart).ge(asOf);
        return mustBeOver(reach)
                ? hasNotBegun.or(instant(reach, ReachTable::end).gt(asOf))
                : hasNotBegun;
    }

    private boolean mustBeOver(int reach) {
        return time.reaches().get(reach).ofWhole().mustBeOver();
    }

    private Condition isFuture(Covered covered) {
        return covered.byDate()
                ? isFuture(
                        covered,
                        TimeScale.DATES,
                        date(covered.reach(), ReachTable::bucketStartDate))
                : isFuture(
                        covered,
                        TimeScale.INSTANTS,
                        instant(covered.reach(), ReachTable::bucketStart));
    }

    private <T extends Comparable<? super T>> Condition isFuture(
            Covered covered, TimeScale<T> scale, Field<T> bucketStart) {
        var asOf = scale.value(scale.asOfBesideEdges(time));
        var hasNotBegun = bucketStart.ge(asOf);
        return mustBeOver(covered.reach())
                ? hasNotBegun.or(lastRead(covered, scale).gt(asOf))
                : hasNotBegun;
    }

    private Condition isBefore(Covered covered) {
        return covered.byDate()
                ? isBefore(covered, TimeScale.DATES)
                : isBefore(covered, TimeScale.INSTANTS);
    }

    /** An edge, or a window from the beginning, where the coverage begins is inside it, and empty. */
    private <T extends Comparable<? super T>> Condition isBefore(
            Covered covered, TimeScale<T> scale) {
        var from = scale.from(CoverageTables.COVERAGE.as(alias(covered.source())));
        if (covered.edge() != null || covered.atEnds()) {
            return DSL.least(lastRead(covered, scale), scale.value(scale.asOfBesideEdges(time)))
                    .lt(from);
        }
        var end = lastRead(covered, scale);
        return table(covered.reach()).isFromBeginning() ? end.lt(from) : end.le(from);
    }

    private Condition isNotYet(Covered covered) {
        return covered.byDate()
                ? isNotYet(covered, TimeScale.DATES)
                : isNotYet(covered, TimeScale.INSTANTS);
    }

    /** What begins where the coverage ends is not yet known, but for what was valid until then. */
    private <T extends Comparable<? super T>> Condition isNotYet(
            Covered covered, TimeScale<T> scale) {
        var until = scale.until(CoverageTables.COVERAGE.as(alias(covered.source())));
        var endsAfter = lastRead(covered, scale).gt(until);
        if (mustBeOver(covered.reach()) && covered.edge() != null) {
            return endsAfter;
        }
        var notYet = DSL.noCondition();
        if (!table(covered.reach()).isFromBeginning()) {
            var beginsAfter = edge(covered.reach(), scale, Edge.START).ge(until);
            notYet = covered.edge() == null ? beginsAfter : beginsAfter.and(endsAfter);
        }
        return mustBeOver(covered.reach()) ? notYet.or(endsAfter) : notYet;
    }

    private <T extends Comparable<? super T>> Field<T> lastRead(
            Covered covered, TimeScale<T> scale) {
        return edge(covered.reach(), scale, covered.edge() == null ? Edge.END : covered.edge());
    }

    /** Of the buckets themselves the edges stand at hand. */
    private <T extends Comparable<? super T>> Field<T> edge(
            int reach, TimeScale<T> scale, Edge edge) {
        var column =
                switch (edge) {
                    case START -> scale.start(table(reach));
                    case END -> scale.end(table(reach));
                };
        return reach == 0 ? SqlTypes.typed(SqlTypes.of(EDGES, column)) : column;
    }

    private Condition isUnknown(Covered covered) {
        return StoreTables.text(CoverageTables.COVERAGE.as(alias(covered.source())), "source")
                .isNull();
    }

    ReachTable table(int reach) {
        return new ReachTable(time, tables, reach);
    }

    /** Of the buckets themselves the edges stand at hand. */
    private Field<Instant> instant(int reach, Function<ReachTable, Field<Instant>> edge) {
        var column = edge.apply(table(reach));
        return reach == 0 ? StoreTables.instant(EDGES, column.getName()) : column;
    }

    private Field<LocalDate> date(int reach, Function<ReachTable, Field<LocalDate>> edge) {
        var column = edge.apply(table(reach));
        return reach == 0 ? StoreTables.date(EDGES, column.getName()) : column;
    }

    static String alias(String source) {
        return "of_" + source;
    }
}
