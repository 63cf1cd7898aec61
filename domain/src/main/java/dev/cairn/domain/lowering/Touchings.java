package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.RelationClause.Timing;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.SubjectWindow;
import dev.cairn.domain.plan.Touches;
import dev.cairn.domain.plan.Touches.Side;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lowers {@code touch(...)}: later rows with the earlier ones, each of which is the fact of one of both. */
final class Touchings {
    /** What a relation of a touch is, in words. */
    static final String SIDE = "a side of a touch";

    private static final String EARLIER_AT = "earlier_at";
    private static final String LATER_AT = "later_at";

    private final Lowering lowering;
    private final Relations relations;
    private final Sequences sequences;

    Touchings(Lowering lowering, Relations relations, Sequences sequences) {
        this.lowering = lowering;
        this.relations = relations;
        this.sequences = sequences;
    }

    /**
     * Both sides.
     *
     * @param isAtLater whether a touch stands at the later row
     */
    private record Sides(Sequences.Rows later, Sequences.Rows earlier, boolean isAtLater) {
        Sequences.Rows here() {
            return isAtLater ? later : earlier;
        }

        Sequences.Rows there() {
            return isAtLater ? earlier : later;
        }
    }

    /** Empty where it is not known what is read; the problem is told. */
    Optional<Relations.Read> read(
            Head.Touch touch, RelationClause clause, Frame frame, Leaves leaves) {
        var unit =
                new SequenceUnits(lowering, frame)
                        .unit(touch.per(), "touch", touch.later(), touch.span());
        var isAtLater = isAtLater(clause.timing(), frame);
        var later = sequences.rows(touch.later(), SIDE, touch.per(), frame);
        var earlier = sequences.rows(touch.earlier(), SIDE, touch.per(), frame);
        boolean isInWindow = frame.time().ofSubject() != null;
        if (isInWindow) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(touch.span()),
                                    "Touches are read by bucket, and not in a window of each member or row; say by a condition when they were.")
                            .offering(
                                    "count(touch(...) where earlier_at >= account.signed_at and earlier_at < account.signed_at + 30 days) over ever"));
        }
        boolean isAhead = isAhead(isAtLater, touch, frame);
        if (isInWindow
                || isAhead
                || unit.isEmpty()
                || isAtLater.isEmpty()
                || later.isEmpty()
                || earlier.isEmpty()) {
            return Optional.empty();
        }
        var sides = new Sides(later.get(), earlier.get(), isAtLater.get());
        return touching(touch, sides, unit.get(), frame)
                .map(touching -> read(touching, sides, clause, frame, leaves));
    }

    /** What a rule says of an account at an instant it says by rows before that, and the later row may be after it. */
    private boolean isAhead(Optional<Boolean> isAtLater, Head.Touch touch, Frame frame) {
        boolean isAhead = frame.state() != null && isAtLater.equals(Optional.of(false));
        if (isAhead) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(touch.span()),
                                    "A rule is read at an instant, and a touch that stands at its earlier row may have a later one after it; have it stand at the later.")
                            .offering("touch(...) on " + LATER_AT));
        }
        return isAhead;
    }

    private Relations.Read read(
            RelationKey.Touching touching,
            Sides sides,
            RelationClause clause,
            Frame frame,
            Leaves leaves) {
        var here = sides.here();
        var during = frame.during(here.read().scan().time());
        var relation = new RelationKey.OfFacts(here.source(), here.facts().placing(), touching);
        var scan = lowering.scan(relation, during, clause.span());
        var own = leaves.inner(scan);
        var level = ((Level.Row) here.read().rows().level()).with(own, touching.touches());
        var asked = lowering.narrowings().where(scan, own, frame);
        var rows =
                frame.asOf(here.read().rows().asOf())
                        .at(level)
                        .knowing(relation.neverEmpty())
                        .given(here.read().where())
                        .given(ofThere(sides.there().read().where(), touching.touches()))
                        .given(asked);
        var where = Expr.and(asked, relations.where(clause.where(), rows));
        return new Relations.Read(scan, where, rows.given(where), !where.type().isBroken());
    }

    /** What the row that it does not stand at shows of its fields, as the touch has them. */
    private static Expr ofThere(Expr where, Touches touches) {
        return Exprs.conjuncts(where).stream()
                .filter(part -> !Exprs.any(part, Touchings::isOfAnother))
                .map(part -> asThere(part, touches))
                .reduce(Expr.TRUE, Expr::and);
    }

    private static boolean isOfAnother(Expr part) {
        return part instanceof Expr.Attribute
                || part instanceof Expr.Linked
                || part instanceof Expr.Key
                || part instanceof Expr.Start;
    }

    private static Expr asThere(Expr part, Touches touches) {
        return part instanceof Expr.Field field
                ? touches.there(field)
                : Exprs.withOperands(part, operand -> asThere(operand, touches));
    }

    /** Empty where what is said is no time of a touch. */
    private Optional<Boolean> isAtLater(@Nullable Timing timing, Frame frame) {
        return switch (timing) {
            case null -> Optional.of(false);
            case Timing.On(var name, _) when name.equals(EARLIER_AT) -> Optional.of(false);
            case Timing.On(var name, _) when name.equals(LATER_AT) -> Optional.of(true);
            case Timing.On(var name, var span) -> {
                lowering.unknown(
                        Problem.of(
                                ProblemCode.UNKNOWN_FIELD,
                                frame.at(span),
                                "A touch is at '%s' or at '%s', not at '%s'.",
                                EARLIER_AT,
                                LATER_AT,
                                name),
                        name,
                        () -> List.of(EARLIER_AT, LATER_AT));
                yield Optional.empty();
            }
            case Timing.At(_, var span) -> holds(frame, span);
            case Timing.During(var span) -> holds(frame, span);
        };
    }

    private Optional<Boolean> holds(Frame frame, dev.cairn.domain.formula.Span span) {
        lowering.broken(
                Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                frame.at(span),
                                "A touch is at one time: 'at' and 'during' are of facts that hold for a time.")
                        .offering("on " + EARLIER_AT, "on " + LATER_AT));
        return Optional.empty();
    }

    private Optional<RelationKey.Touching> touching(
            Head.Touch touch, Sides sides, EntityRef unit, Frame frame) {
        if (!areOfOneKind(sides, touch, frame)) {
            return Optional.empty();
        }
        var within = touch.within();
        var length =
                within == null
                        ? Optional.<TimeContext.Length>empty()
                        : lowering.length(within, frame);
        var end =
                within == null
                        ? Optional.<SubjectWindow.Edge>empty()
                        : sequences.end(within, false, sides.earlier(), frame);
        var ofLater = sequences.same(touch.same(), sides.later(), frame);
        var ofEarlier = sequences.same(touch.same(), sides.earlier(), frame);
        boolean isSound =
                (within == null || (end.isPresent() && length.isPresent()))
                        && ofLater.isPresent()
                        && ofEarlier.isPresent()
                        && sequences.areAlike(
                                List.of(ofLater.get(), ofEarlier.get()), touch.same(), frame);
        if (!isSound) {
            return Optional.empty();
        }
        var there = sides.there().source();
        var touches =
                new Touches(
                        side(sides.later(), ofLater.get()),
                        side(sides.earlier(), ofEarlier.get()),
                        unit,
                        end.map(SubjectWindow.Edge::at).orElse(null),
                        sides.isAtLater(),
                        fields(there),
                        0);
        return Optional.of(new RelationKey.Touching(there, touches, length.orElse(null)));
    }

    /** All that are stored. */
    private static List<Expr.Field> fields(Source source) {
        var linked = LinkedFields.in(source).keySet();
        return source.fields().stream()
                .filter(field -> !linked.contains(field.name()))
                .map(field -> TypeRules.field(source, field))
                .toList();
    }

    private static Side side(Sequences.Rows rows, List<Expr> same) {
        return new Side(
                new Attempts.Input(
                        rows.source().name(),
                        rows.time(),
                        Sequences.key(rows.source()),
                        !rows.source().key().isEmpty(),
                        rows.read().where()),
                same);
    }

    private boolean areOfOneKind(Sides sides, Head.Touch touch, Frame frame) {
        var kinds =
                Stream.of(sides.later(), sides.earlier())
                        .map(rows -> rows.time().type().kind())
                        .distinct();
        boolean areAlike = kinds.count() == 1;
        if (!areAlike) {
            lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    touch.span(),
                    "A touch is of dates or of instants, and not of both: '%s.%s' is %s, '%s.%s' is %s.",
                    sides.later().source().name(),
                    sides.later().time().name(),
                    word(sides.later().time().type()),
                    sides.earlier().source().name(),
                    sides.earlier().time().name(),
                    word(sides.earlier().time().type()));
        }
        return areAlike;
    }

    private static String word(Type type) {
        return type.kind() == Type.Kind.DATE ? "a date" : "an instant";
    }
}
