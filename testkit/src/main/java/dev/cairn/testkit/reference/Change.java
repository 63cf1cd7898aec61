package dev.cairn.testkit.reference;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.Changes;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A sum that is another than before.
 *
 * @param unit of which it is the sum
 */
record Change(Unit unit, Object at, BigDecimal before, BigDecimal after, Changes.Kind kind)
        implements Made {
    /** @param user key; null where accounts are the units */
    record Unit(@Nullable String account, @Nullable String user) {}

    @Override
    public @Nullable Object field(Expr.Field field) {
        return switch (field.name()) {
            case "changed_at" -> at;
            case "value_before" -> before;
            case "value_after" -> after;
            case "delta" -> after.subtract(before);
            case "kind" -> kind.text();
            default -> throw new IllegalArgumentException("no change has " + field.name());
        };
    }
}
