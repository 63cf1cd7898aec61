package dev.cairn.testkit.generator;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.generator.Place.Head;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Generates formulas over attempts at sequences, as text. Where rows of one source may be at the same time their order counts: of accounts they have a key, and a
 * source without one is of one later step, of which only the time counts; of users all that is stored of them decides.
 */
public final class RandomSteps {
    private final Choice choice;
    private final Catalog catalog;
    private final RandomExpressions expressions;

    private RandomSteps(Choice choice, Catalog catalog) {
        this.choice = choice;
        this.catalog = catalog;
        this.expressions = new RandomAggregates(choice, catalog, List.of()).expressions();
    }

    /** A source and the time of it that counts. */
    private record Timed(Source source, Field time) {}

    /**
     * Attempts, as text.
     *
     * @param later fields of the rows of later steps; of a source without a key which row it is makes a difference to nothing else
     * @param amounts of rows of later steps, in dollars; of a source without a key those of one time are ordered by all that is stored of them
     */
    private record Attempts(String text, List<String> later, List<String> amounts) {}

    /**
     * What is generated.
     *
     * @param keys that attempts may be grouped by
     */
    public record Generated(List<String> formulas, List<String> keys) {
        public Generated {
            formulas = List.copyOf(formulas);
            keys = List.copyOf(keys);
        }
    }

    /** The same seed, the same formulas. */
    public static Generated of(long seed, Catalog catalog, int many) {
        var steps = new RandomSteps(new Choice(seed), catalog);
        var formulas = new ArrayList<String>();
        var attempts = steps.attempts();
        while (formulas.size() < many) {
            formulas.add(steps.formula(attempts));
        }
        return new Generated(formulas, attempts.later());
    }

    private String formula(Attempts attempts) {
        if (!attempts.amounts().isEmpty() && choice.percent(20)) {
            return choice.of(
                            "sum(%1$s : %2$s)",
                            "count(%1$s where %2$s > 10)", "max(%1$s where completed : %2$s)")
                    .formatted(attempts.text(), choice.of(attempts.amounts()));
        }
        return !attempts.later().isEmpty() && choice.percent(35)
                ? choice.of(
                                "distinct(%1$s : %2$s)",
                                "count(%1$s where %2$s is none)",
                                "count(%1$s where %2$s is not none and completed)",
                                "first(%1$s : %2$s)")
                        .formatted(attempts.text(), choice.of(attempts.later()))
                : choice.percent(10)
                        ? attempts.text().replaceFirst("steps", "conversion")
                        : plain(attempts.text());
    }

    private String plain(String attempts) {
        if (attempts.contains(" with pending") && choice.percent(40)) {
            return choice.of(
                            "count(%s where is_pending)",
                            "share(%s : is_pending)",
                            "sum(%s where not is_pending : reached)",
                            "count(%s where completed and is_pending)")
                    .formatted(attempts);
        }
        return choice.of(
                        "count(%s)",
                        "count(%s where completed)",
                        "share(%s : completed)",
                        "sum(%s : reached)",
                        "avg(%s where completed : reached)",
                        "max(%s : step_2_at)",
                        "min(%s : started)",
                        "distinct(%s : account)",
                        "count(%s where step_2_at is none)",
                        "(count(%s where completed) over last 2 weeks)",
                        "prior(sum(%s : reached))",
                        "sum(account : count(%s))",
                        "count(account where exists(%s where completed))",
                        "max(day : count(%s))",
                        "survival(%s : started -> step_2_at, 0.5)",
                        "survival(%s where reached > 1 : step_1_at -> step_2_at, 0.2)",
                        "total(count(%s))",
                        "sum(%s : per(account : count(SOURCE)) over 3 days from step_2_at)",
                        "count(%s where (per(account : exists(SOURCE)) over 2 weeks before step_1_at))")
                .formatted(attempts)
                .replace("SOURCE", placed(catalog));
    }

    /** A source that is read for accounts at the time it declares. */
    static String placed(Catalog catalog) {
        return catalog.all(Source.class).stream()
                .filter(source -> source.isOfAccounts() && source.validity() == null)
                .findFirst()
                .orElseThrow()
                .name();
    }

    private Attempts attempts() {
        var type = choice.percent(40) ? DataType.DATE : DataType.TIMESTAMP;
        boolean perUser = choice.percent(25) && timed(true, type).findAny().isPresent();
        // Rows of users have no key here: all that is stored of them decides their order.
        var keyed = perUser ? timed(true, type).toList() : keyed(false, type);
        var others = timed(perUser, type).filter(one -> one.source().key().isEmpty()).toList();
        var all = Stream.concat(keyed.stream(), others.stream()).toList();
        return attempts(steps(keyed, all), all, perUser ? "user" : "account");
    }

    private List<Timed> keyed(boolean ofUsers, DataType type) {
        return timed(ofUsers, type).filter(one -> !one.source().key().isEmpty()).toList();
    }

    private Stream<Timed> timed(boolean ofUsers, DataType type) {
        return catalog.all(Source.class).stream()
                .filter(source -> ofUsers ? source.userField() != null : source.isOfAccounts())
                .flatMap(source -> time(source, type).stream());
    }

    private Optional<Timed> time(Source source, DataType type) {
        var times = source.fields().stream().filter(field -> field.type() == type).toList();
        return times.isEmpty()
                ? Optional.empty()
                : Optional.of(new Timed(source, choice.of(times)));
    }

