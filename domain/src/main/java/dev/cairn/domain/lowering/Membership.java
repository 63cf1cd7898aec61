package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.model.EntityRef;
import java.util.List;
import java.util.Set;

/**
 * Whether an account is in a cohort. Membership is a set: true or false for an account, a rule that is empty for it meaning not, and empty only for what is
 * of no account. Every face of a cohort (formula, filter, key, the cohort of a question) reads this one expression.
 */
public final class Membership {
    private Membership() {}

    /** Of a list of accounts. */
    static Expr of(List<String> keys) {
        return new Expr.In(new Expr.Key(EntityRef.ACCOUNT), keys.stream().map(Expr::text).toList());
    }

    /**
     * Of a rule.
     *
     * @param ofAccount whether there is an account in any case: a rule in a rule is of the same one, and what refers to both says of which
     */
    public static Expr of(Expr rule, boolean ofAccount) {
        if (rule.type().isBroken()) {
            return rule;
        }
        var emptiness = new Emptiness(Set.of(new Expr.Key(EntityRef.ACCOUNT)), _ -> true);
        var decided =
                emptiness.mayBeEmpty(rule)
                        ? new Expr.Case(
                                List.of(new Expr.Arm(rule, Expr.TRUE)), Expr.FALSE, Type.BOOLEAN)
                        : rule;
        return ofAccount
                ? decided
                : new Expr.Case(
                        List.of(new Expr.Arm(Exprs.isKnown(EntityRef.ACCOUNT), decided)),
                        Expr.NONE,
                        Type.BOOLEAN);
    }

    /** Whether an expression says if an account is in a cohort: then it is empty only for want of an account. */
    public static boolean isOne(Expr expr) {
        return switch (expr) {
            case Expr.In(Expr.Key(var entity), _) -> entity.isAccount();
            case Expr.Case(var arms, var otherwise, _) ->
                    otherwise.equals(Expr.NONE)
                            && arms.size() == 1
                            && arms.getFirst().condition().equals(Exprs.isKnown(EntityRef.ACCOUNT));
            case Expr.Common common -> isOne(common.value());
            default -> false;
        };
    }

    /** A condition that keeps the same rows, where only what is true keeps one: without what tells false from empty. */
    public static Expr kept(Expr condition) {
        return kept(rule(condition), true);
    }

    /** The same of a formula that a caller wrote: what it says of emptiness itself stays, as it decides whether a negation is undecided. */
    public static Expr keptAsWritten(Expr condition) {
        return kept(condition, false);
    }

    private static Expr kept(Expr condition, boolean ofRule) {
        return switch (condition) {
            case Expr.And(var left, var right) -> Expr.and(kept(left, ofRule), kept(right, ofRule));
            case Expr.Or(var left, var right) ->
                    Exprs.both(kept(left, ofRule), kept(right, ofRule), Expr.Or::new);
            case Expr.Not(Expr.Not(var twice)) -> kept(twice, ofRule);
            case Expr.Case decided when ofRule && rule(decided) != decided ->
                    kept(rule(decided), true);
            case Expr.Case(var arms, _, _) when isOne(condition) -> {
                var rule = kept(arms.getFirst().result());
                yield Exprs.any(rule, Membership::mayBeTrueOfNothing)
                        ? Expr.and(arms.getFirst().condition(), rule)
                        : rule;
            }
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.InPeriods _,
                    Expr.LeafValue _,
                    Expr.TimeEdge _,
                    Expr.Arithmetic _,
                    Expr.Negate _,
                    Expr.Compare _,
                    Expr.Is _,
                    Expr.Not _,
                    Expr.In _,
                    Expr.Case _,
                    Expr.Call _,
                    Expr.Convert _,
                    Expr.Share _,
                    Expr.Rank _,
                    Expr.Common _ ->
                    condition;
        };
    }

    /** A rule without what takes empty for false. */
    private static Expr rule(Expr decided) {
        return decided instanceof Expr.Case(var arms, var otherwise, _)
                        && arms.size() == 1
                        && arms.getFirst().result().equals(Expr.TRUE)
                        && otherwise.equals(Expr.FALSE)
                ? arms.getFirst().condition()
                : decided;
    }

    /** All else is empty where all attributes are, and not what is read of facts, which may be of no account too, and what two-valued logic takes for true. */
    private static boolean mayBeTrueOfNothing(Expr part) {
        return part instanceof Expr.Is
                || part instanceof Expr.LeafValue
                || part instanceof Expr.Share
                || part instanceof Expr.Case
                || part instanceof Expr.Not
                || (part instanceof Expr.Compare(var comparator, _, _)
                        && comparator == Comparator.NOT_EQUAL)
                || (part.type().isBoolean() && Exprs.isConstant(part))
                || (part instanceof Expr.Call(var function, var _, var _)
                        && function == Function.COALESCE);
    }
}
