package dev.cairn.testkit.fault;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.PerAccount;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.AnalysisPlan.Top;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Tallies;
import dev.cairn.domain.plan.Units;
import dev.cairn.domain.time.Bucket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Plans as a careless planner or compiler would read them. */
final class BrokenPlans {
    private static final Expr IS_TEST =
            new Expr.Attribute(EntityRef.ACCOUNT, "is_test", Type.BOOLEAN);

    private BrokenPlans() {}

    // ---- conditions

    static AnalysisPlan conditionsDroppedOnTheLastScan(AnalysisPlan plan) {
        var scans = new ArrayList<>(plan.scans());
        var last = scans.removeLast();
        scans.add(
                new Scan(
                        last.relation(),
                        last.reach(),
                        scans.isEmpty() ? last.where() : Expr.TRUE,
                        last.keys()));
        return withScans(plan, scans);
    }

    static AnalysisPlan conditionsDroppedOnMembers(AnalysisPlan plan) {
        return eachScan(
                plan,
                scan ->
                        scan.relation() instanceof Relation.Members
                                ? new Scan(scan.relation(), scan.reach(), Expr.TRUE, scan.keys())
                                : scan);
    }

    static AnalysisPlan membersHaveOneAgeInTheRange(AnalysisPlan plan) {
        return eachScan(plan, Scan::ofBuckets);
    }

    static AnalysisPlan cohortDropped(AnalysisPlan plan) {
        return withoutConjuncts(plan, part -> part instanceof Expr.In(Expr.Key _, _));
    }

    static AnalysisPlan scopeShowsFactsOfNoAccount(AnalysisPlan plan) {
        return eachScan(
                plan,
                scan ->
                        new Scan(
                                scan.relation(),
                                scan.reach(),
                                alsoOfNoAccount(scan.where()),
                                scan.keys()));
    }

    /** What is said of accounts alone is said of everything. */
    private static Expr alsoOfNoAccount(Expr where) {
        return without(
                where,
                part ->
                        part.equals(
                                new Expr.Not(
                                        new Expr.Is(
                                                new Expr.Key(EntityRef.ACCOUNT),
                                                new Expr.Literal(null, Type.NONE)))));
    }

    static AnalysisPlan usersOfTwoAccountsAreOneGroup(AnalysisPlan plan) {
        return eachScan(
                plan,
                scan ->
                        new Scan(
                                scan.relation(),
                                scan.reach(),
                                scan.where(),
                                IntStream.range(0, scan.keys().size())
                                        .mapToObj(at ->
                                                plan.keys().get(at).shown()
                                                        ? scan.keys().get(at)
                                                        : new Expr.Literal(null, Type.TEXT))
                                        .toList()));
    }

    /** Every row for which the condition is empty, whatever two-valued logic makes of it. */
    static AnalysisPlan undecidedRowsAreThoseThatAreEmpty(AnalysisPlan plan) {
        var tallies = plan.tallies();
        return new Parts(plan)
                .tallies(
                        new Tallies(
                                new Block(
                                        tallies.counts().scans(),
                                        tallies.counts().leaves().stream()
                                                .map(BrokenPlans::ofEmpties)
                                                .toList()),
                                tallies.undecided()))
                .plan();
    }

    private static Leaf ofEmpties(Leaf leaf) {
        return leaf.where() instanceof Expr.And(var _, var isNotTrue)
                ? new Leaf(
                        leaf.scan(),
                        isNotTrue,
                        leaf.aggregation(),
                        leaf.zeroOverNothing(),
                        leaf.type(),
                        leaf.reads())
                : leaf;
    }

    static AnalysisPlan undecidedRowsOfAnyScopeAreTold(AnalysisPlan plan) {
        var tallies = plan.tallies();
        return new Parts(plan)
                .tallies(
                        new Tallies(
                                new Block(
                                        tallies.counts().scans().stream()
                                                .map(scan ->
                                                        new Scan(
                                                                scan.relation(),
                                                                scan.reach(),
                                                                Expr.TRUE,
                                                                scan.keys()))
                                                .toList(),
                                        tallies.counts().leaves()),
                                tallies.undecided()))
                .plan();
    }

