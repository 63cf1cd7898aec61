package dev.cairn.testkit.reference;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.Pairs;
import java.util.List;

/** A member with values of its facts, in the order in which they are said. */
record Pair(Pairs pairs, List<Object> values) implements Made {
    Pair {
        values = List.copyOf(values);
    }

    @Override
    public Object field(Expr.Field field) {
        return values.get(pairs.fields().indexOf(field));
    }
}
