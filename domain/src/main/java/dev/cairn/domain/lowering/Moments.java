package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.TimeEdge;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Moment;
import dev.cairn.domain.formula.RelationClause.Timing;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.lowering.TimeContext.Point;
import dev.cairn.domain.lowering.TimeContext.Window;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** As of when formulas read attributes that have a history. */
final class Moments {
    private final Lowering lowering;

    Moments(Lowering lowering) {
        this.lowering = lowering;
    }

    /** {@code account.plan as of start}. */
    Expr lower(Formula.PathAsOf read, Frame frame) {
        return asOf(read.moment(), frame, read.span())
                .map(asOf -> attribute(read, lowering.lower(read.path(), frame.asOf(asOf)), frame))
                .orElse(Expr.BROKEN);
    }

    private Expr attribute(Formula.PathAsOf read, Expr value, Frame frame) {
        boolean hasTime =
                value.type().isBroken()
                        || Exprs.any(value, part -> Exprs.attribute(part).isPresent());
        return hasTime
                ? value
                : lowering.broken(
                        ProblemCode.INCOMPATIBLE,
                        frame,
                        read.span(),
                        "'%s' is no attribute: only attributes are read as of a time.",
                        read.path().text());
    }

    /** Empty where it means nothing here, which is told. */
    Optional<AsOf> asOf(Moment moment, Frame frame, Span span) {
        return switch (moment) {
            case Moment.AtFact _, Moment.AtStart _, Moment.AtEnd _
                    when frame.level().isOutsideOfQuestion() -> {
                lowering.broken(
                        Problem.of(
                                        ProblemCode.LEVEL_MISMATCH,
                                        frame.at(span),
                                        "What a caller may see, and what is selected without a question, is as of now: no time is read that could say another.")
                                .offering("as of now"));
                yield Optional.empty();
            }
            case Moment.AtStart _ when frame.isOfRule() -> {
                lowering.broken(
                        Problem.of(
                                        ProblemCode.INCOMPATIBLE,
                                        frame.at(span),
                                        "A rule is read at one instant, which has no start: say as of when where the cohort is asked for, or a date.")
                                .offering("account in c as of start", "as of @2026-01-31"));
                yield Optional.empty();
            }
            case Moment.AtFact _ -> fact(frame, span);
            case Moment.AtStart _ -> edge(false, frame, span);
            case Moment.AtEnd _ -> edge(true, frame, span);
            case Moment.Now _ -> Optional.of(new AsOf.Now());
            case Moment.At(var instant) -> Optional.of(day(lowering.lower(instant, frame)));
        };
    }

    /** Why a moment is no instant for the state of an account, which is told; empty where it is one. */
    Optional<Expr> noInstant(Moment moment, Frame frame, Span span) {
        boolean isEdge = moment instanceof Moment.AtStart || moment instanceof Moment.AtEnd;
        var window = windowOfRows(frame);
        if (isEdge && window instanceof Window.OfSubject) {
            return Optional.of(
                    lowering.broken(
                            ProblemCode.INCOMPATIBLE,
                            frame,
                            span,
                            "A cohort over facts is read at one instant for all rows, and this window ends at one of its own for each member or row. Leave 'as of' out for the end of the bucket, or say a date."));
        }
        return moment instanceof Moment.AtStart && window != null && !window.hasStart()
                ? Optional.of(
                        lowering.broken(
                                ProblemCode.INCOMPATIBLE,
                                frame,
                                span,
                                "This window begins with the data of each source; it has no one start."))
                : Optional.empty();
    }

    /** The instant that a moment is for the state of an account; null: the end of the bucket. */
    @Nullable Point instant(Moment moment, Frame frame) {
        return switch (moment) {
            case Moment.AtStart _ -> new Point.Edge(windowOfRows(frame), false);
            case Moment.AtEnd _ -> Point.endOf(windowOfRows(frame));
            case Moment.Now _ -> new Point.Now();
            case Moment.At(var at) ->
                    lowering.lower(at, frame) instanceof Expr.Literal literal
                            ? new Point.At(literal)
                            : null;
            case Moment.AtFact _ ->
                    throw new IllegalArgumentException("no instant of a state: " + moment);
        };
    }

    private static @Nullable Window windowOfRows(Frame frame) {
        return frame.level()
                .ofAccount()
                .flatMap(Leaves::timeOfRows)
                .map(TimeContext::window)
                .orElse(null);
    }

