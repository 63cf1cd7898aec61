package dev.cairn.adapters.persistence.sql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DataType;
import org.jooq.Param;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is the same between two instants, but for as-of where it is one of its values: found by comparing those of both ends. What depends on as-of in a
 * plan compares it with other times, and each comparison changes once at most between the ends.
 *
 * @param first as of the first instant
 */
record LastingStatement(SentStatement first, Instant from) {

    /** Empty where the statements differ in more. */
    static Optional<LastingStatement> between(
            SentStatement first, Instant from, SentStatement last, Instant until) {
        var lasting = new LastingStatement(first, from);
        return first.sql().equals(last.sql()) && lasting.asOf(until).bound().equals(last.bound())
                ? Optional.of(lasting)
                : Optional.empty();
    }

    /** As of an instant between both. */
    SentStatement asOf(Instant instant) {
        if (instant.equals(from)) {
            return first;
        }
        var values = new ArrayList<Param<?>>();
        for (var value : first.values()) {
            values.add(moved(value, instant));
        }
        return new SentStatement(first.sql(), values, first.columns());
    }

    /** Whether its values are others at another instant. */
    boolean movesUntil(Instant instant) {
        return !asOf(instant).bound().equals(first.bound());
    }

    private <T> Param<T> moved(Param<T> value, Instant instant) {
        T now = value.getValue();
        T then = value.getDataType().getType().cast(moved(now, instant));
        return Objects.equals(now, then) ? value : param(then, value.getDataType());
    }

    private static <T> Param<T> param(@Nullable T value, DataType<T> type) {
        return DSL.val(value, type);
    }

    private @Nullable Object moved(@Nullable Object value, Instant instant) {
        return switch (value) {
            case Instant at -> at.equals(from) ? instant : at;
            case Instant[] all ->
                    List.of(all).contains(from)
                            ? Arrays.stream(all)
                                    .map(at -> at.equals(from) ? instant : at)
                                    .toArray(Instant[]::new)
                            : all;
            case null -> null;
            default -> value;
        };
    }
}
