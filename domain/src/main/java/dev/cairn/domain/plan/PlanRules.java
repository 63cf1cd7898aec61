package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Type.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The invariants of a finished plan that no one of its types can see. Every test that plans a question asks for them; a plan that breaks one is a bug of
 * the planner, never of the question.
 */
public final class PlanRules {
    private final AnalysisPlan plan;
    private final BrokenRules broken = new BrokenRules();
    private final ExpressionRules expressions = new ExpressionRules(broken);

    private PlanRules(AnalysisPlan plan) {
        this.plan = plan;
    }

    /** Each rule that the plan breaks, with the place; empty where it is sound. */
    public static List<String> broken(AnalysisPlan plan) {
        var rules = new PlanRules(plan);
        rules.time();
        rules.keys();
        rules.kinds();
        rules.blocks().check("", plan.cells());
        rules.numbersOfKeys("", plan.cells());
        rules.keyTypes();
        plan.outputs().forEach(rules::output);
        rules.having();
        rules.order();
        rules.tallies();
        rules.top();
        return rules.broken.all();
    }

    /** What is read in units of time is grouped, not the units. */
    private void numbersOfKeys(String place, Block block) {
        for (int at = 0; at < block.scans().size(); at++) {
            var scan = block.scans().get(at);
            boolean ofUnits = scan.relation().areUnits();
            int wanted = ofUnits ? 0 : plan.keys().size();
            broken.rule(
                    scan.keys().size() == wanted, "%sscan %d: it has %d keys", place, at, wanted);
            if (ofUnits) {
                numbersOfKeys("%sscan %d, ".formatted(place, at), scan.relation().own());
            }
        }
    }

    private BlockRules blocks() {
        return new BlockRules(broken, expressions, plan.time(), Set.of());
    }

    private void having() {
        expressions.cell("having", plan, plan.having());
        expressions.condition("having", plan.having());
    }

    // ---- axes

    private void time() {
        var buckets = plan.time().buckets();
        if (buckets.isEmpty()) {
            broken.rule(false, "there is a bucket");
            return;
        }
        broken.rule(
                plan.time().axis() || buckets.size() == 1,
                "without a time axis there is one bucket");
        for (int at = 1; at < buckets.size(); at++) {
            broken.rule(
                    buckets.get(at - 1).end().equals(buckets.get(at).start()),
                    "bucket %d begins where the one before ends",
                    at);
        }
        broken.rule(
                buckets.getFirst().start().equals(plan.time().whole().start())
                        && buckets.getLast().end().equals(plan.time().whole().end()),
                "the buckets are the whole range");
    }

    private void top() {
        var top = plan.top();
        if (top != null) {
            broken.rule(!plan.keys().isEmpty(), "top: it is of groups");
            broken.rule(
                    top.output() >= 0 && top.output() < plan.outputs().size(),
                    "top: there is an output %d",
                    top.output());
            broken.rule(
                    plan.scans().stream()
                            .allMatch(scan -> scan.dropped().isEmpty() || scan.kept().isEmpty()),
                    "top: a scan keeps all keys or none");
        }
    }

    private void keys() {
        for (int at = 1; at < plan.keys().size(); at++) {
            broken.rule(
                    plan.keys().get(at - 1).shown() || !plan.keys().get(at).shown(),
                    "key %d: what is shown stands before what is not",
                    at);
        }
    }

    private void kinds() {
        boolean keyed = !plan.keys().isEmpty();
        broken.rule(plan.kinds().contains(RowKind.CELL), "there are rows of cells");
        broken.rule(
                keyed || !plan.kinds().contains(RowKind.TOTAL_OVER_GROUPS),
                "totals over groups are of keys");
        broken.rule(
                plan.time().axis() || !plan.kinds().contains(RowKind.TOTAL_OVER_TIME),
                "totals over time are of a time axis");
        broken.rule(
                keyed || plan.time().axis() || !plan.kinds().contains(RowKind.GRAND_TOTAL),
                "a grand total is of more than one cell");
    }

