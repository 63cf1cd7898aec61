package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.TimeEdge;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaPieces;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.formula.Window;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.lowering.TimeContext.Point;
import dev.cairn.domain.lowering.TimeContext.Shift;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Periods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what time is read: {@code over}, {@code prior}, {@code next}, and the edges of bucket and window. */
final class Times {

    private final Lowering lowering;
    private final SubjectWindows ofSubjects;

    Times(Lowering lowering) {
        this.lowering = lowering;
        this.ofSubjects = new SubjectWindows(lowering);
    }

    Expr over(Formula.Over over, Frame frame) {
        var window =
                window(over.window(), frame, over.span())
                        .flatMap(found -> ofState(found, frame, over.span()));
        var inner = window.map(frame.time()::over).orElseGet(() -> inPlaceOfWindow(frame));
        return read("over", over.operand(), window.isPresent(), frame.during(inner), over.span());
    }

    /** In which time what is beneath a window that is refused is looked at for further problems. */
    private static TimeContext inPlaceOfWindow(Frame frame) {
        return frame.state() == null
                ? frame.time()
                : frame.time().over(new TimeContext.Window.All(false));
    }

    Expr shift(Formula.Shift shift, Frame frame) {
        var by = shift.by() == null ? Optional.<Length>empty() : length(shift.by(), 0, frame);
        var toStartOf =
                shift.toStartOf() == null
                        ? Optional.<Periods>empty()
                        : lowering.calendars().periods(shift.toStartOf(), frame, shift.span());
        boolean sound =
                (shift.by() == null || by.isPresent())
                        && (shift.toStartOf() == null || toStartOf.isPresent())
                        && isOutsideOfState(shift, frame);
        var moved =
                frame.time()
                        .moved(new Shift(shift.forward(), by.orElse(null), toStartOf.orElse(null)));
        var value = read(word(shift), shift.operand(), sound, frame.during(moved), shift.span());
        return value.type().isBroken()
                ? value
                : unmoved(value).map(found -> unmoved(found, shift, frame)).orElse(value);
    }

    private static String word(Formula.Shift shift) {
        return shift.forward() ? "next" : "prior";
    }

    /** An attribute of the member at hand, or of one that links lead to, that is read at an edge of the time of the member, where only aggregates are moved. */
    private Optional<Expr.Attribute> unmoved(Expr value) {
        var found = new ArrayList<Expr.Attribute>();
        Exprs.any(
                value,
                part -> {
                    Exprs.attribute(part)
                            .filter(attribute -> isAtEdge(attribute.asOf()))
                            .ifPresent(found::add);
                    return !found.isEmpty();
                });
        return found.stream().findFirst();
    }

    /** Of members of a declared entity it says so only when their rows are read: until then they are as facts. */
    private boolean isAtEdge(@Nullable AsOf asOf) {
        return switch (asOf) {
            case AsOf.Edge _ -> true;
            case AsOf.Fact(Expr.Field day, boolean said) ->
                    !said
                            && lowering.catalog()
                                    .source(day.source())
                                    .filter(Source::isEntity)
                                    .isPresent();
            case AsOf.Fact _, AsOf.Day _, AsOf.Now _ -> false;
            case null -> false;
        };
    }

    private Expr unmoved(Expr.Attribute attribute, Formula.Shift shift, Frame frame) {
        return lowering.broken(
                ProblemCode.INCOMPATIBLE,
                frame,
                written(attribute.name(), shift.operand()).orElse(shift.span()),
                "'%s' would not be moved by '%s' as the aggregates beside it are: read it outside of that, or within an aggregate (exists(event where %s.%s = 'pro')).",
                attribute.name(),
                word(shift),
                attribute.entity().name(),
                attribute.name());
    }

    /** Where an attribute is written beside aggregates; empty where a name of the catalogue stands for it. */
    private static Optional<Span> written(String attribute, Formula formula) {
        return switch (formula) {
            case Formula.Path(var names, var span) when names.getLast().equals(attribute) ->
                    Optional.of(span);
            case Formula.Aggregate _ -> Optional.empty();
            case Formula inner ->
                    FormulaPieces.of(inner).stream()
                            .flatMap(piece -> written(attribute, piece).stream())
                            .findFirst();
        };
    }

