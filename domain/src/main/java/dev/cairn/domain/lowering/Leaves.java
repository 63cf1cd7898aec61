package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.LeafValue;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Ratio;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Scan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects leaves, each distinct one once, and the scans they share. */
public final class Leaves {
    /** What is true of every leaf of a relation: the question's conditions and group keys, as that relation reads them. */
    public interface Binder {
        /** For what is read for each member: the member is the only key, and its conditions hold above. */
        Binder OF_MEMBER = (_, _) -> Bound.ofEach(List.of());

        /** @param own what is read for the account of each of its rows */
        Bound bind(ScanKey scan, Leaves own);

        /** The same conditions, of what is read for all groups together. */
        default Binder withoutKeys() {
            return this;
        }

        /** What whoever asks may see of the rows that are read for each row of another relation. */
        default Expr seen(ScanKey scan) {
            return Expr.TRUE;
        }

        /** What is asked of rows that make no leaf of their own: those of steps. */
        default Expr asked(ScanKey scan, Leaves own) {
            return bind(scan, own).where();
        }
    }

    static final Expr ONE = new Expr.Literal(BigDecimal.ONE, Type.COUNT);

    private final Binder binder;
    private final UnaryOperator<Expr> planned;
    private final Map<ScanKey, Draft> scans = new LinkedHashMap<>();

    /** Conditions and keys that read nothing for accounts: they are the same whatever time is read. */
    private final Map<Asked, Bound> bound = new HashMap<>();

    /** What conditions and keys are of that read nothing for accounts. */
    private record Asked(
            RelationKey relation, List<Expr> owner, @Nullable AsOf attributes, boolean isOfGroups) {
        static Asked of(ScanKey scan) {
            return new Asked(
                    scan.relation(), scan.owner(), scan.attributes(), scan.kept().areSome());
        }
    }

    private final Reaches reaches;

    /** What is read for each row of; null: for none, or for units of time. */
    private final @Nullable ScanKey rows;

    private final boolean ofUnits;

    /** The bucket of the question around the units of time that these are read in, or their rows; null: they are read in none. */
    private final @Nullable Around around;

    /**
     * @param depth of the units: how many there are inside each other
     */
    private record Around(TimeContext bucket, int depth) {
        Around deeper() {
            return new Around(bucket, depth + 1);
        }
    }

    /** The keys of the question, as the rows have them that these are read for. */
    private final Supplier<List<Expr>> keysOfRows;

    /** Whether the state of the account of each row is read, at the instant of the rows. */
    private boolean readsState;

    private boolean areClustered;

    private final List<Leaf> leaves = new ArrayList<>();

    /** Leaves and shares of two, as they were asked for. */
    private final Set<Expr> aggregates = new LinkedHashSet<>();

    /** @param binder says what is true of the leaves of each relation */
    public Leaves(Binder binder) {
        this(binder, UnaryOperator.identity());
    }

    /** @param planned gives what an expression is in the plan of a question: there as-of is a literal */
    public Leaves(Binder binder, UnaryOperator<Expr> planned) {
        this(binder, planned, new Reaches(), null, false, null, List::of);
    }

    private Leaves(
            Binder binder,
            UnaryOperator<Expr> planned,
            Reaches reaches,
            @Nullable ScanKey rows,
            boolean ofUnits,
            @Nullable Around around,
            Supplier<List<Expr>> keysOfRows) {
        this.binder = binder;
        this.planned = planned;
        this.reaches = reaches;
        this.rows = rows;
        this.ofUnits = ofUnits;
        this.around = around;
        this.keysOfRows = keysOfRows;
    }

    /** Others over the same stretches of time. */
    public Leaves beside(Binder other) {
        return new Leaves(other, planned, reaches, null, false, around, List::of);
    }

    /** Others in the same units of time, where it is only looked what is read. */
    Leaves look() {
        return new Leaves(
                Binder.OF_MEMBER,
                UnaryOperator.identity(),
                new Reaches(),
                null,
                false,
                around,
                List::of);
    }

