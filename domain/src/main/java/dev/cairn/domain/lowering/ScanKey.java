package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.TimeEdge;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.lowering.TimeContext.Point;
import dev.cairn.domain.lowering.TimeContext.Window;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Placing;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A relation, what time of it is read, for whom, and which keys it is grouped by: what has all in common is read once.
 *
 * @param of the member for which it is read; null: for a cell
 * @param attributes as of when its rows read attributes in conditions and keys of the question; null: as the relation says
 * @param row the key of the row for which it is read, as its rows say it by a link; of a member that is split by values those, as its rows have them; empty: it
 *     is for none
 * @param from what the row that it is read for has in their place, where that leads to the rows that are read; empty: they are the key of that row itself
 */
public record ScanKey(
        RelationKey relation,
        TimeContext time,
        @Nullable EntityRef of,
        Kept kept,
        @Nullable AsOf attributes,
        List<Expr> row,
        List<Expr> from) {
    public ScanKey {
        row = List.copyOf(row);
        from = List.copyOf(from);
    }

    /** For a cell, or for each member. */
    public ScanKey(
            RelationKey relation,
            TimeContext time,
            @Nullable EntityRef of,
            Kept kept,
            @Nullable AsOf attributes) {
        this(relation, time, of, kept, attributes, List.of(), List.of());
    }

    /** For a cell, grouped by every key. */
    public ScanKey(RelationKey relation, TimeContext time) {
        this(relation, time, null, Kept.ALL, null);
    }

    /** What is read of a relation for what stands at a level. */
    static ScanKey at(Level level, RelationKey relation, TimeContext time, Kept kept) {
        return new ScanKey(
                relation,
                time,
                level instanceof Level.Member(var entity, _, _, _) ? entity : null,
                kept,
                null);
    }

    /** The instant at which the state of an account is read that says something of the rows; null: the end of the bucket, as for all that happened. */
    @Nullable Point instant() {
        return switch (attributes) {
            case AsOf.Edge(var edge, _) when edge.of() == TimeEdge.Of.BUCKET ->
                    edge.end() ? null : new Point.Edge(null, false);
            case AsOf.Edge(var edge, _) -> edge(edge.end());
            case AsOf.Day(var day) -> new Point.At(new Expr.Literal(day, Type.DATE));
            case AsOf.Fact _, AsOf.Now _ -> instantOfRelation();
            case null -> instantOfRelation();
        };
    }

    private @Nullable Point instantOfRelation() {
        return switch (relation) {
            case RelationKey.OfFacts(_, Placing.At _, _), RelationKey.OfTicks _ -> null;
            case RelationKey.OfFacts(_, Placing.ValidAt(_, var edge), _) ->
                    edge(edge == Placing.Edge.END);
            case RelationKey.OfFacts(_, Placing.ValidDuring _, _), RelationKey.OfMembers _ ->
                    edge(true);
        };
    }

    private @Nullable Point edge(boolean end) {
        return switch (time.window()) {
            case Window.At(var moment) -> new Point.At(moment);
            case null, default ->
                    end ? Point.endOf(time.window()) : new Point.Edge(time.window(), false);
        };
    }

    /** The same of the time that the question compares with. */
    ScanKey inComparison() {
        return new ScanKey(relation, time.inComparison(), of, kept, attributes, row, from);
    }

    /** The same, where the instant of the rows is known that it says something of. */
    ScanKey ofRowsAt(@Nullable Point instant) {
        return time.point() instanceof Point.OfRows
                ? new ScanKey(relation, time.at(instant), of, kept, attributes, row, from)
                : this;
    }

    /** Whether its rows are units of time. */
    boolean isOfTicks() {
        return relation instanceof RelationKey.OfTicks;
    }

    /** Whether it is read in a window of the member or row that it is read for. */
    public boolean isOfSubjects() {
        return time.ofSubject() != null;
    }

    /** The same, whose window is of other values of the member or row that it is read for. */
    ScanKey ofSubject(UnaryOperator<Expr> edge) {
        return new ScanKey(
                relation,
                time.ofSubject(window -> window.of(edge)),
                of,
                kept,
                attributes,
                row,
                from);
    }

    /** The same, whose rows are made of others by other expressions. */
    ScanKey ofDerivation(UnaryOperator<Expr> other) {
        return relation.derived().isEmpty() && relation.split().isEmpty()
                ? this
                : new ScanKey(relation.ofDerivation(other), time, of, kept, attributes, row, from);
    }

    /** The time in which is read what its rows are made of and do not stand at. */
    TimeContext timeBesides() {
        return relation.derived()
                .map(derivation ->
                        switch (derivation) {
                            case RelationKey.Sequence _ -> time;
                            case RelationKey.Touching(_, var touches, var within) ->
                                    time.reaching(within, !touches.isAtLater());
                            case RelationKey.Changing(_, var gap) ->
                                    gap == null ? time : time.reaching(gap, true);
                        })
                .orElse(time);
    }

    /** Rows of an input of the sequence whose attempts are its rows. */
    ScanKey input(RelationKey.OfFacts input) {
        return new ScanKey(input, time, of, Kept.ALL, null, row, from);
    }

    ScanKey keeping(Kept other) {
        return new ScanKey(relation, time, of, other, attributes, row, from);
    }

    ScanKey reading(@Nullable AsOf other) {
        return new ScanKey(relation, time, of, kept, other, row, from);
    }

    /** For each row whose key they say, or each pair whose values they have. */
    ScanKey ofRow(List<? extends Expr> key) {
        return new ScanKey(relation, time, of, kept, attributes, List.copyOf(key), from);
    }

    /**
     * For what each row of another relation leads to.
     *
     * @param said its key, as that row says it
     */
    ScanKey ledToBy(List<? extends Expr> said) {
        return new ScanKey(relation, time, of, kept, attributes, row, List.copyOf(said));
    }

    /** Whether it is read for each member, or each row of another relation. */
    boolean isOwn() {
        return of != null || !row.isEmpty();
    }

    /** What the rows are grouped by where they are read for a member or row. */
    List<Expr> owner() {
        return of == null
                ? row
                : Stream.concat(Stream.<Expr>of(new Expr.Key(of)), row.stream()).toList();
    }
}
