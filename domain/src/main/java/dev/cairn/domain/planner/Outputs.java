package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Function;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.lowering.Frame;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.Level;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lowers the metrics that a question asks for. */
final class Outputs {
    /** What the name of a dimension ends with in the column that says what its key is. */
    static final String KEY_KIND = ".kind";

    private final Lowering lowering;

    Outputs(Lowering lowering) {
        this.lowering = lowering;
    }

    /** An output and how it is shown. */
    record Shown(Output output, Column column) {}

    /** The name that the column of a metric has, or would have; empty where none was given. */
    static String columnOf(AskedMetric asked) {
        if (asked.as() != null) {
            return asked.as();
        }
        return switch (asked.metric()) {
            case MetricReference.ByKey(var key) -> key;
            case MetricReference.Pinned(var key, _) -> key;
            case MetricReference.Inline _ -> "";
        };
    }

    /** Empty where there is a problem, which is told. */
    Optional<Shown> lower(AskedMetric asked, Place place, Leaves leaves) {
        var frame = Frame.of(new Level.Cell(leaves), place.then("metric"));
        if (columnOf(asked).isBlank()) {
            lowering.broken(
                    Problem.of(
                            ProblemCode.MISSING,
                            place.then("as"),
                            "The column of a formula needs a name."));
        }
        if (asked.emptyIsNone() && !(asked.metric() instanceof MetricReference.Inline)) {
            lowering.broken(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            place.then("emptyIsNone"),
                            "A metric of the catalogue says itself whether nothing is 0 or no value ('empty: none' in its definition)."));
        }
        return switch (asked.metric()) {
            case MetricReference.ByKey(var key) ->
                    ofCatalog(lowering.catalog().entry(key), key, "key", asked, frame, leaves);
            case MetricReference.Pinned(var key, int version) ->
                    ofCatalog(
                            lowering.catalog().metricAt(key, version),
                            key,
                            "pinned",
                            asked,
                            frame,
                            leaves);
            case MetricReference.Inline(var formula) -> {
                var at =
                        Frame.of(
                                new Level.Cell(leaves),
                                place.then("metric", "formula"),
                                Map.of(),
                                asked.emptyIsNone());
                yield shown(columnOf(asked), lowering.formula(formula, at), null, at, leaves);
            }
        };
    }

    private Optional<Shown> ofCatalog(
            Optional<Entry> found,
            String key,
            String input,
            AskedMetric asked,
            Frame frame,
            Leaves leaves) {
        var metric = found.filter(entry -> entry.definition() instanceof Metric);
        var place = frame.place().then(input);
        if (metric.isEmpty()) {
            boolean otherVersion = lowering.catalog().metric(key).isPresent();
            if (otherVersion) {
                lowering.broken(
                        Problem.of(
                                ProblemCode.UNKNOWN_METRIC,
                                place,
                                "Metric '%s' has no such version; the newest is %d.",
                                key,
                                lowering.catalog().entry(key).orElseThrow().version()));
            } else {
                lowering.unknown(
                        Problem.of(ProblemCode.UNKNOWN_METRIC, place, "No metric '%s'.", key),
                        key,
                        () -> lowering.catalog().names(Metric.class));
            }
            return Optional.empty();
        }
        var at = Frame.of(frame.level(), place);
        var value = lowering.metric(metric.get(), at, Span.NOWHERE);
        return shown(columnOf(asked), value, (Metric) metric.get().definition(), at, leaves);
    }

    private Optional<Shown> shown(
            String key, Expr value, @Nullable Metric metric, Frame frame, Leaves leaves) {
        if (value.type().isBroken() || Exprs.any(value, part -> part.type().isBroken())) {
            return Optional.empty();
        }
        if (value.type().kind() == Type.Kind.NONE) {
            lowering.broken(
                    Problem.of(
                            ProblemCode.TYPE_MISMATCH,
                            frame.place(),
                            "The formula never has a value."));
            return Optional.empty();
        }
        var ratio = outermostDivision(value);
        var sample = ratio == null ? null : leaves.sampleOf(ratio.denominator());
        var output =
                new Output(
                        key,
                        value,
                        ratio == null ? null : ratio.numerator(),
                        ratio == null ? null : ratio.denominator(),
                        sample != null ? sample : leaves.sampleOf(value),
                        leaves.readsOf(value));
        return Optional.of(new Shown(output, column(key, value, metric)));
    }

    private record Ratio(Expr numerator, Expr denominator) {}

    /** The division that a value is, looking through constant factors and rounding; null where it is none. */
    private static @Nullable Ratio outermostDivision(Expr value) {
        return switch (value) {
            case Expr.Share(var matching, var rows) -> new Ratio(matching, rows);
            case Expr.Common common -> outermostDivision(common.value());
            case Expr.Negate(var operand) -> outermostDivision(operand);
            case Expr.Call(var function, var arguments, _) ->
                    function == Function.ROUND ? outermostDivision(arguments.getFirst()) : null;
            case Expr.Arithmetic(var operator, var left, var right, _) ->
                    switch (operator) {
                        case ADD, SUBTRACT -> null;
                        case MULTIPLY -> {
                            if (Exprs.isConstant(left)) {
                                yield outermostDivision(right);
                            }
                            yield Exprs.isConstant(right) ? outermostDivision(left) : null;
                        }
                        case DIVIDE ->
                                Exprs.isConstant(right)
                                        ? outermostDivision(left)
                                        : new Ratio(left, right);
                    };
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.LeafValue _,
                    Expr.BucketEdge _,
                    Expr.Compare _,
                    Expr.Is _,
                    Expr.And _,
                    Expr.Or _,
                    Expr.Not _,
                    Expr.In _,
                    Expr.Case _ ->
                    null;
        };
    }

    private static Column column(String key, Expr value, @Nullable Metric metric) {
        var declared = metric == null ? null : metric.unit();
        String currency = value.type().unit() instanceof Unit.Money(var code) ? code : null;
        return new Column(
                key,
                metric == null ? key : metric.label(),
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
        return switch (value.type().unit()) {
            case Unit.Count _ -> MetricUnit.COUNT;
            case Unit.Money _ -> MetricUnit.MONEY;
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

    static Column dimension(String key, Type type) {
        return new Column(
                key, key, Role.DIMENSION, type.shownAs(), null, null, null, (Direction) null);
    }
}
