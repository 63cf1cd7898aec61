package dev.cairn.domain.formula;

import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a formula in its one canonical form: no parenthesis that is not needed, names quoted only where they must be,
 * aggregates in the long form. Parsing what is printed gives the same tree, apart from its {@link Span}s.
 */
public final class FormulaPrinter {

    /** How tightly a piece holds together; a looser one stands in parentheses. */
    private enum Level {
        FORMULA,
        OR,
        AND,
        NOT,
        TEST,
        SUM,
        TERM,
        UNARY,
        WINDOWED,
        PRIMARY
    }

    private FormulaPrinter() {}

    public static String print(Formula formula) {
        return print(formula, Level.FORMULA);
    }

    /** A dimension as {@code groupBy} takes it. */
    public static String print(DimensionText dimension) {
        return switch (dimension) {
            case DimensionText.ByGrain(var grain, _) -> word(grain);
            case DimensionText.ByDatePart(var part, var of, _) ->
                    part.text() + (of == null ? "" : " of " + path(of));
            case DimensionText.ByPath(var path, var by, var asOf, _) ->
                    dimensionPath(path) + (by == null ? "" : " by " + word(by)) + asOf(asOf);
            case DimensionText.ByAge(var grain, var from, _) -> age(grain, from);
            case DimensionText.ByFormula(var formula, var name, _) ->
                    "(%s) as %s".formatted(expression(formula), name(name));
        };
    }