    /** Whether they are read in units of time. */
    boolean areOfUnits() {
        return ofUnits;
    }

    /** The instant at which the state of an account is read that says something of the rows that these are read for; null: the end of the bucket. */
    public TimeContext.@Nullable Point instantOfRows() {
        return rows == null ? null : rows.instant();
    }

    /** Notes that a metric named by the formula takes rows of one account as alike. */
    void cluster() {
        areClustered = true;
    }

    /** Whether rows of one account are taken as alike. */
    public boolean areClustered() {
        return areClustered;
    }

    /** Notes that the state of the account of each row is read, at the instant of the rows. */
    public void readState() {
        readsState = true;
    }

    boolean readsState() {
        return readsState;
    }

    /** What time the rows are of that these are read for; empty where there are none. */
    Optional<TimeContext> timeOfRows() {
        return Optional.ofNullable(rows).map(ScanKey::time);
    }

    /** Of what time a question reads for the account of a row of a scan: of its own bucket, whatever unit of time the row is read in. */
    public TimeContext timeAsked(ScanKey scan) {
        return around != null ? around.bucket() : scan.time().here();
    }

    /** Whether they are read in units of time at the same depth, or in none, as others are. */
    boolean areBeside(Leaves others) {
        return Objects.equals(around, others.around);
    }

    /** Whether they are read in units of time, or for rows that are. */
    boolean areInUnits() {
        return around != null;
    }

    /** Whether anything is read here of the bucket of the question around the units of time. */
    boolean readAround() {
        return reaches().stream().anyMatch(TimeContext::around)
                || scans.entrySet().stream()
                        .anyMatch(entry ->
                                entry.getKey().isOfTicks()
                                        && entry.getValue().inner().readAround());
    }

    /** What is read in units of time, as it is seen from where these are. */
    TimeContext through(TimeContext units, Step step, TimeContext inner) {
        if (inner.around()) {
            return around == null ? inner.ofQuestion(units) : inner;
        }
        return units.through(step, inner);
    }

    /** What time is read, in the order in which scans point to it; first the buckets themselves. */
    public List<TimeContext> reaches() {
        return reaches.all();
    }

    /** The number of a time that an edge is of, beside what is read in it. */
    int reach(TimeContext time) {
        return reaches.of(time.ofStretches());
    }

    /** What an expression over these leaves is in the plan. */
    public Expr planned(Expr value) {
        return planned.apply(value);
    }

    /** What is read for each row of a relation: of each member, of the account of each fact. */
    public Leaves inner(ScanKey scan) {
        return draft(scan).inner();
    }

    /** The value of an aggregation, made once however often it is asked for. */
    public LeafValue add(
            ScanKey scan, Expr asked, Aggregation made, boolean zeroOverNothing, Type type) {
        return add(scan, unnamed(scan, asked, made.value()), asked, made, zeroOverNothing, type);
    }

    /** @param marks the attributes whose test accounts are left out */
    LeafValue add(
            ScanKey scan,
            List<Expr> marks,
            Expr asked,
            Aggregation made,
            boolean zeroOverNothing,
            Type type) {
        var where = planned.apply(asked);
        var aggregation = made.of(planned);
        var taken = taken(scan, marks, where, Expr.and(where, aggregation.value()));
        var value = leaf(scan, taken, aggregation, zeroOverNothing, type);
        aggregates.add(value);
        return value;
    }

    /**
     * The part of a relation's rows for which a condition holds. What matches is a sum over the same rows, so that it is 0 and never without a value where
     * there are rows and none of them matches.
     *
     * @param each what a row counts for
     */
    Expr.Share share(ScanKey scan, Expr asked, Expr matches, Expr each) {
        return share(scan, unnamed(scan, asked, Expr.and(matches, each)), asked, matches, each);
    }

