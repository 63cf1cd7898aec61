package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.lowering.Attributes;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Target.Goal;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.planner.Beside.NamedKey;
import dev.cairn.domain.planner.Standards.Standard;
import dev.cairn.domain.standing.Attainment;
import dev.cairn.domain.standing.RowScope;
import dev.cairn.domain.standing.TargetStatus;
import dev.cairn.domain.standing.TargetsOfMetric;
import dev.cairn.domain.standing.TargetsOfMetric.Applied;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.BusinessCalendar;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says of each value how it stands to its target and its baseline. One answer's: it remembers which were used. */
final class Standings {
    /** Code of the notice which targets values stand beside, and from what they are near. */
    static final String TARGETS = "TARGETS";

    /** Code of the notice that no target applies to any of a column's values. */
    static final String NO_TARGET = "NO_TARGET";

    /** A value that no name is. */
    private static final String ANOTHER = "\u0000";

    private final Planned.Ready ready;
    private final List<TargetsOfMetric> targets;
    private final List<String> dimensions;
    private final Map<Integer, Set<Target>> used = new HashMap<>();
    private final Map<Integer, BaselineStandings> baselines = new TreeMap<>();

    Standings(Planned.Ready ready, ZoneId zone) {
        this.ready = ready;
        var calendar = new BusinessCalendar(zone);
        var outputs = ready.standards().ofOutputs();
        var found = new ArrayList<TargetsOfMetric>();
        for (int at = 0; at < outputs.size(); at++) {
            found.add(
                    new TargetsOfMetric(
                            outputs.get(at).map(Standard::targets).orElse(List.of()),
                            addsUp(ready.plan().outputs().get(at).value(), ready.plan()),
                            calendar,
                            ready.standards().weekStarts()));
            kept(outputs.get(at).orElse(null), at, zone);
        }
        this.targets = List.copyOf(found);
        this.dimensions = dimensions(ready.plan());
    }

    private void kept(@Nullable Standard standard, int output, ZoneId zone) {
        if (standard != null && standard.baselines() != null) {
            baselines.put(
                    output, new BaselineStandings(standard, standard.baselines(), ready, zone));
        }
    }

    /** Beside the value of an output, in the order of {@link Standard#columns}. */
    List<Cell> cells(int output, Answer.Row row, Measured measured, Set<Incomplete> incomplete) {
        var standards = ready.standards().ofOutputs();
        var standard = standards.isEmpty() ? null : standards.get(output).orElse(null);
        if (standard == null) {
            return List.of();
        }
        var cells = new ArrayList<Cell>();
        if (!standard.metric().bands().isEmpty()) {
            cells.add(new Cell.Standing(band(standard.metric().bands(), measured)));
        }
        var bucket = ready.plan().time().bucket(row.bucket());
        if (!standard.targets().isEmpty()) {
            var applied = targets.get(output).of(scope(row), bucket).orElse(null);
            if (applied != null) {
                used.computeIfAbsent(output, _ -> new LinkedHashSet<>()).addAll(applied.of());
            }
            cells.addAll(cells(standard, applied, measured, incomplete));
        }
        var kept = baselines.get(output);
        if (kept != null && standard.hasKept()) {
            cells.addAll(kept.cells(scope(row), bucket, measured, incomplete.isEmpty()));
        }
        return cells;
    }

    private static List<Cell> cells(
            Standard standard,
            @Nullable Applied applied,
            Measured measured,
            Set<Incomplete> incomplete) {
        var attainment =
                applied != null && measured.value() instanceof Number actual
                        ? Attainment.of(
                                actual.doubleValue(),
                                applied.goal(),
                                standard.metric().direction(),
                                applied.baseline())
                        : null;
        var cells = new ArrayList<Cell>();
        cells.add(new Cell.Standing(applied == null ? null : least(applied.goal())));
        if (standard.hasIntervals()) {
            cells.add(
                    new Cell.Standing(
                            applied != null && applied.goal() instanceof Goal.Between(_, var most)
                                    ? most
                                    : null));
        }
        cells.add(new Cell.Standing(attainment == null ? null : attainment.ratio()));
        if (standard.hasBaselines()) {
            cells.add(new Cell.Standing(attainment == null ? null : attainment.progress()));
        }
        var status = applied == null ? null : status(applied, attainment, measured, incomplete);
        cells.add(new Cell.Standing(status == null ? null : status.name()));
        return cells;
    }

    /** Null where there is no value. */
    private static @Nullable String band(List<Band> bands, Measured measured) {
        if (!(measured.value() instanceof Number value)) {
            return null;
        }
        var exact =
                value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
        return bands.stream()
                .filter(band -> band.below() == null || exact.compareTo(band.below()) < 0)
                .findFirst()
                .map(Band::name)
                .orElse(null);
    }

    private static BigDecimal least(Goal goal) {
        return switch (goal) {
            case Goal.Reach(var value) -> value;
            case Goal.Between(var least, _) -> least;
        };
    }

