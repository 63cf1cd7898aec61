package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.lowering.Step.Within;
import dev.cairn.domain.plan.Scan;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is true of every leaf of a scan, see {@link Scan}.
 *
 * @param given what holds in any case: scope and built filter
 * @param written the question's cohort and its formula, which may leave rows undecided
 * @param units of which rows are that are at no one time, where keys read an age of them; null: rows are of the bucket
 * @param testMarks attributes that mark test accounts and that the question does not name: a leaf leaves the accounts out that one marks, unless it names it
 */
public record Bound(
        Expr given, Expr written, List<Expr> keys, @Nullable Within units, List<Expr> testMarks) {
    public Bound {
        keys = List.copyOf(keys);
        testMarks = List.copyOf(testMarks);
    }

    public Bound(Expr given, Expr written, List<Expr> keys, List<Expr> testMarks) {
        this(given, written, keys, null, testMarks);
    }

    /** What is true of what is read for each member or row: its conditions hold above. */
    static Bound ofEach(List<Expr> testMarks) {
        return ofEach(Expr.TRUE, testMarks);
    }

    /** @param seen what whoever asks may see of it */
    static Bound ofEach(Expr seen, List<Expr> testMarks) {
        return new Bound(seen, Expr.TRUE, List.of(), testMarks);
    }

    /** The same, where other attributes mark test accounts. */
    Bound leavingOut(List<Expr> marks) {
        return new Bound(given, written, keys, units, marks);
    }

    Bound planned(UnaryOperator<Expr> planned) {
        return new Bound(
                planned.apply(given),
                planned.apply(written),
                keys.stream().map(planned).toList(),
                units,
                testMarks);
    }

    /** All that is asked. */
    public Expr where() {
        return Expr.and(given, written);
    }
}