    /** @param marks the attributes whose test accounts are left out */
    Expr.Share share(ScanKey scan, List<Expr> marks, Expr asked, Expr matches, Expr each) {
        var where = planned.apply(asked);
        var condition = planned.apply(matches);
        var weight = planned.apply(each);
        var taken = taken(scan, marks, where, Expr.and(Expr.and(where, condition), weight));
        var weightIfMatching =
                new Expr.Case(
                        List.of(new Expr.Arm(condition, weight)),
                        new Expr.Literal(BigDecimal.ZERO, weight.type()),
                        weight.type());
        var type = weight.equals(ONE) ? Type.COUNT : Weights.typeOfSum(weight);
        var matching = leaf(scan, taken, new Aggregation.Sum(weightIfMatching), true, type);
        var all = weight.equals(ONE) ? new Aggregation.Count() : new Aggregation.Sum(weight);
        var rows = leaf(scan, taken, all, true, type);
        var share = new Expr.Share(matching, rows);
        aggregates.add(share);
        return share;
    }

    private LeafValue leaf(
            ScanKey scan, Expr where, Aggregation aggregation, boolean zeroOverNothing, Type type) {
        return leaf(
                scan,
                where,
                aggregation,
                zeroOverNothing,
                type,
                CountedApart.of(where, scan, this));
    }

    private LeafValue leaf(
            ScanKey scan,
            Expr where,
            Aggregation aggregation,
            boolean zeroOverNothing,
            Type type,
            Leaf.@Nullable Apart apart) {
        var draft = draft(scan);
        var reads = new LeafReads(this);
        var read = Expr.and(where, aggregation.value());
        var leaf =
                new Leaf(
                        draft.index(),
                        where,
                        aggregation,
                        zeroOverNothing,
                        type,
                        reads.of(scan, draft, read),
                        reads.ofTotal(scan, draft, read),
                        draft.readsRates(where, aggregation, scan.kept()),
                        draft.isInUnits(scan),
                        apart);
        int at = leaves.indexOf(leaf);
        if (at < 0) {
            at = leaves.size();
            leaves.add(leaf);
        }
        return new LeafValue(at, type);
    }

    /** Has the binder say what is wrong with its conditions, for a relation that may never be read. */
    public void check(RelationKey relation) {
        var scan = new ScanKey(relation, TimeContext.BUCKET);
        bind(scan, readForEach(scan, List.of()));
    }

    /** What is true of every leaf of a scan. */
    public Bound bound(ScanKey scan) {
        return draft(scan).bound();
    }

    /** Whether something reads a scan. */
    public boolean reads(ScanKey scan) {
        return scans.containsKey(scan);
    }

    /**
     * What the question asks of the facts that the rows of a scan are made of: of those of steps all, of others what whoever asks may see.
     *
     * @param facts that the rows are made of
     * @param input its index, of a sequence
     */
    public Expr askedBehind(ScanKey scan, ScanKey facts, int input) {
        return scan.relation().attemptsAt().isPresent()
                ? draft(scan).asked().get(input)
                : planned.apply(binder.seen(facts));
    }

    /** The same of a scan that may not be read here. */
    public Bound bind(ScanKey scan, Leaves own) {
        if (scan.relation() instanceof RelationKey.OfTicks) {
            return Binder.OF_MEMBER.bind(scan, own);
        }
        var known = bound.get(Asked.of(scan));
        if (known != null) {
            return known;
        }
        var made = binder.bind(scan, own).planned(planned);
        if (own.scans.isEmpty()) {
            bound.put(Asked.of(scan), made);
        }
        return made;
    }

    Draft draft(ScanKey scan) {
        var known = scans.get(scan);
        if (known != null) {
            return known;
        }
        var own = ownOf(scan, List.of());
        var bound = bind(scan, own);
        if (!bound.testMarks().isEmpty()) {
            // Only what has been read tells what the question names: now that is read for good.
            boolean isReadAnew = !own.scans.isEmpty();
            own = ownOf(scan, bound.testMarks());
            bound = isReadAnew ? bind(scan, own).leavingOut(bound.testMarks()) : bound;
        }
        var made =
                new Draft(
                        scans.size(),
                        reaches.of(scan.time().ofStretches()),
                        reaches.of(scan.timeBesides().ofStretches()),
                        bound,
                        own,
                        askedOfInputs(scan, own));
        scans.put(scan, made);
        return made;
    }