    /** Null where there is no value, and none is to be waited for. */
    private static @Nullable TargetStatus status(
            Applied applied,
            @Nullable Attainment attainment,
            Measured measured,
            Set<Incomplete> incomplete) {
        if (incomplete.stream().anyMatch(Incomplete.MAY_CHANGE::contains)
                || measured.absence() == Absence.NOT_YET) {
            return TargetStatus.NOT_YET;
        }
        if (attainment == null) {
            return null;
        }
        if (attainment.reached()) {
            return TargetStatus.MET;
        }
        if (applied.dueLater()) {
            return TargetStatus.NOT_YET;
        }
        return attainment.isNear(applied.near()) ? TargetStatus.NEAR : TargetStatus.MISSED;
    }

    private RowScope scope(Answer.Row row) {
        var question = ready.standards().question();
        if (!row.kind().hasGroups()) {
            return new RowScope(question.keys(), question.narrower() || isByTestMark());
        }
        var keys = new HashSet<>(question.keys());
        boolean narrower = question.narrower();
        for (int at = 0; at < row.keys().size(); at++) {
            if (!ready.plan().keys().get(at).shown()) {
                continue;
            }
            var key = row.keys().get(at);
            if (key.kind() == GroupValue.Kind.VALUE) {
                keys.add(new ScopeKey(dimensions.get(at), text(key)));
            } else {
                narrower = true;
            }
        }
        return new RowScope(keys, narrower);
    }

    /** What the cells stand beside of an output's targets; empty where there are too many cases. */
    Optional<Beside<FlatColumn.Aim>> targets(int output) {
        var standard = ready.standards().ofOutputs().get(output).orElseThrow();
        var named = standard.targets().stream().flatMap(target -> target.scope().stream()).toList();
        return beside(
                named,
                (rows, bucket) ->
                        targets.get(output)
                                .of(rows, bucket)
                                .map(applied -> aim(applied, standard.metric().direction())));
    }

    private static FlatColumn.Aim aim(Applied applied, Direction direction) {
        boolean isUpward = Attainment.isUpward(applied.goal(), direction, applied.baseline());
        return new FlatColumn.Aim(
                applied.goal(), applied.baseline(), applied.near(), applied.dueLater(), isUpward);
    }

    /** The same of its baselines. */
    Optional<Beside<BigDecimal>> baselines(int output) {
        var kept = Objects.requireNonNull(baselines.get(output));
        return beside(kept.named(), (rows, bucket) -> kept.of(rows, bucket).map(Baseline::value));
    }

    private <T> Optional<Beside<T>> beside(
            List<ScopeKey> named, BiFunction<RowScope, Bucket, Optional<T>> of) {
        var keys = new ArrayList<NamedKey>();
        var plan = ready.plan();
        int buckets = plan.time().buckets().size();
        long cases = buckets;
        for (int at = 0; at < plan.keys().size(); at++) {
            if (plan.keys().get(at).shown()) {
                var dimension = dimensions.get(at);
                var values =
                        named.stream()
                                .filter(key -> key.dimension().equals(dimension))
                                .map(ScopeKey::value)
                                .distinct()
                                .toList();
                keys.add(new NamedKey(at, values));
                cases = Math.multiplyExact(Math.min(cases, Beside.MOST + 1), values.size() + 2);
            }
        }
        if (cases > Beside.MOST) {
            return Optional.empty();
        }
        var which = new ArrayList<Integer>();
        var found = new ArrayList<T>();
        for (int bucket = 0; bucket < buckets; bucket++) {
            for (var groups : groups(keys)) {
                var row = new Answer.Row(RowKind.CELL, bucket, groups, List.of());
                which.add(
                        of.apply(scope(row), plan.time().bucket(bucket))
                                .map(one -> place(found, one))
                                .orElse(0));
            }
        }
        return Optional.of(new Beside<>(keys, which, found));
    }

    private static <T> int place(List<T> found, T one) {
        if (!found.contains(one)) {
            found.add(one);
        }
        return found.indexOf(one) + 1;
    }

    /** The groups of a row in each place of each key, the last key's next to each other. */
    private List<List<GroupValue>> groups(List<NamedKey> keys) {
        var none = ready.plan().keys().stream().map(_ -> GroupValue.NONE).toList();
        var all = List.<List<GroupValue>>of(none);
        for (var key : keys) {
            var values =
                    Stream.concat(key.values().stream(), Stream.of(ANOTHER)).map(GroupValue::of);
            var places = Stream.concat(values, Stream.of(GroupValue.NONE)).toList();
            all =
                    all.stream()
                            .flatMap(groups ->
                                    places.stream().map(value -> with(groups, key, value)))
                            .toList();
        }
        return all;
    }

    private static List<GroupValue> with(List<GroupValue> groups, NamedKey key, GroupValue value) {
        var changed = new ArrayList<>(groups);
        changed.set(key.at(), value);
        return List.copyOf(changed);
    }