    // ---- state formulas

    /** A window of a state formula ends at its instant, which is the as-of of all beneath. */
    private Optional<TimeContext.Window> ofState(
            TimeContext.Window window, Frame frame, Span span) {
        if (frame.state() == null) {
            return Optional.of(window);
        }
        return switch (window) {
            case TimeContext.Window.Last _, TimeContext.Window.ToDate _ -> Optional.of(window);
            case TimeContext.Window.Ever _ when frame.state().isOfUnit() -> {
                lowering.broken(
                        Problem.of(
                                        ProblemCode.INCOMPATIBLE,
                                        frame.at(span),
                                        "'over ever' ends at the instant that a rule is read at, and what is read in a unit of time of it ends no later than the unit.")
                                .offering("over all"));
                yield Optional.empty();
            }
            case TimeContext.Window.Ever _ -> Optional.of(new TimeContext.Window.All(false));
            case TimeContext.Window.Range(boolean toDate) when toDate -> Optional.of(window);
            case TimeContext.Window.All(boolean before, _) when !before -> Optional.of(window);
            case TimeContext.Window.Range _,
                    TimeContext.Window.All _,
                    TimeContext.Window.Onward _,
                    TimeContext.Window.OfSubject _,
                    TimeContext.Window.Reaching _,
                    TimeContext.Window.At _ -> {
                lowering.broken(endsElsewhere(frame, span, "'over %s'".formatted(window.text())));
                yield Optional.empty();
            }
        };
    }

    private boolean isOutsideOfState(Formula.Shift shift, Frame frame) {
        if (frame.state() == null) {
            return true;
        }
        lowering.broken(
                endsElsewhere(
                        frame, shift.span(), shift.forward() ? "'next(...)'" : "'prior(...)'"));
        return false;
    }

