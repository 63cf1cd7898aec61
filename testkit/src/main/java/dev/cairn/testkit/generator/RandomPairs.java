package dev.cairn.testkit.generator;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Source;
import java.util.List;
import java.util.stream.Stream;

/** Generates formulas over accounts and users that are split by values of their facts, as text. */
public final class RandomPairs {
    private RandomPairs() {}

    /** The same seed, the same formulas; none where no source with a time has a value of an account. */
    public static List<String> of(long seed, Catalog catalog, int many) {
        var choice = new Choice(seed);
        var sources =
                catalog.all(Source.class).stream()
                        .filter(source -> source.isOfAccounts() && !source.isEntity())
                        .filter(source -> source.timeField() != null)
                        .filter(source -> !values(source).isEmpty())
                        .toList();
        if (sources.isEmpty()) {
            return List.of();
        }
        var source = choice.of(sources);
        return Stream.generate(() -> formula(source, choice)).limit(many).toList();
    }

    private static List<String> values(Source source) {
        return source.fields().stream()
                .filter(field -> field.type() != DataType.MONEY && field.compute() == null)
                .filter(field -> !field.name().equals(source.accountField()))
                .filter(field -> !field.name().equals(source.userField()))
                .map(field -> "%s.\"%s\"".formatted(source.name(), field.name()))
                .toList();
    }

    private static String formula(Source source, Choice choice) {
        var values = values(source);
        var value = choice.of(values);
        var other = choice.of(values);
        var pairs =
                "%s by %s"
                        .formatted(
                                source.userField() != null && choice.percent(30)
                                        ? "user"
                                        : "account",
                                choice.percent(30) && !other.equals(value)
                                        ? value + ", " + other
                                        : value);
        return choice.of(
                        "count(%1$s)",
                        "avg(%1$s : count(%2$s))",
                        "count(%1$s where count(%2$s) >= 2)",
                        "share(%1$s : count(%2$s) > 1)",
                        "median(%1$s : count(%2$s))",
                        "max(%1$s : distinct(%3$s))",
                        "sum(%1$s : per(account : count(%2$s)))",
                        "sum(%1$s where %3$s is not none : count(%2$s) over all)",
                        "(count(%1$s where count(%2$s) >= 2) over last 2 weeks)",
                        "(count(%1$s) over all)",
                        "prior(avg(%1$s : count(%2$s)))",
                        "max(account : count(%1$s where count(%2$s) >= 2))",
                        "count(account where exists(%1$s where count(%2$s) > 1))",
                        "max(day : count(%1$s))",
                        "total(count(%1$s))")
                .formatted(pairs, source.name(), value);
    }
}
