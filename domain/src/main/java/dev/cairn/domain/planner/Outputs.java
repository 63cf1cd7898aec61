package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.ParameterValue;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Ratio;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.lowering.Frame;
import dev.cairn.domain.lowering.GivenValue;
import dev.cairn.domain.lowering.LeafCopy;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.Level;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.lowering.NamedPart;
import dev.cairn.domain.lowering.ParameterValues;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.lowering.ResolvedMetrics.Resolved;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lowers the metrics that a question asks for. */
final class Outputs {
    /** What the name of a dimension ends with in the column that says what its key is. */
    static final String KEY_KIND = ".kind";

    /** What the name of a metric's column ends with where it is of the time that is compared with. */
    static final String COMPARED = ".compared";

    private final AnalysisQuery query;
    private final ResolvedMetrics metrics;
    private final Lowering lowering;
    private final Cancellation cancellation;
    private final Caller caller;

    Outputs(
            AnalysisQuery query,
            ResolvedMetrics metrics,
            Lowering lowering,
            Cancellation cancellation,
            Caller caller) {
        this.query = query;
        this.metrics = metrics;
        this.lowering = lowering;
        this.cancellation = cancellation;
        this.caller = caller;
    }

    /** An output and how it is shown. */
    record Shown(Output output, Column column, Optional<Standards.Standard> standard) {
        /** Its own column and those beside it. */
        List<Column> columns() {
            var columns = new ArrayList<>(List.of(column));
            standard.ifPresent(found -> columns.addAll(found.columns()));
            return columns;
        }
    }

    /** The name that the column of a metric has, or would have; empty where none was given. */
    static String columnOf(AskedMetric asked) {
        if (asked.as() != null) {
            return asked.as();
        }
        return switch (asked.metric()) {
            case MetricReference.ByKey(var key) -> key + text(asked.parameters());
            case MetricReference.Pinned(var key, _) -> key + text(asked.parameters());
            case MetricReference.Inline _ -> "";
        };
    }

