package dev.cairn.adapters.persistence.sql;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/**
 * The rows of a member of a declared entity that has a history: as many as its attributes are known of times.
 *
 * @param way to the member
 * @param to the row that it ends at
 * @param version the row that is looked for, beside the one that points at the member
 */
record Versions(List<Expr.Hop> way, Expr.To.Row to, FactTable version, Frame frame) {
    private static final FactTable OTHER = new FactTable(DSL.name("other"));

    /** Whether it is the last to begin of those that hold, of which there is one at most. */
    Condition holds(AsOf asOf, RowSet rows) {
        return LinkedRows.isOfMember(way, to, version)
                .and(version.counted(frame.knownAt()))
                .and(
                        switch (asOf) {
                            case AsOf.Fact(var day, _) -> onFact(History.date(day, rows));
                            case AsOf.Edge(var edge, _) ->
                                    before(
                                            DSL.least(
                                                    SqlTypes.<LocalDate>typed(
                                                            rows.columns().edge(edge)),
                                                    SqlTypes.date(frame.asOfDate())));
                            case AsOf.Day(var day) ->
                                    before(
                                            SqlTypes.date(
                                                    day.isBefore(frame.asOfDate())
                                                            ? day
                                                            : frame.asOfDate()));
                            case AsOf.Now() -> before(SqlTypes.date(frame.asOfDate()));
                        });
    }

    private Condition onFact(Field<LocalDate> day) {
        return holdsOn(version, day)
                .andNotExists(others().and(holdsOn(OTHER, day)).and(from(OTHER).gt(from(version))));
    }

    private Condition holdsOn(FactTable row, Field<LocalDate> day) {
        return from(row).le(day).and(isEndless(row).or(until(row).gt(day)));
    }

    /** What is known first holds before it too. */
    private Condition before(Field<LocalDate> edge) {
        var isLast =
                holdsBefore(version, edge)
                        .andNotExists(
                                others().and(holdsBefore(OTHER, edge))
                                        .and(from(OTHER).gt(from(version))));
        var isFirst =
                from(version)
                        .ge(edge)
                        .and(isEndless(version).or(until(version).gt(from(version))))
                        .andNotExists(others().and(from(OTHER).lt(from(version))));
        return isLast.or(isFirst);
    }

    private Condition holdsBefore(FactTable row, Field<LocalDate> edge) {
        return from(row).lt(edge).and(isEndless(row).or(until(row).ge(edge)));
    }

    private SelectConditionStep<?> others() {
        return others(to, version, of -> of.counted(frame.knownAt()));
    }

    /**
     * Whether it is the last of a member to begin by as-of; of one that none has begun of, the first.
     *
     * @param isCounted whether a row is one of those that are known
     * @param isKnown of the day that one begins on: whether that is before as-of
     */
    static Condition isLast(
            Expr.To.Row to,
            FactTable row,
            Function<FactTable, Condition> isCounted,
            Function<Field<?>, Condition> isKnown) {
        var versions = to.versions();
        if (versions == null) {
            return DSL.noCondition();
        }
        var from = date(row, versions.from());
        var fromOfOther = date(OTHER, versions.from());
        var hasBegun = DSL.trueCondition().and(isKnown.apply(from));
        return DSL.notExists(
                        others(to, row, isCounted)
                                .and(fromOfOther.gt(from))
                                .and(isKnown.apply(fromOfOther)))
                .and(
                        hasBegun.or(
                                DSL.notExists(
                                        others(to, row, isCounted).and(fromOfOther.lt(from)))));
    }

    private static SelectConditionStep<?> others(
            Expr.To.Row to, FactTable row, Function<FactTable, Condition> isCounted) {
        return DSL.selectOne()
                .from(StoreTables.fact(to.source()).as(OTHER.name()))
                .where(isSameMember(to, row, OTHER))
                .and(isCounted.apply(OTHER));
    }

    private static Condition isSameMember(Expr.To.Row to, FactTable row, FactTable other) {
        return to.key().stream()
                .map(part ->
                        LinkedRows.equal(
                                LinkedRows.column(other, part), LinkedRows.column(row, part)))
                .reduce(DSL.noCondition(), Condition::and);
    }

    private Field<LocalDate> from(FactTable row) {
        return date(row, versions().from());
    }

    private Condition isEndless(FactTable row) {
        return versions().until() == null ? DSL.trueCondition() : until(row).isNull();
    }

    private Field<LocalDate> until(FactTable row) {
        var until = versions().until();
        return until == null ? DSL.castNull(SqlTypes.date(LocalDate.EPOCH)) : date(row, until);
    }

    private Expr.To.Versions versions() {
        return Objects.requireNonNull(to.versions());
    }

    private static Field<LocalDate> date(FactTable row, Expr.Field day) {
        return SqlTypes.typed(LinkedRows.column(row, day));
    }
}
