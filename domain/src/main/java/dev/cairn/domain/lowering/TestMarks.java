package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Leaf;
import java.util.List;

/** Accounts that an attribute marks as test are left out by every leaf that does not name the attribute. */
final class TestMarks {
    private TestMarks() {}

    /** Whether they are asked of the rows of a scan: those of a member are of its account, and of nobody's is none. */
    static boolean areOn(ScanKey scan) {
        return scan.of() == null && scan.relation().reaches(EntityRef.ACCOUNT);
    }

    /** Rows of an account that none of the attributes marks. */
    static Expr leftOut(List<Expr> marks, Expr where) {
        return marks.stream()
                .map(TestMarks::isNotMarked)
                .reduce(Expr::and)
                .map(kept -> Expr.and(kept, where))
                .orElse(where);
    }

    /** What all leaves of a scan ask of test accounts: the scan asks it, once. */
    static List<Expr> askedByAll(List<Expr> marks, List<Leaf> ofScan) {
        return marks.stream()
                .map(TestMarks::isNotMarked)
                .filter(kept ->
                        ofScan.stream()
                                .allMatch(leaf -> Exprs.conjuncts(leaf.where()).contains(kept)))
                .toList();
    }

    /** Whether an expression names an attribute, itself or in what it reads for each row. */
    static boolean named(Expr attribute, Expr read, Leaves inner) {
        return Attributes.reads(read, attribute)
                || Exprs.leavesIn(read).stream()
                        .anyMatch(leaf -> named(attribute, inner, inner.leaf(leaf)));
    }

    private static boolean named(Expr attribute, Leaves leaves, Leaf leaf) {
        var scan = leaves.key(leaf.scan());
        var inner = leaves.inner(scan);
        // What is read for all members together leaves test accounts out itself, which names
        // nothing.
        var asked =
                Exprs.conjuncts(leaf.where()).stream()
                        .filter(part -> scan.isOwn() || !part.equals(isNotMarked(attribute)))
                        .reduce(Expr.TRUE, Expr::and);
        return named(attribute, asked, inner)
                || named(attribute, leaf.aggregation().value(), inner);
    }

    private static Expr isNotMarked(Expr mark) {
        return new Expr.Not(new Expr.Is(mark, new Expr.Literal(true, Type.BOOLEAN)));
    }
}
