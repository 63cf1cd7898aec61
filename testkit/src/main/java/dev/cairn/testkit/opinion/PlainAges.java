package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When time reaches the ages of a group beside a time axis: the keys say from when they are counted. */
final class PlainAges {
    private final AnalysisQuery query;
    private final PlainCalendar calendar;
    private final List<Sentence> keys;

    PlainAges(AnalysisQuery query, PlainCalendar calendar, List<Sentence> keys) {
        this.query = query;
        this.calendar = calendar;
        this.keys = keys;
    }

    /**
     * An age of a group.
     *
     * @param first the day with which the unit begins in which it is reached
     */
    record Reached(String grain, LocalDate first) {
        /** Whether what is read ends before it. */
        boolean isAheadOf(Stretch read) {
            var last = read.endDate().minusDays(1);
            var day = last.isBefore(read.startDate()) ? read.startDate() : last;
            return PlainTimes.beginning(day, grain).isBefore(first);
        }
    }

    /** Of a group in a bucket; none in a total, without an axis, and where it has none. */
    List<Reached> of(Stretch bucket, List<GroupValue> group) {
        boolean isTotal = group.stream().allMatch(GroupValue.TOTAL::equals);
        if (query.grain() == null || isTotal || keys.stream().noneMatch(PlainAges::readsAge)) {
            return List.of();
        }
        if (!calendar.stretches().contains(bucket)) {
            return List.of();
        }
        if (bucket.equals(calendar.whole()) && query.totals()) {
            throw new Unsupported("an age in a bucket that is the range");
        }
        if (group.contains(GroupValue.OTHER)) {
            throw new Unsupported("ages of the groups that are not shown");
        }
        var ages = new ArrayList<Reached>();
        for (int at = 0; at < keys.size(); at++) {
            if (readsAge(keys.get(at))) {
                if (!(keys.get(at) instanceof Sentence.Age age)) {
                    throw new Unsupported("a key made of an age beside an axis");
                }
                var units = value(group.get(at), query.zone());
                if (units instanceof BigDecimal count) {
                    ages.add(
                            new Reached(
                                    age.grain(),
                                    PlainTimes.moved(
                                            cohort(age, group),
                                            new Sentence.Span(
                                                    count.longValueExact(), age.grain()))));
                }
            }
        }
        return ages;
    }

    private static boolean readsAge(Sentence key) {
        return key instanceof Sentence.Age
                || (key instanceof Sentence.Call(_, var operands)
                        && operands.stream().anyMatch(PlainAges::readsAge));
    }

    /** The unit that the age is counted from. */
    private LocalDate cohort(Sentence.Age age, List<GroupValue> group) {
        for (int at = 0; at < keys.size(); at++) {
            boolean isCohort =
                    age.from() != null
                            && (keys.get(at).equals(age.from())
                                    || (keys.get(at)
                                                    instanceof
                                                    Sentence.Call(var trunc, var operands)
                                            && trunc.equals("trunc")
                                            && operands.getFirst().equals(age.from())
                                            && List.of(
                                                            new Sentence.Literal("day"),
                                                            new Sentence.Literal(age.grain()))
                                                    .contains(operands.getLast())));
            if (isCohort && value(group.get(at), query.zone()) instanceof LocalDate date) {
                return PlainTimes.beginning(date, age.grain());
            }
        }
        throw new Unsupported("an age beside an axis without its beginning");
    }

    private static @Nullable Object value(GroupValue key, ZoneId zone) {
        return key.value() instanceof Instant at ? PlainTimes.date(at, zone) : key.value();
    }
}
