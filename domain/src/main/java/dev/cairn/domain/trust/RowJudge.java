package dev.cairn.domain.trust;

import dev.cairn.domain.trust.Check.Kind;
import dev.cairn.domain.trust.Check.Status;
import dev.cairn.domain.trust.Findings.Span;

/**
 * Judges how many facts hold what they should not.
 *
 * @param findings takes what is found
 */
record RowJudge(SourceFigures figures, Findings findings) {
    /** Wrong facts of a period that make it broken, and their share of it. */
    private static final long FEWEST_WRONG = 5;

    private static final double MOSTLY = 0.5;

    /** @param index of the check in what was counted of each period */
    void judge(RowCheck check, int index) {
        long facts = 0;
        long wrong = 0;
        Span touched = null;
        for (int at = 0; at < figures.periods().size(); at++) {
            var period = figures.periods().get(at);
            var all = period.facts();
            if (all == null || findings.isDeclaredBroken(period.from(), period.until())) {
                continue;
            }
            facts += all;
            wrong += period.wrong().get(index);
            if (period.wrong().get(index) > 0) {
                touched =
                        touched == null
                                ? Span.of(period.from(), period.until())
                                : Span.of(touched.from(), period.until());
            }
        }
        double share = facts == 0 ? 0 : (double) wrong / facts;
        double allowed = check.allowed().doubleValue();
        var stretches = findings.stretches(at -> isBrokenBy(at, index, allowed));
        var status =
                share > Math.max(2 * allowed, allowed + Findings.LITTLE)
                        ? Status.FAIL
                        : share > allowed || !stretches.isEmpty() ? Status.WARN : Status.PASS;
        findings.add(
                check.name(),
                check.kind(),
                check.field(),
                status,
                share,
                allowed,
                status == Status.PASS ? null : touched,
                "%d of %d facts (%s) %s; at most %s are expected.%s"
                        .formatted(
                                wrong,
                                facts,
                                Findings.percent(share),
                                check.what(),
                                Findings.percent(allowed),
                                stretches.isEmpty()
                                        ? ""
                                        : " Most of them from " + Findings.listed(stretches) + "."),
                actionOf(check.kind()));
        stretches.forEach(each ->
                findings.broken(
                        each,
                        "'%s': %s"
                                .formatted(
                                        check.field() == null ? "account" : check.field(),
                                        check.kind().words())));
    }

    /** Whether most facts of a period are wrong, and far more than allowed. */
    private boolean isBrokenBy(int at, int index, double allowed) {
        var period = figures.periods().get(at);
        var facts = period.facts();
        long wrong = period.wrong().get(index);
        return facts != null
                && !findings.isDeclaredBroken(period.from(), period.until())
                && wrong >= FEWEST_WRONG
                && wrong > Math.max(MOSTLY, 2 * allowed) * facts;
    }

    private static String actionOf(Kind kind) {
        return switch (kind) {
            case EMPTY ->
                    "See since when the values are missing, and whether their column was renamed.";
            case SENTINEL ->
                    "Declare the codes as missing in the field ('missing: [...]') and import again.";
            case RANGE ->
                    "Correct the values where they come from, or add new ones to the definition.";
            case ORPHANS -> "See whether the accounts' keys are written alike in both files.";
            case NOT_MEASURED, NO_FACTS, FRESHNESS, COMPLETENESS, VOLUME, UNIQUE, CONTROL, BROKEN ->
                    "";
        };
    }
}
