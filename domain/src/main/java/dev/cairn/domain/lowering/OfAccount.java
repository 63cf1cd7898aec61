package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.PerAccount;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Lowers what is of the account of what is at hand: {@code per(account : ...)}, and the aggregates of a key, which are of one account each. */
final class OfAccount {
    private static final String ACCOUNT = EntityKind.ACCOUNT.word();

    private final Lowering lowering;

    OfAccount(Lowering lowering) {
        this.lowering = lowering;
    }

    Expr per(Formula.Per per, Frame frame) {
        if (!per.entity().names().equals(List.of(ACCOUNT))) {
            return per.entity().names().equals(List.of(EntityKind.USER.word()))
                    ? lowering.notYet("'per(user : ...)'", frame, per.span())
                    : lowering.broken(
                            Problem.of(
                                            ProblemCode.UNKNOWN_SOURCE,
                                            frame.at(per.entity().span()),
                                            "'%s' is no entity; 'per' gives a value of the account of a row.",
                                            per.entity().text())
                                    .offering("per(account : ...)"));
        }
        return value(frame, per.span(), account -> lowering.lower(per.operand(), account));
    }

    /** @param lower the value of an account, where its formula stands */
    Expr value(Frame frame, Span span, Function<Frame, Expr> lower) {
        if (frame.level() instanceof Level.Row row
                && row.own() != null
                && row.own().timeOfRows().filter(time -> time.ofSubject() != null).isPresent()) {
            return lowering.notYet(
                    "A value of the account in a window relative to a member", frame, span);
        }
        return switch (frame.level()) {
            case Level.Row row -> {
                var own = row.own();
                if (own != null) {
                    yield ofRow(RelationKey.of(row.source()), own, frame, span, lower);
                }
                yield row.isBeingRead()
                        ? lowering.broken(
                                ProblemCode.LEVEL_MISMATCH,
                                frame,
                                span,
                                "Nothing of an account is known while its rows are read.")
                        : lowering.notYet("'per(...)' in a slice", frame, span);
            }
            case Level.Member(var entity, var leaves, _) -> {
                if (entity == EntityKind.ACCOUNT) {
                    yield lower.apply(frame);
                }
                yield frame.time().ofSubject() == null
                        ? wrapped(leaves, frame, lower)
                        : lowering.notYet(
                                "A value of the account in a window relative to a user",
                                frame,
                                span);
            }
            case Level.Asked(var relation, _, var own) ->
                    own == null
                            ? lowering.notYet("A value of the account here", frame, span)
                            : ofRow(relation, own, frame, span, lower);
            case Level.Cell _ ->
                    lowering.broken(
                            Problem.of(
                                            ProblemCode.LEVEL_MISMATCH,
                                            frame.at(span),
                                            "'per(account : ...)' is a value of the account of a row; a cell has none. Aggregate over accounts instead.")
                                    .offering("avg(account : ...)"));
            case Level.Rule rule -> lowering.broken(noAggregates(rule, frame, span));
        };
    }

    static Problem noAggregates(Level.Rule rule, Frame frame, Span span) {
        return rule.isScope()
                ? Problem.of(
                        ProblemCode.LEVEL_MISMATCH,
                        frame.at(span),
                        "A scope is of attributes and lists of accounts alone; it has no aggregates and no metrics.")
                : Problem.of(
                        ProblemCode.NOT_YET_AVAILABLE,
                        frame.at(span),
                        "A cohort by a rule over facts or metrics is not yet available here in this version; use attributes of the account.");
    }

    private Expr ofRow(
            RelationKey relation, Leaves own, Frame frame, Span span, Function<Frame, Expr> lower) {
        if (relation.reaches(EntityKind.ACCOUNT)) {
            return relation.equals(new RelationKey.OfMembers(EntityKind.ACCOUNT))
                    ? lower.apply(account(own, frame))
                    : wrapped(own, frame, lower);
        }
        return lowering.broken(
                ProblemCode.INCOMPATIBLE,
                frame,
                span,
                "'per(account : ...)' does not apply to '%s': its facts are of no account.",
                relation.factsOf().map(Source::name).orElse(relation.word()));
    }

    private Expr wrapped(Leaves own, Frame frame, Function<Frame, Expr> lower) {
        var value = lower.apply(account(own, frame));
        return value.type().isWild() ? value : PerAccount.of(value);
    }

    /** The same formula, of the account: its attributes are read as those of members are. */
    private Frame account(Leaves own, Frame frame) {
        var members = new RelationKey.OfMembers(EntityKind.ACCOUNT);
        return frame.at(new Level.Member(EntityKind.ACCOUNT, own, frame.time()))
                .asOf(lowering.attributes().asOf(members))
                .knowing(Set.of(new Expr.Key(EntityKind.ACCOUNT)));
    }
}
