package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.bootstrap.StartRefused;
import dev.cairn.domain.problem.NearestNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the settings below {@code cairn.limits.}, or says all that is wrong with them. */
final class LimitSettings {
    private LimitSettings() {}

    static Limits read(Map<String, String> settings) {
        var values = new EnumMap<Limit, Integer>(Limit.class);
        var problems = new ArrayList<String>();
        new TreeMap<>(settings)
                .forEach((key, text) ->
                        named(key)
                                .ifPresentOrElse(
                                        limit ->
                                                number(text)
                                                        .ifPresentOrElse(
                                                                value -> values.put(limit, value),
                                                                () -> problems.add(bad(key, text))),
                                        () -> problems.add(unknown(key))));
        if (!problems.isEmpty()) {
            throw new StartRefused(
                    String.join("\n", problems),
                    "Set each to a whole number from 1 to %,d, or leave it out for the usual one."
                            .formatted(Limits.LARGEST));
        }
        return new Limits(values);
    }

    /** An environment variable has no dashes. */
    private static Optional<Limit> named(String key) {
        return Arrays.stream(Limit.values())
                .filter(limit -> plain(limit.key()).equals(plain(key)))
                .findFirst();
    }

    private static String plain(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
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
