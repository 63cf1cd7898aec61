package dev.cairn.bootstrap.settings;

import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.domain.problem.NearestNames;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the settings below {@code cairn.limits.}, or reports all that is wrong with them. */
public final class LimitSettings {
    private LimitSettings() {}

    /** Settings that have no {@link #problems}. */
    public static Limits read(Map<String, String> settings) {
        var values = new EnumMap<Limit, Integer>(Limit.class);
        settings.forEach(
                (key, text) -> values.put(named(key).orElseThrow(), number(text).orElseThrow()));
        return new Limits(values);
    }

    /** A sentence for each setting that is wrong. */
    public static List<String> problems(Map<String, String> settings) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .flatMap(setting -> problem(setting.getKey(), setting.getValue()).stream())
                        .toList();
    }

    private static Optional<String> problem(String key, String text) {
        if (named(key).isEmpty()) {
            return Optional.of(unknown(key));
        }
        return number(text).isPresent() ? Optional.empty() : Optional.of(bad(key, text));
    }

    /** An environment variable has no dashes, or underscores for them. */
    private static Optional<Limit> named(String key) {
        return Arrays.stream(Limit.values())
                .filter(limit -> plain(limit.key()).equals(plain(key)))
                .findFirst();
    }

    private static String plain(String key) {
        return key.replace("-", "").replace(".", "").toLowerCase(Locale.ROOT);
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text.strip()))
                    .filter(value -> value >= 1 && value <= Limits.LARGEST);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static String bad(String key, String text) {
        return "cairn.limits.%s is '%s', which is no whole number from 1 to %,d."
                .formatted(key, text, Limits.LARGEST);
    }

    private static String unknown(String key) {
        List<String> known = Arrays.stream(Limit.values()).map(Limit::key).toList();
        var near = NearestNames.nearest(key, known);
        return "There is no limit cairn.limits.%s.%s"
                .formatted(
                        key,
                        near.isEmpty()
                                ? " There are " + String.join(", ", known) + "."
                                : " Did you mean cairn.limits." + near.getFirst() + "?");
    }
}
