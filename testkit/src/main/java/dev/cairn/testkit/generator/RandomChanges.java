package dev.cairn.testkit.generator;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Source;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Generates formulas over changes of what rows that hold for a time come to, as text. */
public final class RandomChanges {
    private RandomChanges() {}

    /** The same seed, the same formulas; none where no source holds a number for a time. */
    public static List<String> of(long seed, Catalog catalog, int many) {
        var choice = new Choice(seed);
        var sources =
                catalog.all(Source.class).stream()
                        .filter(source -> source.validity() != null && source.isOfAccounts())
                        .filter(source -> !numbers(source).isEmpty())
                        .toList();
        if (sources.isEmpty()) {
            return List.of();
        }
        var changes = changes(choice.of(sources), choice);
        var read = RandomSteps.placed(catalog);
        return Stream.generate(() -> formula(changes, read, choice)).limit(many).toList();
    }

    private static List<String> numbers(Source source) {
        return source.fields().stream()
                .filter(field ->
                        field.type() == DataType.INTEGER || field.type() == DataType.DECIMAL)
                .filter(field -> field.compute() == null)
                .map(field -> source.name() + "." + field.name())
                .toList();
    }

    private static String changes(Source source, Choice choice) {
        var from = source.field(Objects.requireNonNull(source.validity()).from()).orElseThrow();
        var gap =
                from.type() == DataType.DATE
                        ? choice.of("1 day", "4 days", "2 weeks", "1 month")
                        : choice.of("90 minutes", "36 hours", "4 days", "1 month");
        return "changes(%s%s per %s)"
                .formatted(
                        choice.of(numbers(source)),
                        choice.percent(50) ? " gap " + gap : "",
                        source.userField() != null && choice.percent(30) ? "user" : "account");
    }

    /** @param read a source that is read for accounts */
    private static String formula(String changes, String read, Choice choice) {
        return choice.of(
                        "count(%1$s)",
                        "sum(%1$s : delta)",
                        "sum(%1$s : value_before)",
                        "avg(%1$s : value_after)",
                        "max(%1$s : delta)",
                        "median(%1$s : delta)",
                        "max(%1$s : changed_at)",
                        "distinct(%1$s : account)",
                        "count(%1$s where kind = '%2$s')",
                        "share(%1$s : kind = '%2$s')",
                        "(sum(%1$s where kind = '%2$s' : delta) over last 2 weeks)",
                        "(count(%1$s) over all)",
                        "prior(sum(%1$s : delta))",
                        "sum(account : count(%1$s))",
                        "count(account where exists(%1$s where kind = '%2$s'))",
                        "max(day : count(%1$s))",
                        "total(sum(%1$s : delta))",
                        "sum(%1$s : per(account : count(%3$s)) over 3 days from changed_at)",
                        "count(%1$s where (per(account : exists(%3$s)) over 2 weeks before changed_at))")
                .formatted(
                        changes,
                        choice.of("new", "expansion", "contraction", "churn", "reactivation"),
                        read);
    }
}
