package dev.cairn.testkit.reference;

import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Output;
import dev.cairn.testkit.data.World;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Executes plans over a {@link World} in memory. Every row, total and page is worked out anew from all the facts. */
public final class ReferenceExecutor implements AnalysisExecutor {
    private final World world;
    private final Rules rules;
    private final Evaluation evaluation;
    private final Reasons reasons;
    private final Lacking lacking;

    public ReferenceExecutor(World world) {
        this(world, new Rules());
    }

    /** With other rules, to see what would come of them. */
    public ReferenceExecutor(World world, Rules rules) {
        this.world = world;
        this.rules = rules;
        this.evaluation = new Evaluation(rules);
        this.reasons = new Reasons(evaluation);
        this.lacking = new Lacking(evaluation);
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.ALL;
    }

    @Override
    public Map<String, LocalDate> coverageStarts(Set<String> sources, @Nullable Instant knownAt) {
        var known = knownAt == null ? world : world.knownAt(knownAt);
        var starts = new TreeMap<String, LocalDate>();
        for (var source : sources) {
            known.inForce(source).stream()
                    .map(fact -> world.dayOf(world.source(source), fact))
                    .min(LocalDate::compareTo)
                    .ifPresent(day -> starts.put(source, day));
        }
        return starts;
    }

    @Override
    public Answer execute(AnalysisPlan plan, Duration limit) {
        var cells = new Cells(world, plan, rules, evaluation, shown(plan));
        var order = new RowOrder(plan.page().order(), rules);
        var following =
                cells.of(RowKind.CELL).stream()
                        .filter(cell -> evaluation.keeps(having(plan, cell), cell))
                        .map(cell -> row(cell, plan))
                        .sorted(order.cells())
                        .filter(row -> order.isAfter(row, plan.page().after()))
                        .toList();
        var page = following.stream().limit(rules.limit(plan.page().limit())).toList();
        var rows = new ArrayList<>(page);
        if (plan.page().after() == null) {
            rows.addAll(totals(plan, cells, order));
        }
        return new Answer(
                rows,
                following.size() > page.size(),
                coverage(plan),
                plan.page().after() == null ? cells.tallies() : List.of(),
                "reference",
                world.catalog().version());
    }

    private Expr having(AnalysisPlan plan, Cell cell) {
        return rules.looksAtRatesOfCells() ? lacking.known(plan.having(), cell) : plan.having();
    }

    /** The keys of the groups with the greatest values in the whole range; null where all are shown. */
    private @Nullable Set<List<GroupValue>> shown(AnalysisPlan plan) {
        return plan.top() == null
                ? null
                : execute(rules.ranking(plan), Duration.ZERO).rows().stream()
                        .map(Answer.Row::keys)
                        .collect(Collectors.toSet());
    }

    private List<Answer.Row> totals(AnalysisPlan plan, Cells cells, RowOrder order) {
        return plan.kinds().stream()
                .filter(kind -> kind != RowKind.CELL)
                .flatMap(kind -> cells.of(kind).stream())
                .map(cell -> row(cell, plan))
                .sorted(order.totals())
                .toList();
    }

    private Answer.Row row(Cell cell, AnalysisPlan plan) {
        var values = plan.outputs().stream().map(output -> measured(output, plan, cell)).toList();
        return new Answer.Row(cell.kind(), cell.index(), cell.keys(), values);
    }

    private Measured measured(Output output, AnalysisPlan plan, Cell cell) {
        var missing = lacking.of(output.value(), cell);
        var value = missing.isEmpty() ? evaluation.value(output.value(), cell) : null;
        var absence =
                !missing.isEmpty()
                        ? Absence.NO_RATE
                        : value == null ? reasons.of(output.value(), cell) : null;
        var sample = output.sampleSize() == null ? null : number(output.sampleSize(), cell);
        return new Measured(
                value,
                number(output.numerator(), cell),
                number(output.denominator(), cell),
                sample == null ? null : sample.longValue(),
                absence,
                contributions(output, cell, missing.isEmpty()),
                List.copyOf(missing),
                apart(output, plan, cell, Leaf.Apart::pending).orElse(0L),
                apart(output, plan, cell, Leaf.Apart::completed).orElse(null),
                apart(output, plan, cell, Leaf.Apart::beginsBeforeData).orElse(0L) > 0,
                output.uncertainty(
                        absence,
                        computedOfSample(output, cell),
                        output.lifeTable() == null
                                ? null
                                : (String) evaluation.value(output.lifeTable(), cell)));
    }

    private List<Measured.Contribution> contributions(Output output, Cell cell, boolean areKnown) {
        return output.parts().stream()
                .map(part ->
                        new Measured.Contribution(
                                part.name(), areKnown ? number(part.contribution(), cell) : null))
                .toList();
    }

    private List<@Nullable Number> computedOfSample(Output output, Cell cell) {
        var computed = new ArrayList<@Nullable Number>();
        output.computedOfSample().forEach(expr -> computed.add(number(expr, cell)));
        return computed;
    }

    /** The most of it that is counted beside a leaf; empty where it is beside none. */
    private static Optional<Long> apart(
            Output output,
            AnalysisPlan plan,
            Cell cell,
            Function<Leaf.Apart, @Nullable Integer> counted) {
        return Reads.leavesIn(output.value())
                .map(leaf -> plan.leaves().get(leaf.leaf()).apart())
                .filter(Objects::nonNull)
                .flatMap(apart -> Stream.ofNullable(counted.apply(apart)))
                .map(leaf -> Cells.count(cell.leaves().get(leaf)).longValueExact())
                .max(Long::compare);
    }

    private @Nullable Number number(@Nullable Expr expr, Cell cell) {
        return expr == null || !lacking.of(expr, cell).isEmpty()
                ? null
                : (Number) evaluation.value(expr, cell);
    }

    private Map<String, Coverage> coverage(AnalysisPlan plan) {
        var coverage = new LinkedHashMap<String, Coverage>();
        var sources = new HashSet<>(Reads.sources(plan));
        if (plan.time().knownAt() != null) {
            sources.addAll(plan.cells().sourcesBeside());
        }
        sources.forEach(source ->
                rules.coverage(world, source, plan)
                        .ifPresent(known -> coverage.put(source, known)));
        return coverage;
    }

    @Override
    public String describe(AnalysisPlan plan) {
        var lines = new ArrayList<String>();
        lines.add(
                "for each of %d buckets from %s to %s, known as of %s"
                        .formatted(
                                plan.time().buckets().size(),
                                plan.time().whole().start(),
                                plan.time().whole().end(),
                                plan.time().asOf()));
        for (int i = 0; i < plan.scans().size(); i++) {
            lines.add("scan %d: %s".formatted(i, plan.scans().get(i)));
        }
        for (int i = 0; i < plan.leaves().size(); i++) {
            lines.add("leaf %d: %s".formatted(i, plan.leaves().get(i)));
        }
        plan.outputs()
                .forEach(output -> lines.add("%s: %s".formatted(output.column(), output.value())));
        lines.add(
                "having %s order %s limit %d after %s"
                        .formatted(
                                plan.having(),
                                plan.page().order(),
                                plan.page().limit(),
                                Objects.toString(plan.page().after())));
        return String.join("\n", lines);
    }
}
