package dev.cairn.domain.formula;

import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.RelationClause.Steps;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The names of a formula that stand alone: for a value, or for the number of units of a span. */
public final class FormulaNames {
    private FormulaNames() {}

    /** Those to which the formula gives no value by {@code let}. */
    public static Set<String> of(Formula formula) {
        var names = new HashSet<String>();
        if (formula instanceof Formula.Let let) {
            read(let, names, _ -> {});
            return names;
        }
        if (formula instanceof Formula.Path(var path, _) && path.size() == 1) {
            names.addAll(path);
        }
        spans(formula).forEach(span -> names.add(span.count()));
        FormulaPieces.of(formula).forEach(piece -> names.addAll(of(piece)));
        return names;
    }

    /** The names of {@code let} that nothing after them names, the last one first. */
    public static List<Formula.Binding> unread(Formula.Let let) {
        var unread = new ArrayList<Formula.Binding>();
        read(let, new HashSet<>(), unread::add);
        return unread;
    }

    /** The names of {@code let} anywhere in a formula that nothing after them names. */
    public static List<Formula.Binding> unreadIn(Formula formula) {
        var unread = new ArrayList<Formula.Binding>();
        if (formula instanceof Formula.Let let) {
            unread.addAll(unread(let));
        }
        FormulaPieces.of(formula).forEach(piece -> unread.addAll(unreadIn(piece)));
        return unread;
    }

    /** Such a name would decide nothing of the value, and yet what is read, and as of when. */
    public static Problem neverNamed(Formula.Binding binding, Place place) {
        return Problem.of(
                ProblemCode.MISSING,
                place,
                "'%s' is given a value by 'let' and is never named after it; name it, or leave it out.",
                binding.name());
    }

    private static void read(Formula.Let let, Set<String> names, Consumer<Formula.Binding> unread) {
        names.addAll(of(let.body()));
        for (var binding : let.bindings().reversed()) {
            if (!names.remove(binding.name())) {
                unread.accept(binding);
            }
            names.addAll(of(binding.value()));
        }
    }

    /** All that a formula names, in the order of the text. */
    public static Stream<Formula.Path> paths(Formula formula) {
        return formula instanceof Formula.Path path
                ? Stream.of(path)
                : FormulaPieces.of(formula).stream().flatMap(FormulaNames::paths);
    }

    private static Stream<TimeSpan> spans(Formula formula) {
        if (formula instanceof Formula.SpanLiteral(var span, _)) {
            return Stream.of(span);
        }
        if (formula instanceof Formula.Shift shift) {
            return Stream.ofNullable(shift.by());
        }
        if (formula instanceof Formula.Over(_, var window, _)) {
            return spans(window);
        }
        if (formula instanceof Formula.Aggregate(_, var relation, _, _)) {
            return spans(relation);
        }
        if (formula instanceof Formula.Survival survival) {
            return spans(survival.relation());
        }
        if (formula instanceof Formula.Conversion(var steps, _)) {
            return spans(steps);
        }
        return Stream.empty();
    }

    private static Stream<TimeSpan> spans(Window window) {
        return switch (window) {
            case Window.Last(var span) -> Stream.of(span);
            case Window.Relative(var span, _, _) -> Stream.of(span);
            case Window.ToDate _,
                    Window.QuestionRange _,
                    Window.All _,
                    Window.Onward _,
                    Window.Ever _ ->
                    Stream.empty();
        };
    }

    private static Stream<TimeSpan> spans(RelationClause relation) {
        return switch (relation.head()) {
            case Head.Named _, Head.EachGrain _ -> Stream.empty();
            case Head.Every(var length, _) -> Stream.of(length);
            case Head.StepsHead(var steps, _) -> spans(steps);
            case Head.Touch touch ->
                    Stream.of(
                                    Stream.ofNullable(touch.within()),
                                    spans(touch.later()),
                                    spans(touch.earlier()))
                            .flatMap(spans -> spans);
            case Head.Changes changes -> Stream.ofNullable(changes.gap());
        };
    }

    private static Stream<TimeSpan> spans(Steps steps) {
        var relations =
                Stream.concat(
                        steps.steps().stream(),
                        steps.without().stream().map(Steps.Without::relation));
        return Stream.concat(Stream.of(steps.within()), relations.flatMap(FormulaNames::spans));
    }
}
