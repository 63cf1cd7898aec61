package dev.cairn.testkit.reference;

import dev.cairn.domain.plan.Attempts;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt at a sequence of steps.
 *
 * @param times when each step that was reached was, the first included
 * @param steps how many there are to reach
 * @param place where its first row stands among those of its source
 * @param isPending whether its span is not over, or that of another of which it is chosen
 */
record Attempt(List<Object> times, int steps, Sequences.Place place, boolean isPending) {
    int reached() {
        return times.size();
    }

    boolean isCompleted() {
        return reached() == steps;
    }

    Attempt pending(boolean other) {
        return new Attempt(times, steps, place, other);
    }

    @Nullable Object field(String name) {
        return switch (name) {
            case Attempts.STARTED -> times.getFirst();
            case Attempts.REACHED -> BigDecimal.valueOf(reached());
            case Attempts.COMPLETED -> isCompleted();
            case Attempts.PENDING -> isPending;
            default -> at(name);
        };
    }

    private @Nullable Object at(String name) {
        for (int step = 1; step <= steps; step++) {
            if (name.equals("step_%d_at".formatted(step))) {
                return step <= times.size() ? times.get(step - 1) : null;
            }
        }
        throw new IllegalArgumentException("an attempt has no field " + name);
    }
}
