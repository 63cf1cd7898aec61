package dev.cairn.domain.question;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a condition on the columns of an answer: {@code nps > 20 and revenue is not none}. It is written as a formula is; a column that is a formula
 * is named by its text.
 */
final class HavingText {
    static final Place PLACE = Place.of("having");

    private static final Filter NOTHING = new Filter.All(List.of());

    private final String text;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<List<String>, Span> spans = new HashMap<>();

    private HavingText(String text) {
        this.text = text;
    }

    /**
     * What was read.
     *
     * @param filter null where there are problems
     * @param spans where the pieces of the filter stand, by their places in it
     */
    record Read(@Nullable Filter filter, List<Problem> problems, Map<List<String>, Span> spans) {
        /** The place in the text that a place in the filter stands for; one that is in the text already stays. */
        Place inText(Place place) {
            if (place.line() > 0) {
                return place;
            }
            var path = place.path();
            for (int length = path.size(); length > 0; length--) {
                var span = spans.get(path.subList(0, length));
                if (span != null) {
                    return PLACE.at(span.line(), span.column());
                }
            }
            return PLACE;
        }
    }

    static Read read(String text) {
        return switch (FormulaParser.parse(text, PLACE)) {
            case FormulaParser.Parsed.Failed(var problems) -> new Read(null, problems, Map.of());
            case FormulaParser.Parsed.Ok(var formula) -> {
                var having = new HavingText(text);
                var filter = having.filter(formula, PLACE);
                yield new Read(
                        having.problems.isEmpty() ? filter : null, having.problems, having.spans);
            }
        };
    }

    private Filter filter(Formula formula, Place place) {
        spans.put(place.path(), formula.span());
        return switch (formula) {
            case Formula.And and ->
                    new Filter.All(each(conjuncts(and).toList(), place.then("all")));
            case Formula.Or or -> new Filter.Any(each(disjuncts(or).toList(), place.then("any")));
            case Formula.Not(var operand, _) -> new Filter.Not(filter(operand, place.then("not")));
            case Formula.Comparison(var comparator, var left, var right, _) ->
                    comparison(comparator, left, right, place);
            case Formula.Is(var left, var negated, Formula.NoneLiteral _, _) ->
                    where(
                            left,
                            negated ? Operator.IS_NOT_NULL : Operator.IS_NULL,
                            List.of(),
                            place);
            case Formula.InList(var operand, var negated, var literals, _) ->
                    where(operand, negated ? Operator.NOT_IN : Operator.IN, literals, place);
            case Formula.Call(var name, var arguments, _)
                    when name.equals("contains") && arguments.size() == 2 ->
                    where(
                            arguments.get(0).value(),
                            Operator.CONTAINS,
                            List.of(arguments.get(1).value()),
                            place);
            case Formula.Path path -> new Filter.Where(path.text(), Operator.IN, List.of("true"));
            default -> notUnderstood(formula);
        };
    }

    private List<Filter> each(List<Formula> formulas, Place place) {
        var filters = new ArrayList<Filter>();
        for (int at = 0; at < formulas.size(); at++) {
            filters.add(filter(formulas.get(at), place.then(Integer.toString(at))));
        }
        return filters;
    }

    private static Stream<Formula> conjuncts(Formula formula) {
        return formula instanceof Formula.And(var left, var right, _)
                ? Stream.concat(conjuncts(left), conjuncts(right))
                : Stream.of(formula);
    }

    private static Stream<Formula> disjuncts(Formula formula) {
        return formula instanceof Formula.Or(var left, var right, _)
                ? Stream.concat(disjuncts(left), disjuncts(right))
                : Stream.of(formula);
    }

    private Filter comparison(Comparator comparator, Formula left, Formula right, Place place) {
        boolean turned = literal(left).isPresent();
        var operator = operator(turned ? turned(comparator) : comparator);
        return where(turned ? right : left, operator, List.of(turned ? left : right), place);
    }

    private static Operator operator(Comparator comparator) {
        return switch (comparator) {
            case EQUAL -> Operator.IN;
            case NOT_EQUAL -> Operator.NOT_IN;
            case LESS -> Operator.LT;
            case LESS_OR_EQUAL -> Operator.LTE;
            case GREATER -> Operator.GT;
            case GREATER_OR_EQUAL -> Operator.GTE;
        };
    }

    private static Comparator turned(Comparator comparator) {
        return switch (comparator) {
            case EQUAL, NOT_EQUAL -> comparator;
            case LESS -> Comparator.GREATER;
            case LESS_OR_EQUAL -> Comparator.GREATER_OR_EQUAL;
            case GREATER -> Comparator.LESS;
            case GREATER_OR_EQUAL -> Comparator.LESS_OR_EQUAL;
        };
    }

    private Filter where(Formula column, Operator operator, List<Formula> literals, Place place) {
        var values = new ArrayList<String>();
        for (int at = 0; at < literals.size(); at++) {
            var literal = literals.get(at);
            spans.put(place.then("where", "values", Integer.toString(at)).path(), literal.span());
            literal(literal).ifPresentOrElse(values::add, () -> notUnderstood(literal));
        }
        return new Filter.Where(name(column), operator, values);
    }

    private String name(Formula column) {
        return column instanceof Formula.Path path
                ? path.text()
                : text.substring(column.span().start(), column.span().end());
    }

    private static Optional<String> literal(Formula formula) {
        return switch (formula) {
            case Formula.NumberLiteral(var value, _) -> Optional.of(value.toPlainString());
            case Formula.Negative(Formula.NumberLiteral(var value, _), _) ->
                    Optional.of(value.negate().toPlainString());
            case Formula.TextLiteral(var value, _) -> Optional.of(value);
            case Formula.BooleanLiteral(var value, _) -> Optional.of(Boolean.toString(value));
            case Formula.DateLiteral(var value, _) -> Optional.of(value.toString());
            case Formula.InstantLiteral(var value, _) -> Optional.of(value.toString());
            default -> Optional.empty();
        };
    }

    private Filter notUnderstood(Formula piece) {
        problems.add(
                Problem.of(
                        ProblemCode.SYNTAX,
                        PLACE.at(piece.span().line(), piece.span().column()),
                        "A condition here compares a column of the answer with a value: nps > 20, plan in ('a', 'b'), nps is not none; with and, or, not."));
        return NOTHING;
    }
}
