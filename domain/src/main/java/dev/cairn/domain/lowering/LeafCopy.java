package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.LeafValue;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.lowering.TimeContext.Point;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Leaf;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Copies expressions over some leaves to others: the leaves that they read are added there, under what is true of every leaf there. */
public final class LeafCopy {
    private final Leaves from;
    private final Leaves to;
    private final Pieces pieces;
    private final boolean inComparison;
    private final OneInstant instant;

    /** As of when the rows at hand read attributes where nothing says so; null: as they stand. */
    private final @Nullable AsOf attributes;

    /** The instant at which a rule is read that says something of the rows at hand. */
    private final @Nullable Point ofRows;

    /** The marks of test accounts that neither the question nor the leaf names for which this is read; null: it is for none. */
    private final @Nullable List<Expr> marks;

    /** Whether the rows at hand are of no account. */
    private final boolean isOfNobody;

    private final IdentityHashMap<Expr.Common, Expr> commons = new IdentityHashMap<>();
    private final Map<Expr, Expr> aggregates = new HashMap<>();
    private final Map<Inner, LeafCopy> copies = new HashMap<>();

    /** What is read for each row of a scan, of what is left out of it. */
    private record Inner(ScanKey scan, @Nullable List<Expr> marks) {}

    /**
     * What pieces of an expression are in a copy of it.
     *
     * @param common a common value, from that and the copy of what it stands for
     * @param seen a field that links lead to, as whoever asks may see it
     * @param seenOfNobody the same of a row that is of no account
     * @param pointing the key of a row, as a row says it that points there
     * @param asOf as-of of a rule, from the instant that it is read at (null: the end of the bucket), as a date or an instant
     */
    public record Pieces(
            BiFunction<Expr.Common, Expr, Expr> common,
            UnaryOperator<Expr.Linked> seen,
            Function<Expr.Linked, Expr> seenOfNobody,
            UnaryOperator<Expr.Linked> pointing,
            BiFunction<@Nullable Point, Type, Expr> asOf) {
        /** Of expressions of a question, whose rules are read at known instants. */
        static final Pieces OF_QUESTION =
                new Pieces(
                        (common, value) ->
                                value == common.value() ? common : new Expr.Common(value),
                        linked -> linked,
                        linked -> linked,
                        linked -> linked,
                        (instant, _) -> {
                            throw new IllegalArgumentException("not planned: " + instant);
                        });
    }

    /** Of leaves of a question among others of it. */
    public LeafCopy(Leaves from, Leaves to) {
        this(from, to, Pieces.OF_QUESTION, false, OneInstant.NONE, null, null, null, false);
    }

    private LeafCopy(
            Leaves from,
            Leaves to,
            Pieces pieces,
            boolean inComparison,
            OneInstant instant,
            @Nullable AsOf attributes,
            @Nullable Point ofRows,
            @Nullable List<Expr> marks,
            boolean isOfNobody) {
        this.from = from;
        this.to = to;
        this.pieces = pieces;
        this.inComparison = inComparison;
        this.instant = instant;
        this.attributes = attributes;
        this.ofRows = ofRows;
        this.marks = marks;
        this.isOfNobody = isOfNobody;
    }

    /**
     * Of a formula whose parts read attributes as of one instant, and how accounts are then.
     *
     * @param inComparison of the time that the question compares with
     * @param readsStates whether anything of an account is read as of a time
     */
    public static LeafCopy ofFormula(
            Leaves from, Leaves to, Pieces pieces, boolean inComparison, boolean readsStates) {
        var instant = readsStates ? OneInstant.of(from) : OneInstant.NONE;
        return new LeafCopy(from, to, pieces, inComparison, instant, null, null, null, false);
    }

