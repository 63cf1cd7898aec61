package dev.cairn.domain.trust;

import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.Check.Kind;
import dev.cairn.domain.trust.Check.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/** Judges a source by what was counted of it; no clock, no statement. */
public final class Assessment {
    private final Source source;
    private final Expectations expected;
    private final SourceFigures figures;
    private final LocalDate today;
    private final Grain grain;
    private final List<RowCheck> rowChecks;
    private final Findings findings;

    private Assessment(Source source, SourceFigures figures, Instant now) {
        this.source = source;
        this.expected = source.expectations();
        this.figures = figures;
        this.today = now.atZone(source.zone()).toLocalDate();
        this.grain = new TrustQuestions(source, now).grain();
        this.rowChecks = RowCheck.of(source);
        this.findings = new Findings(source, figures.periods(), grain == Grain.DAY);
    }

    /** @param now by which the newest fact is old or not */
    public static SourceTrust of(Source source, SourceFigures figures, Instant now) {
        return source.expectations().isNone()
                ? SourceTrust.unchecked(source.name())
                : new Assessment(source, figures, now).judged(now);
    }

    private SourceTrust judged(Instant now) {
        declared();
        noFacts();
        if (figures.newest() != null) {
            freshness(figures.newest());
            new VolumeChecks(expected, figures, findings, today, grain == Grain.DAY).judge();
            var rows = new RowJudge(figures, findings);
            for (int at = 0; at < rowChecks.size(); at++) {
                rows.judge(rowChecks.get(at), at);
            }
            unique();
            var controls = new ControlJudge(figures, findings);
            expected.controls().forEach(controls::judge);
        }
        var checks = findings.checks();
        var grade = figures.newest() == null && expected.optional() ? null : Check.grade(checks);
        return new SourceTrust(source.name(), grade, checks, findings.broken(), now);
    }

    private void declared() {
        for (var each : expected.broken()) {
            findings.declared(each.from(), each.until(), each.why());
        }
        if (!expected.broken().isEmpty()) {
            var last = expected.broken().getLast();
            findings.add(
                    "broken",
                    Kind.BROKEN,
                    null,
                    Status.WARN,
                    null,
                    null,
                    Findings.Span.of(
                            expected.broken().stream()
                                    .map(Expectations.Broken::from)
                                    .min(Comparator.naturalOrder())
                                    .orElseThrow(),
                            expected.broken().stream()
                                    .map(Expectations.Broken::until)
                                    .max(Comparator.naturalOrder())
                                    .orElseThrow()),
                    "%d declared, the last from %s until %s: %s."
                            .formatted(
                                    expected.broken().size(),
                                    last.from(),
                                    last.until(),
                                    last.why()),
                    "Import these days again where that is possible, and take the stretch out of the definition.");
        }
    }

    private void noFacts() {
        boolean isEmpty = figures.newest() == null;
        findings.add(
                "facts",
                Kind.NO_FACTS,
                null,
                isEmpty && !expected.optional() ? Status.FAIL : Status.PASS,
                null,
                null,
                null,
                isEmpty
                        ? expected.optional()
                                ? "It has no facts, and needs none."
                                : "It has no facts until now."
                        : "It has facts.",
                "Import facts, or look at the table it is mapped on.");
    }

    private void freshness(LocalDate newest) {
        Integer declared = expected.freshDays();
        if (declared == null ? expected.cadence() == null : declared == Expectations.ANY_AGE) {
            return;
        }
        long allowed = declared == null ? usualAge(grain) : declared;
        long age = ChronoUnit.DAYS.between(newest, today);
        findings.add(
                "freshness",
                Kind.FRESHNESS,
                null,
                age <= allowed ? Status.PASS : age <= 2 * allowed ? Status.WARN : Status.FAIL,
                (double) age,
                (double) allowed,
                age <= allowed ? null : Findings.Span.of(newest.plusDays(1), today.plusDays(1)),
                "The newest fact is of %s, %d days old; at most %d are expected."
                        .formatted(newest, age, allowed),
                "See whether the import runs, and what it says.");
    }

    /** Days that a newest fact may be old that comes once a period: the period and the next one, in which it comes. */
    static long usualAge(Grain grain) {
        return switch (grain) {
            case HOUR, DAY -> 2;
            case WEEK -> 14;
            case MONTH -> 62;
            case QUARTER -> 184;
            case YEAR -> 732;
        };
    }

    private void unique() {
        if (expected.unique().isEmpty()) {
            return;
        }
        long repeated = figures.keyed() - figures.distinct();
        double share = figures.keyed() == 0 ? 0 : (double) repeated / figures.keyed();
        findings.add(
                "unique",
                Kind.UNIQUE,
                null,
                repeated == 0 ? Status.PASS : share <= Findings.LITTLE ? Status.WARN : Status.FAIL,
                share,
                0.0,
                null,
                "%d of %d facts have the %s of another."
                        .formatted(repeated, figures.keyed(), String.join(", ", expected.unique())),
                "Declare these fields as the key of the source, so that a fact sent twice counts once.");
    }
}
