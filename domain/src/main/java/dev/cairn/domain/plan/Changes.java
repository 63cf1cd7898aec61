package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When the sum of a value over the rows of a unit that are in force is another than before, and by how much. It is of all those rows together, and so the fact of
 * none of them; of their fields it has none. A row is in force from when it begins until it ends, the end out; without an end it is for good. Rows of no unit
 * change nothing, nor do those without the value.
 *
 * @param rows by when they begin to be in force
 * @param until when they end
 * @param per the unit: account or user
 * @param gap end of the gap that begins at {@link #at}: where the sum is nothing and is something again before it, both are one change, at the later; null:
 *     there is none
 * @param besides number of the time in which rows are read that end such a gap
 */
public record Changes(
        Attempts.Input rows,
        Expr.Field until,
        Expr value,
        EntityRef per,
        @Nullable Expr gap,
        int besides)
        implements Derived {
    /** What the fields of a change are fields of: no source has this name. */
    public static final String SOURCE = "changes";

    /** Whether the sum was nothing and never anything, was nothing again, or is nothing now; else whether it is more or less. */
    public enum Kind {
        NEW,
        REACTIVATION,
        CHURN,
        EXPANSION,
        CONTRACTION;

        /** As formulas compare it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** When it is: of the type of the times from which rows are in force. */
    public Expr.Field at() {
        return at(rows.time().type());
    }

    public static Expr.Field at(Type type) {
        return new Expr.Field(SOURCE, "changed_at", type);
    }

    public Expr.Field before() {
        return new Expr.Field(SOURCE, "value_before", value.type());
    }

    public Expr.Field after() {
        return new Expr.Field(SOURCE, "value_after", value.type());
    }

    public Expr.Field delta() {
        return new Expr.Field(SOURCE, "delta", value.type());
    }

    public static Expr.Field kind() {
        return new Expr.Field(SOURCE, "kind", Type.TEXT);
    }

    /** When a gap ends that begins at a time of a row; null: there is none. */
    public @Nullable Expr endOfGap(Expr.Field time) {
        return gap == null ? null : endOfGap(gap, time);
    }

    private Expr endOfGap(Expr expr, Expr.Field time) {
        return expr.equals(at())
                ? time
                : Exprs.withOperands(expr, operand -> endOfGap(operand, time));
    }

    @Override
    public List<Attempts.Input> inputs() {
        return List.of(rows);
    }

    @Override
    public List<Expr.Field> fields() {
        return List.of(at(), before(), after(), delta(), kind());
    }

    @Override
    public boolean has(Expr.Field field) {
        return fields().contains(field);
    }

    @Override
    public List<Expr.Field> neverEmpty() {
        return fields();
    }

    @Override
    public Changes of(UnaryOperator<Expr> other) {
        return new Changes(
                rows.asking(other.apply(rows.where())),
                until,
                other.apply(value),
                per,
                gap,
                besides);
    }

    /** What a question asks, it asks of the change. */
    @Override
    public Changes asking(List<Expr> conditions) {
        return this;
    }

    @Override
    public Changes besides(IntUnaryOperator other) {
        return new Changes(rows, until, value, per, gap, other.applyAsInt(besides));
    }

    /** A unit has one at a time; those of several follow each other by its key. */
    @Override
    public List<Expr.Field> orderOfOneFact() {
        return List.of();
    }

    @Override
    public Stream<Expr> expressions() {
        return Stream.of(rows.where(), rows.time(), until, value);
    }

    @Override
    public Stream<Read> reads(int reach) {
        return Stream.of(new Read(rows.source(), rows.placing(), gap == null ? reach : besides));
    }
}