    private void keyTypes() {
        for (int key = 0; key < plan.keys().size(); key++) {
            broken.rule(!plan.keys().get(key).type().isBroken(), "key %d: nothing is broken", key);
        }
        for (int at = 0; at < plan.scans().size(); at++) {
            var keys = plan.scans().get(at).keys();
            for (int key = 0; key < Math.min(keys.size(), plan.keys().size()); key++) {
                broken.rule(
                        isSameKind(keys.get(key).type(), plan.keys().get(key).type()),
                        "scan %d: key %d has the type of the plan's key",
                        at,
                        key);
            }
        }
    }

    private static boolean isSameKind(Type one, Type other) {
        return one.kind() == other.kind()
                || one.kind() == Kind.NONE
                || other.kind() == Kind.NONE
                || (one.isNumber() && other.isNumber());
    }

    private void order() {
        var terms = plan.page().order().stream().map(Ordering::by).toList();
        broken.rule(Set.copyOf(terms).size() == terms.size(), "the order has each term once");
        broken.rule(
                !plan.time().axis() || terms.contains(new Ordering.By.Time()),
                "the order is complete: it has the time");
        for (int key = 0; key < plan.keys().size(); key++) {
            broken.rule(
                    terms.contains(new Ordering.By.Key(key)),
                    "the order is complete: it has key %d",
                    key);
        }
        for (var term : terms) {
            switch (term) {
                case Ordering.By.Time _ -> {}
                case Ordering.By.Key(int key) ->
                        broken.rule(key < plan.keys().size(), "order: there is a key %d", key);
                case Ordering.By.Value(int output) ->
                        broken.rule(
                                output < plan.outputs().size(),
                                "order: there is an output %d",
                                output);
            }
        }
        var after = plan.page().after();
        broken.rule(
                after == null || after.values().size() == terms.size(),
                "a page ends at a value for each term of the order");
    }

    private void tallies() {
        var tallies = plan.tallies();
        blocks().check("tallies, ", tallies.counts());
        var columns = plan.outputs().stream().map(Output::column).toList();
        for (var weightless : tallies.weightless()) {
            broken.rule(
                    columns.contains(weightless.column())
                            && weightless.leaf() < tallies.counts().leaves().size(),
                    "weightless: there is a count of column '%s'",
                    weightless.column());
        }
        for (var undecided : tallies.undecided()) {
            broken.rule(
                    columns.contains(undecided.column()),
                    "undecided: there is a column '%s'",
                    undecided.column());
            broken.rule(
                    undecided.leaf() < tallies.counts().leaves().size(),
                    "undecided: there is a leaf %d",
                    undecided.leaf());
        }
    }

    // ---- outputs

    private void output(Output output) {
        var place = "output '" + output.column() + "'";
        expressions.cell(place, plan, output.value());
        ratio(place, output.numerator());
        ratio(place, output.denominator());
        for (var part : output.parts()) {
            expressions.cell(place, plan, part.contribution());
            broken.rule(part.contribution().type().isNumber(), "%s: its parts are numbers", place);
            broken.rule(
                    output.reads()
                            .containsAll(BlockRules.readsOf(part.contribution(), plan.leaves())),
                    "%s: its parts read what it reads",
                    place);
        }
        var sample = output.sampleSize();
        if (sample != null) {
            expressions.cell(place, plan, sample);
            broken.rule(
                    sample.leaf() >= plan.leaves().size()
                            || plan.leaves().get(sample.leaf()).aggregation()
                                    instanceof Aggregation.Count,
                    "%s: its sample is counted",
                    place);
        }
        for (var computed : output.computedOfSample()) {
            expressions.cell(place, plan, computed);
            broken.rule(computed.type().isNumber(), "%s: its sample is told in numbers", place);
        }
        if (output.lifeTable() != null) {
            expressions.cell(place, plan, output.lifeTable());
        }
        broken.rule(
                output.reads().equals(BlockRules.readsOf(output.value(), plan.leaves())),
                "%s: it reads what its leaves read",
                place);
    }

    private void ratio(String place, @Nullable Expr part) {
        if (part != null) {
            expressions.cell(place, plan, part);
            broken.rule(part.type().isNumber(), "%s: a division is of numbers", place);
        }
    }
}