    /** Three-valued logic where the built filter is two-valued. */
    static AnalysisPlan negatedFilterLosesEmpties(AnalysisPlan plan) {
        return eachScan(
                plan,
                scan ->
                        new Scan(
                                scan.relation(),
                                scan.reach(),
                                withoutEmpties(scan.where()),
                                scan.keys()));
    }

    private static Expr withoutEmpties(Expr where) {
        return switch (where) {
            case Expr.And(var left, var right) ->
                    Expr.and(withoutEmpties(left), withoutEmpties(right));
            case Expr.Or(Expr.Is(var operand, Expr.Literal none), Expr.Not(var condition))
                    when none.value() == null && Exprs.any(condition, operand::equals) ->
                    new Expr.Not(condition);
            default -> where;
        };
    }

    static AnalysisPlan testAccountsCount(AnalysisPlan plan) {
        return withoutConjuncts(plan, BrokenPlans::leavesOutTests);
    }

    static AnalysisPlan namedTestAccountsCountForNeighbours(AnalysisPlan plan) {
        return eachLeaf(
                plan, leaf -> withWhere(leaf, without(leaf.where(), BrokenPlans::leavesOutTests)));
    }

    /** Where a leaf names the mark the others leave the accounts out one by one; so does this one then. */
    static AnalysisPlan namedTestAccountsAreLeftOut(AnalysisPlan plan) {
        boolean named =
                plan.leaves().stream()
                        .anyMatch(leaf ->
                                Exprs.any(
                                        Expr.and(leaf.where(), leaf.aggregation().value()),
                                        IS_TEST::equals));
        var isNotTest = new Expr.Not(new Expr.Is(IS_TEST, new Expr.Literal(true, Type.BOOLEAN)));
        return named
                ? eachLeaf(plan, leaf -> withWhere(leaf, Expr.and(isNotTest, leaf.where())))
                : plan;
    }

    /** As where only the account of the row is looked at that others point at. */
    static AnalysisPlan testAccountsCountBeneathRows(AnalysisPlan plan) {
        return eachScan(
                plan,
                scan ->
                        scan.relation()
                                        instanceof
                                        Relation.Facts(
                                                var source,
                                                var placing,
                                                var own,
                                                var attempts)
                                ? scan.with(
                                        new Relation.Facts(
                                                source, placing, withTestAccounts(own), attempts),
                                        scan.reach(),
                                        scan.where())
                                : scan);
    }

    private static Block withTestAccounts(Block own) {
        return new Block(
                own.scans().stream()
                        .map(scan ->
                                scan.with(
                                        scan.relation(),
                                        scan.reach(),
                                        without(scan.where(), BrokenPlans::leavesOutTests)))
                        .toList(),
                own.leaves().stream()
                        .map(leaf -> leaf.with(without(leaf.where(), BrokenPlans::leavesOutTests)))
                        .toList());
    }

    private static boolean leavesOutTests(Expr part) {
        return part instanceof Expr.Not(Expr.Is(Expr.Attribute(_, var name, _, _), _))
                && name.equals("is_test");
    }

    // ---- cohorts

    static AnalysisPlan emptyRuleIsNeitherInNorOut(AnalysisPlan plan) {
        return eachMembership(
                plan,
                expr ->
                        expr instanceof Expr.Case(var arms, Expr.Literal(var otherwise, _), _)
                                        && Boolean.FALSE.equals(otherwise)
                                ? arms.getFirst().condition()
                                : expr);
    }

    static AnalysisPlan noAccountIsOutsideOfACohort(AnalysisPlan plan) {
        return eachMembership(
                plan,
                expr ->
                        expr instanceof Expr.Case(var arms, _, var type)
                                ? new Expr.Case(arms, new Expr.Literal(false, Type.BOOLEAN), type)
                                : expr);
    }

