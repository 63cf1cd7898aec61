package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.analysis.Uncertainty.Method;
import dev.cairn.domain.analysis.Uncertainty.NoInterval;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Marks for incomplete and missing values; the legend explains those that occur. */
final class Marks {
    private final Set<Incomplete> incomplete = EnumSet.noneOf(Incomplete.class);
    private final Set<Absence> absences = EnumSet.noneOf(Absence.class);
    private final Set<Absence> gaps = EnumSet.noneOf(Absence.class);

    private final Map<NoInterval, SortedSet<String>> withoutInterval =
            new EnumMap<>(NoInterval.class);
    private final SortedSet<String> clustered = new TreeSet<>();
    private boolean hasIntervals;

    String of(Collection<Incomplete> reasons) {
        incomplete.addAll(reasons);
        var marks = new StringBuilder();
        reasons.stream().sorted().map(Marks::sign).forEach(marks::append);
        return marks.toString();
    }

    String of(Absence absence) {
        absences.add(absence);
        return sign(absence);
    }

    /** A missing value that is shown as a gap, and so has no mark. */
    void gap(Absence absence) {
        gaps.add(absence);
    }

    /** Notes why values of a column have no interval; what has no value has a mark that says so. */
    void ofIntervals(String column, Stream<@Nullable Uncertainty> values) {
        values.forEach(value -> {
            if (value == null) {
                return;
            }
            var why = value.noInterval();
            var interval = value.interval();
            if (interval != null && interval.method() == Method.CLUSTERED) {
                clustered.add(column);
            } else if (why == null) {
                hasIntervals = true;
            } else if (why != NoInterval.NO_VALUE) {
                withoutInterval.computeIfAbsent(why, _ -> new TreeSet<>()).add(column);
            }
        });
    }

    private static String meaning(NoInterval why) {
        return switch (why) {
            case NO_VALUE -> "there is no value";
            case NOT_A_MEAN ->
                    "it is neither a share nor an average, nor a sum of such with constant factors, nor a percentile";
            case OPEN_END -> "so many have not ended that the time may be of any length";
            case WEIGHTED_RANKS -> "it is a percentile of rows that have weights";
            case CLUSTERED ->
                    "its rows vary together by account, and it is a percentile, or of different rows";
            case TOO_FEW_CLUSTERS ->
                    "its rows vary together by account, and are of fewer than two, or of accounts that do not differ";
            case DIFFERENT_ROWS -> "its shares and averages are of different rows or weights";
            case UNITS_OF_TIME -> "its rows are units of time, which are no sample";
            case TOO_FEW_ROWS ->
                    "too few rows do not say how rows differ (an average needs two, a median six, percentiles farther out more)";
        };
    }

    private List<String> intervals() {
        var lines = new ArrayList<String>();
        if (hasIntervals) {
            lines.add(
                    "low and high: the interval of 95 %, the rows taken as an independent sample.");
        }
        if (!clustered.isEmpty()) {
            lines.add(
                    "low and high of %s: the interval of 95 %%, the accounts taken as an independent sample."
                            .formatted(DisplayText.plain(String.join(", ", clustered))));
        }
        withoutInterval.forEach((why, columns) ->
                lines.add(
                        "No interval of %s: %s."
                                .formatted(
                                        DisplayText.plain(String.join(", ", columns)),
                                        meaning(why))));
        return lines;
    }

    private static String sign(Incomplete reason) {
        return switch (reason) {
            case BUCKET_NOT_OVER -> "*";
            case BEYOND_COVERAGE -> "+";
            case BEFORE_COVERAGE -> "^";
            case CUT_BY_RANGE -> "~";
            case PENDING -> "!";
            case BROKEN_DATA -> "?";
        };
    }

    private static String sign(Absence absence) {
        return switch (absence) {
            case NO_DATA -> "-";
            case ZERO_BASE -> "/0";
            case INSUFFICIENT_SAMPLE -> "n<";
            case NOT_YET -> "->";
            case BEFORE_DATA -> "<-";
            case NO_RATE -> "fx?";
            case UNTRUSTED -> "??";
        };
    }

    /** A line for each mark that was used. */
    List<String> legend(AnalysisResult result, ZoneId zone) {
        var legend = new ArrayList<String>();
        absences.forEach(absence -> legend.add(line(sign(absence), meaning(absence))));
        gaps.forEach(absence -> legend.add(line("gap", meaning(absence))));
        incomplete.forEach(
                reason -> legend.add(line(sign(reason), meaning(reason, result.asOf(), zone))));
        legend.addAll(intervals());
        if (result.knownAt() != null) {
            legend.add("As known at %s.".formatted(CellText.instant(result.knownAt(), zone)));
        }
        return legend;
    }

    private static String line(String sign, String meaning) {
        return "%-3s %s".formatted(sign, meaning);
    }

    private static String meaning(Absence absence) {
        return switch (absence) {
            case NO_DATA -> "no value: there are no facts to compute it from";
            case ZERO_BASE -> "no value: it would be divided by zero";
            case INSUFFICIENT_SAMPLE -> "no value: it would rest on too few observations";
            case NOT_YET -> "no value: time, or the data, has not reached it";
            case BEFORE_DATA -> "no value: the data begins later";
            case NO_RATE -> "no value: there is no rate of exchange for an amount under it";
            case UNTRUSTED -> "no value: the data under it is not trusted enough";
        };
    }

    private static String meaning(Incomplete reason, Instant asOf, ZoneId zone) {
        return switch (reason) {
            case BUCKET_NOT_OVER ->
                    "incomplete: the bucket is not over, as of " + CellText.instant(asOf, zone);
            case BEYOND_COVERAGE ->
                    "incomplete: the bucket reaches beyond what the data is complete until";
            case BEFORE_COVERAGE -> "incomplete: the bucket begins before the data does";
            case CUT_BY_RANGE -> "incomplete: the range cuts the bucket";
            case PENDING -> "incomplete: those are left out whose own windows are not over";
            case BROKEN_DATA ->
                    "broken data: some of its days are declared or found to be wrong ('cairn trust')";
        };
    }
}
