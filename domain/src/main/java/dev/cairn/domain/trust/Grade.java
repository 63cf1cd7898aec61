package dev.cairn.domain.trust;

import dev.cairn.domain.trust.Check.Status;
import java.util.List;

/** How far a source can be trusted, the best first. */
public enum Grade {
    /** Every check passes. */
    A,
    /** No check fails, and one at least warns. */
    B,
    /** One check fails. */
    C,
    /** Two checks fail. */
    D,
    /** Three checks or more fail, or there are no facts at all. */
    F;

    private static final List<Grade> BY_FAILURES = List.of(A, C, D, F);

    /** The grade that checks make together. */
    public static Grade of(List<Check> checks) {
        long failing = checks.stream().filter(check -> check.status() == Status.FAIL).count();
        boolean warns = checks.stream().anyMatch(check -> check.status() == Status.WARN);
        boolean isEmpty =
                checks.stream()
                        .anyMatch(check ->
                                check.kind() == Check.Kind.NO_FACTS
                                        && check.status() == Status.FAIL);
        if (isEmpty) {
            return F;
        }
        return failing == 0 && warns
                ? B
                : BY_FAILURES.get((int) Math.min(failing, BY_FAILURES.size() - 1));
    }

    /** Whether it is worse than another. */
    public boolean isBelow(Grade floor) {
        return compareTo(floor) > 0;
    }
}
