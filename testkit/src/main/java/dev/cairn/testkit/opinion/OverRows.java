package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.testkit.opinion.Meaning.Rows;
import dev.cairn.testkit.opinion.Meaning.Said;
import dev.cairn.testkit.opinion.PlainCoverage.Standing;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What aggregates are of the rows that they take. */
final class OverRows {
    private final Definitions definitions;
    private final OwnWindows own;
    private final PlainWindows windows;
    private final Reads reads;
    private final Rows rows;
    private final Naming naming;
    private final Amounts amounts;
    private final ZoneId zone;
    private final Meaning meaning;

    OverRows(Meaning.Around around, Naming naming, Amounts amounts, Meaning meaning) {
        this.definitions = around.definitions();
        this.own = around.own();
        this.windows = around.windows();
        this.reads = around.reads();
        this.rows = around.rows();
        this.zone = around.zone();
        this.naming = naming;
        this.amounts = amounts;
        this.meaning = meaning;
    }

    /** The rows that an aggregate takes: their windows are over, and all conditions are true of them. */
    List<Context.Row> taken(Sentence.Aggregate aggregate, Context context) {
        return taken(aggregate, asked(aggregate, context));
    }

    private List<Context.Row> taken(Sentence.Aggregate aggregate, List<OwnWindows.Asked> asked) {
        boolean areDecided = own.reading(aggregate).isEmpty();
        return asked.stream()
                .filter(one -> !one.isPending() && !one.isLeftOut())
                .map(OwnWindows.Asked::row)
                .filter(row ->
                        areDecided
                                || conditions(aggregate).allMatch(one -> meaning.holds(one, row)))
                .filter(row -> Weights.weighs(aggregate, row, meaning))
                .toList();
    }

    /** Those of which all conditions are true that read no windows of their own. */
    List<OwnWindows.Asked> asked(Sentence.Aggregate aggregate, Context context) {
        var below = definitions.below(definitions.relation(aggregate.relation()));
        var reading = own.reading(aggregate);
        var decisive =
                OwnWindows.conjuncts(conditions(aggregate))
                        .filter(one -> reading.isEmpty() || !own.reads(one, below))
                        .toList();
        return all(aggregate, context).stream()
                .filter(one ->
                        decisive.stream()
                                .allMatch(condition -> meaning.holds(condition, one.row())))
                .map(one -> reading.isEmpty() ? one : with(reading, one))
                .toList();
    }

    private List<OwnWindows.Asked> all(Sentence.Aggregate aggregate, Context context) {
        return context instanceof Context.OfCell cell
                ? rows.asked(aggregate, cell)
                : rows.of(aggregate, context).stream().map(OwnWindows.Asked::plainly).toList();
    }

    private OwnWindows.Asked with(List<Sentence> reading, OwnWindows.Asked one) {
        var standings = EnumSet.noneOf(Standing.class);
        standings.addAll(one.standings());
        reading.forEach(part -> standings.addAll(own.standings(part, one.row(), meaning)));
        return new OwnWindows.Asked(one.row(), standings, one.isLeftOut());
    }

    private Stream<Sentence> conditions(Sentence.Aggregate aggregate) {
        return Stream.concat(
                definitions.relation(aggregate.relation()).conditions().stream(),
                Stream.ofNullable(aggregate.where()));
    }

    Said aggregate(Sentence.Aggregate aggregate, Context context) {
        if (context instanceof Context.OfCell cell && isAhead(cell)) {
            return Said.none(Absence.NOT_YET);
        }
        boolean ofFacts = definitions.relation(aggregate.relation()).entity() == null;
        var outside = outside(aggregate, context, false);
        var why = outside != null && outside(aggregate, context, ofFacts) != null ? outside : null;
        if (why != null
                && why != Absence.NO_DATA
                && !isBeforeDataInWindows(aggregate, context, why)) {
            return Said.none(why);
        }
        var asked = asked(aggregate, context);
        var unknown = OwnWindows.outside(asked);
        if (unknown.isPresent()) {
            return Said.none(unknown.get());
        }
        if (why != null) {
            return Said.none(why);
        }
        var taken = taken(aggregate, asked);
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

    /** Whether what is not yet known is before the data in a window of someone who is asked, which comes first. */
    private boolean isBeforeDataInWindows(
            Sentence.Aggregate aggregate, Context context, Absence why) {
        return why == Absence.NOT_YET
                && context instanceof Context.OfCell cell
                && reads.outside(aggregate, cell, true, false).isEmpty()
                && OwnWindows.outside(asked(aggregate, context))
                        .filter(Absence.BEFORE_DATA::equals)
                        .isPresent();
    }

    /** Whether time has not reached the age of a group in what is read for a cell. */
    boolean isAhead(Context.OfCell cell) {
        return cell.ages().stream().anyMatch(age -> age.isAheadOf(windows.stretch(cell.when())));
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
        if (aggregate.weight() != null) {
            return new Weights(aggregate, taken, meaning).value();
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
            case "distinct" -> distinct(aggregate, taken);
            case "first" -> inTime(aggregate, taken).findFirst().orElse(null);
            case "last" -> inTime(aggregate, taken).reduce((_, later) -> later).orElse(null);
            default -> PlainAggregates.of(aggregate.function(), values(aggregate, taken), zone);
        };
    }

    private List<Object> values(Sentence.Aggregate aggregate, List<Context.Row> taken) {
        var values = new ArrayList<Object>();
        for (Context.Row row : taken) {
            var value = value(aggregate, row);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** What an aggregate reads of a row, in the currency that was asked for. */
    @Nullable Object value(Sentence.Aggregate aggregate, Context.Row row) {
        return PlainValues.settled(amounts.ofRow(aggregate.ofRow(), row, meaning).value());
    }

    /** What has a value, by time, key and value. */
    private Stream<Object> inTime(Sentence.Aggregate aggregate, List<Context.Row> taken) {
        record Placed(List<Object> place, Object value) {}
        var placed = new ArrayList<Placed>();
        for (Context.Row row : taken) {
            if (!(row instanceof Context.OfFact(var source, _, var fact, _, _, _, _, _))) {
                throw new Unsupported("members in the order of time");
            }
            var value = value(aggregate, row);
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

    private @Nullable Object distinct(Sentence.Aggregate aggregate, List<Context.Row> taken) {
        var seen = new HashSet<List<@Nullable Object>>();
        boolean inexact = values(aggregate, taken).stream().anyMatch(Double.class::isInstance);
        for (Context.Row row : taken) {
            var value = value(aggregate, row);
            if (value != null) {
                seen.add(
                        Arrays.asList(
                                PlainAggregates.identity(value, inexact),
                                naming.accountOfUser(aggregate.ofRow(), row)));
            }
        }
        return seen.isEmpty() ? null : BigDecimal.valueOf(seen.size());
    }
}
