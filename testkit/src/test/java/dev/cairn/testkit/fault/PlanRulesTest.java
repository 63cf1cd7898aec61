package dev.cairn.testkit.fault;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.LeafValue;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Placing.Edge;
import dev.cairn.domain.plan.PlanRules;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Tallies;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule is only a rule once it has failed: each is broken in a plan that is sound otherwise. */
class PlanRulesTest {
    /** Leaves: 0 the count of events, 1 their average, 2 how many it is of, 3 the count of accounts with events. */
    private static final AnalysisPlan SOUND = plan();

    private static final Expr.Field AMOUNT = new Expr.Field("event", "amount", Type.DECIMAL);
    private static final Expr.Field AT = new Expr.Field("event", "at", Type.TIMESTAMP);
    private static final Expr ROLE = new Expr.Attribute(EntityRef.USER, "role", Type.TEXT);
    private static final Expr NO_LEAF = new LeafValue(9, Type.INTEGER);

    private static AnalysisPlan plan() {
        return ask("count(event)", "avg(event.amount)", "count(account where count(event) > 1)")
                .by("account.plan")
                .grain(Grain.DAY)
                .where("account.plan != 'x'")
                .totals()
                .plan(catalog());
    }

    private static Catalog catalog() {
        return World.world()
                .entity(accounts().text("plan"))
                .source(
                        source("event")
                                .timestamp("at")
                                .account("customer")
                                .text("name")
                                .decimal("amount"))
                .build()
                .catalog();
    }

    @Test
    void a_plan_of_the_planner_is_sound() {
        assertThat(PlanRules.broken(SOUND)).isEmpty();
    }