    /** What the question asks of the rows of each step's source; what it asks of their account, read for it, is asked of the row that begins an attempt. */
    private List<Expr> askedOfInputs(ScanKey scan, Leaves own) {
        return scan.relation().attemptsAt().stream()
                .flatMap(sequence ->
                        IntStream.range(0, sequence.sources().size()).mapToObj(sequence::input))
                .map(input ->
                        scan.isOwn()
                                ? Expr.TRUE
                                : planned.apply(binder.asked(scan.input(input), own)))
                .map(Sequences::ofRowsAlone)
                .toList();
    }

    /** Units of time are grouped by what is grouped by around them, and have times of their own. */
    private Leaves ownOf(ScanKey scan, List<Expr> marks) {
        return switch (scan.relation()) {
            case RelationKey.OfFacts _, RelationKey.OfMembers _ -> readForEach(scan, marks);
            case RelationKey.OfTicks _ ->
                    new Leaves(
                            binder,
                            planned,
                            new Reaches(),
                            null,
                            true,
                            around != null
                                    ? around.deeper()
                                    : new Around(scan.time().aroundUnits(), 1),
                            List::of);
        };
    }

    /** @param marks the attributes that mark test accounts, whose rows are left out */
    private Leaves readForEach(ScanKey scan, List<Expr> marks) {
        return new Leaves(
                new OfEach(this, marks),
                planned,
                reaches,
                scan,
                false,
                around,
                () -> scan.isOwn() ? List.of() : draft(scan).bound().keys());
    }

    /**
     * What is true of what is read for each row.
     *
     * @param around what the rows are read among
     * @param marks the attributes that mark test accounts, whose rows are left out
     */
    private record OfEach(Leaves around, List<Expr> marks) implements Binder {
        @Override
        public Bound bind(ScanKey scan, Leaves own) {
            return around.boundOfEach(scan, own, marks);
        }

        @Override
        public Expr seen(ScanKey scan) {
            return around.binder.seen(scan);
        }
    }

    /** Whether they are read for rows that are read for others themselves. */
    boolean areOfOwnRows() {
        return rows != null && rows.isOwn();
    }

    /** What is read for a member or row has its conditions above; what is read for all members together, or for a group of them, has those of the question. */
    private Bound boundOfEach(ScanKey scan, Leaves own, List<Expr> marks) {
        if (scan.isOwn()) {
            return Bound.ofEach(scan.of() == null ? binder.seen(scan) : Expr.TRUE, marks);
        }
        var bound = (scan.kept().areSome() ? binder : binder.withoutKeys()).bind(scan, own);
        return new Bound(
                bound.given(), bound.written(), bound.keys(), bound.units(), bound.testMarks());
    }

    /** Whose coverage decides the value of an expression over these leaves. */
    public Set<Read> readsOf(Expr expr) {
        var reads = new HashSet<Read>();
        Exprs.leavesIn(expr).forEach(leaf -> reads.addAll(leaves.get(leaf).reads()));
        return reads;
    }

    /** The same in a row of no group. */
    Set<Read> readsOfTotal(Expr expr) {
        var reads = new HashSet<Read>();
        Exprs.leavesIn(expr).forEach(leaf -> reads.addAll(leaves.get(leaf).readsOfTotal()));
        return reads;
    }

    /** A count of the observations under a value: of the rows of its denominator, or of the one relation that it reads; null where it has no one sample. */
    public @Nullable LeafValue sampleOf(Expr value) {
        var ratio = Ratio.of(value);
        var sample = ratio == null ? null : rowsOf(ratio.denominator());
        return sample != null ? sample : rowsOf(value);
    }

