package dev.cairn.domain.why;

import dev.cairn.domain.formula.AggregateFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A formula of a cell as a tree of what its value is made of. The column of each is the formula that it has the value of. */
sealed interface Term {
    Column column();

    /**
     * What can be asked.
     *
     * @param formula in one line
     * @param emptyIsNone whether counts and sums over nothing have no value in it
     */
    record Column(String formula, boolean emptyIsNone) {}

    /** @param adds whether its values over accounts or groups add up to that over all, as those of counts and sums do */
    record Leaf(Column column, boolean adds) implements Term {}

    /**
     * A median, another percentile, an extreme or a deviation of values of accounts.
     *
     * @param each the value of an account by itself
     */
    record Spread(Column column, AggregateFunction function, Column each) implements Term {}

    record Constant(Column column, double value) implements Term {}

    /** All with their signs. */
    record Sum(Column column, List<Signed> terms) implements Term {
        public Sum {
            terms = List.copyOf(terms);
        }
    }

    /** @param sign 1 or -1 */
    record Signed(int sign, Term term) {}

    record Product(Column column, Term left, Term right) implements Term {}

    record Quotient(Column column, Term top, Term bottom) implements Term {}

    /** A metric by its name. */
    record Named(Column column, String name, Term inner) implements Term {}

    /**
     * One of several: the first whose condition holds, the least, the greatest or the first that has a value.
     *
     * @param conditions of {@link Pick#CONDITION}, in order; the last arm has none
     */
    record Choice(Column column, Pick pick, List<Column> conditions, List<Term> arms)
            implements Term {
        public Choice {
            conditions = List.copyOf(conditions);
            arms = List.copyOf(arms);
        }
    }

    /** What of the arms of a {@link Choice} is taken. */
    enum Pick {
        CONDITION,
        LEAST,
        GREATEST,
        FIRST,
        /** Of three: the middle one. */
        MIDDLE
    }

    /** What is rounded. */
    record Rounded(Column column, Term inner) implements Term {}

    /** The same value, of which nothing more is known. */
    default Leaf opaque() {
        return new Leaf(column(), false);
    }

    /** The terms right inside. */
    default List<Term> inside() {
        return switch (this) {
            case Leaf _, Spread _, Constant _ -> List.of();
            case Sum(_, var terms) -> terms.stream().map(Signed::term).toList();
            case Product(_, var left, var right) -> List.of(left, right);
            case Quotient(_, var top, var bottom) -> List.of(top, bottom);
            case Named(_, _, var inner) -> List.of(inner);
            case Choice(_, _, _, var arms) -> arms;
            case Rounded(_, var inner) -> List.of(inner);
        };
    }

    /** Whether its values over groups add up to that over all. */
    default boolean isAdditive() {
        return switch (this) {
            case Leaf(_, var adds) -> adds;
            case Constant(_, var value) -> value == 0;
            case Sum(_, var terms) -> terms.stream().allMatch(signed -> signed.term().isAdditive());
            case Product(_, Constant _, var right) -> right.isAdditive();
            case Product(_, var left, Constant _) -> left.isAdditive();
            case Quotient(_, var top, Constant _) -> top.isAdditive();
            case Named(_, _, var inner) -> inner.isAdditive();
            case Spread _, Product _, Quotient _, Choice _, Rounded _ -> false;
        };
    }

    /** What it is of without the names around it. */
    default Term unnamed() {
        return this instanceof Named(_, _, var inner) ? inner.unnamed() : this;
    }

    /** The value of a constant; null for others. */
    default @Nullable Double constant() {
        return unnamed() instanceof Constant(_, var value) ? (Double) value : null;
    }
}