    /** An expression over the leaves themselves. */
    public Expr of(Expr expr) {
        return switch (expr) {
            case LeafValue leaf -> leaf(leaf);
            case Expr.Share share -> share(share);
            case Expr.Common original -> common(original);
            case Expr.Linked linked ->
                    isOfNobody
                            ? pieces.seenOfNobody().apply(linked(linked))
                            : linked(pieces.seen().apply(linked));
            case Expr.TimeEdge edge when edge.of() == Expr.TimeEdge.Of.RULE ->
                    pieces.asOf().apply(ofRows, edge.type());
            case Expr.TimeEdge(var of, boolean end, var type, int reach) when reach >= 0 -> {
                var time = from.reaches().get(reach);
                yield new Expr.TimeEdge(
                        of, end, type, to.reach(inComparison ? time.inComparison() : time));
            }
            case Expr.Attribute(var entity, var name, var type, var asOf)
                    when attributes != null && asOf != null && !asOf.isSaid() ->
                    new Expr.Attribute(entity, name, type, attributes);
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.InPeriods _,
                    Expr.TimeEdge _,
                    Expr.Arithmetic _,
                    Expr.Negate _,
                    Expr.Compare _,
                    Expr.Is _,
                    Expr.And _,
                    Expr.Or _,
                    Expr.Not _,
                    Expr.In _,
                    Expr.Case _,
                    Expr.Call _,
                    Expr.Convert _,
                    Expr.Rank _ ->
                    operands(expr);
        };
    }

    private Expr.Linked linked(Expr.Linked linked) {
        return linked.from(from -> from instanceof Expr.Field ? from : of(from))
                .to(of(linked.end()));
    }

    /** An expression over a row of a scan: over the leaves that are read for each. */
    public Expr ofRow(Expr expr, ScanKey scan) {
        return inner(scan, List.of()).of(expr);
    }

    private ScanKey copy(ScanKey scan) {
        var read = instant.of(scan).orElse(null);
        var at = isOfRule(scan) ? ofRows : scan.reading(read).instant();
        var rows = new LeafCopy(from, to, pieces, inComparison, instant, read, at, marks, false);
        var grouped =
                new ScanNames(to)
                        .of(
                                scan.keeping(scan.kept().of(key -> kept(key, rows)))
                                        .reading(asOf(scan, read))
                                        .ofRow(
                                                scan.row().stream()
                                                        .map(key -> rowKey(key, scan))
                                                        .toList())
                                        .ledToBy(scan.from().stream().map(this::of).toList())
                                        .ofSubject(this::of)
                                        .ofDerivation(ofDerived()::of)
                                        .ofRowsAt(ofRows),
                                this::computed);
        return inComparison ? grouped.inComparison() : grouped;
    }

    /** A key over what the question reads for it is the question's wherever it is read: what is beside the scan is none of it. */
    private static Expr kept(Expr key, LeafCopy rows) {
        return Exprs.leavesIn(key).isEmpty() ? rows.of(key) : key;
    }

    private Expr rowKey(Expr key, ScanKey scan) {
        return scan.of() == null && key instanceof Expr.Linked linked
                ? pieces.pointing().apply(linked)
                : ofDerived().of(key);
    }

    /** Rows that others are made of read attributes as of their own time, whatever the formula reads beside them. */
    private LeafCopy ofDerived() {
        return new LeafCopy(from, to, pieces, inComparison, instant, null, ofRows, marks, false);
    }

    /** A key over what the question reads for it, as of when keys are read. */
    private Expr computed(Kept.Computed key, Leaves own) {
        return new LeafCopy(
                        key.own(),
                        own,
                        pieces,
                        false,
                        OneInstant.NONE,
                        null,
                        own.instantOfRows(),
                        null,
                        false)
                .of(key.key());
    }

    /** Of leaves of a question as it is there. */
    private @Nullable AsOf asOf(ScanKey scan, @Nullable AsOf read) {
        return instant == OneInstant.NONE ? scan.attributes() : scan.isOwn() ? null : read;
    }

    /** Whether the state of accounts is read that nothing says an instant of, in parts that would read it at several. */
    public boolean readsStatesAtSeveralInstants() {
        return from.keys().stream()
                .filter(scan -> !isOfRule(scan))
                .anyMatch(scan ->
                        (instant.differs(scan) && readsState(scan))
                                || inner(scan, marks).readsStatesAtSeveralInstants());
    }

    private boolean readsState(ScanKey scan) {
        return from.inner(scan).readsState() || to.inner(copy(scan)).readsState();
    }

    private LeafCopy inner(ScanKey scan, @Nullable List<Expr> leftOut) {
        var known = copies.get(new Inner(scan, leftOut));
        if (known != null) {
            return known;
        }
        var asOf = instant.of(scan).orElse(null);
        var inner =
                new LeafCopy(
                        from.inner(scan),
                        to.inner(copy(scan)),
                        pieces,
                        inComparison && !isOfUnits(scan),
                        isOfUnits(scan) ? instant.inUnits(from, scan) : instant,
                        asOf,
                        isOfRule(scan) ? ofRows : scan.reading(asOf).instant(),
                        leftOut,
                        scan.relation()
                                .factsOf()
                                .filter(source -> !source.isOfAccounts())
                                .isPresent());
        copies.put(new Inner(scan, leftOut), inner);
        return inner;
    }

