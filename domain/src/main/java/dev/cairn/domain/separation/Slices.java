package dev.cairn.domain.separation;

import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.separation.Separation.Slice;
import dev.cairn.domain.separation.Separation.Strength;
import dev.cairn.domain.separation.SeparationQuestion.When;
import dev.cairn.domain.separation.Separations.Then;
import dev.cairn.domain.statistics.Groups;
import dev.cairn.domain.statistics.Stability;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** How a metric separates at other times, or of accounts of other dates. */
record Slices(Reading reading) {
    /**
     * Of one metric.
     *
     * @param key its column
     * @param earlier what was read of earlier times; none where days are counted from a date
     * @param whole what a slice is turned against
     * @return the latest first; without the whole itself
     */
    List<Slice> of(String key, List<Then> earlier, Sample.Column values, Strength whole) {
        if (reading.question().when() instanceof When.Days) {
            return reading.question().query().slices() == 0
                    ? List.of()
                    : slicesByDate(values, whole);
        }
        var latest = taken(reading.labels(), reading.value(values));
        var slices = new ArrayList<Slice>();
        for (var then : earlier) {
            if (then.when() instanceof When.Dates(_, _, var from, var until)) {
                var labelsThen = Labels.of(reading.question(), then.features(), then.labels());
                var column = then.features().column(key);
                boolean isKnown = labelsThen.incomplete() + reading.unsound(column) == 0;
                var groups = labelsThen.groupsOf(then.features(), column::value);
                slices.add(
                        slice(
                                from,
                                until,
                                groups,
                                isKnown,
                                isKnown ? taken(labelsThen, column::value) : new double[0],
                                latest,
                                whole));
            }
        }
        return slices;
    }

    private static Slice slice(
            LocalDate from,
            LocalDate to,
            Groups groups,
            boolean isKnown,
            double[] then,
            double[] latest,
            Strength whole) {
        var auc = isKnown ? Separations.auc(groups) : null;
        double stability = Stability.index(then, latest);
        return new Slice(
                from,
                to,
                groups.successes(),
                groups.rest(),
                auc,
                Double.isNaN(stability) ? null : stability,
                Stability.isShifted(stability, then.length, latest.length),
                Separations.isTurned(auc, whole.auc()));
    }

    /** The values of those of whom it is known whether they succeeded. */
    private static double[] taken(Labels labels, IntToDoubleFunction value) {
        return IntStream.range(0, labels.size())
                .filter(labels::isDecided)
                .mapToDouble(value)
                .filter(number -> !Double.isNaN(number))
                .toArray();
    }

    /** Accounts by the date that their days are counted from, as many in each; those of one date are together. The latest is what the others are compared with. */
    private List<Slice> slicesByDate(Sample.Column values, Strength whole) {
        var anchor = reading.features().column(SeparationQuestion.ANCHOR);
        var order =
                IntStream.range(0, reading.features().size())
                        .filter(reading.labels()::isDecided)
                        .boxed()
                        .sorted(Comparator.comparingDouble(anchor::value))
                        .toList();
        var ends = ends(order, anchor, reading.question().query().slices() + 1);
        if (ends.size() < Separations.FEWEST) {
            return List.of();
        }
        var latest =
                values(
                        reading.value(values),
                        order.subList(ends.get(ends.size() - 2), ends.getLast()));
        var slices = new ArrayList<Slice>();
        for (int part = ends.size() - 2; part >= 0; part--) {
            var members = order.subList(part == 0 ? 0 : ends.get(part - 1), ends.get(part));
            var in = new HashSet<>(members);
            var groups = reading.groups(reading.value(values), in::contains);
            slices.add(
                    slice(
                            LocalDate.ofEpochDay((long) anchor.value(members.getFirst())),
                            LocalDate.ofEpochDay((long) anchor.value(members.getLast()) + 1),
                            groups,
                            true,
                            values(reading.value(values), members),
                            latest,
                            whole));
        }
        return slices;
    }

    /** Where each of the parts ends that have as many accounts each, with those of one date together. */
    private static List<Integer> ends(List<Integer> order, Sample.Column anchor, int parts) {
        var ends = new ArrayList<Integer>();
        for (int part = 1; part <= parts; part++) {
            int end = (int) Math.round(order.size() * (double) part / parts);
            while (end > 0
                    && end < order.size()
                    && anchor.value(order.get(end)) == anchor.value(order.get(end - 1))) {
                end++;
            }
            if (end > (ends.isEmpty() ? 0 : ends.getLast())) {
                ends.add(end);
            }
        }
        return ends;
    }

    private static double[] values(IntToDoubleFunction value, List<Integer> members) {
        return members.stream()
                .mapToDouble(value::applyAsDouble)
                .filter(number -> !Double.isNaN(number))
                .toArray();
    }
}
