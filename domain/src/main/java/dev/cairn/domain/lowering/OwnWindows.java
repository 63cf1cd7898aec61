package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.LeafValue;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Aggregation.Standing;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Leaf;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * Windows of members and rows: 14 days from when each signed. Rows whose windows are not over are left out and counted apart. What is read for a row may have
 * rows with windows of their own, as an account has users: where none of theirs is over, the row is left out like one whose own window is not.
 *
 * @param leaves what is read for each row
 */
record OwnWindows(Leaves leaves) {
    private static final Expr NO_ROWS = new Expr.Literal(BigDecimal.ZERO, Type.COUNT);

    /** What has to be over before a value of a row is known. */
    sealed interface Window {
        /** That of the row, in which a scan reads. */
        record OfRow(ScanKey scan) implements Window {}

        /**
         * Those of the rows that a leaf is made of.
         *
         * @param areOne whether all of them have the window of the row, so that it is pending with them
         */
        record OfRows(Leaf.Apart apart, boolean areOne) implements Window {}

        /**
         * The span of the attempt that the row is.
         *
         * @param pending whether it is not over
         */
        record OfAttempt(Expr pending) implements Window {}
    }

    /** Whether an expression of a row reads one, itself or in what is read for the row; of an attempt, what came of it. */
    boolean areReadBy(Expr expr) {
        return Exprs.any(expr, Attempts::isOutcome)
                || Exprs.leavesIn(expr).stream().anyMatch(this::isOfWindow);
    }

    private boolean isOfWindow(int index) {
        var leaf = leaves.leaf(index);
        var scan = leaves.key(leaf.scan());
        var beneath = new OwnWindows(leaves.inner(scan));
        return scan.isOfSubjects()
                || leaf.apart() != null
                || beneath.areReadBy(leaf.where())
                || beneath.areReadBy(leaf.aggregation().value());
    }

    /** Rows for which a condition holds and whose windows, as far as expressions read them, are over. */
    Expr settled(Expr where, Stream<Expr> read, boolean areUnits) {
        var conditions = Exprs.conjuncts(where);
        return readBy(read).stream()
                .flatMap(window -> Exprs.conjuncts(known(List.of(window), areUnits)).stream())
                .filter(isOver -> !conditions.contains(isOver))
                .reduce(where, Expr::and);
    }

    /** Each once. */
    private List<Window> readBy(Stream<Expr> exprs) {
        return exprs.flatMap(expr -> Exprs.leavesIn(expr).stream())
                .distinct()
                .sorted()
                .map(leaves::leaf)
                .filter(leaf -> !(leaf.aggregation() instanceof Aggregation.OfWindow))
                .flatMap(this::windowOf)
                .distinct()
                .toList();
    }

    private Stream<Window> windowOf(Leaf leaf) {
        var scan = leaves.key(leaf.scan());
        if (scan.isOfSubjects() && scan.relation() instanceof RelationKey.OfTicks) {
            return Stream.concat(ofFacts(leaf, scan), ofRows(leaf));
        }
        return scan.isOfSubjects()
                ? Stream.concat(Stream.of(new Window.OfRow(scan)), ofRows(leaf))
                : ofRows(leaf);
    }

    /** Of units of time in the window of a row: that of each source which is read in them. */
    private Stream<Window> ofFacts(Leaf ofUnits, ScanKey units) {
        return new OwnWindows(leaves.inner(units))
                .factsRead(ofUnits)
                .map(facts ->
                        new ScanKey(
                                facts,
                                SubjectWindows.ofFacts(facts.placing(), units.time()),
                                units.of(),
                                Kept.ALL,
                                null))
                .distinct()
                .map(Window.OfRow::new);
    }

    /** What facts are read for each row that a leaf is made of. */
    private Stream<RelationKey.OfFacts> factsRead(Leaf leaf) {
        return Stream.concat(
                        Stream.of(leaf.where(), leaf.aggregation().value()),
                        leaf.aggregation().besides().stream())
                .flatMap(expr -> Exprs.leavesIn(expr).stream())
                .distinct()
                .sorted()
                .map(leaves::leaf)
                .flatMap(read -> {
                    var scan = leaves.key(read.scan());
                    var beneath = new OwnWindows(leaves.inner(scan)).factsRead(read);
                    return scan.relation() instanceof RelationKey.OfFacts facts
                            ? Stream.concat(Stream.of(facts), beneath)
                            : beneath;
                });
    }

    private Stream<Window> ofRows(Leaf leaf) {
        return leaf.apart() == null
                ? Stream.of()
                : Stream.of(
                        new Window.OfRows(leaf.apart(), leaves.key(leaf.scan()).isOfSubjects()));
    }