    private List<Timed> steps(List<Timed> keyed, List<Timed> all) {
        var steps = new ArrayList<Timed>();
        steps.add(choice.of(keyed));
        int many = choice.of(2, 2, 2, 3, 3, 4);
        while (steps.size() < many) {
            var next = choice.percent(50) ? steps.getFirst() : choice.of(all);
            boolean isOrdered = !next.source().key().isEmpty() || keyed.contains(next);
            if (isOrdered || !steps.contains(next)) {
                steps.add(next);
            }
        }
        return steps;
    }

    private Attempts attempts(List<Timed> steps, List<Timed> all, String per) {
        var text = new StringBuilder("steps(");
        for (int at = 0; at < steps.size(); at++) {
            text.append(at == 0 ? "" : " -> ").append(step(steps.get(at)));
        }
        boolean ofInstants = steps.getFirst().time().type() == DataType.TIMESTAMP;
        text.append(" within ")
                .append(
                        ofInstants
                                ? choice.of(
                                        "36 hours", "3 days", "2 weeks", "1 month", "90 minutes")
                                : choice.of("1 day", "3 days", "2 weeks", "1 month"))
                .append(choice.percent(25) ? " inclusive" : "")
                .append(" per ")
                .append(per)
                .append(choice.of("", " first", " any", " any"))
                .append(order(steps))
                .append(choice.percent(25) ? same(steps) : "");
        var unwanted = isKeyed(steps) ? all.stream().filter(RandomSteps::isKeyed).toList() : all;
        if (choice.percent(25)) {
            text.append(without(choice.of(unwanted), steps.size()));
        }
        text.append(choice.percent(15) ? " with pending" : "");
        return new Attempts(text.append(")").toString(), later(steps), amounts(steps));
    }

    private static boolean isKeyed(Timed timed) {
        return !timed.source().key().isEmpty();
    }

    private static boolean isKeyed(List<Timed> steps) {
        return steps.stream().allMatch(RandomSteps::isKeyed);
    }

    /** What lies between rows of one time depends on their keys. */
    private String order(List<Timed> steps) {
        boolean areOfOne = steps.stream().map(Timed::source).distinct().count() == 1;
        return areOfOne
                ? choice.of("", "", " strict", " unordered")
                : isKeyed(steps) ? choice.of("", "", " strict") : "";
    }

    private String without(Timed rows, int steps) {
        int from = choice.of(1, steps - 1);
        return " without "
                + step(rows)
                + (choice.percent(50) ? " between %d and %d".formatted(from, steps) : "");
    }

    private List<String> amounts(List<Timed> steps) {
        boolean hasRates =
                catalog.all(Source.class).stream().anyMatch(source -> source.rates() != null);
        var amounts = new ArrayList<String>();
        for (int at = 1; hasRates && at < steps.size(); at++) {
            int step = at + 1;
            steps.get(at).source().fields().stream()
                    .filter(field -> field.type() == DataType.MONEY)
                    .map(field -> "convert(step_%d.%s, 'USD')".formatted(step, field.name()))
                    .forEach(amounts::add);
        }
        return amounts;
    }

    private static List<String> later(List<Timed> steps) {
        var fields = new ArrayList<String>();
        for (int at = 1; at < steps.size(); at++) {
            var source = steps.get(at).source();
            int step = at + 1;
            if (isKeyed(steps.get(at))) {
                source.fields().stream()
                        .filter(field -> field.currencyField() == null)
                        .map(field -> "step_%d.%s".formatted(step, field.name()))
                        .filter(name -> !name.endsWith("." + EntityRef.ACCOUNT.name()))
                        .filter(name -> !name.endsWith("." + EntityRef.USER.name()))
                        .forEach(fields::add);
            }
        }
        return fields;
    }

    private String step(Timed timed) {
        var source = timed.source();
        var where =
                choice.percent(60) ? " where " + expressions.condition(row(source), 1).text() : "";
        boolean isDefault =
                source.validity() == null && timed.time().name().equals(source.timeField());
        return source.name() + (isDefault ? "" : " on " + timed.time().name()) + where;
    }

    /** Which rows are steps does not depend on the bucket. */
    private Place row(Source source) {
        return new Place(
                Place.ofRow(new Head.Facts(source.name(), source), catalog).atoms().stream()
                        .filter(atom -> !atom.text().contains(" as of "))
                        .filter(atom -> !atom.text().startsWith("convert("))
                        .toList(),
                List.of(),
                false);
    }

    /** A field that all steps have. */
    private String same(List<Timed> steps) {
        Map<String, DataType> common = new LinkedHashMap<>();
        steps.getFirst().source().fields().stream()
                .filter(field -> field.currencyField() == null)
                .filter(field -> !field.name().equals(EntityRef.ACCOUNT.name()))
                .forEach(field -> common.put(field.name(), field.type()));
        for (var step : steps) {
            common.entrySet()
                    .removeIf(entry ->
                            step.source().fields().stream()
                                    .noneMatch(field ->
                                            field.name().equals(entry.getKey())
                                                    && field.type() == entry.getValue()));
        }
        return common.isEmpty() ? "" : " same " + choice.of(List.copyOf(common.keySet()));
    }
}
