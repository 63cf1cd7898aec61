package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What members are split by: values that facts of theirs have. There is a row for each member and values of which there is at least one fact in the stretch of
 * time that is read, whether the member exists then or not. Facts of no member, and those without one of the values, make none.
 *
 * @param where which facts; true keeps one
 * @param values of each fact
 */
public record Pairs(String source, Placing placing, Expr where, List<Expr> values) {
    /** What the values of a pair are fields of: no source has this name. */
    public static final String SOURCE = "by";

    public Pairs {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("members are split by at least one value");
        }
    }

    /** The values as a pair has them, never empty. */
    public List<Expr.Field> fields() {
        return IntStream.range(0, values.size())
                .mapToObj(at -> new Expr.Field(SOURCE, "value_" + (at + 1), values.get(at).type()))
                .toList();
    }

    /** What is read of the facts. */
    public Stream<Expr> expressions() {
        return Stream.concat(Stream.of(where), values.stream());
    }

    /** The same, of other expressions. */
    public Pairs of(UnaryOperator<Expr> other) {
        return new Pairs(source, placing, other.apply(where), values.stream().map(other).toList());
    }

    /** The facts that they are made of, with nothing read beside them. */
    public Relation.Facts facts() {
        return new Relation.Facts(source, placing, Block.EMPTY);
    }

    public Read read(int reach) {
        return new Read(source, placing, reach);
    }
}
