package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.PerAccount;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Lowers what is of the account or user of what is at hand: {@code per(account : ...)}, and the aggregates of a key, which are of one account each. */
final class OfAccount {
    private final Lowering lowering;

    private final OfEntity ofEntity;

    OfAccount(Lowering lowering, OfEntity ofEntity) {
        this.lowering = lowering;
        this.ofEntity = ofEntity;
    }

    OfEntity ofEntity() {
        return ofEntity;
    }

    Expr per(Formula.Per per, Frame frame) {
        return EntityRef.BUILT_IN.stream()
                .filter(entity -> per.entity().names().equals(List.of(entity.name())))
                .findFirst()
                .map(entity ->
                        value(
                                entity,
                                frame,
                                per.span(),
                                member -> lowering.lower(per.operand(), member)))
                .orElseGet(() -> ofEntity.per(per.entity(), per.operand(), frame, per.span()));
    }

    /** @param lower the value of an account, where its formula stands */
    Expr value(Frame frame, Span span, Function<Frame, Expr> lower) {
        return value(EntityRef.ACCOUNT, frame, span, lower);
    }

    private Expr value(EntityRef wanted, Frame frame, Span span, Function<Frame, Expr> lower) {
        return switch (frame.level()) {
            case Level.Row row -> {
                var own = row.own();
                if (own != null) {
                    yield ofRow(wanted, RelationKey.of(row.source()), own, frame, span, lower);
                }
                yield row.isBeingRead()
                        ? lowering.broken(
                                ProblemCode.LEVEL_MISMATCH,
                                frame,
                                span,
                                "Nothing of an account is known while its rows are read.")
                        : lowering.broken(outsideOfQuestion(frame, span));
            }
            case Level.Member(var entity, var leaves, _, var pairing) -> {
                if (entity.equals(wanted)) {
                    // Of a pair it is of all the member does, and not of the rows of its value
                    // alone.
                    yield pairing == null
                            ? lower.apply(frame)
                            : wrapped(wanted, leaves, frame, lower);
                }
                if (wanted.isUser()) {
                    yield lowering.broken(
                            Problem.of(
                                            ProblemCode.LEVEL_MISMATCH,
                                            frame.at(span),
                                            "An account has several users, and no one value of them; aggregate over users.")
                                    .offering("sum(user : ...)"));
                }
                var window = frame.time().ofSubject();
                yield window == null || SubjectWindows.isOf(wanted, window)
                        ? wrapped(wanted, leaves, frame, lower)
                        : lowering.broken(
                                Problem.of(
                                                ProblemCode.INCOMPATIBLE,
                                                frame.at(span),
                                                "This window is relative to one user, and a value of the account is the same for all of its users: read it in a window of the account, or of the bucket.")
                                        .offering(
                                                "per(account : exists(event)) over 14 days from account.signed_on"));
            }
            case Level.Asked(var relation, _, var own) ->
                    own == null
                            ? lowering.broken(outsideOfQuestion(frame, span))
                            : ofRow(wanted, relation, own, frame, span, lower);
            case Level.Cell _ ->
                    lowering.broken(
                            Problem.of(
                                            ProblemCode.LEVEL_MISMATCH,
                                            frame.at(span),
                                            "'per(%1$s : ...)' is a value of the %1$s of a row; a cell has none. Aggregate over %1$ss instead.",
                                            wanted.name())
                                    .offering("avg(%s : ...)".formatted(wanted.name())));
            case Level.Rule rule -> lowering.broken(noAggregates(rule, frame, span));
        };
    }

    /** Whether it is read in the window that rows stand in, where the account or user of each does not have that window itself. */
    private static boolean isInWindowOfAnother(EntityRef wanted, Expr value, Leaves own) {
        return Exprs.leavesIn(value).stream()
                .map(leaf -> own.key(own.leaf(leaf).scan()).time().ofSubject())
                .anyMatch(window ->
                        window != null
                                && SubjectWindows.isThatOfRows(window, own)
                                && !SubjectWindows.isOf(wanted, window));
    }

    static Problem noAggregates(Level.Rule rule, Frame frame, Span span) {
        return rule.isScope()
                ? Problem.of(
                        ProblemCode.LEVEL_MISMATCH,
                        frame.at(span),
                        "A scope is of attributes and lists of accounts alone; it has no aggregates and no metrics.")
                : outsideOfQuestion(frame, span);
    }

    /** What selects stored rows, or lists accounts, is no question: it has no time in which facts of an account could be read. */
    static Problem outsideOfQuestion(Frame frame, Span span) {
        return Problem.of(
                        ProblemCode.LEVEL_MISMATCH,
                        frame.at(span),
                        "What selects stored rows or lists values is no question and has no time in which the facts of an account could be read: it is of fields, attributes and lists of accounts. Ask a question, grouped by account, for those of whom it is true.")
                .offering("count(account where exists(event))");
    }

    private Expr ofRow(
            EntityRef wanted,
            RelationKey relation,
            Leaves own,
            Frame frame,
            Span span,
            Function<Frame, Expr> lower) {
        if (relation.reaches(wanted)) {
            var value =
                    relation.equals(new RelationKey.OfMembers(wanted))
                            ? lower.apply(member(wanted, own, frame))
                            : wrapped(wanted, own, frame, lower);
            return isInWindowOfAnother(wanted, value, own)
                    ? lowering.broken(inWindowOfRow(wanted, frame, span))
                    : value;
        }
        return lowering.broken(
                ProblemCode.INCOMPATIBLE,
                frame,
                span,
                "'per(%2$s : ...)' does not apply to '%1$s': %3$s of no %2$s.",
                relation.factsOf().map(Source::name).orElse(relation.word()),
                wanted.name(),
                relation.factsOf().isPresent() ? "its facts are" : "it is");
    }

    private static Problem inWindowOfRow(EntityRef wanted, Frame frame, Span span) {
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        frame.at(span),
                        "In a window relative to a row this is the same for all that is read in it: it is a value of that row, and stands beside what is read. Another window of the %s may be read here, such as 'over last 7 days'.",
                        wanted.name())
                .offering("per(%s : exists(a) and count(b) > 3)".formatted(wanted.name()));
    }

    private Expr wrapped(EntityRef wanted, Leaves own, Frame frame, Function<Frame, Expr> lower) {
        var value = lower.apply(member(wanted, own, frame));
        return value.type().isWild() ? value : PerAccount.of(wanted, value);
    }

    /** The same formula, of the account or user: its attributes are read as those of members are. */
    private Frame member(EntityRef wanted, Leaves own, Frame frame) {
        var members = new RelationKey.OfMembers(wanted);
        return frame.at(new Level.Member(wanted, own, frame.time()))
                .asOf(lowering.attributes().asOf(members))
                .knowing(Set.of(new Expr.Key(wanted)));
    }
}