    private Optional<AsOf> fact(Frame frame, Span span) {
        if (frame.asOf() instanceof AsOf.Fact(var day, _)) {
            return Optional.of(new AsOf.Fact(day, true));
        }
        var time = timeOfRow(frame.level());
        if (time.isEmpty()) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "'as of fact' is as of when a row happened, and %s happened at no one time: say an edge of the time that is read.",
                                    frame.level().word())
                            .offering("as of start", "as of end"));
            return Optional.empty();
        }
        return Optional.of(
                lowering.attributes().haveHistory()
                        ? new AsOf.Fact(lowering.attributes().day(time.get()), true)
                        : new AsOf.Now());
    }

    /** When a row happened that is read by its state, or for a member; empty where it did at no one time. */
    private static Optional<Expr> timeOfRow(Level level) {
        return switch (level) {
            case Level.Row row -> timeOf(row.source(), row.placing());
            case Level.Asked(RelationKey.OfFacts(var source, var placing, _), _, _) ->
                    timeOf(source, placing);
            case Level.Asked _, Level.Member _, Level.Cell _, Level.Rule _ -> Optional.empty();
        };
    }

    private static Optional<Expr> timeOf(Source source, @Nullable Placing placing) {
        if (placing instanceof Placing.At(var time)) {
            return Optional.of(time);
        }
        return Optional.ofNullable(source.timeField())
                .filter(_ -> !source.isTimeless())
                .flatMap(source::field)
                .map(field -> TypeRules.field(source, field));
    }

    private Optional<AsOf> edge(boolean end, Frame frame, Span span) {
        if (SubjectWindows.around(frame).isPresent()) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "Beside what is read in a window relative to a member or row attributes are those of the bucket; the edges of that window are said within, at what is read there.")
                            .offering("exists(event where account.plan as of start = 'pro')"));
            return Optional.empty();
        }
        return Optional.of(Attributes.edge(end, true));
    }

    /** The day that begins at an instant, else the next: what held before the instant held before that day. */
    private AsOf day(Expr literal) {
        return switch (literal) {
            case Expr.Literal(LocalDate day, _) -> new AsOf.Day(day);
            case Expr.Literal(Instant at, _) -> {
                var local = at.atZone(lowering.zone());
                var day = local.toLocalDate();
                boolean begins = day.atStartOfDay(lowering.zone()).toInstant().equals(at);
                yield new AsOf.Day(begins ? day : day.plusDays(1));
            }
            default -> throw new IllegalArgumentException("no date or instant: " + literal);
        };
    }

    /**
     * As of when the rows of a source read attributes where nothing says so: at the fact; where what is read is a state, at its edge.
     *
     * @return null: as they are known now
     */
    @Nullable AsOf ofRows(Source source, @Nullable Timing timing, Frame frame) {
        if (!lowering.attributes().haveHistory()) {
            return null;
        }
        if (frame.state() != null) {
            return ofRule();
        }
        boolean ofMember = frame.level() instanceof Level.Member;
        boolean isAtStart = timing instanceof Timing.At(Moment.AtStart _, _);
        if (frame.time().ofSubject() != null && !isAtStart) {
            return endOfBucket(false);
        }
        return switch (timing) {
            case Timing.At(Moment.AtStart _, _) -> Attributes.edge(false, false);
            case Timing.At(Moment.At(var instant), _) -> day(lowering.lower(instant, frame));
            case Timing.At _, Timing.During _ -> Attributes.edge(true, false);
            case Timing.On(var name, _) -> ofFact(source, name, ofMember);
            case null -> ofFact(source, source.placing(), ofMember);
        };
    }

    /** The same of the rows of a relation: of facts that are read for a member at the edge that the member's attributes are read at. */
    @Nullable AsOf ofRows(RelationKey relation, Frame frame) {
        if (frame.state() != null && lowering.attributes().haveHistory()) {
            return ofRule();
        }
        boolean isOfMember =
                frame.level() instanceof Level.Member
                        && relation instanceof RelationKey.OfFacts(_, Placing.At _, _);
        return isOfMember && lowering.attributes().haveHistory()
                ? Attributes.edge(true, false)
                : lowering.attributes().asOf(relation);
    }

    /** What a rule reads ends with its instant, whatever else the formula reads that asks for the cohort. */
    private static AsOf ofRule() {
        return Attributes.edge(true, true);
    }

    private AsOf ofFact(Source source, String time, boolean ofMember) {
        return source.field(time)
                .filter(_ -> !ofMember)
                .<AsOf>map(field ->
                        new AsOf.Fact(
                                lowering.attributes().day(TypeRules.field(source, field)), false))
                .orElseGet(() -> Attributes.edge(true, false));
    }

    /** As of when a cohort's rule reads attributes: of a fact at the end of its bucket. */
    static @Nullable AsOf ofCohort(@Nullable AsOf ofRows) {
        return ofRows instanceof AsOf.Fact(_, var said) ? endOfBucket(said) : ofRows;
    }

    /** As of when attributes are read beside the facts of a rule. */
    AsOf asOf(@Nullable Point instant) {
        return switch (instant) {
            case null -> endOfBucket(false);
            case Point.Edge(var window, var end) when window == null && !end ->
                    new AsOf.Edge(new TimeEdge(TimeEdge.Of.BUCKET, false, Type.DATE), false);
            case Point.Edge(_, var end) -> Attributes.edge(end, false);
            case Point.OfRows _ -> Attributes.edge(true, false);
            case Point.Now _ -> new AsOf.Now();
            case Point.At(var moment) -> day(moment);
        };
    }

    static AsOf endOfBucket(boolean said) {
        return new AsOf.Edge(new TimeEdge(TimeEdge.Of.BUCKET, true, Type.DATE), said);
    }
}
