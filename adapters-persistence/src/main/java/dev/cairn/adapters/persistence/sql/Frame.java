package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.arrayGet;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.systemName;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.time.Bucket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The buckets that rows are put into: those of the time axis, or the whole range as one. Their boundaries come from the plan; the database
 * only compares.
 *
 * @param first ordinal of the first bucket
 */
record Frame(List<Bucket> buckets, int first, Instant asOf, LocalDate asOfDate) {
    /** The ordinal of the whole range, in statement and answer. */
    static final int WHOLE = -1;

    static Frame of(RowKind kind, AnalysisPlan plan) {
        return kind.hasTime()
                ? new Frame(plan.buckets(), 0, plan.asOf(), plan.asOfDate())
                : new Frame(List.of(plan.whole()), WHOLE, plan.asOf(), plan.asOfDate());
    }

    boolean isSingle() {
        return buckets.size() == 1;
    }

    Bucket single() {
        if (!isSingle()) {
            throw new IllegalStateException("there are " + buckets.size() + " buckets");
        }
        return buckets.getFirst();
    }

    /** Whether a time is in one of the buckets and before as-of. */
    Condition contains(Field<?> time, Kind kind) {
        if (kind == Kind.DATE) {
            Field<LocalDate> date = SqlTypes.typed(time);
            return date.ge(buckets.getFirst().startDate())
                    .and(date.lt(earlierThanAsOf(buckets.getLast().endDate())));
        }
        Field<Instant> instant = SqlTypes.typed(time);
        return instant.ge(SqlTypes.instant(buckets.getFirst().start()))
                .and(instant.lt(SqlTypes.instant(earlierThanAsOf(buckets.getLast().end()))));
    }

    Instant earlierThanAsOf(Instant end) {
        return end.isBefore(asOf) ? end : asOf;
    }

    LocalDate earlierThanAsOf(LocalDate end) {
        return end.isBefore(asOfDate) ? end : asOfDate;
    }

    /** The bucket of a time that is in one of them. */
    Field<Integer> ordinal(Field<?> time, Kind kind) {
        if (isSingle()) {
            return inline(first);
        }
        var starts =
                kind == Kind.DATE
                        ? SqlTypes.dates(buckets.stream().map(Bucket::startDate).toList())
                        : SqlTypes.instants(buckets.stream().map(Bucket::start).toList());
        return function(systemName("width_bucket"), SQLDataType.INTEGER, time, starts)
                .sub(inline(1));
    }

    Field<?> edge(Field<Integer> ordinal, Expr.BucketEdge edge) {
        return edge.type().kind() == Kind.DATE
                ? dateEdge(ordinal, edge.end())
                : instantEdge(ordinal, edge.end());
    }

    private Field<LocalDate> dateEdge(Field<Integer> ordinal, boolean end) {
        var edges = buckets.stream().map(end ? Bucket::endDate : Bucket::startDate).toList();
        return isSingle()
                ? DSL.val(edges.getFirst())
                : arrayGet(SqlTypes.dates(edges), ordinal.add(inline(1)));
    }

    private Field<Instant> instantEdge(Field<Integer> ordinal, boolean end) {
        var edges = buckets.stream().map(end ? Bucket::end : Bucket::start).toList();
        return isSingle()
                ? SqlTypes.instant(edges.getFirst())
                : arrayGet(SqlTypes.instants(edges), ordinal.add(inline(1)));
    }
}
