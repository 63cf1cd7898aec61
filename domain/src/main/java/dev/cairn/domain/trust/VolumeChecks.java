package dev.cairn.domain.trust;

import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.statistics.Volume;
import dev.cairn.domain.trust.Check.Kind;
import dev.cairn.domain.trust.Check.Status;
import dev.cairn.domain.trust.Findings.Stretch;
import dev.cairn.domain.trust.SourceFigures.Period;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Judges whether facts are missing, or far more or fewer than usual. */
final class VolumeChecks {
    /** A period without facts is missed where chance would make one in at most one source of twenty, of all periods that are looked at. */
    private static final double HARDLY_BY_CHANCE = 0.05;

    /** Odd periods one after the other that fail; fewer warn unless they are recent. */
    private static final int STRETCH = 3;

    private static final int RECENT_DAYS = 7;
    private static final int WEEK = 7;

    private final Expectations expected;
    private final SourceFigures figures;
    private final Findings findings;
    private final LocalDate today;
    private final boolean isByDay;
    private final BitSet leftOut;

    /**
     * @param findings takes what is found
     * @param isByDay whether periods are days, of which weeks are compared
     */
    VolumeChecks(
            Expectations expected,
            SourceFigures figures,
            Findings findings,
            LocalDate today,
            boolean isByDay) {
        this.expected = expected;
        this.figures = figures;
        this.findings = findings;
        this.today = today;
        this.isByDay = isByDay;
        this.leftOut = leftOut(figures, findings, today);
    }

    /** Periods that are declared broken, have not ended, or are not covered. */
    private static BitSet leftOut(SourceFigures figures, Findings findings, LocalDate today) {
        var leftOut = new BitSet();
        for (int at = 0; at < figures.periods().size(); at++) {
            var period = figures.periods().get(at);
            boolean isBroken = findings.isDeclaredBroken(period.from(), period.until());
            if (isBroken
                    || period.facts() == null
                    || !period.whole()
                    || period.until().isAfter(today)) {
                leftOut.set(at);
            }
        }
        return leftOut;
    }

    void judge() {
        if (expected.cadence() == null || !expected.volume()) {
            return;
        }
        var counts =
                figures.periods().stream()
                        .map(Period::facts)
                        .map(facts -> Objects.requireNonNullElse(facts, 0L))
                        .toList();
        var judged = Volume.judge(counts, isByDay ? WEEK : 1, leftOut, Volume.FAR);
        boolean isRegular = isRegular(counts);
        var missing =
                findings.stretches(at ->
                        !leftOut.get(at)
                                && counts.get(at) == 0
                                && (isRegular
                                        ? judged.get(at).usual() >= 1
                                        : judged.get(at).noneByChance() <= HARDLY_BY_CHANCE));
        found(
                "completeness",
                Kind.COMPLETENESS,
                missing,
                "%s without any fact, where there are always some",
                "Import these days again.");
        var bySegment =
                figures.segments().values().stream()
                        .map(each ->
                                Volume.judge(
                                        each, isByDay ? WEEK : 1, leftOut, Volume.FAR_IN_A_ROW))
                        .toList();
        var odd =
                findings.stretches(at ->
                        bySegment.stream().anyMatch(each -> isInStretch(each, at))
                                || (judged.get(at).isOdd() && (counts.get(at) > 0 || isByDay)));
        found(
                "volume",
                Kind.VOLUME,
                odd,
                "%s with two fifths or less, or five halves or more, of the facts that those around them have",
                "See whether facts were lost or loaded twice; if it is right so, say 'volume: false', else import them again or declare the stretch broken.");
    }

    /** Whether nearly all periods have about as many facts, as of a feed: what comes by chance varies more where it is little. */
    private boolean isRegular(List<Long> counts) {
        var sorted =
                IntStream.range(0, counts.size())
                        .filter(at -> !leftOut.get(at))
                        .mapToLong(counts::get)
                        .sorted()
                        .toArray();
        int edge = sorted.length / 10;
        return sorted.length > 0
                && sorted[edge] > 0
                && sorted[sorted.length - 1 - edge] <= 2 * sorted[edge];
    }

    /** Whether a period is one of several odd ones in a row: of many segments single ones are odd by chance. */
    private static boolean isInStretch(List<Volume.Judged> segment, int at) {
        int from = at;
        int until = at;
        while (from > 0 && segment.get(from).isOdd()) {
            from--;
        }
        while (until < segment.size() && segment.get(until).isOdd()) {
            until++;
        }
        return segment.get(at).isOdd()
                && until - from - (segment.get(from).isOdd() ? 0 : 1) >= STRETCH;
    }

    /** Fails where a stretch is long or recent. */
    private void found(String name, Kind kind, List<Stretch> found, String what, String action) {
        int periods = found.stream().mapToInt(Stretch::periods).sum();
        boolean fails =
                found.stream()
                        .anyMatch(each ->
                                each.periods() >= STRETCH
                                        || each.until().isAfter(lastDay().minusDays(RECENT_DAYS)));
        var words = what.formatted(periods == 1 ? "1 period" : periods + " periods");
        findings.add(
                name,
                kind,
                null,
                found.isEmpty() ? Status.PASS : fails ? Status.FAIL : Status.WARN,
                judgedPeriods() == 0 ? null : (double) periods / judgedPeriods(),
                0.0,
                Findings.span(found),
                words + (found.isEmpty() ? "." : ": " + Findings.listed(found) + "."),
                action);
        found.forEach(each -> findings.broken(each, kind.words()));
    }

    private LocalDate lastDay() {
        return figures.periods().isEmpty() ? today : figures.periods().getLast().until();
    }

    private int judgedPeriods() {
        return figures.periods().size() - leftOut.cardinality();
    }
}
