package dev.cairn.domain.planner;

import dev.cairn.domain.formula.TimeSpan.Unit;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All tiles of whole days that a window may be cut into, whatever day it ends on. Counted back from the 31st, tiles of months begin and end on the last days of
 * shorter ones: on such a day begin tiles with several ends.
 *
 * @param tile days or longer units of the language
 */
record TilesOfDays(Edges edges, Span tile) {
    private static final int LONGEST_MONTH = 31;

    /** Those that begin at or after one instant and end at or before another, in the order of their starts. */
    List<Bucket> in(Instant from, Instant until) {
        var calendar = edges.calendar();
        // Days that a zone leaves out begin with the next.
        var tiles = new LinkedHashMap<TimeRange, Bucket>();
        for (var day = calendar.dateOf(from);
                !calendar.startOf(day).isAfter(until);
                day = day.plusDays(1)) {
            var start = edges.dayStart(day);
            if (!start.at().isBefore(from)) {
                ends(day)
                        .map(edges::dayStart)
                        .filter(end -> start.at().isBefore(end.at()) && !end.at().isAfter(until))
                        .forEach(end ->
                                tiles.put(new TimeRange(start.at(), end.at()), tile(start, end)));
            }
        }
        return List.copyOf(tiles.values());
    }

    private static Bucket tile(Edge start, Edge end) {
        return new Bucket(start.at(), start.at(), end.at(), start.on(), end.on(), false);
    }

    private Stream<LocalDate> ends(LocalDate start) {
        var end = tile.from(start);
        boolean areOfMonths = tile.unit() != Unit.DAY && tile.unit() != Unit.WEEK;
        if (!areOfMonths || start.getDayOfMonth() < start.lengthOfMonth()) {
            return Stream.of(end);
        }
        var month = YearMonth.from(end);
        return IntStream.rangeClosed(start.getDayOfMonth(), LONGEST_MONTH)
                .map(day -> Math.min(day, month.lengthOfMonth()))
                .distinct()
                .mapToObj(month::atDay);
    }
}
