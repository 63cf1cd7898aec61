package dev.cairn.testkit.reference;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.Touches;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A later row with the latest earlier one.
 *
 * @param earlierAt when the earlier was
 * @param laterAt when the later was
 */
record Touch(Object earlierAt, Object laterAt, Row earlier, Row later) implements Made {
    @Override
    public @Nullable Object field(Expr.Field field) {
        var name = field.name();
        int dot = name.indexOf('.');
        if (dot < 0) {
            return name.equals("earlier_at") ? earlierAt : laterAt;
        }
        var row = name.substring(0, dot).equals(Touches.EARLIER) ? earlier : later;
        return Objects.requireNonNull(row.content()).value(name.substring(dot + 1));
    }
}
