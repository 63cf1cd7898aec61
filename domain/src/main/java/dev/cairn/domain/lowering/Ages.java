package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.InPeriods.Part;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.DatePart;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import dev.cairn.domain.time.RowPeriods;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Lowers {@code age}: how many buckets of a grain lie between the one that holds a date and the one of the fact. */
final class Ages {
    /** The first day of the unit of time at hand. */
    private static final Expr UNIT = new Expr.TimeEdge(Expr.TimeEdge.Of.BUCKET, false, Type.DATE);

    private final Lowering lowering;

    Ages(Lowering lowering) {
        this.lowering = lowering;
    }

    /** Below zero it is none: the fact is before what its age is counted from. */
    Expr of(Formula.Age age, Frame frame) {
        if (!(frame.level() instanceof Level.Asked(var relation, boolean isKey, _) && isKey)) {
            return lowering.broken(
                    ProblemCode.LEVEL_MISMATCH,
                    frame,
                    age.span(),
                    "'age' stands in the expression of a dimension.");
        }
        if (age.from() == null && !relation.reaches(EntityRef.ACCOUNT)) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(age.span()),
                                    "An age is since the account's start unless it says since when, and '%s' is of no account.",
                                    relation.word())
                            .offering("age %s from ...".formatted(age.grain().text())));
        }
        var anchor =
                age.from() == null
                        ? new Expr.Start(EntityRef.ACCOUNT, lowering.zone().getId())
                        : lowering.lower(age.from(), frame);
        var periods = lowering.calendars().periods(age.grain(), frame, age.span());
        if (!isTime(anchor)) {
            return lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    age.span(),
                    "An age is since a date or an instant, this is %s.",
                    anchor.type().word());
        }
        if (periods.isEmpty()) {
            return Expr.BROKEN;
        }
        var then = number(anchor, periods.get(), age, frame);
        var now = number(time(relation), periods.get(), age, frame);
        if (then.type().isBroken() || now.type().isBroken()) {
            return Expr.BROKEN;
        }
        var passed =
                lowering.common(new Expr.Arithmetic(Operator.SUBTRACT, now, then, Type.INTEGER));
        var hasBegun = new Expr.Compare(Comparator.GREATER_OR_EQUAL, passed, whole(0));
        return new Expr.Case(
                List.of(new Expr.Arm(hasBegun, passed)),
                new Expr.Literal(null, Type.INTEGER),
                Type.INTEGER);
    }

    private static boolean isTime(Expr anchor) {
        var type = anchor.type();
        return type.isWild() || type.kind() == Type.Kind.DATE || type.kind() == Type.Kind.TIMESTAMP;
    }

    /** The day on which rows are read: of what is at no one time that on which the unit of time begins. */
    static Expr day(RelationKey relation, Lowering lowering, Frame frame) {
        return lowering.floored(time(relation), Grain.DAY, frame, Span.NOWHERE);
    }

    /** What is at no one time has an age in each unit of time that it is in. */
    private static Expr time(RelationKey relation) {
        return relation instanceof RelationKey.OfFacts(_, Placing.At(var time), _) ? time : UNIT;
    }

    /** Whether a key is read in units of time. */
    static boolean isOfUnits(Expr key) {
        return Exprs.any(key, UNIT::equals);
    }

    /** The number of the bucket that a date or an instant is in. */
    private Expr number(Expr time, Periods periods, Formula.Age age, Frame frame) {
        var date = lowering.floored(time, Grain.DAY, frame, age.span());
        if (date.type().isBroken()) {
            return date;
        }
        if (periods instanceof RowPeriods || periods.length() == Grain.WEEK) {
            return new Expr.InPeriods(date, periods, Part.NUMBER);
        }
        var day = lowering.inLanguage(date, periods);
        return switch (periods.length()) {
            case YEAR -> part(DatePart.CALENDAR_YEAR, day, age, frame);
            case QUARTER -> inYear(4, DatePart.QUARTER_OF_YEAR, day, age, frame);
            case MONTH -> inYear(12, DatePart.MONTH_OF_YEAR, day, age, frame);
            case DAY -> sinceEpoch(day);
            case WEEK -> throw new IllegalStateException("found above");
            case HOUR ->
                    lowering.broken(
                            ProblemCode.INCOMPATIBLE,
                            frame,
                            age.span(),
                            "An age is in days, weeks, months, quarters or years.");
        };
    }

    private static Expr sinceEpoch(Expr day) {
        var first = new Expr.Literal(LocalDate.EPOCH, Type.DATE);
        return new Expr.Call(Function.DAYS, List.of(first, day), Type.INTEGER);
    }

    private Expr inYear(int times, DatePart part, Expr day, Formula.Age age, Frame frame) {
        var year = part(DatePart.CALENDAR_YEAR, day, age, frame);
        var within = part(part, day, age, frame);
        return new Expr.Arithmetic(
                Operator.ADD,
                new Expr.Arithmetic(Operator.MULTIPLY, whole(times), year, Type.INTEGER),
                within,
                Type.INTEGER);
    }

    private Expr part(DatePart part, Expr time, Formula.Age age, Frame frame) {
        return lowering.part(part, time, frame, age.span());
    }

    private static Expr whole(int number) {
        return new Expr.Literal(BigDecimal.valueOf(number), Type.INTEGER);
    }
}