    private static Problem endsElsewhere(Frame frame, Span span, String what) {
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        frame.at(span),
                        "%s does not end at the instant that a rule is read at; say how far back from there.",
                        what)
                .offering("over ever", "over last 30 days");
    }

    /** Why facts of a state formula are not read at its instant, or from a window that ends there; empty where they are. */
    static Optional<Problem> elsewhere(
            String relation, Placings.Placed placed, Frame frame, Span span) {
        if (frame.state() == null) {
            return Optional.empty();
        }
        if (frame.state().isOfUnit()) {
            return placed.time().window() instanceof TimeContext.Window.At
                    ? Optional.of(notAtEnd(relation, frame, span))
                    : Optional.empty();
        }
        return switch (placed.placing()) {
            case Placing.At _ -> unbounded(relation, frame, span);
            case Placing.ValidAt(_, var edge) ->
                    edge == Placing.Edge.END && placed.time().equals(frame.time())
                            ? Optional.empty()
                            : Optional.of(notAtEnd(relation, frame, span));
            case Placing.ValidDuring _ -> Optional.of(notAtEnd(relation, frame, span));
        };
    }

    /** Why neither facts nor units of time of a state formula are read over nothing but its instant; empty where it says how far back from there. */
    static Optional<Problem> unbounded(String relation, Frame frame, Span span) {
        return isOfInstant(frame) && frame.time().window() == null
                ? Optional.of(withoutWindow(relation, frame, span))
                : Optional.empty();
    }

    /** A unit of time has a beginning and an end, the instant of a state formula neither. */
    private static boolean isOfInstant(Frame frame) {
        return frame.state() != null && !frame.state().isOfUnit();
    }

    private static Problem withoutWindow(String relation, Frame frame, Span span) {
        return Problem.of(
                        ProblemCode.MISSING,
                        frame.at(span),
                        "A rule is read at one instant: say how far back from there '%s' is read.",
                        relation)
                .offering("over ever", "over last 30 days");
    }

    private static Problem notAtEnd(String relation, Frame frame, Span span) {
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        frame.at(span),
                        "A rule is read at one instant: what of '%s' holds then is read at the end.",
                        relation)
                .offering(relation + " at end");
    }

    /** @param sound false: there is a problem, which is told; the operand is looked at for problems of its own */
    private Expr read(String word, Formula operand, boolean sound, Frame frame, Span span) {
        var value = lowering.lower(operand, frame);
        if (value.type().isBroken()) {
            return Expr.BROKEN;
        }
        if (frame.level().valued().isEmpty()) {
            return lowering.broken(
                    ProblemCode.LEVEL_MISMATCH,
                    frame,
                    span,
                    "'%s' says what time an aggregate reads, and there is none in %s.",
                    word,
                    frame.level().word());
        }
        if (!sound) {
            return Expr.BROKEN;
        }
        return Exprs.any(value, Expr.LeafValue.class::isInstance)
                ? value
                : lowering.broken(
                        ProblemCode.LEVEL_MISMATCH,
                        frame,
                        span,
                        "Nothing beneath this '%s' is an aggregate, so it changes nothing.",
                        word);
    }

    private Optional<TimeContext.Window> window(Window window, Frame frame, Span span) {
        return switch (window) {
            case Window.Last(var length) ->
                    length(length, 1, frame).map(TimeContext.Window.Last::new);
            case Window.ToDate(var grain) ->
                    lowering.calendars()
                            .periods(grain, frame, span)
                            .map(TimeContext.Window.ToDate::new);
            case Window.QuestionRange(var toDate) ->
                    Optional.of(new TimeContext.Window.Range(toDate));
            case Window.All(var before) -> Optional.of(new TimeContext.Window.All(before));
            case Window.Onward _ -> Optional.of(new TimeContext.Window.Onward());
            case Window.Ever _ -> Optional.of(new TimeContext.Window.Ever());
            case Window.Relative relative -> ofSubjects.window(relative, frame, span);
        };
    }

    /** Of a tile. */
    Optional<Length> length(TimeSpan span, Frame frame) {
        return length(span, 1, frame);
    }

    private Optional<Length> length(TimeSpan span, long least, Frame frame) {
        var counted = lowering.count(span, frame);
        var unit = lowering.calendars().measure(span, frame);
        if (counted.isEmpty() || unit.isEmpty()) {
            return Optional.empty();
        }
        long count = counted.get().longValueExact();
        if (count < least) {
            lowering.broken(
                    ProblemCode.BAD_RANGE,
                    frame,
                    span.span(),
                    "A window is at least 1 %s long.",
                    unit.get().unit().name().toLowerCase(java.util.Locale.ROOT));
            return Optional.empty();
        }
        return Optional.of(unit.get().times(count));
    }

    // ---- edges

    Expr edge(Formula.BucketEdge edge, Frame frame) {
        if (isOfInstant(frame)) {
            return noBucket(frame, edge.span());
        }
        return edge(TimeEdge.Of.BUCKET, edge.end(), frame, edge.span());
    }

    Expr edge(Formula.WindowEdge edge, Frame frame) {
        var around = SubjectWindows.around(frame);
        if (around.isPresent()) {
            return around.get().edge(edge.end()).instant();
        }
        if (isOfInstant(frame) && !(frame.level() instanceof Level.Row)) {
            return noBucket(frame, edge.span());
        }
        var window = frame.time().window();
        boolean hasStart = window == null || window.hasStart();
        return edge.end() || hasStart
                ? edge(TimeEdge.Of.WINDOW, edge.end(), frame, edge.span())
                : lowering.broken(
                        ProblemCode.INCOMPATIBLE,
                        frame,
                        edge.span(),
                        "This window begins with the data of each source; it has no one start.");
    }

    /**
     * As-of; in a state formula the instant that it is read at, which is no later.
     *
     * @param type an instant; or a date, the local one of that instant
     */
    Expr asOf(Frame frame, Span span, Type type) {
        var state = frame.state();
        var asOf = new TimeEdge(TimeEdge.Of.AS_OF, true, type);
        boolean isScope = frame.level() instanceof Level.Rule rule && rule.isScope();
        if (frame.level().isOutsideOfQuestion() && !isScope) {
            return lowering.broken(
                    ProblemCode.LEVEL_MISMATCH,
                    frame,
                    span,
                    "What is selected without a question has no as-of: say the date or instant itself.");
        }
        if (state == null || isScope) {
            return asOf;
        }
        if (state.isOfUnit()) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "What is read in a unit of time is the same at whatever instant a rule is read, which 'asof' is: a unit that is over then ends with 'bucket.end'.")
                            .offering("bucket.end"));
        }
        if (!frame.level().equals(state.of())) {
            // What a rule reads is over a window that ends with its instant.
            return earlier(new TimeEdge(TimeEdge.Of.WINDOW, true, type), asOf);
        }
        return switch (state.instant().point()) {
            case Point.OfRows _ -> new TimeEdge(TimeEdge.Of.RULE, true, type);
            case Point.At _, Point.Edge _, Point.Now _ -> asOf(state.instant().point(), type);
            case null -> asOf(null, type);
        };
    }

    /**
     * As-of of a rule that is read at an instant; null: at the end of the bucket.
     *
     * @param type a date or an instant
     */
    Expr asOf(@Nullable Point instant, Type type) {
        var asOf = new TimeEdge(TimeEdge.Of.AS_OF, true, type);
        return switch (instant) {
            case null -> earlier(new TimeEdge(TimeEdge.Of.BUCKET, true, type), asOf);
            case Point.Edge(var window, boolean end) ->
                    new TimeEdge(
                            window == null ? TimeEdge.Of.BUCKET : TimeEdge.Of.WINDOW, end, type);
            case Point.Now _ -> asOf;
            case Point.At(var moment) -> earlier(lowering.said(moment, type), asOf);
            case Point.OfRows _ ->
                    throw new IllegalArgumentException("it is not known of which rows");
        };
    }

    private static Expr earlier(Expr one, Expr other) {
        return new Expr.Call(Function.LEAST, List.of(one, other), one.type());
    }

    private Expr noBucket(Frame frame, Span span) {
        return lowering.broken(
                frame.state() == null
                        ? Problem.of(
                                        ProblemCode.LEVEL_MISMATCH,
                                        frame.at(span),
                                        "A filter or key is of rows, whatever bucket they are read in; compare with a bucket in the formula of the metric.")
                                .offering("count(... where happened >= bucket.start)")
                        : Problem.of(
                                        ProblemCode.LEVEL_MISMATCH,
                                        frame.at(span),
                                        "A rule is read at one instant and in no bucket; the instant is 'asof'.")
                                .offering("asof"));
    }

    private Expr edge(TimeEdge.Of of, boolean end, Frame frame, Span span) {
        boolean hasTime =
                switch (frame.level()) {
                    case Level.Row _, Level.Member _, Level.Cell _ ->
                            !frame.level().isOutsideOfQuestion();
                    case Level.Rule _, Level.Asked _ -> false;
                };
        if (!hasTime) {
            return noBucket(frame, span);
        }
        return frame.level()
                .valued()
                .filter(leaves -> !isHere(of, leaves, frame))
                .map(leaves ->
                        new TimeEdge(
                                of,
                                end,
                                Type.TIMESTAMP,
                                leaves.reach(
                                        of == TimeEdge.Of.BUCKET
                                                ? frame.time().here()
                                                : frame.time())))
                .orElseGet(() -> new TimeEdge(of, end, Type.TIMESTAMP));
    }

    /**
     * Whether it is an edge of the time in which the row, member or unit at hand is read itself, and not of what is read beside it. A cell of the question is read in
     * none; one for which a total is read beside a row is read as the row is.
     */
    private static boolean isHere(TimeEdge.Of of, Leaves leaves, Frame frame) {
        boolean isOfQuestion = !leaves.areOfUnits() && leaves.timeOfRows().isEmpty();
        if (frame.level() instanceof Level.Cell && isOfQuestion) {
            return false;
        }
        var ofRows = leaves.timeOfRows().orElse(TimeContext.BUCKET);
        var time = frame.time();
        if (time.around() != ofRows.around()) {
            return false;
        }
        return switch (of) {
            case BUCKET -> ofRows.shifts().equals(time.shifts());
            case WINDOW ->
                    ofRows.equals(time)
                            || (frame.level() instanceof Level.Row
                                    && (ofRows.window() instanceof TimeContext.Window.At
                                            || (ofRows.isOfSubjects() && time.isOfSubjects())));
            case AS_OF, RULE -> true;
        };
    }
}
