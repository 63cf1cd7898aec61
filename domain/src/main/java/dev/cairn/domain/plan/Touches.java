package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Each later row of a unit with the latest earlier one, at the same instant included. It is the fact of one of both, and has the fields of the other beside it.
 * A later row without an earlier one is no row; so is one of no unit. Of rows of one source the key decides which of one time is the earlier; none is before
 * itself.
 *
 * @param per the unit: account or user
 * @param end of the span, of the earlier row: the later one is before it; null: at any distance
 * @param isAtLater whether it stands at the later row, or else at the earlier
 * @param others fields of the row that it does not stand at
 * @param besides number of the time in which those are read
 */
public record Touches(
        Side later,
        Side earlier,
        EntityRef per,
        @Nullable Expr end,
        boolean isAtLater,
        List<Expr.Field> others,
        int besides)
        implements Derived {
    /** What the fields of a touch are fields of, beside those of the row that it stands at: no source has this name. */
    public static final String SOURCE = "touch";

    public static final String EARLIER = "earlier";
    public static final String LATER = "later";

    public Touches {
        others = List.copyOf(others);
    }

    /**
     * Rows of one side.
     *
     * @param same what both have in common, where it is not empty
     */
    public record Side(Attempts.Input rows, List<Expr> same) {
        public Side {
            same = List.copyOf(same);
        }

        private Side of(UnaryOperator<Expr> other) {
            return new Side(
                    rows.asking(other.apply(rows.where())), same.stream().map(other).toList());
        }

        /** What is read of its rows. */
        public Stream<Expr> expressions() {
            return Stream.of(
                            Stream.of(rows.where(), rows.time()),
                            rows.key().stream(),
                            same.stream())
                    .flatMap(exprs -> exprs);
        }
    }

    public Type typeOfTimes() {
        return earlier.rows().time().type();
    }

    public Expr.Field earlierAt() {
        return new Expr.Field(SOURCE, "earlier_at", typeOfTimes());
    }

    public Expr.Field laterAt() {
        return new Expr.Field(SOURCE, "later_at", typeOfTimes());
    }

    /** The rows that it stands at. */
    public Side here() {
        return isAtLater ? later : earlier;
    }

    /** The rows that it does not stand at. */
    public Side there() {
        return isAtLater ? earlier : later;
    }

    /** The link to the row that it stands at. */
    public String linkHere() {
        return isAtLater ? LATER : EARLIER;
    }

    public String linkThere() {
        return isAtLater ? EARLIER : LATER;
    }

    /** A field of the row that it does not stand at, as the touch has it. */
    public Expr.Field there(Expr.Field field) {
        return new Expr.Field(SOURCE, linkThere() + "." + field.name(), field.type());
    }

    @Override
    public List<Attempts.Input> inputs() {
        return List.of(here().rows(), there().rows());
    }

    @Override
    public List<Expr.Field> fields() {
        var fields = new ArrayList<>(List.of(earlierAt(), laterAt()));
        others.stream().map(this::there).forEach(fields::add);
        return List.copyOf(fields);
    }

    @Override
    public boolean has(Expr.Field field) {
        return fields().contains(field);
    }

    @Override
    public List<Expr.Field> neverEmpty() {
        var rows = there().rows();
        var of = rows.isKeyed() ? orderOfOneFact() : List.of(there(rows.time()));
        return Stream.concat(Stream.of(earlierAt(), laterAt()), of.stream()).toList();
    }

    @Override
    public List<Expr.Field> orderOfOneFact() {
        var rows = there().rows();
        return Stream.concat(
                        Stream.of(rows.time()), rows.key().stream().map(Expr.Field.class::cast))
                .distinct()
                .map(this::there)
                .toList();
    }

    @Override
    public Touches of(UnaryOperator<Expr> other) {
        return new Touches(
                later.of(other),
                earlier.of(other),
                per,
                end == null ? null : other.apply(end),
                isAtLater,
                others,
                besides);
    }

    /** What a question asks, it asks of the touch. */
    @Override
    public Touches asking(List<Expr> conditions) {
        return this;
    }

    @Override
    public Touches besides(IntUnaryOperator other) {
        return new Touches(later, earlier, per, end, isAtLater, others, other.applyAsInt(besides));
    }

    @Override
    public Stream<Expr> expressions() {
        return Stream.of(later.expressions(), earlier.expressions(), Stream.ofNullable(end))
                .flatMap(exprs -> exprs);
    }

    @Override
    public Stream<Read> reads(int reach) {
        return Stream.of(
                new Read(here().rows().source(), here().rows().placing(), reach),
                new Read(there().rows().source(), there().rows().placing(), besides));
    }
}
