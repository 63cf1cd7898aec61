package dev.cairn.domain.formula;

import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.RelationClause.Steps;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Copies a formula with other pieces in place of those right inside it. Paths that are no values, such as what a window is relative to, stay as they stand.
 *
 * @param formulas what stands in the place of a formula
 * @param relations what stands in the place of what an aggregate reads
 * @param spans what stands in the place of a length of time
 */
public record FormulaRewriter(
        UnaryOperator<Formula> formulas,
        UnaryOperator<RelationClause> relations,
        UnaryOperator<TimeSpan> spans) {
    /** The same formula, made of other pieces. */
    public Formula copy(Formula formula) {
        return switch (formula) {
            case Formula.NumberLiteral _,
                    Formula.TextLiteral _,
                    Formula.BooleanLiteral _,
                    Formula.DateLiteral _,
                    Formula.InstantLiteral _,
                    Formula.NoneLiteral _,
                    Formula.GrainName _,
                    Formula.Path _,
                    Formula.PathAsOf _,
                    Formula.BucketEdge _,
                    Formula.WindowEdge _,
                    Formula.Age _ ->
                    formula;
            case Formula.SpanLiteral(var value, var span) ->
                    new Formula.SpanLiteral(rewrite(value), span);
            case Formula.Let(var bindings, var body, var span) ->
                    new Formula.Let(
                            bindings.stream().map(this::rewrite).toList(), rewrite(body), span);
            case Formula.And(var left, var right, var span) ->
                    new Formula.And(rewrite(left), rewrite(right), span);
            case Formula.Or(var left, var right, var span) ->
                    new Formula.Or(rewrite(left), rewrite(right), span);
            case Formula.Not(var operand, var span) -> new Formula.Not(rewrite(operand), span);
            case Formula.Comparison(var comparator, var left, var right, var span) ->
                    new Formula.Comparison(comparator, rewrite(left), rewrite(right), span);
            case Formula.Is(var left, var negated, var right, var span) ->
                    new Formula.Is(rewrite(left), negated, rewrite(right), span);
            case Formula.InList(var operand, var negated, var literals, var span) ->
                    new Formula.InList(rewrite(operand), negated, literals, span);
            case Formula.InCohort(var operand, var negated, var cohort, var asOf, var span) ->
                    new Formula.InCohort(rewrite(operand), negated, cohort, asOf, span);
            case Formula.Arithmetic(var operator, var left, var right, var span) ->
                    new Formula.Arithmetic(operator, rewrite(left), rewrite(right), span);
            case Formula.Negative(var operand, var span) ->
                    new Formula.Negative(rewrite(operand), span);
            case Formula.Over(var operand, var window, var span) ->
                    new Formula.Over(rewrite(operand), rewrite(window), span);
            case Formula.Case(var whens, var otherwise, var span) ->
                    new Formula.Case(
                            whens.stream().map(this::rewrite).toList(),
                            rewriteSome(otherwise),
                            span);
            case Formula.Aggregate(var function, var relation, var value, var span) ->
                    new Formula.Aggregate(function, rewrite(relation), rewriteSome(value), span);
            case Formula.Shift(var forward, var operand, var by, var toStartOf, var span) ->
                    new Formula.Shift(
                            forward,
                            rewrite(operand),
                            by == null ? null : rewrite(by),
                            toStartOf,
                            span);
            case Formula.Total(var operand, var by, var span) ->
                    new Formula.Total(rewrite(operand), by, span);
            case Formula.Per(var entity, var operand, var span) ->
                    new Formula.Per(entity, rewrite(operand), span);
            case Formula.Only(var operand, var condition, var span) ->
                    new Formula.Only(rewrite(operand), rewrite(condition), span);
            case Formula.Convert(var operand, var currency, var asOf, var span) ->
                    new Formula.Convert(rewrite(operand), currency, asOf, span);
            case Formula.Weighted(var parts, var options, var span) ->
                    new Formula.Weighted(parts.stream().map(this::rewrite).toList(), options, span);
            case Formula.Scale(var operand, var from, var to, var span) ->
                    new Formula.Scale(rewrite(operand), from, to, span);
            case Formula.Survival(var relation, var start, var end, var at, var span) ->
                    new Formula.Survival(rewrite(relation), rewrite(start), rewrite(end), at, span);
            case Formula.Conversion(var steps, var span) ->
                    new Formula.Conversion(rewrite(steps), span);
            case Formula.Call(var name, var arguments, var span) ->
                    new Formula.Call(name, arguments.stream().map(this::rewrite).toList(), span);
        };
    }

    private Formula rewrite(Formula formula) {
        return formulas.apply(formula);
    }

    private RelationClause rewrite(RelationClause relation) {
        return relations.apply(relation);
    }

    private TimeSpan rewrite(TimeSpan span) {
        return spans.apply(span);
    }

    /** The same relation, made of other pieces. */
    public RelationClause copy(RelationClause relation) {
        return new RelationClause(
                rewrite(relation.head()),
                relation.timing(),
                rewriteSome(relation.where()),
                rewriteSome(relation.weight()),
                relation.span());
    }

    private Head rewrite(Head head) {
        return switch (head) {
            case Head.Named _, Head.EachGrain _ -> head;
            case Head.Every(var length, var span) -> new Head.Every(rewrite(length), span);
            case Head.StepsHead(var steps, var span) -> new Head.StepsHead(rewrite(steps), span);
            case Head.Touch(var later, var earlier, var within, var per, var same, var span) ->
                    new Head.Touch(
                            rewrite(later),
                            rewrite(earlier),
                            within == null ? null : rewrite(within),
                            per,
                            same,
                            span);
            case Head.Changes(var value, var gap, var per, var span) ->
                    new Head.Changes(value, gap == null ? null : rewrite(gap), per, span);
        };
    }

    private Steps rewrite(Steps steps) {
        return new Steps(
                steps.steps().stream().map(this::rewrite).toList(),
                rewrite(steps.within()),
                steps.inclusive(),
                steps.per(),
                steps.attempt(),
                steps.order(),
                steps.same(),
                steps.without().stream()
                        .map(without ->
                                new Steps.Without(rewrite(without.relation()), without.between()))
                        .toList(),
                steps.withPending());
    }

    private Window rewrite(Window window) {
        return switch (window) {
            case Window.Last(var span) -> new Window.Last(rewrite(span));
            case Window.Relative(var span, var before, var anchor) ->
                    new Window.Relative(rewrite(span), before, anchor);
            case Window.ToDate _,
                    Window.QuestionRange _,
                    Window.All _,
                    Window.Onward _,
                    Window.Ever _ ->
                    window;
        };
    }

    private Formula.Binding rewrite(Formula.Binding binding) {
        return new Formula.Binding(binding.name(), rewrite(binding.value()), binding.span());
    }

    private Formula.When rewrite(Formula.When when) {
        return new Formula.When(rewrite(when.condition()), rewrite(when.result()));
    }

    private Formula.Part rewrite(Formula.Part part) {
        return new Formula.Part(part.name(), part.weight(), rewrite(part.value()));
    }

    private Formula.Argument rewrite(Formula.Argument argument) {
        return new Formula.Argument(argument.name(), rewrite(argument.value()));
    }

    private @Nullable Formula rewriteSome(@Nullable Formula formula) {
        return formula == null ? null : rewrite(formula);
    }
}
