package dev.cairn.domain.overview;

import dev.cairn.domain.model.Entity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of an account.
 *
 * @param value as of the day that was asked for; of what has no history, what is known now. Null: it has none
 * @param history values in order, of neighbouring days that have the same one once; empty where the entity declares none, or nothing is known
 */
public record AttributeOfAccount(
        String name, String label, @Nullable Object value, List<Held> history) {
    public AttributeOfAccount {
        history = List.copyOf(history);
    }

    /**
     * A value while it held.
     *
     * @param from the first day; null: from ever
     * @param until the first day on which it did no more; null: it has no end
     * @param value null: none
     */
    public record Held(
            @Nullable LocalDate from, @Nullable LocalDate until, @Nullable Object value) {
        boolean isOn(LocalDate day) {
            return (from == null || !day.isBefore(from)) && (until == null || day.isBefore(until));
        }

        private boolean isNext(Held other) {
            return until != null && until.equals(other.from) && Objects.equals(value, other.value);
        }
    }

    /**
     * All values of an account while they held.
     *
     * @param from the first day; null: from ever
     * @param until the first day on which they did no more; null: they have no end
     * @param values those that are there, by attribute
     */
    public record Interval(
            @Nullable LocalDate from, @Nullable LocalDate until, Map<String, Object> values) {
        public Interval {
            values = Map.copyOf(values);
        }
    }

    /**
     * The attributes of an account on a day.
     *
     * @param known what is known now
     * @param history in the order of days; empty: none is kept
     */
    public static List<AttributeOfAccount> on(
            LocalDate day, Entity entity, Map<String, Object> known, List<Interval> history) {
        return entity.attributes().stream()
                .map(attribute -> {
                    var field = attribute.field();
                    var held = field.isRead() ? merged(field.name(), history) : List.<Held>of();
                    return new AttributeOfAccount(
                            field.name(),
                            field.label(),
                            held.isEmpty() ? known.get(field.name()) : on(day, held),
                            held);
                })
                .toList();
    }

    /** An account that is not there yet has its first value. */
    private static @Nullable Object on(LocalDate day, List<Held> held) {
        var first = held.getFirst();
        return first.from() != null && day.isBefore(first.from())
                ? first.value()
                : held.stream()
                        .filter(one -> one.isOn(day))
                        .findFirst()
                        .map(Held::value)
                        .orElse(null);
    }

    private static List<Held> merged(String attribute, List<Interval> history) {
        var merged = new ArrayList<Held>();
        for (var interval : history) {
            var next =
                    new Held(interval.from(), interval.until(), interval.values().get(attribute));
            if (!merged.isEmpty() && merged.getLast().isNext(next)) {
                merged.set(
                        merged.size() - 1,
                        new Held(merged.getLast().from(), next.until(), next.value()));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }
}
