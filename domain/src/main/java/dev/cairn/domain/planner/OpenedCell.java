package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.plan.Output;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cell that is opened, as it was when its key was given.
 *
 * @param values of the columns that are shown of it, in their order; null: there was none
 */
public record OpenedCell(List<@Nullable Object> values) {
    /** Doubles may differ by the order of additions alone. */
    private static final double SAME = 1e-9;

    public OpenedCell {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** That it is another now: facts or definitions have changed since. */
    Optional<Notice> changed(List<Output> outputs, List<Measured> now) {
        for (int at = 0; at < values.size(); at++) {
            var value = now.get(at).value();
            if (!isSame(values.get(at), value)) {
                return Optional.of(
                        new Notice(
                                Opening.CELL_CHANGED,
                                "'%s' of this cell was %s when its key was given and is %s now: facts or definitions have changed since. What is shown is as it is now."
                                        .formatted(
                                                outputs.get(at).column(),
                                                text(values.get(at)),
                                                text(value)),
                                outputs.get(at).column()));
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        if (!(one instanceof Number) || !(other instanceof Number)) {
            return Objects.equals(one, other);
        }
        var was = new BigDecimal(one.toString());
        var is = new BigDecimal(other.toString());
        boolean exact = !(one instanceof Double) && !(other instanceof Double);
        return was.compareTo(is) == 0
                || (!exact
                        && Math.abs(was.doubleValue() - is.doubleValue())
                                <= SAME * Math.abs(was.doubleValue()));
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "without a value";
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }
}