    /**
     * A count of the rows that the one relation read by an expression gives, for aggregates of a value of those that have one; null where it reads
     * several.
     */
    private @Nullable LeafValue rowsOf(Expr expr) {
        record Rows(int scan, Expr where) {}
        var rows = new LinkedHashMap<Rows, Leaf>();
        Exprs.samplesIn(expr).stream()
                .map(leaves::get)
                .forEach(leaf -> rows.putIfAbsent(new Rows(leaf.scan(), observed(leaf)), leaf));
        if (rows.size() != 1) {
            return null;
        }
        var only = rows.firstEntry();
        // Who is asked for is decided by what the value asks, and not by whether there is one.
        return leaf(
                key(only.getKey().scan()),
                only.getKey().where(),
                new Aggregation.Count(),
                true,
                Type.COUNT,
                only.getValue().apart());
    }

    /** Another aggregation of what a leaf is of, over some of its rows. */
    public LeafValue beside(int leaf, Expr where, Aggregation aggregation, Type type) {
        var of = leaves.get(leaf);
        return leaf(key(of.scan()), where, aggregation, true, type, of.apart());
    }

    /** The rows of a leaf that have a value of their own. */
    public Expr rowsWithValue(int leaf) {
        return observed(leaves.get(leaf));
    }

    /** How many rows of a scan there are, pending ones or not. */
    LeafValue rows(ScanKey scan, Expr where) {
        return settledLeaf(scan, where, new Aggregation.Count(), Type.COUNT);
    }

    /** Has rows make groups, as those of any leaf do; who is pending makes none. */
    void group(ScanKey scan, Expr where) {
        leaf(scan, where, new Aggregation.Count(), true, Type.COUNT);
    }

    /** One that leaves no pending rows out, with a value over nothing. */
    LeafValue settledLeaf(ScanKey scan, Expr where, Aggregation aggregation, Type type) {
        return leaf(scan, where, aggregation, true, type, null);
    }

    /** What leaves count apart, in their order. */
    Map<LeafValue, Leaf.Apart> apart() {
        var apart = new LinkedHashMap<LeafValue, Leaf.Apart>();
        for (int at = 0; at < leaves.size(); at++) {
            var leaf = leaves.get(at);
            if (leaf.apart() != null) {
                apart.put(new LeafValue(at, leaf.type()), leaf.apart());
            }
        }
        return apart;
    }

    /** Whether an expression over these leaves reads a window of the row that they are read for. */
    boolean readWindows(Expr expr) {
        return new OwnWindows(this).areReadBy(expr);
    }

    /** The rows that a leaf takes: none that is pending, and of no test account. */
    private Expr taken(ScanKey scan, List<Expr> marks, Expr asked, Expr read) {
        var settled = draft(scan).settled(asked, read, scan.kept(), scan.isOfTicks());
        return TestMarks.areOn(scan) ? TestMarks.leftOut(marks, settled) : settled;
    }

    /** The marks of test accounts that neither the question nor what a leaf reads names. */
    private List<Expr> unnamed(ScanKey scan, Expr where, Expr value) {
        var read = Expr.and(planned.apply(where), planned.apply(value));
        return draft(scan).bound().testMarks().stream()
                .filter(mark -> !TestMarks.named(mark, read, inner(scan)))
                .toList();
    }

    /** Whether an expression of a row that these leaves are of names an attribute, itself or in what it reads here. */
    public boolean name(Expr read, Expr attribute) {
        return TestMarks.named(attribute, read, this);
    }

    /** What all leaves of a scan ask of test accounts is asked of the scan, once. */
    private List<Expr> askedByAll(Draft draft) {
        return TestMarks.askedByAll(draft.bound().testMarks(), leavesOf(draft));
    }

    /** Which rows a leaf makes its value of: those without a value of their own are skipped. */
    private Expr observed(Leaf leaf) {
        var value = leaf.aggregation().value();
        var inner = List.copyOf(scans.values()).get(leaf.scan()).inner();
        boolean mayBeEmpty =
                new Emptiness(Set.of(), inner::mayBeEmpty).given(leaf.where()).mayBeEmpty(value);
        return mayBeEmpty ? Expr.and(leaf.where(), Exprs.isNotNone(value)) : leaf.where();
    }

