package dev.cairn.domain.alert;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.trust.Check;
import dev.cairn.domain.trust.SourceTrust;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What an alert says of the trust of a source. */
public final class TrustWords {
    private static final int MOST_CHECKS = 5;
    private static final int DAYS = 28;
    private static final String FACTS = "facts";

    private TrustWords() {}

    /** The checks that fail, or warn where none does. */
    public static String why(SourceTrust trust) {
        var checks = wrong(trust);
        var told =
                checks.stream()
                        .limit(MOST_CHECKS)
                        .map(TrustWords::text)
                        .collect(Collectors.joining(" "));
        return checks.size() > MOST_CHECKS
                ? "%s And %d more.".formatted(told, checks.size() - MOST_CHECKS)
                : told;
    }

    private static List<Check> wrong(SourceTrust trust) {
        var failing =
                trust.checks().stream()
                        .filter(check -> check.status() == Check.Status.FAIL)
                        .toList();
        return failing.isEmpty() ? trust.failing() : failing;
    }

    private static String text(Check check) {
        var found = check.found().isEmpty() ? check.words() : check.found();
        return "%s: %s%s".formatted(check.name(), found, found.endsWith(".") ? "" : ".");
    }

    /** How many facts accounts had in the four weeks before what is wrong, those with most first. */
    public static AnalysisQuery question(SourceTrust trust, Instant now) {
        LocalDate until =
                wrong(trust).stream()
                        .map(Check::from)
                        .filter(Objects::nonNull)
                        .min(LocalDate::compareTo)
                        .orElse(LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1));
        return AnalysisQuery.of(
                        List.of(
                                new AskedMetric(
                                        new MetricReference.Inline(
                                                "count(%s)"
                                                        .formatted(
                                                                FormulaPrinter.name(
                                                                        trust.source()))),
                                        FACTS)),
                        new AskedRange.Between(until.minusDays(DAYS), until),
                        ZoneOffset.UTC)
                .withGroupBy(List.of(EntityRef.ACCOUNT.name()))
                .withFillGaps(false)
                .withOrderBy(List.of(new OrderBy(FACTS, true)))
                .withKeys(false)
                .page(AlertQuestion.MOST_ACCOUNTS, null);
    }
}
