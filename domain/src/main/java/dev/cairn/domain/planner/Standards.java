package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Target.Goal;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.standing.RowScope;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a question stand beside: the targets of its metrics, and the baselines that were kept of them.
 *
 * @param ofOutputs one for each output; empty where nothing is to be said of it
 * @param question what its conditions leave of all rows
 * @param testMarks attributes that mark test accounts: totals of a question by one of them are of those too
 * @param scoped whether who asks sees only some accounts: he is told of no baseline
 */
record Standards(
        List<Optional<Standard>> ofOutputs,
        RowScope question,
        DayOfWeek weekStarts,
        boolean scoped,
        List<Expr> testMarks) {
    /** What the name of a metric's column ends with in the columns that say how it stands to its target. */
    static final String TARGET = ".target";

    static final String MOST = ".target.most";
    static final String ATTAINMENT = ".attainment";
    static final String PROGRESS = ".progress";
    static final String STATUS = ".status";

    /** What it ends with in the columns that say how far it is from its baseline. */
    static final String BASELINE = ".baseline";

    static final String DIFFERENCE = ".difference";
    static final String RELATIVE = ".relative";

    /** What it ends with in the columns that say whether that is more than chance. */
    static final String LOW = ".difference.low";

    static final String HIGH = ".difference.high";
    static final String P = ".difference.p";
    static final String VERDICT = ".difference.verdict";

    /** What it ends with in the column of its band. */
    static final String BAND = ".band";

    /** Of what is not judged. */
    static final Standards NONE =
            new Standards(
                    List.of(), new RowScope(Set.of(), false), DayOfWeek.MONDAY, false, List.of());

    Standards {
        ofOutputs = List.copyOf(ofOutputs);
        testMarks = List.copyOf(testMarks);
    }

    /**
     * What one column is judged by.
     *
     * @param column of the metric
     * @param targets all of the metric's, whichever of them apply
     * @param asked whether targets are asked for
     * @param baselines of the metric; null: they are not asked for
     * @param tested whether it is to be said how far values may be off, and so whether they differ from baselines beyond chance
     */
    record Standard(
            Column column,
            Metric metric,
            List<Target> targets,
            boolean asked,
            @Nullable KeptBaselines baselines,
            boolean tested) {
        Standard {
            targets = List.copyOf(targets);
        }

        boolean hasIntervals() {
            return targets.stream().anyMatch(target -> target.goal() instanceof Goal.Between);
        }

        boolean hasBaselines() {
            return targets.stream().anyMatch(target -> target.baseline() != null);
        }

        /** Whether a baseline was kept, whichever of them are compared with. */
        boolean hasKept() {
            return baselines != null && !baselines.all().isEmpty();
        }

        /** The columns beside its own, in the order of their cells. */
        List<Column> columns() {
            var columns = new ArrayList<Column>();
            if (!metric.bands().isEmpty()) {
                columns.add(beside(BAND, ValueType.TEXT, null, null));
            }
            if (!targets.isEmpty()) {
                columns.add(number(TARGET, column.unit(), column.currency()));
                if (hasIntervals()) {
                    columns.add(number(MOST, column.unit(), column.currency()));
                }
                columns.add(number(ATTAINMENT, MetricUnit.RATIO, null));
                if (hasBaselines()) {
                    columns.add(number(PROGRESS, MetricUnit.RATIO, null));
                }
                columns.add(beside(STATUS, ValueType.TEXT, null, null));
            }
            if (hasKept()) {
                columns.add(number(BASELINE, column.unit(), column.currency()));
                columns.add(number(DIFFERENCE, column.unit(), column.currency()));
                columns.add(number(RELATIVE, MetricUnit.RATIO, null));
                if (tested) {
                    columns.add(number(LOW, column.unit(), column.currency()));
                    columns.add(number(HIGH, column.unit(), column.currency()));
                    columns.add(number(P, null, null));
                    columns.add(beside(VERDICT, ValueType.TEXT, null, null));
                }
            }
            return columns;
        }

        private Column number(String suffix, @Nullable MetricUnit unit, @Nullable String currency) {
            return beside(suffix, ValueType.NUMBER, unit, currency);
        }

        private Column beside(
                String suffix,
                ValueType type,
                @Nullable MetricUnit unit,
                @Nullable String currency) {
            return new Column(
                    column.key() + suffix,
                    column.label() + suffix.replace('.', ' '),
                    Role.STANDARD,
                    type,
                    unit,
                    currency,
                    null,
                    (Direction) null);
        }
    }

    /**
     * Empty where nothing is said beside the metric.
     *
     * @param compared whether it is of the time that is compared with, which has bands, and neither targets nor baselines
     * @param caller whoever sees only some accounts is told of no baseline, and of targets of the company only: others name rows, which may be of
     *     accounts that he does not see
     */
    static Optional<Standard> of(
            AnalysisQuery query,
            AskedMetric asked,
            @Nullable Metric metric,
            Column column,
            boolean compared,
            Caller caller,
            Catalog catalog) {
        if (metric == null || column.valueType() != ValueType.NUMBER) {
            return Optional.empty();
        }
        boolean isOwn =
                !compared && asked.parameters().isEmpty() && isInForce(asked.metric(), catalog);
        boolean targets = query.targets() && isOwn;
        boolean isScoped = caller.access() != null;
        var kept =
                query.baselines() && isOwn
                        ? isScoped ? KeptBaselines.NONE : KeptBaselines.of(metric, catalog)
                        : null;
        if (!targets && kept == null && metric.bands().isEmpty()) {
            return Optional.empty();
        }
        var found =
                catalog.all(Target.class).stream()
                        .filter(_ -> targets)
                        .filter(target -> target.metric().equals(metric.name()))
                        .filter(target -> !isScoped || target.scope().isEmpty())
                        .toList();
        return Optional.of(new Standard(column, metric, found, targets, kept, query.uncertainty()));
    }

    private static boolean isInForce(MetricReference asked, Catalog catalog) {
        return switch (asked) {
            case MetricReference.ByKey _ -> true;
            case MetricReference.Pinned(var key, int version) ->
                    catalog.entry(key).filter(entry -> entry.version() == version).isPresent();
            case MetricReference.Inline _ -> false;
        };
    }

    /** What a question's conditions leave, as far as targets can say it: a value of a dimension by its full name. */
    static RowScope narrowed(AnalysisQuery query, Caller caller) {
        var keys = new HashSet<ScopeKey>();
        boolean narrower = caller.isScoped();
        if (query.filter() != null) {
            narrower |= !keysOf(query.filter(), keys);
        }
        if (query.where() != null) {
            narrower |=
                    !(FormulaParser.parse(query.where(), Place.NOWHERE)
                                    instanceof Parsed.Ok(var formula)
                            && keysOf(formula, keys));
        }
        if (query.cohort() instanceof CohortReference.ByKey(var key)) {
            keys.add(new ScopeKey(key, "true"));
        } else {
            narrower |= query.cohort() != null;
        }
        return new RowScope(keys, narrower);
    }

    /** Whether the condition is nothing but keys. */
    private static boolean keysOf(Filter filter, Set<ScopeKey> keys) {
        return switch (filter) {
            case Filter.All(var filters) ->
                    filters.stream().filter(each -> keysOf(each, keys)).count() == filters.size();
            case Filter.Where(var field, var operator, var values) -> {
                boolean isKey = operator == Operator.IN && values.size() == 1;
                if (isKey) {
                    keys.add(new ScopeKey(field, values.getFirst()));
                }
                yield isKey;
            }
            case Filter.Any _, Filter.Not _ -> false;
        };
    }

    private static boolean keysOf(Formula formula, Set<ScopeKey> keys) {
        if (formula instanceof Formula.And(var left, var right, _)) {
            boolean isLeft = keysOf(left, keys);
            boolean isRight = keysOf(right, keys);
            return isLeft && isRight;
        }
        if (formula
                        instanceof
                        Formula.Comparison(
                                var comparator,
                                Formula.Path path,
                                Formula.TextLiteral text,
                                _)
                && comparator == Formula.Comparator.EQUAL) {
            keys.add(new ScopeKey(path.text(), text.value()));
            return true;
        }
        return false;
    }
}