    /** Whether a leaf may have no value within the coverage. */
    public boolean mayBeEmpty(int leaf) {
        return !(leaves.get(leaf).zeroOverNothing()
                && leaves.get(leaf).aggregation().hasValueOverNothing());
    }

    /** How many leaves there are, those of members included. */
    public int size() {
        return leaves.size()
                + scans.values().stream().mapToInt(draft -> draft.inner().size()).sum();
    }

    /** A leaf as it was asked for, with what all leaves of its scan ask of test accounts. */
    public Leaf leaf(int index) {
        return leaves.get(index);
    }

    /** Without what their scans ask already. */
    public List<Leaf> leaves() {
        var drafts = List.copyOf(scans.values());
        return leaves.stream()
                .map(leaf -> leaf.with(without(leaf.where(), askedByAll(drafts.get(leaf.scan())))))
                .toList();
    }

    private static Expr without(Expr where, List<Expr> unwanted) {
        return Exprs.conjuncts(where).stream()
                .filter(part -> !unwanted.contains(part))
                .reduce(Expr.TRUE, Expr::and);
    }

    /** What is read, each relation once. */
    public List<RelationKey> relations() {
        return scans.entrySet().stream()
                .flatMap(entry ->
                        entry.getKey().relation() instanceof RelationKey.OfTicks
                                ? entry.getValue().inner().relations().stream()
                                : Stream.of(entry.getKey().relation()))
                .distinct()
                .toList();
    }

    /** A scan that is grouped by the keys of a question, and the leaves it is of. */
    public record Grouped(ScanKey scan, Leaves leaves) {
        public Bound bound() {
            return leaves.bound(scan);
        }

        /** What is read for each of its rows. */
        public Leaves inner() {
            return leaves.inner(scan);
        }
    }

    /** The scans that are grouped by the keys of a question; in units of time those that are read in them. */
    public List<Grouped> grouped() {
        return keys().stream()
                .flatMap(scan ->
                        scan.relation() instanceof RelationKey.OfTicks
                                ? inner(scan).grouped().stream()
                                : Stream.of(new Grouped(scan, this)))
                .toList();
    }

    /** What is read in hours and minutes. */
    public List<Scan> hourly() {
        return scans.entrySet().stream()
                .flatMap(entry ->
                        entry.getKey().relation() instanceof RelationKey.OfTicks(var step)
                                        && step.isSubDaily()
                                ? entry.getValue().inner().scans().stream()
                                : entry.getValue().inner().hourly().stream())
                .toList();
    }

    /** Whether what is read in units of time is of fewer keys than the units. */
    public boolean totalInUnits() {
        return scans.entrySet().stream()
                .anyMatch(entry ->
                        (ofUnits && !entry.getValue().dropped(entry.getKey()).isEmpty())
                                || entry.getValue().inner().totalInUnits());
    }

    /** Whether a question has ages, in units of time, of what is at no one time there. */
    public boolean readAgesInUnits() {
        return inUnits(draft -> draft.bound().units() != null);
    }

    /** Whether a key or condition of a question reads windows of members in units of time. */
    public boolean readWindowsInUnits() {
        return inUnits(draft -> draft.askedOfScan().stream().anyMatch(draft.inner()::readWindows));
    }

    private boolean inUnits(Predicate<Draft> asks) {
        return scans.values().stream()
                .anyMatch(draft ->
                        (around != null && asks.test(draft)) || draft.inner().inUnits(asks));
    }

    /**
     * Whether a total that is read for each row is by a key of the question that reads an age in units of time, a window of the row, or a rate: of such a key a row has
     * several values, or none that is known.
     */
    public boolean keepUnsettledKeysBeneath() {
        return scans.values().stream()
                .anyMatch(draft ->
                        draft.inner().keepUnsettledKeys(draft.bound().keys(), draft.inner())
                                || draft.inner().keepUnsettledKeysBeneath());
    }

