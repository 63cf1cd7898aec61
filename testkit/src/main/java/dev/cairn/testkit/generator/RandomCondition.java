package dev.cairn.testkit.generator;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition that rows of a source can be asked by, and aggregates of these rows.
 *
 * @param text of the condition, with names in full, so that it means the same in the question and in a formula
 * @param aggregates with a place for a clause of the relation
 */
public record RandomCondition(String text, List<String> aggregates) {
    private static final int DEPTH = 2;

    public RandomCondition {
        aggregates = List.copyOf(aggregates);
    }

    public static RandomCondition of(long seed, Catalog catalog) {
        var choice = new Choice(seed);
        var sources =
                catalog.all(Source.class).stream()
                        .filter(source -> source.rates() == null && source.timeField() != null)
                        .toList();
        var source = choice.of(sources);
        var expressions =
                new RandomAggregates(choice, catalog, RandomDefinitions.cohorts(catalog))
                        .expressions();
        var asked = new Place(Place.asked(source, catalog), List.of(), false);
        return new RandomCondition(
                expressions.condition(asked, DEPTH).text(), aggregates(source, choice));
    }

    private static List<String> aggregates(Source source, Choice choice) {
        var aggregates = new ArrayList<>(List.of("count(%s%%s)", "exists(%s%%s)"));
        if (source.isOfAccounts()) {
            aggregates.add("distinct(%s%%s : account)");
        }
        source.fields().stream()
                .filter(field -> field.type() == DataType.INTEGER)
                .map(Field::name)
                .forEach(name -> {
                    aggregates.add("sum(%s%%s : " + name + ")");
                    aggregates.add(
                            choice.of("avg", "median", "max", "last") + "(%s%%s : " + name + ")");
                    aggregates.add("(sum(%s%%s : " + name + ") over last 10 days)");
                });
        return aggregates.stream().map(text -> text.formatted(source.name())).toList();
    }
}