    /** Whether it is read for a rule that says something of rows further out. */
    private static boolean isOfRule(ScanKey scan) {
        return scan.time().point() instanceof Point.OfRows;
    }

    private static boolean isOfUnits(ScanKey scan) {
        return scan.relation() instanceof RelationKey.OfTicks;
    }

    private Expr operands(Expr expr) {
        var copies = new IdentityHashMap<Expr, Expr>();
        boolean changed = false;
        for (var operand : Exprs.operands(expr)) {
            var copy = of(operand);
            copies.put(operand, copy);
            changed |= copy != operand;
        }
        return changed ? Exprs.withOperands(expr, copies::get) : expr;
    }

    private Expr common(Expr.Common original) {
        var known = commons.get(original);
        if (known != null) {
            return known;
        }
        var copy = pieces.common().apply(original, of(original.value()));
        commons.put(original, copy);
        return copy;
    }

    private Expr leaf(LeafValue value) {
        var known = aggregates.get(value);
        if (known != null) {
            return known;
        }
        var leaf = from.leaf(value.leaf());
        var scan = from.key(leaf.scan());
        var counted = countedApart(value);
        if (counted.isPresent()) {
            aggregates.put(value, counted.get());
            return counted.get();
        }
        var target = copy(scan);
        var leftOut = leftOut(scan, target, leaf);
        var rows = inner(scan, beneath(scan, leftOut));
        var copy =
                to.add(
                        target,
                        leftOut,
                        rows.of(leaf.where()),
                        leaf.aggregation().of(rows::of),
                        leaf.zeroOverNothing(),
                        leaf.type());
        aggregates.put(value, copy);
        return copy;
    }

    /** The marks whose accounts a leaf leaves out: what is read for another one leaves out what that does. */
    private List<Expr> leftOut(ScanKey scan, ScanKey target, Leaf leaf) {
        if (pieces.equals(Pieces.OF_QUESTION)) {
            // As it stands: what it leaves out it asks already.
            return List.of();
        }
        if (marks != null && scan.isOwn()) {
            return marks;
        }
        var read = Expr.and(leaf.where(), leaf.aggregation().value());
        return to.bound(target).testMarks().stream()
                .filter(mark -> !TestMarks.named(mark, read, from.inner(scan)))
                .toList();
    }

    /** What is read in units of time are leaves for themselves. */
    private @Nullable List<Expr> beneath(ScanKey scan, List<Expr> leftOut) {
        return isOfUnits(scan) ? marks : leftOut;
    }

    /** Of what a leaf counts apart what its copy does. */
    private Optional<LeafValue> countedApart(LeafValue value) {
        for (var leaf : from.apart().entrySet()) {
            var part = leaf.getValue().indexes().indexOf(value.leaf());
            if (part >= 0 && of(leaf.getKey()) instanceof LeafValue(int copy, _)) {
                var apart = Objects.requireNonNull(to.leaf(copy).apart());
                return Optional.of(new LeafValue(apart.indexes().get(part), value.type()));
            }
        }
        return Optional.empty();
    }

    /** Not leaf by leaf: both of a share take the same rows. */
    private Expr share(Expr.Share value) {
        var known = aggregates.get(value);
        if (known != null) {
            return known;
        }
        var matching = from.leaf(value.matching().leaf());
        var scan = from.key(matching.scan());
        var target = copy(scan);
        var leftOut = leftOut(scan, target, matching);
        var rows = inner(scan, beneath(scan, leftOut));
        var copy =
                to.share(
                        target,
                        leftOut,
                        rows.of(matching.where()),
                        rows.of(ifMatching(matching.aggregation()).condition()),
                        rows.of(ifMatching(matching.aggregation()).result()));
        aggregates.put(value, copy);
        return copy;
    }

    /** See {@link Leaves#share}: what matches is a sum of ones, or of weights. */
    private static Expr.Arm ifMatching(Aggregation matching) {
        if (matching instanceof Aggregation.Sum(Expr.Case(var arms, _, _))) {
            return arms.getFirst();
        }
        throw new IllegalStateException("no leaf of what matches: " + matching);
    }
}
