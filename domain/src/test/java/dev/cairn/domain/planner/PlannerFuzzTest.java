package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.check.DefinitionChecker;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.time.Grain;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is asked, the planner answers with a sound plan or with problems at places that exist. */
class PlannerFuzzTest {
    private static final List<String> ROW_NAMES =
            List.of(
                    "name",
                    "seconds",
                    "beta",
                    "happened",
                    "score",
                    "rating",
                    "kind",
                    "amount",
                    "fee",
                    "quantity",
                    "paid",
                    "issued",
                    "paid_on",
                    "account",
                    "account.plan",
                    "account.seats",
                    "user",
                    "user.role",
                    "opened",
                    "solved",
                    "plan",
                    "seats",
                    "number",
                    "bucket.start",
                    "bucket.end",
                    "a",
                    "events",
                    "nope");
    private static final List<String> CELL_NAMES =
            List.of(
                    "events",
                    "revenue",
                    "nps_score",
                    "usage",
                    "actions",
                    "open_tickets",
                    "warmth",
                    "pilots",
                    "event",
                    "a",
                    "nope",
                    "account.plan");
    private static final List<String> RELATIONS =
            List.of(
                    "event",
                    "survey",
                    "nps",
                    "promoter",
                    "ticket",
                    "invoice",
                    "weather",
                    "account",
                    "user",
                    "pilots",
                    "nope");
    private static final List<String> DIMENSIONS =
            List.of(
                    "account",
                    "account.plan",
                    "plan",
                    "event.name",
                    "name",
                    "user",
                    "user.role",
                    "pilots",
                    "big",
                    "nps.score",
                    "month",
                    "weekday",
                    "(seats > 3) as large",
                    "nope",
                    "account.internal",
                    "invoice.issued");

    private final Random random;

