package dev.cairn.domain.standing;

import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Target.Goal;
import dev.cairn.domain.model.Target.Holds;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.BusinessCalendar;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import dev.cairn.domain.time.Weeks;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the target of a cell among those of its metric. A level holds for each bucket within its period and for all rows within its scope, of several the
 * narrowest. An amount is of exactly its rows and exactly its time; where the metric adds up over time, amounts of one scope that tile a bucket add up
 * too.
 *
 * @param addsUp whether values of parts of a time add up to that of the whole
 * @param calendar of the question: in its zone the days of periods begin
 */
public record TargetsOfMetric(
        List<Target> targets, boolean addsUp, BusinessCalendar calendar, DayOfWeek weekStarts) {
    public TargetsOfMetric {
        targets = List.copyOf(targets);
    }

    /**
     * What a cell is to reach.
     *
     * @param of the target, or those that add up to it
     * @param dueLater whether the day is to come, after the bucket, by which it is to be reached
     */
    public record Applied(List<Target> of, Goal goal, boolean dueLater) {
        public Applied {
            of = List.copyOf(of);
        }

        /** The way to it began here; null: there is none. */
        public @Nullable BigDecimal baseline() {
            return of.getFirst().baseline();
        }

        /** Of several the greatest. */
        public BigDecimal near() {
            return of.stream().map(Target::near).reduce(BigDecimal::max).orElseThrow();
        }
    }

    /** Empty where none applies, or two do of which none is of narrower rows. */
    public Optional<Applied> of(RowScope rows, Bucket bucket) {
        var exact = rows.narrower() ? Optional.<Applied>empty() : amount(rows.keys(), bucket);
        return exact.isPresent() ? exact : level(rows.keys(), bucket);
    }

    private boolean isAmount(Target target) {
        return target.holds() == null
                ? target.each() != null || (addsUp && target.baseline() == null)
                : target.holds() == Holds.AMOUNT;
    }

    private Optional<Applied> level(Set<ScopeKey> rows, Bucket bucket) {
        var fitting = new ArrayList<Target>();
        for (var target : targets) {
            if (!isAmount(target) && rows.containsAll(target.scope()) && holdsIn(target, bucket)) {
                fitting.add(target);
            }
        }
        int narrowest = fitting.stream().mapToInt(target -> target.scope().size()).max().orElse(0);
        fitting.removeIf(target -> target.scope().size() < narrowest);
        if (fitting.size() != 1) {
            return Optional.empty();
        }
        var target = fitting.getFirst();
        boolean dueLater =
                target.baseline() != null
                        && target.until() != null
                        && bucket.end().isBefore(calendar.startOf(target.until()));
        return Optional.of(new Applied(List.of(target), target.goal(), dueLater));
    }

    private boolean holdsIn(Target target, Bucket bucket) {
        return !bucket.start().isBefore(calendar.startOf(target.from()))
                && (target.until() == null
                        || !bucket.end().isAfter(calendar.startOf(target.until())));
    }

    private Optional<Applied> amount(Set<ScopeKey> rows, Bucket bucket) {
        var own =
                targets.stream()
                        .filter(this::isAmount)
                        .filter(target -> new HashSet<>(target.scope()).equals(rows))
                        .toList();
        var end = bucket.endDate();
        boolean ofDays =
                calendar.startOf(bucket.startDate()).equals(bucket.start())
                        && calendar.startOf(end).equals(bucket.end());
        if (own.isEmpty() || !ofDays) {
            return Optional.empty();
        }
        var used = new ArrayList<Target>();
        int tiles = 0;
        @Nullable Goal goal = null;
        var at = bucket.startDate();
        while (at.isBefore(end) && (tiles == 0 || addsUp)) {
            var day = at;
            var tile = own.stream().filter(target -> endOfTile(target, day) != null).findFirst();
            if (tile.isEmpty()) {
                return Optional.empty();
            }
            goal = goal == null ? tile.get().goal() : sum(goal, tile.get().goal());
            if (goal == null) {
                return Optional.empty();
            }
            if (!used.contains(tile.get())) {
                used.add(tile.get());
            }
            at = Objects.requireNonNull(endOfTile(tile.get(), day));
            tiles++;
        }
        return at.equals(end) && goal != null
                ? Optional.of(new Applied(used, goal, false))
                : Optional.empty();
    }

    /** Where the part of a target ends, out, that begins with a date and is within its period; null where none begins with it. */
    private @Nullable LocalDate endOfTile(Target target, LocalDate date) {
        var until = target.until();
        if (target.each() == null) {
            return date.equals(target.from()) ? until : null;
        }
        Periods unit = target.each() == Grain.WEEK ? Weeks.beginning(weekStarts) : target.each();
        if (date.isBefore(target.from()) || !unit.floor(date).equals(date)) {
            return null;
        }
        var end = unit.plus(date, 1);
        return until == null || !end.isAfter(until) ? end : null;
    }

    /** Null where one is a value and the other an interval. */
    private static @Nullable Goal sum(Goal one, Goal other) {
        return switch (one) {
            case Goal.Reach(var value) ->
                    other instanceof Goal.Reach(var more) ? new Goal.Reach(value.add(more)) : null;
            case Goal.Between(var least, var most) ->
                    other instanceof Goal.Between(var moreLeast, var moreMost)
                            ? new Goal.Between(least.add(moreLeast), most.add(moreMost))
                            : null;
        };
    }
}
