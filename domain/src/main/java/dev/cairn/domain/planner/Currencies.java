package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.lowering.OneCurrency;
import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** In which currency the columns of a plan are: amounts in the currencies of their rows are aggregated only where all are of one. */
final class Currencies {
    private final AnalysisPlan plan;

    private final ZoneId zone;

    /** Currencies that rates lead to. */
    private final List<String> targets;

    Currencies(AnalysisPlan plan, Catalog catalog, ZoneId zone) {
        this.plan = plan;
        this.zone = zone;
        this.targets =
                catalog.all(Source.class).stream()
                        .map(Source::rates)
                        .filter(Objects::nonNull)
                        .map(Rates::to)
                        .distinct()
                        .sorted()
                        .toList();
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
                .flatMap(at -> {
                    var place = Place.of("metrics", Integer.toString(at));
                    return Stream.of(
                                    problem(metrics.get(at), place).stream(),
                                    rates(metrics.get(at), place))
                            .flatMap(found -> found);
                })
                .toList();
    }

    private Optional<Problem> problem(Output output, Place place) {
        return amounts(output)
                .filter(amounts -> amounts.filtered().isEmpty())
                .flatMap(amounts ->
                        (amounts.isKeyed()
                                        ? together(output, amounts, place)
                                        : mixed(output, amounts, place))
                                .stream())
                .findFirst();
    }

    private Optional<Problem> mixed(Output output, Amounts amounts, Place place) {
        return Optional.of(
                Problem.of(
                                ProblemCode.UNIT_MISMATCH,
                                place,
                                "'%s' aggregates amounts that are each in the '%s' of their row of '%s': several currencies do not add up. Convert them, group by it, or keep to one of them.",
                                output.column(),
                                amounts.field(),
                                amounts.source())
                        .offering(
                                offers(
                                        "groupBy: " + amounts.holder(),
                                        "where %s = 'EUR'".formatted(amounts.field()))));
    }

    private String[] offers(String... others) {
        return Stream.concat(
                        targets.stream().map("convert(..., '%s')"::formatted), Stream.of(others))
                .toArray(String[]::new);
    }

    /** What takes groups of several currencies together, or compares them. */
    private Optional<Problem> together(Output output, Amounts amounts, Place place) {
        return ranks(output.value()) || isChosen(output)
                ? Optional.of(
                        Problem.of(
                                        ProblemCode.UNIT_MISMATCH,
                                        place,
                                        "'%s' is grouped by '%s'; groups of several currencies are not compared ('rank', 'top') and not one group of others. Keep to one of them.",
                                        output.column(),
                                        amounts.holder())
                                .offering("where %s = 'EUR'".formatted(amounts.field())))
                : totals(output, amounts, place);
    }

    private static boolean ranks(Expr value) {
        return Exprs.any(
                value,
                part ->
                        part instanceof Expr.Rank(var ranked)
                                && ranked.type().unit() instanceof Unit.RowMoney);
    }

    /** Whether other groups are one of its values, or groups are chosen by it. */
    private boolean isChosen(Output output) {
        var top = plan.top();
        return top != null && (top.other() || plan.outputs().get(top.output()).equals(output));
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
                                        "'%s' is grouped by '%s'; a total of all groups would add up several currencies. Convert them, keep to one of them, or ask without totals.",
                                        output.column(),
                                        amounts.holder())
                                .offering(offers("where %s = 'EUR'".formatted(amounts.field()))))
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

    // ---- rates

    /** What a column reads of rates that cannot be answered. */
    private Stream<Problem> rates(Output output, Place place) {
        var problems = new LinkedHashSet<Problem>();
        visit(
                List.of(output.value()),
                new Scope(plan.cells(), plan.time(), false),
                place,
                problems);
        return problems.stream();
    }

    private void visit(List<Expr> exprs, Scope scope, Place place, Set<Problem> problems) {
        exprs.stream()
                .flatMap(expr -> Exprs.leavesIn(expr).stream())
                .distinct()
                .sorted()
                .map(leaf -> scope.block().leaves().get(leaf))
                .forEach(leaf -> {
                    var scan = scope.block().scans().get(leaf.scan());
                    var read = read(leaf, scan);
                    checkKeys(scan, scope, place, problems);
                    read.forEach(expr -> checkDays(expr, scan, scope, place, problems));
                    visit(read, scope.inner(scan), place, problems);
                });
    }

    /** Where a row without a rate may be of any group, there must be no more to say of the groups. */
    private void checkKeys(Scan scan, Scope scope, Place place, Set<Problem> problems) {
        // Of several keys it is not known beside which others such a row is.
        boolean isAmongTop = plan.top() == null || scan.converted().size() == plan.keys().size();
        boolean isAnswered = isAmongTop && !scope.inUnits();
        if (!isAnswered && !scan.converted().isEmpty()) {
            problems.add(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    place,
                                    "Of a row without a rate it is not known of which group it is where a key is computed from converted amounts: beside other keys neither which groups are the greatest ('top') is known then, nor in a unit of time ('day :') what is of which group. Ask without 'top', ordered by the column, or write the condition into the formula.")
                            .offering("sum(... where convert(x, 'USD') > 100 : ...)"));
        }
    }

    /** Rates are of days: within one an edge is before and after what holds from it on. */
    private void checkDays(Expr expr, Scan scan, Scope scope, Place place, Set<Problem> problems) {
        Exprs.any(
                expr,
                part -> {
                    if (part instanceof Expr.Convert(_, _, _, AsOf.Edge(var edge, _), _)
                            && !isAtDay(edge, scan, scope)) {
                        problems.add(
                                Problem.of(
                                                ProblemCode.INCOMPATIBLE,
                                                place,
                                                "Rates are of days, and an amount is converted here at an edge of time that is no start of a day, or that is not known; say at which time.")
                                        .offering("as of fact", "as of now"));
                    }
                    return false;
                });
    }

    private boolean isAtDay(Expr.TimeEdge edge, Scan scan, Scope scope) {
        return (scan.window() != null && edge.of() == Expr.TimeEdge.Of.WINDOW)
                ? scan.window().edge(edge.end()).beginsDay()
                : scope.stretches(scan).stream().allMatch(stretch -> isAtDay(edge, stretch));
    }

    private boolean isAtDay(Expr.TimeEdge edge, Stretch stretch) {
        var at = edge.end() ? stretch.end() : stretch.start();
        var day = edge.end() ? stretch.endDate() : stretch.startDate();
        return at != null
                && day != null
                && (!plan.time().asOf().isAfter(at)
                        || day.atStartOfDay(zone).toInstant().equals(at));
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
        var own =
                leaf.type().unit() instanceof Unit.RowMoney(var field)
                                && scan.relation() instanceof Relation.Facts(var source, _, _, _)
                        ? Stream.of(new Amounts(leaf, scan, source, field))
                        : Stream.<Amounts>empty();
        return Stream.concat(own, leaves(read(leaf, scan), scan.relation().own()));
    }

    private static List<Expr> read(Leaf leaf, Scan scan) {
        var read =
                new ArrayList<Expr>(
                        List.of(leaf.where(), leaf.aggregation().value(), scan.where()));
        read.addAll(leaf.aggregation().besides());
        read.addAll(scan.keys());
        return read;
    }
}
