package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.lowering.OneCurrency;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** In which currency the columns of a plan are: amounts in the currencies of their rows are aggregated only where all are of one. */
final class Currencies {
    private final AnalysisPlan plan;

    Currencies(AnalysisPlan plan) {
        this.plan = plan;
    }

    /** An aggregate of amounts that are in the currencies of their rows. */
    private record Amounts(Leaf leaf, Scan scan, String source, String field) {
        /** The one currency that a condition leaves. */
        Optional<String> filtered() {
            return OneCurrency.in(Expr.and(scan.where(), leaf.where()), source, field);
        }

        /** Whether each group is of one. */
        boolean isKeyed() {
            return IntStream.range(0, scan.keys().size())
                    .anyMatch(key ->
                            !scan.dropped().contains(key)
                                    && OneCurrency.isHolder(scan.keys().get(key), source, field));
        }

        String holder() {
            return source + "." + field;
        }
    }

    /** Of each metric the first thing that cannot be answered. */
    List<Problem> problems() {
        // What is compared is the same metric, and is told once.
        var metrics =
                plan.outputs().stream()
                        .filter(output -> !output.column().endsWith(Outputs.COMPARED))
                        .toList();
        return IntStream.range(0, metrics.size())
                .boxed()
                .flatMap(at ->
                        problem(metrics.get(at), Place.of("metrics", Integer.toString(at)))
                                .stream())
                .toList();
    }

    private Optional<Problem> problem(Output output, Place place) {
        return amounts(output)
                .filter(amounts -> amounts.filtered().isEmpty())
                .flatMap(amounts ->
                        (amounts.isKeyed()
                                        ? totals(output, amounts, place)
                                        : mixed(output, amounts, place))
                                .stream())
                .findFirst();
    }

    private static Optional<Problem> mixed(Output output, Amounts amounts, Place place) {
        return Optional.of(
                Problem.of(
                                ProblemCode.UNIT_MISMATCH,
                                place,
                                "'%s' aggregates amounts that are each in the '%s' of their row of '%s': several currencies do not add up. Group by it, or keep to one of them.",
                                output.column(),
                                amounts.field(),
                                amounts.source())
                        .offering(
                                "groupBy: " + amounts.holder(),
                                "where %s = 'EUR'".formatted(amounts.field())));
    }

    private Optional<Problem> totals(Output output, Amounts amounts, Place place) {
        boolean addsGroups =
                plan.kinds().contains(RowKind.TOTAL_OVER_GROUPS)
                        || plan.kinds().contains(RowKind.GRAND_TOTAL);
        return addsGroups
                ? Optional.of(
                        Problem.of(
                                        ProblemCode.UNIT_MISMATCH,
                                        place,
                                        "'%s' is grouped by '%s'; a total of all groups would add up several currencies. Keep to one of them, or ask without totals.",
                                        output.column(),
                                        amounts.holder())
                                .offering("where %s = 'EUR'".formatted(amounts.field())))
                : Optional.empty();
    }

    /** Columns whose amounts the conditions of the question keep to one currency are in it. */
    List<Column> of(List<Column> columns) {
        return columns.stream()
                .map(column ->
                        plan.outputs().stream()
                                .filter(output -> output.column().equals(column.key()))
                                .filter(output ->
                                        output.value().type().unit() instanceof Unit.RowMoney)
                                .findFirst()
                                .flatMap(this::one)
                                .map(column::in)
                                .orElse(column))
                .toList();
    }

    private Optional<String> one(Output output) {
        var all = amounts(output).map(Amounts::filtered).collect(Collectors.toSet());
        return all.size() == 1 ? all.iterator().next() : Optional.empty();
    }

    // ---- what is read

    private Stream<Amounts> amounts(Output output) {
        return leaves(List.of(output.value()), plan.cells());
    }

    private static Stream<Amounts> leaves(List<Expr> exprs, Block block) {
        return exprs.stream()
                .flatMap(expr -> Exprs.leavesIn(expr).stream())
                .distinct()
                .sorted()
                .flatMap(leaf -> amounts(block.leaves().get(leaf), block));
    }

    private static Stream<Amounts> amounts(Leaf leaf, Block block) {
        var scan = block.scans().get(leaf.scan());
        var read =
                new ArrayList<Expr>(
                        List.of(leaf.where(), leaf.aggregation().value(), scan.where()));
        read.addAll(leaf.aggregation().besides());
        read.addAll(scan.keys());
        var own =
                leaf.type().unit() instanceof Unit.RowMoney(var field)
                                && scan.relation() instanceof Relation.Facts(var source, _, _)
                        ? Stream.of(new Amounts(leaf, scan, source, field))
                        : Stream.<Amounts>empty();
        return Stream.concat(own, leaves(read, scan.relation().own()));
    }
}
