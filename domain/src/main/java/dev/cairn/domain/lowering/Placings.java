package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Moment;
import dev.cairn.domain.formula.RelationClause.Timing;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Placing.Edge;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what puts the facts of a relation into time: {@code on}, {@code at} and {@code during}, or the time that their source declares. */
final class Placings {
    private final Lowering lowering;

    Placings(Lowering lowering) {
        this.lowering = lowering;
    }

    /** @param time that is read: that of the frame, or at an instant of its own */
    record Placed(Placing placing, TimeContext time) {}

    /** Empty where there is a problem, which is told. */
    Optional<Placed> of(Source source, @Nullable Timing timing, Frame frame, Span span) {
        return switch (timing) {
            case null -> {
                if (source.isTimeless()) {
                    yield during(source, frame, span);
                }
                if (source.timeField() == null) {
                    lowering.broken(noTime(source, frame, span));
                    yield Optional.empty();
                }
                yield source.field(source.timeField())
                        .map(field -> at(TypeRules.field(source, field), frame));
            }
            case Timing.On(var name, var at) -> on(source, name, frame, at);
            case Timing.At(var moment, var at) ->
                    validity(source, "at", frame, at)
                            .flatMap(validity -> at(validity, moment, frame, at));
            case Timing.During(var at) -> during(source, frame, at);
        };
    }

    /** Rows that hold at some time of the window; rows without a time are read so where nothing is said, members of an entity among them. */
    private Optional<Placed> during(Source source, Frame frame, Span span) {
        return validity(source, "during", frame, span)
                .map(validity -> new Placed(new Placing.ValidDuring(validity), frame.time()));
    }

    /** The rows of a declared entity, whether or not they exist in the window: what a row leads to. */
    Optional<Placed> whenever(Source entity, Frame frame, Span span) {
        return validity(entity, "during", frame, span)
                .map(validity -> new Placed(new Placing.ValidDuring(validity, true), frame.time()));
    }

    /** What is looked at for further problems where there is one. */
    static Placed unknown(Source source, Frame frame) {
        return at(new Expr.Field(source.name(), source.placing(), Type.TIMESTAMP), frame);
    }

    private static Placed at(Expr.Field time, Frame frame) {
        return new Placed(new Placing.At(time), frame.time());
    }

    private Optional<Placed> on(Source source, String name, Frame frame, Span span) {
        var field = source.field(name);
        var time = field.filter(Placings::isTime);
        if (time.isEmpty()) {
            lowering.unknown(
                    Problem.of(
                            field.isPresent()
                                    ? ProblemCode.TYPE_MISMATCH
                                    : ProblemCode.UNKNOWN_FIELD,
                            frame.at(span),
                            "No date or timestamp field '%s' in '%s'.",
                            name,
                            source.name()),
                    name,
                    () -> timeFields(source));
        }
        if (LinkedFields.in(source).containsKey(name)) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    span,
                    "'%s' is computed from what a link leads to, as each question is asked, and rows are placed in time by what is stored with them. Name a field of '%s' that its rows say themselves, or place the rows that the link leads to.",
                    name,
                    source.name());
            return Optional.empty();
        }
        return time.map(found -> at(TypeRules.field(source, found), frame));
    }

    /** Rows that hold for a time happen at none: which are meant must be said. */
    private static Problem noTime(Source source, Frame frame, Span span) {
        var problem =
                Problem.of(
                        ProblemCode.MISSING,
                        frame.at(span),
                        "'%s' has a validity and no time of its own: say which of its rows are meant.",
                        source.name());
        var atEnd = "%s at end".formatted(source.name());
        return frame.state() == null
                ? problem.offering(
                        "%s at start".formatted(source.name()),
                        atEnd,
                        "%s during".formatted(source.name()))
                : problem.offering(atEnd);
    }

    private static boolean isTime(Field field) {
        return switch (field.type()) {
            case DATE, TIMESTAMP -> true;
            case TEXT, INTEGER, DECIMAL, BOOLEAN, MONEY -> false;
        };
    }

    private static List<String> timeFields(Source source) {
        return source.fields().stream().filter(Placings::isTime).map(Field::name).toList();
    }

    // ---- validity

    private Optional<Placing.Validity> validity(
            Source source, String word, Frame frame, Span span) {
        var declared = source.validity();
        if (declared == null) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    span,
                    "'%s' has no validity, so that '%s' has no meaning for its rows; declare from when until when they hold ('validity' in its definition), or read it by a time.",
                    source.name(),
                    word);
            return Optional.empty();
        }
        return source.field(declared.from())
                .flatMap(from ->
                        source.field(declared.until())
                                .map(until ->
                                        new Placing.Validity(
                                                TypeRules.field(source, from),
                                                TypeRules.field(source, until))));
    }

    private Optional<Placed> at(Placing.Validity validity, Moment moment, Frame frame, Span span) {
        return switch (moment) {
            case Moment.AtStart _ ->
                    hasStart(frame, span)
                            ? Optional.of(at(validity, Edge.START, frame.time()))
                            : Optional.empty();
            case Moment.AtEnd _ -> Optional.of(at(validity, Edge.END, frame.time()));
            case Moment.At(var instant) ->
                    instant(validity, instant, frame)
                            .map(literal ->
                                    at(
                                            validity,
                                            Edge.END,
                                            frame.time().over(new TimeContext.Window.At(literal))));
            case Moment.AtFact _, Moment.Now _ ->
                    throw new IllegalStateException("no relation is read at " + moment);
        };
    }

    private static Placed at(Placing.Validity validity, Edge edge, TimeContext time) {
        return new Placed(new Placing.ValidAt(validity, edge), time);
    }

    private boolean hasStart(Frame frame, Span span) {
        var window = frame.time().window();
        if (window == null || window.hasStart()) {
            return true;
        }
        lowering.broken(
                Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                frame.at(span),
                                "The window here ('%s') begins with the data of each source; it has no start that rows could be valid at.",
                                window.text())
                        .offering("at end", "during"));
        return false;
    }

    /** Dates are compared as dates: no time of day is of them. */
    private Optional<Expr.Literal> instant(
            Placing.Validity validity, Formula instant, Frame frame) {
        if (!(lowering.lower(instant, frame) instanceof Expr.Literal literal)) {
            return Optional.empty();
        }
        if (validity.from().type().equals(Type.DATE) && !literal.type().equals(Type.DATE)) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    instant.span(),
                    "'%s.%s' is a date; say at which date its rows are to be valid, without a time of day.",
                    validity.from().source(),
                    validity.from().name());
            return Optional.empty();
        }
        return Optional.of(literal);
    }
}
