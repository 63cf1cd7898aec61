package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.Scan;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is true of every leaf of a scan, see {@link Scan}.
 *
 * @param given what holds in any case: scope and built filter
 * @param written the question's cohort and its formula, which may leave rows undecided
 * @param testMarks attributes that mark test accounts: a leaf leaves the accounts out that one marks, unless it names it
 */
public record Bound(Expr given, Expr written, List<Expr> keys, List<Expr> testMarks) {
    public Bound {
        keys = List.copyOf(keys);
        testMarks = List.copyOf(testMarks);
    }

    Bound planned(UnaryOperator<Expr> planned) {
        return new Bound(
                planned.apply(given),
                planned.apply(written),
                keys.stream().map(planned).toList(),
                testMarks);
    }

    /** All that is asked. */
    public Expr where() {
        return Expr.and(given, written);
    }
}