    /** Changes the memberships that are group keys or stand alone in the conditions of leaves, negated or not. */
    private static AnalysisPlan eachMembership(AnalysisPlan plan, UnaryOperator<Expr> change) {
        var scans =
                plan.scans().stream()
                        .map(scan ->
                                new Scan(
                                        scan.relation(),
                                        scan.reach(),
                                        scan.where(),
                                        scan.keys().stream()
                                                .map(key -> membership(key, change))
                                                .toList()))
                        .toList();
        return eachLeaf(
                withScans(plan, scans), leaf -> withWhere(leaf, membership(leaf.where(), change)));
    }

    private static Expr membership(Expr expr, UnaryOperator<Expr> change) {
        return switch (expr) {
            case Expr.Not(var operand) -> new Expr.Not(membership(operand, change));
            case Expr.Case(var arms, var otherwise, var type) when arms.size() == 1 ->
                    change.apply(
                            new Expr.Case(
                                    List.of(
                                            new Expr.Arm(
                                                    arms.getFirst().condition(),
                                                    change.apply(arms.getFirst().result()))),
                                    otherwise,
                                    type));
            default -> expr;
        };
    }

    private static Leaf withWhere(Leaf leaf, Expr where) {
        return new Leaf(
                leaf.scan(),
                where,
                leaf.aggregation(),
                leaf.zeroOverNothing(),
                leaf.type(),
                leaf.reads());
    }

    private static AnalysisPlan withoutConjuncts(AnalysisPlan plan, Predicate<Expr> unwanted) {
        return eachScan(
                plan,
                scan ->
                        new Scan(
                                scan.relation(),
                                scan.reach(),
                                without(scan.where(), unwanted),
                                scan.keys()));
    }

    private static Expr without(Expr where, Predicate<Expr> unwanted) {
        if (unwanted.test(where)) {
            return Expr.TRUE;
        }
        return where instanceof Expr.And(var left, var right)
                ? Expr.and(without(left, unwanted), without(right, unwanted))
                : where;
    }

    // ---- units of time

    static AnalysisPlan firstUnitOfABucketIsLeftOut(AnalysisPlan plan) {
        return withUnits(plan, all -> all.isEmpty() ? all : all.subList(1, all.size()));
    }

    static AnalysisPlan lastUnitOfABucketIsLeftOut(AnalysisPlan plan) {
        return withUnits(plan, BrokenPlans::withoutLast);
    }

    private static AnalysisPlan withUnits(
            AnalysisPlan plan, UnaryOperator<List<Integer>> ofBucket) {
        return eachScan(
                plan,
                scan ->
                        scan.relation() instanceof Relation.Ticks(var units, var own)
                                ? scan.with(
                                        new Relation.Ticks(
                                                new Units(
                                                        units.number(),
                                                        units.time(),
                                                        units.ofBuckets().stream()
                                                                .map(ofBucket)
                                                                .toList(),
                                                        units.ofWhole()),
                                                own),
                                        scan.reach(),
                                        scan.where())
                                : scan);
    }

    private static List<Integer> withoutLast(List<Integer> all) {
        return all.isEmpty() ? all : all.subList(0, all.size() - 1);
    }

    // ---- leaves

    static AnalysisPlan whereDroppedOnTheLastLeaf(AnalysisPlan plan) {
        var leaves = new ArrayList<>(plan.leaves());
        leaves.add(withoutWhere(leaves.removeLast()));
        return withLeaves(plan, leaves);
    }

    static AnalysisPlan whereDroppedInsideOfMembers(AnalysisPlan plan) {
        return eachScan(
                plan,
                scan ->
                        switch (scan.relation()) {
                            case Relation.Facts _, Relation.Ticks _ -> scan;
                            case Relation.Members(
                                            var entity,
                                            var pairs,
                                            Block(var scans, var leaves)) ->
                                    new Scan(
                                            new Relation.Members(
                                                    entity,
                                                    pairs,
                                                    new Block(
                                                            scans,
                                                            leaves.stream()
                                                                    .map(BrokenPlans::withoutWhere)
                                                                    .toList())),
                                            scan.reach(),
                                            scan.where(),
                                            scan.keys());
                        });
    }

