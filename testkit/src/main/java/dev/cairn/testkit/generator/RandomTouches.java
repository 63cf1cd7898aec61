package dev.cairn.testkit.generator;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.generator.Place.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Generates formulas over touches, as text. Which of several rows at one time is the latest is for the key to say, so the earlier ones have one. */
public final class RandomTouches {
    private final Choice choice;
    private final Catalog catalog;
    private final RandomExpressions expressions;

    private RandomTouches(Choice choice, Catalog catalog) {
        this.choice = choice;
        this.catalog = catalog;
        this.expressions = new RandomAggregates(choice, catalog, List.of()).expressions();
    }

    /** A source and the time of it that counts. */
    private record Timed(Source source, Field time) {}

    /** The same seed, the same formulas. */
    public static List<String> of(long seed, Catalog catalog, int many) {
        var touches = new RandomTouches(new Choice(seed), catalog);
        var formulas = new ArrayList<String>();
        var both = touches.both();
        while (formulas.size() < many) {
            formulas.add(touches.formula(both));
        }
        return formulas;
    }

    /** @param numbers fields of the later row that are numbers */
    private record Both(String touch, List<String> numbers, boolean ofInstants) {}

    private String formula(Both both) {
        var touch = both.touch() + choice.of("", "", " on later_at");
        var value =
                both.numbers().isEmpty() || choice.percent(30)
                        ? (both.ofInstants() ? "hours" : "days") + "(earlier_at, later_at)"
                        : "later." + choice.of(both.numbers());
        return choice.of(
                        "count(%1$s)",
                        "sum(%1$s : %2$s)",
                        "avg(%1$s : %2$s)",
                        "max(%1$s : earlier_at)",
                        "min(%1$s : later_at)",
                        "median(%1$s : %2$s)",
                        "distinct(%1$s : account)",
                        "count(%1$s where %2$s > 2)",
                        "(count(%1$s) over last 2 weeks)",
                        "prior(sum(%1$s : %2$s))",
                        "sum(account : count(%1$s))",
                        "count(account where exists(%1$s where later_at is not earlier_at))",
                        "max(day : count(%1$s))",
                        "total(sum(%1$s : %2$s))",
                        "sum(%1$s : per(account : count(%3$s)) over 3 days from earlier_at)",
                        "count(%1$s where (per(account : exists(%3$s)) over 2 weeks before later_at))")
                .formatted(touch, value, RandomSteps.placed(catalog));
    }

    private Both both() {
        var type = choice.percent(40) ? DataType.DATE : DataType.TIMESTAMP;
        boolean perUser = choice.percent(25) && !keyed(true, type).isEmpty();
        var keyed = keyed(perUser, type);
        var earlier = choice.of(keyed);
        var later =
                choice.of(choice.percent(30) ? List.of(earlier) : timed(perUser, type).toList());
        boolean isOfOne = earlier.source().equals(later.source());
        var touch =
                "touch(%s after %s%s per %s%s)"
                        .formatted(
                                side(later),
                                side(earlier),
                                within(type),
                                perUser ? "user" : "account",
                                choice.percent(25) ? same(earlier, later) : "");
        var numbers =
                later.source().fields().stream()
                        .filter(field ->
                                field.type() == DataType.INTEGER
                                        || field.type() == DataType.DECIMAL)
                        .filter(field -> field.compute() == null && !isOfOne)
                        .map(Field::name)
                        .toList();
        return new Both(touch, numbers, type == DataType.TIMESTAMP);
    }

    private String within(DataType type) {
        var spans =
                type == DataType.TIMESTAMP
                        ? choice.of("36 hours", "3 days", "2 weeks", "1 month", "90 minutes")
                        : choice.of("1 day", "3 days", "2 weeks", "1 month");
        return choice.percent(70) ? " within " + spans : "";
    }

    private List<Timed> keyed(boolean ofUsers, DataType type) {
        return timed(ofUsers, type).filter(one -> !one.source().key().isEmpty()).toList();
    }

    private Stream<Timed> timed(boolean ofUsers, DataType type) {
        return catalog.all(Source.class).stream()
                .filter(source -> ofUsers ? source.userField() != null : source.isOfAccounts())
                .flatMap(source ->
                        source.fields().stream()
                                .filter(field -> field.type() == type)
                                .map(field -> new Timed(source, field)));
    }

    private String side(Timed timed) {
        var source = timed.source();
        var where =
                choice.percent(50) ? " where " + expressions.condition(row(source), 1).text() : "";
        boolean isDefault =
                source.validity() == null && timed.time().name().equals(source.timeField());
        return source.name() + (isDefault ? "" : " on " + timed.time().name()) + where;
    }

    /** Which rows there are does not depend on the bucket. */
    private Place row(Source source) {
        return new Place(
                Place.ofRow(new Head.Facts(source.name(), source), catalog).atoms().stream()
                        .filter(atom -> !atom.text().contains(" as of "))
                        .filter(atom -> !atom.text().startsWith("convert("))
                        .toList(),
                List.of(),
                false);
    }

    /** A field that both have. */
    private String same(Timed one, Timed other) {
        var common = names(one.source());
        common.retainAll(names(other.source()));
        if (common.isEmpty()) {
            return "";
        }
        var chosen = choice.of(common.stream().sorted().toList());
        return " same " + chosen.substring(0, chosen.indexOf(' '));
    }

    private static Set<String> names(Source source) {
        return source.fields().stream()
                .filter(field -> field.currencyField() == null)
                .filter(field -> !field.name().equals(EntityRef.ACCOUNT.name()))
                .map(field -> field.name() + " " + field.type())
                .collect(Collectors.toSet());
    }
}