    /** Those that a condition asks to be over. */
    List<Window> mustBeOver(Expr where) {
        var conditions = Exprs.conjuncts(where);
        var ofRow =
                conditions.stream()
                        .flatMap(condition ->
                                condition instanceof Expr.Not(LeafValue(int leaf, _))
                                                && leaves.leaf(leaf)
                                                        .aggregation()
                                                        .equals(
                                                                new Aggregation.OfWindow(
                                                                        Standing.PENDING))
                                        ? Stream.of(scanOf(leaf))
                                        : Stream.empty())
                        .<Window>map(Window.OfRow::new);
        var ofRows =
                leaves.apart().keySet().stream()
                        .map(value -> leaves.leaf(value.leaf()))
                        .flatMap(this::ofRows)
                        .filter(window ->
                                conditions.contains(none(List.of(window), Standing.PENDING)));
        var ofAttempt =
                conditions.stream()
                        .flatMap(condition ->
                                condition instanceof Expr.Not(var pending)
                                                && Sequences.isPending(pending)
                                        ? Stream.<Window>of(new Window.OfAttempt(pending))
                                        : Stream.empty());
        return Stream.of(ofRow, ofRows, ofAttempt).flatMap(windows -> windows).distinct().toList();
    }

    Expr any(List<Window> windows, Standing standing) {
        return windows.stream()
                .map(window -> is(window, standing))
                .reduce(Expr.Or::new)
                .orElse(Expr.FALSE);
    }

    private Expr none(List<Window> windows, Standing standing) {
        return windows.stream()
                .<Expr>map(window -> new Expr.Not(is(window, standing)))
                .reduce(Expr.TRUE, Expr::and);
    }

    /**
     * Rows none of whose windows is pending.
     *
     * @param areUnits whether the rows are units of time, which are none where something in them is before the data
     */
    Expr known(List<Window> windows, boolean areUnits) {
        var isOver = none(windows, Standing.PENDING);
        if (!areUnits) {
            return isOver;
        }
        var ofRows = windows.stream().filter(Window.OfRows.class::isInstance).toList();
        return Expr.and(isOver, none(ofRows, Standing.BEFORE_DATA));
    }

    /** Whether all that have such windows are themselves the rows that are counted. */
    static boolean areOfRows(List<Window> windows) {
        return windows.stream()
                .noneMatch(window -> window instanceof Window.OfRows of && !of.areOne());
    }

    /** How many have a window that is pending: the row itself, or rows that it is made of. */
    Expr pending(List<Window> windows) {
        return greatest(
                windows.stream()
                        .<Expr>map(window ->
                                switch (window) {
                                    case Window.OfRow _, Window.OfAttempt _ ->
                                            one(is(window, Standing.PENDING));
                                    case Window.OfRows(_, boolean areOne) when areOne ->
                                            one(is(window, Standing.PENDING));
                                    case Window.OfRows(var apart, _) -> count(apart.pending());
                                })
                        .toList());
    }

    /** 1 where a condition holds, else 0. */
    static Expr one(Expr condition) {
        return new Expr.Case(List.of(new Expr.Arm(condition, Leaves.ONE)), NO_ROWS, Type.COUNT);
    }

    private static Expr greatest(List<Expr> counts) {
        return counts.size() == 1
                ? counts.getFirst()
                : new Expr.Call(Function.GREATEST, counts, Type.COUNT);
    }

    private Expr is(Window window, Standing standing) {
        return switch (window) {
            case Window.OfRow(var scan) ->
                    leaves.settledLeaf(
                            scan, Expr.TRUE, new Aggregation.OfWindow(standing), Type.BOOLEAN);
            case Window.OfAttempt(var pending) ->
                    switch (standing) {
                        case PENDING -> pending;
                        case BEFORE_DATA, BEGINS_BEFORE_DATA -> Expr.FALSE;
                    };
            case Window.OfRows(var apart, _) ->
                    switch (standing) {
                        case PENDING ->
                                Expr.and(
                                        new Expr.Compare(
                                                Comparator.EQUAL, count(apart.settled()), NO_ROWS),
                                        isSome(apart.pending()));
                        case BEFORE_DATA -> isSome(apart.beforeData());
                        case BEGINS_BEFORE_DATA -> isSome(apart.beginsBeforeData());
                    };
        };
    }

    private Expr isSome(int leaf) {
        return new Expr.Compare(Comparator.GREATER, count(leaf), NO_ROWS);
    }

    /** Of no units there is no greatest. */
    private Expr count(int leaf) {
        var value = new LeafValue(leaf, Type.COUNT);
        return leaves.mayBeEmpty(leaf)
                ? new Expr.Call(Function.COALESCE, List.of(value, NO_ROWS), Type.COUNT)
                : value;
    }

    private ScanKey scanOf(int leaf) {
        return leaves.key(leaves.leaf(leaf).scan());
    }
}