    static Stream<Arguments> broken() {
        Map<String, UnaryOperator<AnalysisPlan>> all = new LinkedHashMap<>();
        all.put("there is a bucket", plan -> with(plan).buckets(List.of()).plan());
        all.put(
                "bucket 1 begins where the one before ends",
                plan -> with(plan).buckets(without(plan.time().buckets(), 1)).plan());
        all.put(
                "the buckets are the whole range",
                plan -> with(plan).buckets(without(plan.time().buckets(), 0)).plan());
        all.put("scan 0: it has 1 keys", scan(0, scan -> keyed(scan, List.of())));
        all.put(
                "scan 0: key 0 has the type of the plan's key",
                scan(0, scan -> keyed(scan, List.of(Expr.TRUE))));
        all.put(
                "scan 0: there is a reach 7",
                scan(0, scan -> new Scan(scan.relation(), 7, scan.where(), scan.keys())));
        all.put(
                "scan 0: it is placed by dates or by instants of its facts",
                scan(0, scan -> placed(scan, new Placing.At(AMOUNT))));
        all.put("scan 0: a condition is true or false", scan(0, scan -> where(scan, AMOUNT)));
        all.put(
                "scan 1: there is a field event.amount",
                scan(1, scan -> where(scan, new Expr.Is(AMOUNT, Expr.NONE))));
        all.put(
                "scan 1: there is an attribute user.role",
                scan(1, scan -> where(scan, new Expr.Is(ROLE, Expr.NONE))));
        all.put(
                "scan 1: it is read for a member of the row",
                scan(
                        1,
                        scan ->
                                relation(
                                        scan,
                                        new Relation.Members(
                                                EntityRef.USER,
                                                new Block(
                                                        List.of(keyed(scan, List.of(ROLE))),
                                                        List.of())))));
        all.put(
                "leaf 0: there is a leaf 9 of its type",
                leaf(0, leaf -> leaf.with(new Expr.Is(NO_LEAF, Expr.NONE))));
        all.put(
                "leaf 3: there is a leaf 9 of its type",
                leaf(3, leaf -> leaf.with(new Expr.Is(NO_LEAF, Expr.NONE))));
        all.put("leaf 0: nothing is broken", leaf(0, leaf -> leaf.with(Expr.BROKEN)));
        all.put(
                "leaf 0: a condition is true or false",
                leaf(0, leaf -> leaf.with(new Expr.Not(AMOUNT))));
        all.put(
                "leaf 0: its type is that of its aggregation",
                leaf(0, leaf -> aggregating(leaf, new Aggregation.Average(AMOUNT))));
        all.put("leaf 0: it reads what its scan reads", leaf(0, PlanRulesTest::reading));
        all.put("leaf 3: it reads what it reads for each member", leaf(3, PlanRulesTest::reading));
        all.put(
                "output 'm1': there is a field event.amount",
                output(output -> valued(output, AMOUNT)));
        all.put(
                "output 'm1': there is a key of account",
                output(output -> valued(output, new Expr.Key(EntityRef.ACCOUNT))));
        all.put(
                "output 'm1': there is a leaf 9 of its type",
                output(output -> valued(output, NO_LEAF)));
        all.put(
                "output 'm1': a division is of numbers",
                output(output -> divided(output, Expr.TRUE, Expr.number(BigDecimal.ONE))));
        all.put(
                "output 'm1': its sample is counted",
                output(output -> sampled(output, new LeafValue(1, SOUND.leaves().get(1).type()))));
        all.put(
                "output 'm1': it reads what its leaves read",
                output(output ->
                        new Output(output.column(), output.value(), null, null, null, Set.of())));
        all.put(
                "having: a condition is true or false",
                plan ->
                        with(plan)
                                .having(new LeafValue(0, plan.leaves().getFirst().type()))
                                .plan());
        all.put(
                "having: there is an attribute user.role",
                plan -> with(plan).having(new Expr.Is(ROLE, Expr.NONE)).plan());
        all.put(
                "the order has each term once",
                plan -> ordered(plan, plan.page().order().getFirst()));
        all.put(
                "the order is complete: it has the time",
                plan -> with(plan).order(without(plan, new Ordering.By.Time())).plan());
        all.put(
                "the order is complete: it has key 0",
                plan -> with(plan).order(without(plan, new Ordering.By.Key(0))).plan());
        all.put("order: there is a key 4", plan -> ordered(plan, new Ordering.By.Key(4)));
        all.put("order: there is an output 4", plan -> ordered(plan, new Ordering.By.Value(4)));
        all.put(
                "undecided: there is a column 'm9'",
                plan -> with(plan).tallies(undecided(plan.tallies(), "m9", 0)).plan());
        all.put(
                "undecided: there is a leaf 99",
                plan -> with(plan).tallies(undecided(plan.tallies(), "m1", 99)).plan());
        return all.entrySet().stream().map(rule -> Arguments.of(rule.getKey(), rule.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void each_rule_is_told_where_it_is_broken(String rule, UnaryOperator<AnalysisPlan> fault) {
        assertThat(PlanRules.broken(fault.apply(SOUND))).contains(rule);
    }

    @Test
    void what_is_read_from_the_beginning_has_no_start_to_be_valid_at() {
        var fromBeginning = ask("count(event) over all").plan(catalog());
        var validity = new Placing.Validity(AT, AT);
        assertThat(
                        PlanRules.broken(
                                scan(
                                                0,
                                                scan ->
                                                        placed(
                                                                scan,
                                                                new Placing.ValidAt(
                                                                        validity, Edge.START)))
                                        .apply(fromBeginning)))
                .contains("scan 0: what is read from the beginning has no start to be valid at");
    }

    private static Parts with(AnalysisPlan plan) {
        return new Parts(plan);
    }

    private static <T> List<T> without(List<T> all, int at) {
        var left = new ArrayList<>(all);
        left.remove(at);
        return left;
    }

    private static List<Ordering> without(AnalysisPlan plan, Ordering.By term) {
        return plan.page().order().stream().filter(one -> !one.by().equals(term)).toList();
    }

    private static AnalysisPlan ordered(AnalysisPlan plan, Ordering.By more) {
        return ordered(plan, new Ordering(more, false));
    }

    private static AnalysisPlan ordered(AnalysisPlan plan, Ordering more) {
        var order = new ArrayList<>(plan.page().order());
        order.add(more);
        return with(plan).order(order).plan();
    }

    private static Tallies undecided(Tallies tallies, String column, int leaf) {
        return new Tallies(
                tallies.counts(),
                List.of(
                        new Tallies.Undecided(
                                column, leaf, "row", "rows", List.of("x"), List.of())));
    }

    private static UnaryOperator<AnalysisPlan> scan(int at, UnaryOperator<Scan> change) {
        return plan -> {
            var scans = new ArrayList<>(plan.scans());
            scans.set(at, change.apply(scans.get(at)));
            return with(plan).scans(scans).plan();
        };
    }

    private static UnaryOperator<AnalysisPlan> leaf(int at, UnaryOperator<Leaf> change) {
        return plan -> {
            var leaves = new ArrayList<>(plan.leaves());
            leaves.set(at, change.apply(leaves.get(at)));
            return with(plan).leaves(leaves).plan();
        };
    }

    private static UnaryOperator<AnalysisPlan> output(UnaryOperator<Output> change) {
        return plan -> {
            var outputs = new ArrayList<>(plan.outputs());
            outputs.set(0, change.apply(outputs.getFirst()));
            return with(plan).outputs(outputs).plan();
        };
    }

    private static Scan keyed(Scan scan, List<Expr> keys) {
        return new Scan(scan.relation(), scan.reach(), scan.where(), keys);
    }

    private static Scan where(Scan scan, Expr where) {
        return new Scan(scan.relation(), scan.reach(), where, scan.keys());
    }

    private static Scan relation(Scan scan, Relation relation) {
        return new Scan(relation, scan.reach(), scan.where(), scan.keys());
    }

    private static Scan placed(Scan scan, Placing placing) {
        return relation(scan, new Relation.Facts("event", placing, Block.EMPTY));
    }

    private static Leaf aggregating(Leaf leaf, Aggregation aggregation) {
        return new Leaf(
                leaf.scan(),
                leaf.where(),
                aggregation,
                leaf.zeroOverNothing(),
                leaf.type(),
                leaf.reads());
    }

    private static Leaf reading(Leaf leaf) {
        return new Leaf(
                leaf.scan(),
                leaf.where(),
                leaf.aggregation(),
                leaf.zeroOverNothing(),
                leaf.type(),
                Set.of());
    }

    private static Output valued(Output output, Expr value) {
        return new Output(output.column(), value, null, null, null, output.reads());
    }

    private static Output divided(Output output, Expr numerator, Expr denominator) {
        var value = new Expr.Arithmetic(Operator.DIVIDE, numerator, denominator, Type.DOUBLE);
        return new Output(output.column(), value, numerator, denominator, null, output.reads());
    }

    private static Output sampled(Output output, LeafValue sample) {
        return new Output(output.column(), output.value(), null, null, sample, output.reads());
    }
}