    /** What is empty is taken for false instead of being left out. */
    static AnalysisPlan emptyIsFalseInShares(AnalysisPlan plan) {
        var leaves = new ArrayList<>(plan.leaves());
        for (Output output : plan.outputs()) {
            if (output.denominator() instanceof Expr.LeafValue(var rows, _)) {
                leaves.set(rows, withoutWhere(leaves.get(rows)));
            }
        }
        return withLeaves(plan, leaves);
    }

    private static Leaf withoutWhere(Leaf leaf) {
        return withWhere(leaf, Expr.TRUE);
    }

    /** Facts of no account have the values that are read of facts of no account. */
    static AnalysisPlan noAccountHasWhatIsReadOfNone(AnalysisPlan plan) {
        return eachLeaf(
                plan,
                leaf ->
                        with(
                                withWhere(leaf, ofAnyAccount(leaf.where())),
                                leaf.aggregation().of(BrokenPlans::ofAnyAccount)));
    }

    private static Expr ofAnyAccount(Expr expr) {
        return switch (expr) {
            case Expr.Case whole when PerAccount.valueOf(EntityRef.ACCOUNT, whole).isPresent() ->
                    PerAccount.valueOf(EntityRef.ACCOUNT, whole).get();
            case Expr.Common shared -> shared;
            default -> Exprs.withOperands(expr, BrokenPlans::ofAnyAccount);
        };
    }

    static AnalysisPlan distinctCountsRows(AnalysisPlan plan) {
        return eachLeaf(
                plan,
                leaf ->
                        leaf.aggregation() instanceof Aggregation.Distinct
                                ? with(leaf, new Aggregation.Count())
                                : leaf);
    }

    static AnalysisPlan percentileIsTheAverage(AnalysisPlan plan) {
        return eachLeaf(
                plan,
                leaf ->
                        leaf.aggregation()
                                                instanceof
                                                Aggregation.Percentile(var value, _, var discrete)
                                        && !discrete
                                ? with(leaf, new Aggregation.Average(value))
                                : leaf);
    }

    static AnalysisPlan lastIsTheGreatest(AnalysisPlan plan) {
        return eachLeaf(
                plan,
                leaf ->
                        leaf.aggregation() instanceof Aggregation.Last(var value, _)
                                ? with(leaf, new Aggregation.Maximum(value))
                                : leaf);
    }

    static AnalysisPlan firstIsByTimeAlone(AnalysisPlan plan) {
        return eachLeaf(
                plan,
                leaf ->
                        leaf.aggregation() instanceof Aggregation.First(var value, var order)
                                ? with(leaf, new Aggregation.First(value, order.subList(0, 1)))
                                : leaf);
    }

    static AnalysisPlan discretePercentileIsInterpolated(AnalysisPlan plan) {
        return eachLeaf(
                plan,
                leaf ->
                        leaf.aggregation()
                                        instanceof
                                        Aggregation.Percentile(var value, var fraction, _)
                                ? with(leaf, new Aggregation.Percentile(value, fraction, false))
                                : leaf);
    }

    static AnalysisPlan emptyMetricIsZero(AnalysisPlan plan) {
        return eachLeaf(
                plan,
                leaf ->
                        new Leaf(
                                leaf.scan(),
                                leaf.where(),
                                leaf.aggregation(),
                                true,
                                leaf.type(),
                                leaf.reads()));
    }

    private static Leaf with(Leaf leaf, Aggregation aggregation) {
        return new Leaf(
                leaf.scan(),
                leaf.where(),
                aggregation,
                leaf.zeroOverNothing(),
                leaf.type(),
                leaf.reads());
    }

    // ---- outputs and order

    static AnalysisPlan lastOperandSaysWhy(AnalysisPlan plan) {
        return eachOutput(
                plan,
                value ->
                        value
                                                instanceof
                                                Expr.Arithmetic(
                                                        var operator,
                                                        var left,
                                                        var right,
                                                        var type)
                                        && operator == Operator.ADD
                                ? new Expr.Arithmetic(operator, right, left, type)
                                : value);
    }

    static AnalysisPlan shareIsAPlainDivision(AnalysisPlan plan) {
        return eachOutput(
                plan,
                value ->
                        value instanceof Expr.Share(var matching, var rows)
                                ? new Expr.Arithmetic(Operator.DIVIDE, matching, rows, Type.DOUBLE)
                                : value);
    }