    /** {@code (goal: 5)}; of two values two columns. */
    private static String text(List<ParameterValue> values) {
        return values.isEmpty()
                ? ""
                : values.stream()
                        .map(value -> value.name() + ": " + value.value())
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /**
     * A metric that is asked for, resolved alone: before it is known what else the question reads.
     *
     * @param value broken where there is a problem, which is told
     * @param leaves that it reads, under none of the question's conditions
     * @param parts what each part of a score adds to it
     */
    record Alone(
            AskedMetric asked,
            @Nullable Metric metric,
            Expr value,
            Leaves leaves,
            List<NamedPart> parts) {
        /** No score. */
        Alone(AskedMetric asked, @Nullable Metric metric, Expr value, Leaves leaves) {
            this(asked, metric, value, leaves, List.of());
        }

        boolean isSound() {
            return !value.type().isBroken()
                    && value.type().kind() != Type.Kind.NONE
                    && !Exprs.any(value, part -> part.type().isBroken());
        }
    }

    /** What is wrong with the metric itself is told. */
    Alone resolve(AskedMetric asked, Place place) {
        var leaves = new Leaves(Leaves.Binder.OF_MEMBER);
        var frame = Frame.of(new Level.Cell(leaves), place.then("metric"));
        checkSettings(asked, place);
        return switch (asked.metric()) {
            case MetricReference.ByKey(var key) ->
                    ofCatalog(
                            lowering.catalog().entry(key), key, "key", asked, place, frame, leaves);
            case MetricReference.Pinned(var key, int version) ->
                    ofCatalog(
                            lowering.catalog().metricAt(key, version),
                            key,
                            "pinned",
                            asked,
                            place,
                            frame,
                            leaves);
            case MetricReference.Inline(var formula) -> {
                var at =
                        Frame.of(
                                new Level.Cell(leaves),
                                place.then("metric", "formula"),
                                asked.emptyIsNone());
                var value = lowering.formula(formula, at);
                yield alone(asked, null, value, at, leaves, lowering.partsOf(value, leaves));
            }
        };
    }

    /** What is asked beside the metric must go with it. */
    private void checkSettings(AskedMetric asked, Place place) {
        boolean isFormula = asked.metric() instanceof MetricReference.Inline;
        if (columnOf(asked).isBlank()) {
            lowering.broken(
                    Problem.of(
                            ProblemCode.MISSING,
                            place.then("as"),
                            "The column of a formula needs a name."));
        }
        if (asked.emptyIsNone() && !isFormula) {
            lowering.broken(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            place.then("emptyIsNone"),
                            "A metric of the catalogue says itself whether nothing is 0 or no value ('empty: none' in its definition)."));
        }
        if (!asked.parameters().isEmpty() && isFormula) {
            lowering.broken(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            place.then("params"),
                            "Only a metric of the catalogue has parameters; a formula says its values itself."));
        }
    }

    private Alone ofCatalog(
            Optional<Entry> found,
            String key,
            String input,
            AskedMetric asked,
            Place place,
            Frame frame,
            Leaves leaves) {
        var metric = found.filter(entry -> entry.definition() instanceof Metric);
        var at = Frame.of(frame.level(), frame.place().then(input));
        if (metric.isEmpty()) {
            return new Alone(asked, null, unknown(key, at), leaves);
        }
        var definition = (Metric) metric.get().definition();
        var values = given(definition, asked, place);
        if (values.isEmpty()) {
            return new Alone(asked, definition, Expr.BROKEN, leaves);
        }
        // What is kept has every parameter as it is by default.
        var kept =
                asked.parameters().isEmpty()
                        ? metrics.find(metric.get(), query.zone(), query.weekBegins(), cancellation)
                        : Optional.<Resolved>empty();
        if (kept.isEmpty()) {
            var value = lowering.metric(metric.get(), values.get(), at, Span.NOWHERE);
            return alone(asked, definition, value, at, leaves, lowering.partsOf(value, leaves));
        }
        lowering.undated(kept.get().undated());
        lowering.given(kept.get().given());
        boolean fits = lowering.counts(kept.get().pieces(), at, Span.NOWHERE);
        return alone(
                asked,
                definition,
                fits ? kept.get().value() : Expr.BROKEN,
                at,
                kept.get().leaves(),
                kept.get().parts());
    }

    /** The values of the metric's parameters; empty where one has a problem, which is told. */
    private Optional<ParameterValues> given(Metric metric, AskedMetric asked, Place place) {
        var values = ParameterValues.defaultsOf(metric);
        var problems = new ArrayList<Problem>();
        for (int at = 0; at < asked.parameters().size(); at++) {
            var parameter = asked.parameters().get(at);
            var here = place.then("params", Integer.toString(at));
            values.give(parameter.name(), parameter.value(), here.then("name"), here.then("value"))
                    .ifPresent(problems::add);
        }
        problems.forEach(lowering::broken);
        lowering.given(
                asked.parameters().stream()
                        .map(value -> new GivenValue(metric.name(), value.name(), value.value()))
                        .collect(Collectors.toSet()));
        return problems.isEmpty() ? Optional.of(values) : Optional.empty();
    }

    private static String label(AskedMetric asked, @Nullable Metric metric) {
        if (metric == null) {
            return columnOf(asked);
        }
        return metric.parameters().isEmpty()
                ? metric.label()
                : metric.label() + " " + text(inForce(metric, asked));
    }

    /** All parameters, in the order of their declaration. */
    private static List<ParameterValue> inForce(Metric metric, AskedMetric asked) {
        return metric.parameters().stream()
                .map(parameter ->
                        asked.parameters().stream()
                                .filter(value -> value.name().equals(parameter.name()))
                                .findFirst()
                                .orElseGet(() ->
                                        new ParameterValue(
                                                parameter.name(), parameter.defaultValue())))
                .toList();
    }

    private Alone alone(
            AskedMetric asked,
            @Nullable Metric metric,
            Expr value,
            Frame at,
            Leaves leaves,
            List<NamedPart> parts) {
        if (value.type().kind() == Type.Kind.NONE) {
            lowering.broken(
                    Problem.of(
                            ProblemCode.TYPE_MISMATCH,
                            at.place(),
                            "The formula never has a value."));
        }
        return new Alone(asked, metric, value, leaves, parts);
    }

    private Expr unknown(String key, Frame at) {
        boolean otherVersion = lowering.catalog().metric(key).isPresent();
        return otherVersion
                ? lowering.broken(
                        Problem.of(
                                ProblemCode.UNKNOWN_METRIC,
                                at.place(),
                                "Metric '%s' has no such version; the newest is %d.",
                                key,
                                lowering.catalog().entry(key).orElseThrow().version()))
                : lowering.unknown(
                        Problem.of(ProblemCode.UNKNOWN_METRIC, at.place(), "No metric '%s'.", key),
                        key,
                        () -> lowering.catalog().names(Metric.class));
    }

    /** Among the leaves of a question; empty where there is a problem, which is told. */
    Optional<Shown> shown(Alone alone, Leaves leaves) {
        if (!alone.isSound()) {
            return Optional.empty();
        }
        return Optional.of(shown(alone, leaves, copy(alone, leaves, false), "", ""));
    }

    /** The same of the time that the question compares with. */
    Optional<Shown> compared(Alone alone, Place place, Leaves leaves) {
        if (!alone.isSound()) {
            return Optional.empty();
        }
        return Optional.of(shown(alone, leaves, copy(alone, leaves, true), COMPARED, ", compared"));
    }

    private LeafCopy copy(Alone alone, Leaves leaves, boolean inComparison) {
        return LeafCopy.ofFormula(
                alone.leaves(),
                leaves,
                new LeafCopy.Pieces(
                        (_, value) -> lowering.common(value),
                        lowering.links()::seen,
                        lowering.links()::seenOfNobody,
                        lowering.links()::pointing,
                        lowering::asOf),
                inComparison,
                readsStates());
    }

    /** Attributes with a history, and cohorts by a rule. */
    private boolean readsStates() {
        return lowering.attributes().haveHistory()
                || query.cohort() instanceof AnalysisQuery.CohortReference.Rule
                || lowering.catalog().all(Cohort.class).stream()
                        .anyMatch(cohort -> cohort.members() instanceof Cohort.Members.Rule);
    }

    private Shown shown(
            Alone alone, Leaves leaves, LeafCopy copy, String suffix, String labelSuffix) {
        String key = columnOf(alone.asked()) + suffix;
        if (copy.readsStatesAtSeveralInstants()) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    Place.of("metrics"),
                                    "'%s' reads who is in a cohort in parts that would read it at different times; say as of when.",
                                    key)
                            .offering("as of start", "as of end", "as of now"));
        }
        var value = leaves.planned(copy.of(alone.value()));
        var ratio = Ratio.of(value);
        var output =
                new Output(
                        key,
                        value,
                        ratio == null ? null : ratio.numerator(),
                        ratio == null ? null : ratio.denominator(),
                        leaves.sampleOf(value),
                        leaves.readsOf(value),
                        alone.parts().stream()
                                .map(part ->
                                        new Output.Part(
                                                part.name(),
                                                leaves.planned(copy.of(part.contribution()))))
                                .toList(),
                        query.uncertainty()
                                ? new Samplings(leaves, alone.leaves().areClustered()).of(value)
                                : null);
        var label = label(alone.asked(), alone.metric()) + labelSuffix;
        var column = column(key, label, value, alone.metric());
        return new Shown(
                output,
                column,
                Standards.of(
                        query,
                        alone.asked(),
                        alone.metric(),
                        column,
                        !suffix.isEmpty(),
                        caller,
                        lowering.catalog()));
    }

    private static Column column(String key, String label, Expr value, @Nullable Metric metric) {
        var declared = metric == null ? null : metric.unit();
        String currency = value.type().unit() instanceof Unit.Money(var code) ? code : null;
        return new Column(
                key,
                label,
                Role.MEASURE,
                value.type().shownAs(),
                declared != null ? declared : unit(value),
                currency,
                metric == null ? null : metric.name(),
                metric == null ? null : metric.direction());
    }

    static @Nullable MetricUnit unit(Expr value) {
        if (value instanceof Expr.Share) {
            return MetricUnit.RATIO;
        }
        if (value instanceof Expr.Call(var function, var arguments, _)
                && function == Function.IF_ENOUGH) {
            return unit(arguments.getFirst());
        }
        return switch (value.type().unit()) {
            case Unit.Count _ -> MetricUnit.COUNT;
            case Unit.Money _, Unit.RowMoney _ -> MetricUnit.MONEY;
            case Unit.Elapsed _ -> MetricUnit.DURATION;
            case Unit.Plain _ -> null;
        };
    }

    static Column keyKind(String dimension) {
        return new Column(
                dimension + KEY_KIND,
                dimension + KEY_KIND,
                Role.KEY_KIND,
                ValueType.TEXT,
                null,
                null,
                null,
                (Direction) null);
    }

    static Column dimension(String key, String label, Type type) {
        return new Column(
                key, label, Role.DIMENSION, type.shownAs(), null, null, null, (Direction) null);
    }
}
