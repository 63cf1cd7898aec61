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
 * Generates formulas over attempts at sequences, as text. Where rows of one source may be at the same time their order counts, so they have a key; a source
 * without one is of one later step, of which only the time counts.
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

    /** The same seed, the same formulas. */
    public static List<String> of(long seed, Catalog catalog, int many) {
        var steps = new RandomSteps(new Choice(seed), catalog);
        var formulas = new ArrayList<String>();
        var attempts = steps.attempts();
        while (formulas.size() < many) {
            formulas.add(steps.formula(attempts));
        }
        return formulas;
    }

    private String formula(String attempts) {
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
                        "total(count(%s))")
                .formatted(attempts);
    }

    private String attempts() {
        var type = choice.percent(40) ? DataType.DATE : DataType.TIMESTAMP;
        boolean perUser = choice.percent(25) && !keyed(true, type).isEmpty();
        var keyed = keyed(perUser, type);
        var others = timed(perUser, type).filter(one -> one.source().key().isEmpty()).toList();
        return attempts(
                steps(keyed, Stream.concat(keyed.stream(), others.stream()).toList()),
                perUser ? "user" : "account");
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
            if (!next.source().key().isEmpty() || !steps.contains(next)) {
                steps.add(next);
            }
        }
        return steps;
    }

    private String attempts(List<Timed> steps, String per) {
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
                .append(choice.percent(25) ? same(steps) : "")
                .append(choice.percent(15) ? " with pending" : "");
        return text.append(")").toString();
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
