package dev.cairn.domain.guard;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.FormulaPieces;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.RelationClause.Timing;
import dev.cairn.domain.formula.Window;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import java.util.ArrayDeque;
import java.util.Deque;

/** Which metrics have more the longer one counts: counts and sums of what happened, and what is computed of them; not shares, averages, or what holds at a moment. In doubt they have. */
public final class Flows {
    private final Catalog catalog;
    private final Deque<String> open = new ArrayDeque<>();

    private Flows(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Whether a metric has more in a longer time, were every day alike. */
    public static boolean isFlow(Metric metric, Catalog catalog) {
        return new Flows(catalog).metric(metric);
    }

    private boolean metric(Metric metric) {
        if (open.contains(metric.name())) {
            return false;
        }
        open.push(metric.name());
        boolean isFlow =
                FormulaParser.parse(metric.formula(), Place.NOWHERE) instanceof Parsed.Ok(var tree)
                        && isFlow(tree);
        open.pop();
        return isFlow;
    }

    private boolean named(String name) {
        return catalog.find(name, Metric.class).map(this::metric).orElse(false);
    }

    private boolean isFlow(Formula formula) {
        if (formula instanceof Formula.Path path) {
            return path.names().size() == 1 && named(path.text());
        }
        if (formula instanceof Formula.Call call && catalog.metric(call.name()).isPresent()) {
            return named(call.name());
        }
        if (formula
                instanceof Formula.Arithmetic(Formula.Operator operator, var left, var right, _)) {
            return operator == Formula.Operator.DIVIDE
                    ? isFlow(left) != isFlow(right)
                    : isFlow(left) || isFlow(right);
        }
        if (formula instanceof Formula.Over(var operand, var window, _)) {
            return isOfTheQuestion(window) && isFlow(operand);
        }
        if (formula instanceof Formula.Only(var operand, _, _)) {
            return isFlow(operand);
        }
        if (formula instanceof Formula.Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (formula instanceof Formula.Survival || formula instanceof Formula.Conversion) {
            return false;
        }
        return FormulaPieces.of(formula).stream().anyMatch(this::isFlow);
    }

    /** Of members there are no more in a longer time, and each may have more. */
    private boolean aggregate(Formula.Aggregate aggregate) {
        if (isOfMembers(aggregate.relation())) {
            return aggregate.value() != null && isFlow(aggregate.value());
        }
        return adds(aggregate.function())
                && !(aggregate.relation().timing() instanceof Timing.At)
                && !(aggregate.relation().timing() instanceof Timing.During);
    }

    private boolean isOfMembers(RelationClause relation) {
        return relation.head() instanceof Head.Named named
                && named.path().names().size() == 1
                && (named.name().equals(EntityRef.ACCOUNT.name())
                        || named.name().equals(EntityRef.USER.name())
                        || catalog.find(named.name(), Entity.class).isPresent());
    }

    private static boolean adds(AggregateFunction function) {
        return switch (function) {
            case AggregateFunction.Named named ->
                    switch (named) {
                        case COUNT, DISTINCT, SUM -> true;
                        case AVG, MIN, MAX, FIRST, LAST, MEDIAN, SHARE, EXISTS, STDDEV -> false;
                    };
            case AggregateFunction.Percentile _ -> false;
        };
    }

    private static boolean isOfTheQuestion(Window window) {
        return switch (window) {
            case Window.ToDate _, Window.QuestionRange _ -> true;
            case Window.Last _, Window.All _, Window.Onward _, Window.Ever _, Window.Relative _ ->
                    false;
        };
    }
}