    /** Whether a key asks for test accounts in the whole question, which no target or baseline is of without saying so. */
    private boolean isByTestMark() {
        return ready.plan().cells().scans().stream()
                .flatMap(scan -> scan.keys().stream())
                .anyMatch(key ->
                        ready.standards().testMarks().stream()
                                .anyMatch(mark -> Attributes.reads(key, mark)));
    }

    private static String text(GroupValue key) {
        return key.value() instanceof BigDecimal number
                ? number.stripTrailingZeros().toPlainString()
                : Objects.toString(key.value());
    }

    /** The full name of what each key reads, where all scans read the same; else as the question has it. */
    private static List<String> dimensions(AnalysisPlan plan) {
        var names = new ArrayList<String>();
        for (int at = 0; at < plan.keys().size(); at++) {
            int key = at;
            var read =
                    plan.cells().scans().stream()
                            .filter(scan -> key < scan.keys().size())
                            .map(scan -> fullName(scan.keys().get(key)))
                            .collect(Collectors.toSet());
            var only = read.size() == 1 ? read.iterator().next() : "";
            names.add(only.isEmpty() ? plan.keys().get(at).column() : only);
        }
        return names;
    }

    /** Empty where it is no field, attribute or key alone, or an attribute as of another time than where nothing is said. */
    private static String fullName(Expr key) {
        if (key instanceof Expr.Attribute attribute) {
            return attribute.asOf() != null && attribute.asOf().isSaid()
                    ? ""
                    : attribute.entity().name() + "." + attribute.name();
        }
        if (key instanceof Expr.Field field) {
            return field.source() + "." + field.name();
        }
        return key instanceof Expr.Key(var entity) ? entity.name() : "";
    }

    /** Whether values of parts of a time add up to that of the whole: counts and sums of facts at their own time, added and subtracted. */
    private static boolean addsUp(Expr value, AnalysisPlan plan) {
        if (value instanceof Expr.LeafValue(int leaf, _)) {
            return addsUp(plan.leaves().get(leaf), plan);
        }
        if (value instanceof Expr.Negate(var operand)) {
            return addsUp(operand, plan);
        }
        return value instanceof Expr.Arithmetic(var operator, var left, var right, _)
                && (operator == Operator.ADD || operator == Operator.SUBTRACT)
                && addsUp(left, plan)
                && addsUp(right, plan);
    }

    private static boolean addsUp(Leaf leaf, AnalysisPlan plan) {
        var scan = plan.cells().scans().get(leaf.scan());
        return (leaf.aggregation() instanceof Aggregation.Count
                        || leaf.aggregation() instanceof Aggregation.Sum)
                && scan.reach() == 0
                && scan.window() == null
                && scan.relation() instanceof Relation.Facts(_, Placing.At _, var own, _)
                && own.scans().isEmpty();
    }

    /** Of each column with targets which of them its values stand beside; that none does is told too. */
    List<Notice> notices() {
        var notices = new ArrayList<Notice>();
        var standards = ready.standards().ofOutputs();
        for (int at = 0; at < standards.size(); at++) {
            int output = at;
            standards
                    .get(at)
                    .filter(Standard::asked)
                    .ifPresent(standard -> notices.add(notice(standard, output)));
        }
        baselines.values().forEach(kept -> notices.addAll(kept.notices()));
        return notices;
    }

    private Notice notice(Standard standard, int output) {
        var column = standard.column().key();
        var found = used.getOrDefault(output, Set.of());
        if (!found.isEmpty()) {
            return new Notice(
                    TARGETS,
                    "The targets of '%s': %s."
                            .formatted(column, words(found, standard.metric().direction())),
                    column);
        }
        return new Notice(
                NO_TARGET,
                standard.targets().isEmpty()
                        ? "Metric '%s' has no target.".formatted(standard.metric().name())
                        : "No target of '%s' is for these rows and times. A level holds for buckets within its period, an amount for exactly its rows and its time: %s."
                                .formatted(
                                        column,
                                        words(standard.targets(), standard.metric().direction())),
                column);
    }

    private static String words(Iterable<Target> targets, Direction direction) {
        var words = new ArrayList<String>();
        for (var target : targets) {
            words.add(
                    "%s (%s for %s, %s; near from %s of it)"
                            .formatted(
                                    target.name(),
                                    goal(target, direction),
                                    target.of(),
                                    target.period(),
                                    target.near().stripTrailingZeros().toPlainString()));
        }
        return String.join("; ", words);
    }

    private static String goal(Target target, Direction direction) {
        return switch (target.goal()) {
            case Goal.Between between -> between.text();
            case Goal.Reach reach -> {
                var baseline = target.baseline();
                boolean upward =
                        baseline == null
                                ? direction != Direction.LOWER
                                : reach.value().compareTo(baseline) > 0;
                yield reach.text()
                        + (upward ? " or more" : " or less")
                        + (baseline == null ? "" : ", on the way from " + baseline.toPlainString());
            }
        };
    }
}
