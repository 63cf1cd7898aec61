package dev.cairn.adapters.graphql.limit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The most of each kind that one request may have. Fragments count where they are spread.
 *
 * @param values from 1 to {@link #LARGEST}; what is not named is as usual
 */
public record Limits(Map<Limit, Integer> values) {
    public static final int LARGEST = 1_000_000_000;
    public static final Limits STANDARD = new Limits(Map.of());

    public Limits {
        var all = new EnumMap<Limit, Integer>(Limit.class);
        for (Limit limit : Limit.values()) {
            all.put(limit, values.getOrDefault(limit, limit.standard()));
        }
        all.forEach((limit, value) -> {
            if (value < 1 || value > LARGEST) {
                throw new IllegalArgumentException(limit + " must not be " + value);
            }
        });
        values = Map.copyOf(all);
    }

    public int most(Limit limit) {
        return values.getOrDefault(limit, limit.standard());
    }

    public Duration time() {
        return Duration.ofSeconds(most(Limit.SECONDS));
    }

    /** @throws OverLimit where there are more */
    public void check(Limit limit, long actual) {
        check(limit, actual, limit.what());
    }

    /** @throws OverLimit where there are more */
    void check(Limit limit, long actual, String what) {
        if (actual > most(limit)) {
            throw new OverLimit(limit, most(limit), actual, what);
        }
    }
}