    PlannerFuzzTest() {
        this.random = new Random(20_260_701L);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private String literal() {
        return any(
                List.of(
                        "0",
                        "1",
                        "2.5",
                        "'pro'",
                        "true",
                        "false",
                        "none",
                        "@2026-01-15",
                        "@2026-01-15T10:00Z",
                        "-3"));
    }

    /** A value of a row, or of a cell. */
    private String value(int depth, boolean ofCell) {
        if (depth <= 0) {
            return random.nextInt(3) == 0 ? literal() : any(ofCell ? CELL_NAMES : ROW_NAMES);
        }
        if (ofCell && random.nextInt(2) == 0) {
            return aggregate(depth - 1);
        }
        return switch (random.nextInt(10)) {
            case 0, 1 ->
                    "(%s %s %s)"
                            .formatted(
                                    value(depth - 1, ofCell),
                                    any(List.of("+", "-", "*", "/")),
                                    value(depth - 1, ofCell));
            case 2 ->
                    "(case when %s then %s else %s end)"
                            .formatted(
                                    condition(depth - 1, ofCell),
                                    value(depth - 1, ofCell),
                                    value(depth - 1, ofCell));
            case 3 -> "coalesce(%s, %s)".formatted(value(depth - 1, ofCell), literal());
            case 4 ->
                    "%s(%s, %s)"
                            .formatted(
                                    any(
                                            List.of(
                                                    "least",
                                                    "greatest",
                                                    "hours",
                                                    "days",
                                                    "power",
                                                    "nope")),
                                    value(depth - 1, ofCell),
                                    value(depth - 1, ofCell));
            case 5 ->
                    "%s(%s)"
                            .formatted(
                                    any(List.of("abs", "round", "sqrt", "ln", "lower", "weekday")),
                                    value(depth - 1, ofCell));
            case 6 ->
                    "(let a = %s in %s)"
                            .formatted(value(depth - 1, ofCell), value(depth - 1, ofCell));
            case 7 -> "-" + value(depth - 1, ofCell);
            case 8 -> "(" + condition(depth - 1, ofCell) + ")";
            default -> value(0, ofCell);
        };
    }

    private String condition(int depth, boolean ofCell) {
        return switch (random.nextInt(depth > 0 ? 9 : 5)) {
            case 0, 1 ->
                    "%s %s %s"
                            .formatted(
                                    value(depth - 1, ofCell),
                                    any(List.of("=", "!=", "<", "<=", ">", ">=")),
                                    value(depth - 1, ofCell));
            case 2 -> value(depth - 1, ofCell) + any(List.of(" is none", " is not none", " is 1"));
            case 3 -> value(depth - 1, ofCell) + " in (1, 2, 'pro')";
            case 4 -> "account in " + any(List.of("pilots", "big", "nope"));
            case 5, 6 ->
                    "(%s %s %s)"
                            .formatted(
                                    condition(depth - 1, ofCell),
                                    any(List.of("and", "or")),
                                    condition(depth - 1, ofCell));
            case 7 -> "not (" + condition(depth - 1, ofCell) + ")";
            default -> value(depth - 1, ofCell);
        };
    }

    private String aggregate(int depth) {
        String relation = any(RELATIONS);
        boolean ofMembers = relation.equals("account") || relation.equals("user");
        String where = random.nextInt(3) == 0 ? " where " + condition(depth, ofMembers) : "";
        String on = random.nextInt(8) == 0 ? " on " + any(List.of("solved", "due", "name")) : "";
        return switch (random.nextInt(6)) {
            case 0, 1 -> "count(%s%s%s)".formatted(relation, on, where);
            case 2 -> "exists(%s%s%s)".formatted(relation, on, where);
            case 3 ->
                    "share(%s%s%s : %s)"
                            .formatted(relation, on, where, condition(depth, ofMembers));
            default ->
                    "%s(%s%s%s : %s)"
                            .formatted(
                                    any(
                                            List.of(
                                                    "sum",
                                                    "avg",
                                                    "min",
                                                    "max",
                                                    "median",
                                                    "p90",
                                                    "p10_disc",
                                                    "distinct",
                                                    "first")),
                                    relation,
                                    on,
                                    where,
                                    value(depth, ofMembers));
        };
    }

    private Question question() {
        var question = Question.formula(value(1 + random.nextInt(3), true));
        if (random.nextInt(3) == 0) {
            question.and("y", aggregate(1));
        }
        if (random.nextInt(2) == 0) {
            question.by(any(DIMENSIONS));
        }
        if (random.nextInt(2) == 0) {
            question.each(any(List.of(Grain.values())));
        }
        if (random.nextInt(4) == 0) {
            question.where(condition(1, false));
        }
        if (random.nextInt(4) == 0) {
            question.filter(any(DIMENSIONS), any(List.of(Operator.values())), "pro");
        }
        if (random.nextInt(4) == 0) {
            question.cohortRule(condition(1, false));
        }
        if (random.nextInt(4) == 0) {
            question.scopedTo(condition(1, false));
        }
        if (random.nextInt(4) == 0) {
            question.having(Question.where(any(List.of("x", "y", "time")), Operator.GT, "1"));
        }
        return random.nextInt(3) == 0 ? question.down(any(List.of("x", "y", "time"))) : question;
    }

    @Test
    void a_question_is_answered_with_a_sound_plan_or_with_problems() {
        int accepted = 0;
        for (int run = 0; run < 6_000; run++) {
            var question = question();
            try {
                switch (question.plan(shop().build())) {
                    case Planned.Ready ready -> {
                        checkPlan(ready.plan());
                        assertThat(question.plan(shop().build())).isEqualTo(ready);
                        assertThat(PlanWords.of(ready.plan())).isNotEmpty();
                        accepted++;
                    }
                    case Planned.Rejected(var problems) ->
                            assertThat(problems)
                                    .isNotEmpty()
                                    .doesNotHaveDuplicates()
                                    .allSatisfy(problem -> {
                                        assertThat(problem.message()).isNotBlank();
                                        assertThat(problem.place().path()).isNotEmpty();
                                    });
                }
            } catch (Throwable thrown) {
                throw new AssertionError("run %d: %s".formatted(run, question.query()), thrown);
            }
        }
        assertThat(accepted).isGreaterThan(100);
    }

    private static void checkPlan(AnalysisPlan plan) {
        plan.scans().stream()
                .filter(scan -> !(scan.relation() instanceof Relation.Ticks))
                .forEach(scan -> assertThat(scan.keys()).hasSameSizeAs(plan.keys()));
        checkLeaves(plan.scans(), plan.leaves());
        for (var output : plan.outputs()) {
            checkExpr(output.value(), plan.leaves());
            assertThat(output.value().type().isWild()).isFalse();
        }
        checkExpr(plan.having(), plan.leaves());
        assertThat(plan.keys()).allMatch(key -> !key.type().isWild());
    }

    private static void checkLeaves(List<Scan> scans, List<Leaf> leaves) {
        for (var scan : scans) {
            var own = scan.relation().own();
            checkLeaves(own.scans(), own.leaves());
            var inner = own.leaves();
            checkExpr(scan.where(), inner);
            scan.keys().forEach(key -> checkExpr(key, inner));
        }
        for (var leaf : leaves) {
            assertThat(leaf.scan()).isBetween(0, scans.size() - 1);
            var inner = scans.get(leaf.scan()).relation().own().leaves();
            checkExpr(leaf.where(), inner);
            checkExpr(leaf.aggregation().value(), inner);
        }
        assertThat(leaves).doesNotHaveDuplicates();
    }

    private static void checkExpr(Expr expr, List<Leaf> leaves) {
        assertThat(Exprs.any(expr, part -> part.type().isBroken())).isFalse();
        assertThat(Exprs.leavesIn(expr)).allMatch(leaf -> leaf < leaves.size());
        assertThat(
                        Exprs.any(
                                expr,
                                part ->
                                        part instanceof Expr.LeafValue(int leaf, var type)
                                                && !leaves.get(leaf).type().equals(type)))
                .isFalse();
    }

    @Test
    void a_definition_is_sound_or_has_problems() {
        for (int run = 0; run < 3_000; run++) {
            var catalog = shop();
            String formula = random.nextBoolean() ? value(3, true) : condition(2, false);
            switch (random.nextInt(4)) {
                case 0 -> catalog.metric("a", formula);
                case 1 ->
                        catalog.metric(
                                "a",
                                any(List.of(Metric.Level.values())),
                                any(List.of(Metric.RollUp.values())),
                                formula);
                case 2 -> catalog.slice("a", any(RELATIONS), formula);
                default -> catalog.rule("a", formula);
            }
            try {
                check(catalog.build());
            } catch (Throwable thrown) {
                throw new AssertionError("run %d: %s".formatted(run, formula), thrown);
            }
        }
    }

    /** A definition that is said to be sound can be asked for; a broken one breaks nothing else by accident. */
    private static void check(Catalog catalog) {
        var entry = catalog.entry("a").orElseThrow();
        var checked = DefinitionChecker.check(catalog, entry, Place.of("a"));
        var saved = new Entry(entry.definition(), 1, checked.bindings());
        var later = catalog.with(List.of(saved), List.of());
        if (checked.problems().isEmpty() && catalog.metric("a").isPresent()) {
            var asked = Question.formula("max(account : a)").plan(later);
            assertThat(asked).isNotNull();
            if (catalog.metric("a").orElseThrow().level() == Metric.Level.CELL) {
                assertThat(Question.ask("a").plan(later)).isInstanceOf(Planned.Ready.class);
            }
        }
        catalog.entries()
                .forEach(other -> DefinitionChecker.check(later, other, Place.of(other.name())));
        assertThat(checked.bindings()).isInstanceOf(Map.class);
    }
}