    /** A name as it stands in a formula: in double quotes where it is a word of the language or not plain. */
    public static String name(String name) {
        return Words.isPlainName(name) ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String expression(Formula formula) {
        return print(formula, Level.OR);
    }

    static String sum(Formula formula) {
        return print(formula, Level.SUM);
    }

    private static String print(Formula formula, Level outer) {
        var level = levelOf(formula);
        var text = textOf(formula);
        return level.compareTo(outer) < 0 ? "(" + text + ")" : text;
    }

    private static Level levelOf(Formula formula) {
        return switch (formula) {
            case Formula.Let _ -> Level.FORMULA;
            case Formula.Or _ -> Level.OR;
            case Formula.And _ -> Level.AND;
            case Formula.Not _ -> Level.NOT;
            case Formula.Comparison _, Formula.Is _, Formula.InList _, Formula.InCohort _ ->
                    Level.TEST;
            case Formula.Arithmetic arithmetic -> levelOf(arithmetic.operator());
            case Formula.Negative _ -> Level.UNARY;
            case Formula.Over _ -> Level.WINDOWED;
            case Formula.NumberLiteral number ->
                    number.value().signum() < 0 ? Level.UNARY : Level.PRIMARY;
            case Formula.TextLiteral _,
                    Formula.BooleanLiteral _,
                    Formula.DateLiteral _,
                    Formula.InstantLiteral _,
                    Formula.SpanLiteral _,
                    Formula.NoneLiteral _,
                    Formula.GrainName _,
                    Formula.Path _,
                    Formula.PathAsOf _,
                    Formula.Case _,
                    Formula.Aggregate _,
                    Formula.Shift _,
                    Formula.Total _,
                    Formula.Per _,
                    Formula.Weighted _,
                    Formula.Scale _,
                    Formula.Survival _,
                    Formula.Conversion _,
                    Formula.Call _,
                    Formula.Only _,
                    Formula.Convert _,
                    Formula.Age _,
                    Formula.BucketEdge _,
                    Formula.WindowEdge _ ->
                    Level.PRIMARY;
        };
    }

    private static Level levelOf(Formula.Operator operator) {
        return switch (operator) {
            case ADD, SUBTRACT -> Level.SUM;
            case MULTIPLY, DIVIDE -> Level.TERM;
        };
    }

    private static String textOf(Formula formula) {
        return switch (formula) {
            case Formula.NumberLiteral(var value, _) -> number(value);
            case Formula.TextLiteral(var value, _) -> "'" + value.replace("'", "''") + "'";
            case Formula.BooleanLiteral(var value, _) -> Boolean.toString(value);
            case Formula.DateLiteral(var value, _) -> "@" + value;
            case Formula.InstantLiteral(var value, _) -> "@" + value;
            case Formula.SpanLiteral(var value, _) -> span(value);
            case Formula.NoneLiteral _ -> "none";
            case Formula.GrainName(var grain, _) -> word(grain);
            case Formula.Path path -> path(path);
            case Formula.PathAsOf(var path, var moment, _) ->
                    path(path) + " as of " + moment(moment);
            case Formula.Let let -> let(let);
            case Formula.And(var left, var right, _) ->
                    infix(left, Level.AND, "and", right, Level.NOT);
            case Formula.Or(var left, var right, _) ->
                    infix(left, Level.OR, "or", right, Level.AND);
            case Formula.Not(var operand, _) -> "not " + print(operand, Level.TEST);
            case Formula.Comparison(var comparator, var left, var right, _) ->
                    infix(left, Level.SUM, comparator.symbol(), right, Level.SUM);
            case Formula.Is(var left, var negated, var right, _) ->
                    infix(left, Level.SUM, negated ? "is not" : "is", right, Level.SUM);
            case Formula.InList(var operand, var negated, var literals, _) ->
                    sum(operand) + in(negated) + "(" + joined(literals) + ")";
            case Formula.InCohort(var operand, var negated, var cohort, var asOf, _) ->
                    sum(operand) + in(negated) + name(cohort) + asOf(asOf);
            case Formula.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Formula.Negative(var operand, _) -> "-" + print(operand, Level.WINDOWED);
            case Formula.Over(var operand, var window, _) ->
                    print(operand, Level.PRIMARY) + " over " + window(window);
            case Formula.Case choice -> choice(choice);
            case Formula.Aggregate(var function, var relation, var value, _) ->
                    "%s(%s)".formatted(Percentiles.text(function), over(relation, value));
            case Formula.Shift shift -> shift(shift);
            case Formula.Total(var operand, var by, _) ->
                    "total(%s%s)".formatted(print(operand), by(by));
            case Formula.Per(var entity, var operand, _) ->
                    "per(%s : %s)".formatted(path(entity), print(operand));
            case Formula.Weighted weighted -> weighted(weighted);
            case Formula.Scale(var operand, var from, var to, _) ->
                    "scale(%s, %s to %s)".formatted(expression(operand), number(from), number(to));
            case Formula.Survival(var relation, var start, var end, var at, _) ->
                    "survival(%s : %s -> %s, %s)"
                            .formatted(
                                    RelationPrinter.print(relation),
                                    expression(start),
                                    expression(end),
                                    number(at));
            case Formula.Conversion(var steps, _) ->
                    "conversion(%s)".formatted(RelationPrinter.print(steps));
            case Formula.Call call -> call(call);
            case Formula.Only(var operand, var condition, _) ->
                    "only(%s where %s)".formatted(print(operand), expression(condition));
            case Formula.Convert(var operand, var currency, var asOf, _) ->
                    "convert(%s, '%s')%s"
                            .formatted(print(operand), currency.replace("'", "''"), asOf(asOf));
            case Formula.Age(var grain, var from, _) -> age(grain, from);
            case Formula.BucketEdge(var end, _) -> end ? "bucket.end" : "bucket.start";
            case Formula.WindowEdge(var end, _) -> end ? "window.end" : "window.start";
        };
    }

    private static String infix(
            Formula left, Level leftLevel, String operator, Formula right, Level rightLevel) {
        return print(left, leftLevel) + " " + operator + " " + print(right, rightLevel);
    }

    private static String in(boolean negated) {
        return negated ? " not in " : " in ";
    }

    private static String arithmetic(Formula.Arithmetic arithmetic) {
        boolean sum = levelOf(arithmetic.operator()) == Level.SUM;
        return infix(
                arithmetic.left(),
                sum ? Level.SUM : Level.TERM,
                arithmetic.operator().symbol(),
                arithmetic.right(),
                sum ? Level.TERM : Level.UNARY);
    }

    private static String let(Formula.Let let) {
        var bindings =
                let.bindings().stream()
                        .map(binding -> name(binding.name()) + " = " + sum(binding.value()))
                        .collect(Collectors.joining(", "));
        return "let " + bindings + " in " + expression(let.body());
    }

    /** In the short form where the value is told in full. */
    private static String over(RelationClause relation, @Nullable Formula value) {
        return switch (value) {
            case null -> RelationPrinter.print(relation);
            case Formula.Path path when isInFull(path, relation) ->
                    RelationPrinter.print(path, relation);
            default -> RelationPrinter.print(relation) + " : " + print(value);
        };
    }

    private static boolean isInFull(Formula.Path path, RelationClause relation) {
        return path.names().size() > 1
                && relation.head() instanceof RelationClause.Head.Named(var of, var via, var by, _)
                && via == null
                && by.isEmpty()
                && of.names().equals(path.names().subList(0, 1));
    }

    private static String choice(Formula.Case choice) {
        var whens =
                choice.whens().stream()
                        .map(when ->
                                "when "
                                        + expression(when.condition())
                                        + " then "
                                        + expression(when.result())
                                        + " ")
                        .collect(Collectors.joining());
        var otherwise = choice.otherwise();
        return "case "
                + whens
                + (otherwise == null ? "" : "else " + expression(otherwise) + " ")
                + "end";
    }

    private static String shift(Formula.Shift shift) {
        var by = shift.by();
        var toStartOf = shift.toStartOf();
        return "%s(%s%s%s)"
                .formatted(
                        shift.forward() ? "next" : "prior",
                        print(shift.operand()),
                        by == null ? "" : ", " + span(by),
                        toStartOf == null ? "" : ", start of " + word(toStartOf));
    }

    private static String by(List<DimensionText> dimensions) {
        return dimensions.isEmpty()
                ? ""
                : dimensions.stream()
                        .map(FormulaPrinter::print)
                        .collect(Collectors.joining(", ", " by ", ""));
    }

    /** {@code " same a, b"}; nothing where there are none. */
    static String paths(String word, List<Formula.Path> paths) {
        return paths.isEmpty()
                ? ""
                : paths.stream()
                        .map(FormulaPrinter::path)
                        .collect(Collectors.joining(", ", " " + word + " ", ""));
    }

    private static String age(AskedGrain grain, Formula.@Nullable Path from) {
        return "age " + word(grain) + (from == null ? "" : " from " + path(from));
    }

    private static String asOf(@Nullable Moment moment) {
        return moment == null ? "" : " as of " + moment(moment);
    }

    private static String weighted(Formula.Weighted weighted) {
        var parts =
                weighted.parts().stream()
                        .map(part ->
                                named(part.name(), " ")
                                        + number(part.weight())
                                        + " : "
                                        + expression(part.value()))
                        .collect(Collectors.joining(", "));
        var options =
                weighted.options().stream()
                        .map(FormulaPrinter::option)
                        .collect(Collectors.joining());
        return "weighted(" + parts + options + ")";
    }

    private static String option(Formula.Option option) {
        var number = option.number();
        return "; "
                + option.name()
                + (option.choice() == null ? "" : " " + option.choice())
                + (number == null ? "" : " " + number(number));
    }

    private static String call(Formula.Call call) {
        if (call.name().equals("asof") && call.arguments().isEmpty()) {
            return "asof";
        }
        var arguments =
                call.arguments().stream()
                        .map(argument -> named(argument.name(), ": ") + print(argument.value()))
                        .collect(Collectors.joining(", "));
        return callName(call.name()) + "(" + arguments + ")";
    }

    /** A function's own name is never quoted; a metric that is called like a percentile is. */
    private static String callName(String name) {
        if (Words.FUNCTIONS.contains(name)) {
            return name;
        }
        boolean meansMore =
                Percentiles.looksLike(name) || name.equals("only") || name.equals("convert");
        return meansMore ? "\"" + name + "\"" : name(name);
    }

    private static String named(@Nullable String name, String separator) {
        return name == null ? "" : name(name) + separator;
    }

    private static String joined(List<Formula> literals) {
        return literals.stream().map(FormulaPrinter::print).collect(Collectors.joining(", "));
    }

    private static String number(BigDecimal value) {
        return value.toPlainString();
    }

    static String path(Formula.Path path) {
        return path.names().stream().map(FormulaPrinter::name).collect(Collectors.joining("."));
    }

    /** A field that is called like a part of the date is quoted, as the bare word is that part. */
    private static String dimensionPath(Formula.Path path) {
        var text = path(path);
        return DimensionText.isDatePart(text) ? "\"" + text + "\"" : text;
    }

    static String window(Window window) {
        return switch (window) {
            case Window.Last(var span) -> "last " + span(span);
            case Window.ToDate(var grain) -> word(grain) + " to date";
            case Window.QuestionRange(var toDate) -> toDate ? "range to date" : "range";
            case Window.All(var before) -> before ? "all before" : "all";
            case Window.Onward _ -> "onward";
            case Window.Ever _ -> "ever";
            case Window.Relative(var span, var before, var anchor) ->
                    span(span) + (before ? " before " : " from ") + path(anchor);
        };
    }

    static String moment(Moment moment) {
        return switch (moment) {
            case Moment.AtFact _ -> "fact";
            case Moment.AtStart _ -> "start";
            case Moment.AtEnd _ -> "end";
            case Moment.Now _ -> "now";
            case Moment.At(var instant) -> print(instant, Level.PRIMARY);
        };
    }

    static String span(TimeSpan span) {
        return count(span.count()) + " " + unit(span);
    }

    /** A parameter that is called {@code age} is quoted, as {@code age month} is no length of time. */
    private static String count(String count) {
        if (count.equals("age")) {
            return "\"age\"";
        }
        return Character.isDigit(count.codePointAt(0)) && count.chars().allMatch(Character::isDigit)
                ? count
                : name(count);
    }

    /** The unit in singular after 1, else in plural. */
    static String unit(TimeSpan span) {
        return switch (span.unit()) {
            case TimeSpan.Unit unit -> span.count().equals("1") ? word(unit) : word(unit) + "s";
            case TimeSpan.OfCalendar(var grain) -> word(grain);
        };
    }

    static String word(TimeSpan.Unit unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    static String word(AskedGrain grain) {
        return switch (grain) {
            case Grain ofLanguage -> ofLanguage.text();
            case CalendarGrain(var calendar, var period) ->
                    name(calendar)
                            + "."
                            + (Words.GRAINS.containsKey(period) ? period : name(period));
        };
    }
}
