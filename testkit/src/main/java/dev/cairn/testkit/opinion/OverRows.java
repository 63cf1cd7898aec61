package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.testkit.opinion.Meaning.Rows;
import dev.cairn.testkit.opinion.Meaning.Said;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What aggregates are of the rows that they take. */
final class OverRows {
    private final Definitions definitions;
    private final Reads reads;
    private final Rows rows;
    private final Naming naming;
    private final ZoneId zone;
    private final Meaning meaning;

    OverRows(
            Definitions definitions,
            Reads reads,
            Rows rows,
            Naming naming,
            ZoneId zone,
            Meaning meaning) {
        this.definitions = definitions;
        this.reads = reads;
        this.rows = rows;
        this.naming = naming;
        this.zone = zone;
        this.meaning = meaning;
    }

    /** The rows that an aggregate takes. */
    List<Context.Row> taken(Sentence.Aggregate aggregate, Context context) {
        var relation = definitions.relation(aggregate.relation());
        return rows.of(aggregate, context).stream()
                .filter(row ->
                        relation.conditions().stream().allMatch(one -> meaning.holds(one, row)))
                .filter(row -> aggregate.where() == null || meaning.holds(aggregate.where(), row))
                .toList();
    }

    Said aggregate(Sentence.Aggregate aggregate, Context context) {
        boolean ofFacts = definitions.relation(aggregate.relation()).entity() == null;
        var outside = outside(aggregate, context, false);
        if (outside != null && outside(aggregate, context, ofFacts) != null) {
            return Said.none(outside);
        }
        var taken = taken(aggregate, context);
        var value = value(aggregate, taken);
        if (value != null) {
            return Said.of(value);
        }
        if (outside != null) {
            return Said.none(outside);
        }
        return Said.of(
                switch (aggregate.function()) {
                    case "count", "distinct", "sum" ->
                            aggregate.emptyIsNone() ? null : BigDecimal.ZERO;
                    case "exists" -> aggregate.emptyIsNone() ? null : Boolean.FALSE;
                    default -> null;
                });
    }

    /** Why nothing is known of an aggregate of a cell; of what is read for a member the outer aggregate says it. */
    private @Nullable Absence outside(
            Sentence.Aggregate aggregate, Context context, boolean hasRows) {
        return context instanceof Context.OfCell cell
                ? reads.outside(aggregate, cell, hasRows, true).orElse(null)
                : null;
    }

    /** Empty where nothing is left after empty values were skipped. */
    private @Nullable Object value(Sentence.Aggregate aggregate, List<Context.Row> taken) {
        if (taken.isEmpty()) {
            return null;
        }
        return switch (aggregate.function()) {
            case "count" -> BigDecimal.valueOf(taken.size());
            case "exists" -> true;
            case "share" ->
                    (double)
                                    taken.stream()
                                            .filter(row -> meaning.holds(aggregate.ofRow(), row))
                                            .count()
                            / taken.size();
            case "distinct" -> distinct(aggregate.ofRow(), taken);
            case "first" -> inTime(aggregate, taken).findFirst().orElse(null);
            case "last" -> inTime(aggregate, taken).reduce((_, later) -> later).orElse(null);
            default ->
                    PlainAggregates.of(
                            aggregate.function(), values(aggregate.ofRow(), taken), zone);
        };
    }

    private List<Object> values(Sentence of, List<Context.Row> taken) {
        var values = new ArrayList<Object>();
        for (Context.Row row : taken) {
            var value = PlainValues.settled(meaning.of(of, row).value());
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** What has a value, by time, key and value. */
    private Stream<Object> inTime(Sentence.Aggregate aggregate, List<Context.Row> taken) {
        record Placed(List<Object> place, Object value) {}
        var placed = new ArrayList<Placed>();
        for (Context.Row row : taken) {
            if (!(row instanceof Context.OfFact(var source, _, var fact, _, _, _, _))) {
                throw new Unsupported("members in the order of time");
            }
            var value = PlainValues.settled(meaning.of(aggregate.ofRow(), row).value());
            if (value != null) {
                var names = new ArrayList<String>();
                names.add(aggregate.on() == null ? source.placing() : aggregate.on());
                names.addAll(source.key());
                var place = new ArrayList<Object>();
                for (String name : names) {
                    int at = source.fields().indexOf(source.field(name).orElseThrow());
                    place.add(Objects.requireNonNull(fact.values().get(at)));
                }
                place.add(value);
                placed.add(new Placed(place, value));
            }
        }
        return placed.stream()
                .sorted((one, other) -> inOrder(one.place(), other.place()))
                .map(Placed::value);
    }

    private int inOrder(List<Object> one, List<Object> other) {
        for (int at = 0; at < one.size(); at++) {
            int compared = PlainValues.compare(one.get(at), other.get(at), zone);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private @Nullable Object distinct(Sentence of, List<Context.Row> taken) {
        var seen = new HashSet<List<@Nullable Object>>();
        boolean inexact = values(of, taken).stream().anyMatch(Double.class::isInstance);
        for (Context.Row row : taken) {
            var value = PlainValues.settled(meaning.of(of, row).value());
            if (value != null) {
                seen.add(
                        Arrays.asList(
                                PlainAggregates.identity(value, inexact),
                                naming.accountOfUser(of, row)));
            }
        }
        return seen.isEmpty() ? null : BigDecimal.valueOf(seen.size());
    }
}