    static AnalysisPlan havingIsIgnored(AnalysisPlan plan) {
        return new Parts(plan).having(Expr.TRUE).plan();
    }

    static AnalysisPlan orderIsAlwaysFromSmallToLarge(AnalysisPlan plan) {
        return new Parts(plan)
                .order(
                        plan.page().order().stream()
                                .map(term -> new Ordering(term.by(), false))
                                .toList())
                .plan();
    }

    static AnalysisPlan onlyTheFirstTermOrders(AnalysisPlan plan) {
        return new Parts(plan).order(plan.page().order().stream().limit(1).toList()).plan();
    }

    // ---- buckets

    static AnalysisPlan weekStartsOnSunday(AnalysisPlan plan) {
        return eachBucket(
                plan,
                bucket ->
                        Duration.between(bucket.start(), bucket.end()).toDays() == 7
                                ? new Bucket(
                                        bucket.label(),
                                        bucket.start().minus(Duration.ofDays(1)),
                                        bucket.end().minus(Duration.ofDays(1)),
                                        bucket.startDate().minusDays(1),
                                        bucket.endDate().minusDays(1),
                                        bucket.cut())
                                : bucket);
    }

    static AnalysisPlan zoneIsIgnored(AnalysisPlan plan) {
        return eachBucket(
                plan,
                bucket ->
                        bucket.startDate().equals(bucket.endDate())
                                ? bucket
                                : new Bucket(
                                        bucket.label(),
                                        bucket.startDate().atStartOfDay(ZoneOffset.UTC).toInstant(),
                                        bucket.endDate().atStartOfDay(ZoneOffset.UTC).toInstant(),
                                        bucket.startDate(),
                                        bucket.endDate(),
                                        bucket.cut()));
    }

    static AnalysisPlan rangeDoesNotCutItsFirstBucket(AnalysisPlan plan) {
        return eachBucket(
                plan,
                bucket ->
                        new Bucket(
                                bucket.label(),
                                bucket.label(),
                                bucket.end(),
                                bucket.startDate(),
                                bucket.endDate(),
                                bucket.cut()));
    }

    private static AnalysisPlan eachBucket(AnalysisPlan plan, UnaryOperator<Bucket> change) {
        return new Parts(plan).buckets(plan.time().buckets().stream().map(change).toList()).plan();
    }

    private static AnalysisPlan eachOutput(AnalysisPlan plan, UnaryOperator<Expr> change) {
        return new Parts(plan)
                .outputs(
                        plan.outputs().stream()
                                .map(output ->
                                        new Output(
                                                output.column(),
                                                change.apply(output.value()),
                                                output.numerator(),
                                                output.denominator(),
                                                output.sampleSize(),
                                                output.reads()))
                                .toList())
                .plan();
    }

    private static AnalysisPlan eachLeaf(AnalysisPlan plan, UnaryOperator<Leaf> change) {
        return withLeaves(plan, plan.leaves().stream().map(change).toList());
    }

    private static AnalysisPlan eachScan(AnalysisPlan plan, UnaryOperator<Scan> change) {
        return withScans(plan, plan.scans().stream().map(change).toList());
    }

    private static AnalysisPlan withScans(AnalysisPlan plan, List<Scan> scans) {
        return new Parts(plan).scans(scans).plan();
    }

    private static AnalysisPlan withLeaves(AnalysisPlan plan, List<Leaf> leaves) {
        return new Parts(plan).leaves(leaves).plan();
    }

    /** Only those that are shown. */
    static AnalysisPlan othersAreLeftOut(AnalysisPlan plan) {
        var top = plan.top();
        return top == null
                ? plan
                : new Parts(plan).top(new Top(top.groups(), top.output(), false)).plan();
    }

    static AnalysisPlan oneGroupMoreIsShown(AnalysisPlan plan) {
        var top = plan.top();
        return top == null
                ? plan
                : new Parts(plan).top(new Top(top.groups() + 1, top.output(), top.other())).plan();
    }
}
