package dev.cairn.domain.formula;

import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.RelationClause.Timing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a formula directly consists of; for walks that do not care what each piece means. */
public final class FormulaPieces {
    private FormulaPieces() {}

    /** The formulas right inside this one, in the order of the text, those of its relations and windows too. */
    public static List<Formula> of(Formula formula) {
        return switch (formula) {
            case Formula.NumberLiteral _,
                    Formula.TextLiteral _,
                    Formula.BooleanLiteral _,
                    Formula.DateLiteral _,
                    Formula.InstantLiteral _,
                    Formula.SpanLiteral _,
                    Formula.NoneLiteral _,
                    Formula.GrainName _,
                    Formula.Path _,
                    Formula.BucketEdge _,
                    Formula.WindowEdge _ ->
                    List.of();
            case Formula.Age(_, var from, _) -> some(from);
            case Formula.PathAsOf(var path, var moment, _) -> some(path, of(moment));
            case Formula.Let(var bindings, var body, _) -> {
                var pieces =
                        new ArrayList<>(bindings.stream().map(Formula.Binding::value).toList());
                pieces.add(body);
                yield List.copyOf(pieces);
            }
            case Formula.And(var left, var right, _) -> List.of(left, right);
            case Formula.Or(var left, var right, _) -> List.of(left, right);
            case Formula.Not(var operand, _) -> List.of(operand);
            case Formula.Comparison(_, var left, var right, _) -> List.of(left, right);
            case Formula.Is(var left, _, var right, _) -> List.of(left, right);
            case Formula.InList(var operand, _, var literals, _) -> {
                var pieces = new ArrayList<>(List.of(operand));
                pieces.addAll(literals);
                yield List.copyOf(pieces);
            }
            case Formula.InCohort(var operand, _, _, var asOf, _) -> some(operand, of(asOf));
            case Formula.Arithmetic(_, var left, var right, _) -> List.of(left, right);
            case Formula.Negative(var operand, _) -> List.of(operand);
            case Formula.Over(var operand, var window, _) -> some(operand, anchor(window));
            case Formula.Case(var whens, var otherwise, _) -> choice(whens, otherwise);
            case Formula.Aggregate(_, var relation, var value, _) -> withRelation(relation, value);
            case Formula.Shift(_, var operand, _, _, _) -> List.of(operand);
            case Formula.Total(var operand, var by, _) -> {
                var pieces = new ArrayList<>(List.of(operand));
                by.forEach(dimension -> pieces.addAll(of(dimension)));
                yield List.copyOf(pieces);
            }
            case Formula.Only(var operand, var condition, _) -> List.of(operand, condition);
            case Formula.Convert(var operand, _, var asOf, _) -> some(operand, of(asOf));
            case Formula.Per(var entity, var operand, _) -> List.of(entity, operand);
            case Formula.Weighted(var parts, _, _) ->
                    parts.stream().map(Formula.Part::value).toList();
            case Formula.Scale(var operand, _, _, _) -> List.of(operand);
            case Formula.Survival(var relation, var start, var end, _, _) ->
                    withRelation(relation, start, end);
            case Formula.Conversion(var steps, _) -> {
                var pieces = new ArrayList<Formula>();
                addAll(pieces, steps);
                yield List.copyOf(pieces);
            }
            case Formula.Call(_, var arguments, _) ->
                    arguments.stream().map(Formula.Argument::value).toList();
        };
    }

    /** The first piece that stands more than {@code deepest} levels down. */
    static Optional<Formula> deeperThan(int deepest, Formula root) {
        record Placed(Formula formula, int depth) {}
        var open = new ArrayDeque<Placed>();
        open.push(new Placed(root, 1));
        while (!open.isEmpty()) {
            var next = open.pop();
            if (next.depth() > deepest) {
                return Optional.of(next.formula());
            }
            of(next.formula()).forEach(piece -> open.push(new Placed(piece, next.depth() + 1)));
        }
        return Optional.empty();
    }

    private static List<Formula> some(@Nullable Formula... pieces) {
        var all = new ArrayList<Formula>();
        for (var piece : pieces) {
            if (piece != null) {
                all.add(piece);
            }
        }
        return List.copyOf(all);
    }

    private static @Nullable Formula of(@Nullable Moment moment) {
        return moment instanceof Moment.At(var instant) ? instant : null;
    }

    private static List<Formula> of(DimensionText dimension) {
        return switch (dimension) {
            case DimensionText.ByGrain _ -> List.of();
            case DimensionText.ByDatePart(_, var of, _) -> some(of);
            case DimensionText.ByPath(var path, _, var asOf, _) -> some(path, of(asOf));
            case DimensionText.ByAge(_, var from, _) -> some(from);
            case DimensionText.ByFormula(var formula, _, _) -> List.of(formula);
        };
    }

    private static @Nullable Formula anchor(Window window) {
        return switch (window) {
            case Window.Relative(_, _, var anchor) -> anchor;
            case Window.Last _,
                    Window.ToDate _,
                    Window.QuestionRange _,
                    Window.All _,
                    Window.Onward _,
                    Window.Ever _ ->
                    null;
        };
    }

    private static List<Formula> choice(List<Formula.When> whens, @Nullable Formula otherwise) {
        var pieces = new ArrayList<Formula>();
        for (var when : whens) {
            pieces.add(when.condition());
            pieces.add(when.result());
        }
        pieces.addAll(some(otherwise));
        return List.copyOf(pieces);
    }

    private static List<Formula> withRelation(
            RelationClause relation, @Nullable Formula... others) {
        var pieces = new ArrayList<Formula>();
        addAll(pieces, relation);
        pieces.addAll(some(others));
        return List.copyOf(pieces);
    }

    private static void addAll(List<Formula> pieces, RelationClause relation) {
        switch (relation.head()) {
            case Head.Named(_, var via, var by, _) -> {
                pieces.addAll(some(via));
                pieces.addAll(by);
            }
            case Head.EachGrain _, Head.Every _ -> {}
            case Head.StepsHead(var steps, _) -> addAll(pieces, steps);
            case Head.Touch(var later, var earlier, _, _, var same, _) -> {
                addAll(pieces, later);
                addAll(pieces, earlier);
                pieces.addAll(same);
            }
            case Head.Changes(var value, _, _, _) -> pieces.add(value);
        }
        var valid = relation.timing() instanceof Timing.At(var moment, _) ? of(moment) : null;
        pieces.addAll(some(valid, relation.where(), relation.weight()));
    }

    private static void addAll(List<Formula> pieces, RelationClause.Steps steps) {
        steps.steps().forEach(step -> addAll(pieces, step));
        pieces.addAll(steps.same());
        steps.without().forEach(without -> addAll(pieces, without.relation()));
    }
}
