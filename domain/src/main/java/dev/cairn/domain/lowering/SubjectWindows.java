package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.formula.TimeSpan.Unit;
import dev.cairn.domain.formula.Window;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.SubjectWindow;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Windows relative to a time of the member or row that is read for: {@code 14 days from created_on}. */
final class SubjectWindows {
    private final Lowering lowering;

    SubjectWindows(Lowering lowering) {
        this.lowering = lowering;
    }

    /** Empty where there is a problem, which is told. */
    Optional<TimeContext.Window> window(Window.Relative relative, Frame frame, Span span) {
        var time = timeOfRows(frame.level());
        if (time.isEmpty()) {
            // Where nothing can be read, that is told once for every window.
            if (frame.level().valued().isPresent()) {
                lowering.broken(elsewhere(relative, frame, span));
            }
            return Optional.empty();
        }
        var anchor = lowering.lower(relative.anchor(), frame);
        var length = lowering.length(relative.span(), frame);
        if (anchor.type().isBroken() || length.isEmpty()) {
            return Optional.empty();
        }
        var elsewhere = elsewhere(anchor, frame.level());
        if (elsewhere.isPresent()) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    relative.anchor().span(),
                    "'%s' %s",
                    relative.anchor().text(),
                    elsewhere.get());
            return Optional.empty();
        }
        if (!frame.time().shifts().equals(time.get().shifts())) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    span,
                    "'%s' is where it is whatever the bucket: neither 'prior' nor 'next' moves it.",
                    text(relative));
            return Optional.empty();
        }
        return edges(anchor, relative, length.get(), frame, span)
                .map(edges ->
                        new TimeContext.Window.OfSubject(
                                edges, length.get(), relative.before(), text(relative), null));
    }

    /** Why no window is relative to a time; empty where one can be. */
    private static Optional<String> elsewhere(Expr anchor, Level level) {
        boolean isOfWindow =
                !Exprs.leavesIn(anchor).isEmpty()
                        && level.valued().filter(leaves -> leaves.readWindows(anchor)).isPresent();
        if (isOfWindow) {
            return Optional.of(
                    "is read in such a window itself, and is not known before that is over. Let it be read up to the end of the bucket: 'over ever'.");
        }
        return isOfDerived(level) && Exprs.any(anchor, SubjectWindows::isBesideRow)
                ? Optional.of(
                        "is not of %s itself. Write a time of its own, or of the row it begins with."
                                .formatted(level.word()))
                : Optional.empty();
    }

    private static boolean isBesideRow(Expr part) {
        return part instanceof Expr.Linked
                || (part instanceof Expr.Attribute attribute && attribute.entity().isUser());
    }

    private static boolean isOfDerived(Level level) {
        return switch (level) {
            case Level.Row row -> row.derived() != null;
            case Level.Asked(var relation, _, _) -> relation.derived().isPresent();
            case Level.Member _, Level.Cell _, Level.Rule _ -> false;
        };
    }

    /** What time the members or rows are of that stand at a level; empty where there are none, or nothing is read for them. */
    private static Optional<TimeContext> timeOfRows(Level level) {
        return switch (level) {
            case Level.Member(_, _, var time, _) -> Optional.of(time);
            case Level.Row _, Level.Asked _ -> level.ofAccount().flatMap(Leaves::timeOfRows);
            case Level.Cell _, Level.Rule _ -> Optional.empty();
        };
    }

    private static Problem elsewhere(Window.Relative relative, Frame frame, Span span) {
        return switch (frame.level()) {
            case Level.Cell _ ->
                    Problem.of(
                                    ProblemCode.LEVEL_MISMATCH,
                                    frame.at(span),
                                    "'%s' is of one member; a cell has no '%s'. Aggregate over members, with this window inside.",
                                    text(relative),
                                    relative.anchor().text())
                            .offering(
                                    "share(account : exists(...) over %s)"
                                            .formatted(text(relative)));
            case Level.Row _, Level.Rule _, Level.Asked _, Level.Member _ ->
                    Problem.of(
                            ProblemCode.LEVEL_MISMATCH,
                            frame.at(span),
                            "'over' says what time an aggregate reads, and there is none of %s.",
                            frame.level().word());
        };
    }

    private Optional<SubjectWindow> edges(
            Expr anchor,
            Window.Relative relative,
            TimeContext.Length length,
            Frame frame,
            Span span) {
        boolean isDate = anchor.type().kind() == Type.Kind.DATE;
        if (!isDate && anchor.type().kind() != Type.Kind.TIMESTAMP) {
            lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    relative.anchor().span(),
                    "A window begins or ends at a date or an instant; '%s' is %s.",
                    relative.anchor().text(),
                    anchor.type().word());
            return Optional.empty();
        }
        if (isDate && isSubDaily(length)) {
            lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    span,
                    "'%s' is a date and has no time of day: hours and minutes are counted from an instant.",
                    relative.anchor().text());
            return Optional.empty();
        }
        var sign = relative.before() ? BigDecimal.ONE.negate() : BigDecimal.ONE;
        return lowering.moved(anchor, relative.span(), sign, frame)
                .map(other -> {
                    var known = length.periods() == null ? anchor : whereReached(anchor, other);
                    var start = relative.before() ? other : known;
                    var end = relative.before() ? known : other;
                    return new SubjectWindow(edge(start), edge(end));
                });
    }

    /** A calendar may not have the days of a window, which has no edge at all then. */
    private static Expr whereReached(Expr anchor, Expr other) {
        var isReached = new Expr.Not(new Expr.Is(other, Expr.NONE));
        return new Expr.Case(List.of(new Expr.Arm(isReached, anchor)), Expr.NONE, anchor.type());
    }

    private SubjectWindow.Edge edge(Expr at) {
        return new SubjectWindow.Edge(at, lowering.instant(at), lowering.attributes().day(at));
    }

    /** The window as facts are placed in it: dates by dates, instants by instants. */
    static Placings.Placed placed(Placings.Placed placed) {
        boolean byDate = placed.placing().time().type().kind() == Type.Kind.DATE;
        return new Placings.Placed(
                placed.placing(),
                placed.time()
                        .ofSubject(window ->
                                new SubjectWindow(
                                        of(window.start(), byDate), of(window.end(), byDate))));
    }

    private static SubjectWindow.Edge of(SubjectWindow.Edge edge, boolean byDate) {
        return new SubjectWindow.Edge(
                byDate ? edge.day() : edge.instant(), edge.instant(), edge.day());
    }

    /** The window of the member or row that stands here; empty where there is none, or what stands here is read in it. */
    static Optional<SubjectWindow> around(Frame frame) {
        return Optional.ofNullable(frame.time().ofSubject())
                .filter(window -> !isReadIn(window, frame.level()));
    }

    /** Whether rows stand here that are valid in a window of a member, each at an instant of its own. */
    static boolean holdIn(Frame frame) {
        return frame.level() instanceof Level.Row row
                && !(row.placing() instanceof Placing.At)
                && Optional.ofNullable(row.own())
                        .flatMap(Leaves::timeOfRows)
                        .filter(TimeContext::isOfSubjects)
                        .isPresent();
    }

    private static boolean isReadIn(SubjectWindow window, Level level) {
        return level instanceof Level.Row row
                && Optional.ofNullable(row.own())
                        .filter(own -> isThatOfRows(window, own))
                        .isPresent();
    }

    /** Whether an account or user has a window, wherever it is read for. */
    static boolean isOf(EntityRef entity, SubjectWindow window) {
        return window.edges().stream()
                .allMatch(edge ->
                        isOfMember(edge)
                                && (entity.isUser()
                                        || !Exprs.any(
                                                edge,
                                                part ->
                                                        part instanceof Expr.Attribute attribute
                                                                && attribute.entity().isUser())));
    }

    /** Whether it is the same wherever it stands: of attributes as they are known now. */
    private static boolean isOfMember(Expr edge) {
        return !Exprs.any(
                edge,
                part ->
                        switch (part) {
                            case Expr.Attribute attribute ->
                                    attribute.asOf() != null && !attribute.asOf().isSaid();
                            case Expr.Field _,
                                    Expr.Linked _,
                                    Expr.LeafValue _,
                                    Expr.Share _,
                                    Expr.Start _,
                                    Expr.TimeEdge _ ->
                                    true;
                            default -> false;
                        });
    }

    /** The window in which facts are read that stand in units of time of it. */
    static TimeContext ofFacts(Placing placing, TimeContext ofUnits) {
        var whole =
                ofUnits.window() instanceof TimeContext.Window.OfSubject of
                        ? ofUnits.over(of.whole())
                        : ofUnits;
        return placed(new Placings.Placed(placing, whole)).time();
    }

    /** Whether it is the window that rows stand in, for which something is read. */
    static boolean isThatOfRows(SubjectWindow window, Leaves own) {
        return own.timeOfRows()
                .map(TimeContext::ofSubject)
                .filter(ofRows -> isSame(ofRows, window))
                .isPresent();
    }

    private static boolean isSame(SubjectWindow one, SubjectWindow other) {
        return one.start().instant().equals(other.start().instant())
                && one.end().instant().equals(other.end().instant());
    }

    private static boolean isSubDaily(TimeContext.Length length) {
        return length.unit() == Unit.HOUR || length.unit() == Unit.MINUTE;
    }

    private static String text(Window.Relative relative) {
        var count = relative.span().count();
        return "%s %s%s %s %s"
                .formatted(
                        count,
                        switch (relative.span().unit()) {
                            case Unit unit -> unit.name().toLowerCase(Locale.ROOT);
                            case TimeSpan.OfCalendar(var grain) -> grain.text();
                        },
                        count.equals("1") ? "" : "s",
                        relative.before() ? "before" : "from",
                        relative.anchor().text());
    }
}