    private boolean keepUnsettledKeys(List<Expr> ofRows, Leaves readForRows) {
        return rows != null
                && scans.entrySet().stream()
                        .filter(entry -> entry.getKey().kept().areSome())
                        .anyMatch(entry -> {
                            var draft = entry.getValue();
                            return draft.keptAt(entry.getKey().kept()).stream()
                                    .anyMatch(at ->
                                            draft.inner().isUnsettled(draft.bound().keys().get(at))
                                                    || readForRows.isUnsettled(ofRows.get(at)));
                        });
    }

    private boolean isUnsettled(Expr key) {
        return Ages.isOfUnits(key)
                || readWindows(key)
                || Exprs.readsRates(key)
                || Exprs.leavesIn(key).stream().anyMatch(leaf -> leaves.get(leaf).mayLackRate());
    }

    /** Has the rows of totals make groups as all others do: those that are read by fewer keys alone are counted by all of them. */
    public void groupTotals() {
        new GroupsOfTotals(this).make(List.copyOf(aggregates));
    }

    /**
     * Has the least value of an expression read for each group, over the rows that any leaf takes. No coverage decides it, and it makes no group.
     *
     * @param of gives the expression, of rows that are grouped by every key
     * @return indexes of the leaves
     */
    public List<Integer> least(Function<Grouped, Expr> of) {
        return new LeastOfGroups(this).of(of);
    }

    /** One that is made however often it is asked for; its index. */
    int append(Leaf leaf) {
        leaves.add(leaf);
        return leaves.size() - 1;
    }

    /** The leaves of a scan as they were asked for. */
    List<Leaf> leavesOf(Draft draft) {
        return leaves.stream().filter(leaf -> leaf.scan() == draft.index()).toList();
    }

    /** What a scan reads, by its index. */
    public ScanKey key(int scan) {
        return keys().get(scan);
    }

    /** What each scan reads. */
    public List<ScanKey> keys() {
        return List.copyOf(scans.keySet());
    }

    /** One for each relation and the time that it is read in, with what all its leaves ask. */
    public List<Scan> scans() {
        return scans(Clock.ANY);
    }

    private List<Scan> scans(Clock clock) {
        return scans.entrySet().stream()
                .map(entry ->
                        entry.getValue()
                                .scan(
                                        entry.getKey(),
                                        askedByAll(entry.getValue()),
                                        clock,
                                        reaches(),
                                        rows == null ? null : keysOfRows.get()))
                .toList();
    }

    /** {@link ScanNames#of(ScanKey)} */
    public ScanKey grouped(ScanKey ofQuestion) {
        return new ScanNames(this).of(ofQuestion);
    }

    /** What is read for a scan that is only named, over times of its own: what no key reads has none here. */
    Leaves ofNamed(ScanKey scan) {
        return new Leaves(
                new OfEach(this, List.of()), planned, new Reaches(), scan, false, around, List::of);
    }

    /** What would be read for each row of a scan: it is only looked what that is. */
    public Leaves unread(ScanKey scan) {
        return readFor(scan, planned, around);
    }

    /** What would be read for the same rows. */
    Leaves unread() {
        return new Leaves(Binder.OF_MEMBER, planned, new Reaches(), rows, false, around, List::of);
    }

    /** What may be read for each row of a scan, of which no question is known, where it is among these. */
    Leaves readFor(ScanKey scan) {
        return readFor(scan, UnaryOperator.identity(), around);
    }

    private static Leaves readFor(
            ScanKey scan, UnaryOperator<Expr> planned, @Nullable Around around) {
        return new Leaves(Binder.OF_MEMBER, planned, new Reaches(), scan, false, around, List::of);
    }

    /** @param clock finds units of time */
    public Block block(Clock clock) {
        return new Block(scans(clock), leaves());
    }
}
