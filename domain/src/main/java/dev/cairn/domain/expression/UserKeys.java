package dev.cairn.domain.expression;

import dev.cairn.domain.formula.Function;
import dev.cairn.domain.model.EntityRef;
import java.util.List;
import java.util.stream.Stream;

/** Keeps users of different accounts apart in expressions made of their keys: two accounts may have a user of the same key. */
public final class UserKeys {
    private static final Expr ACCOUNT = new Expr.Key(EntityRef.ACCOUNT);

    private UserKeys() {}

    /** The account of the user whose key a value is made of; empty for rows where it is made of something else, {@link Expr#NONE} where it always is. */
    public static Expr accountOf(Expr value) {
        return switch (value) {
            case Expr.Key(var entity) -> entity.isUser() ? ACCOUNT : Expr.NONE;
            case Expr.Case(var arms, var otherwise, _) -> ofChosen(arms, otherwise);
            case Expr.Call(var function, var arguments, var type) -> {
                if (function == Function.COALESCE) {
                    yield ofChosen(
                            arguments.stream()
                                    .map(argument ->
                                            new Expr.Arm(Exprs.isNotNone(argument), argument))
                                    .toList(),
                            Expr.NONE);
                }
                boolean isMadeOfKey =
                        type.kind() == Type.Kind.TEXT
                                && arguments.stream()
                                        .anyMatch(part -> !accountOf(part).equals(Expr.NONE));
                yield isMadeOfKey ? ACCOUNT : Expr.NONE;
            }
            case Expr.Common common -> common.accountOfUser();
            case Expr.Linked linked -> ofLinked(linked);
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Attribute _,
                    Expr.Start _,
                    Expr.InPeriods _,
                    Expr.LeafValue _,
                    Expr.TimeEdge _,
                    Expr.Arithmetic _,
                    Expr.Negate _,
                    Expr.Compare _,
                    Expr.Is _,
                    Expr.And _,
                    Expr.Or _,
                    Expr.Not _,
                    Expr.In _,
                    Expr.Convert _,
                    Expr.Share _,
                    Expr.Rank _ ->
                    Expr.NONE;
        };
    }

    /** The account of the row that links lead to, whose user is read there. */
    private static Expr ofLinked(Expr.Linked linked) {
        var last = linked.hops().getLast();
        var users = last.row().map(Expr.To.Row::users).orElse(null);
        if (users == null || !linked.end().equals(users.key())) {
            return Expr.NONE;
        }
        var account = users.account();
        if (account == null) {
            return new Expr.Case(List.of(new Expr.Arm(Expr.FALSE, linked)), Expr.NONE, Type.TEXT);
        }
        if (account.type().kind() != Type.Kind.TEXT) {
            return new Expr.Call(
                    Function.KEY, List.of(new Expr.Linked(linked.hops(), account)), Type.TEXT);
        }
        var toAccount =
                new Expr.Hop(
                        EntityRef.ACCOUNT.name(),
                        List.of(account),
                        new Expr.To.Member(EntityRef.ACCOUNT),
                        last.withinAccount());
        return new Expr.Linked(
                Stream.concat(linked.hops().stream(), Stream.of(toAccount)).toList(), ACCOUNT);
    }

    private static Expr ofChosen(List<Expr.Arm> arms, Expr otherwise) {
        var accounts =
                arms.stream()
                        .map(arm -> new Expr.Arm(arm.condition(), accountOf(arm.result())))
                        .toList();
        var account = accountOf(otherwise);
        return Stream.concat(accounts.stream().map(Expr.Arm::result), Stream.of(account))
                        .allMatch(Expr.NONE::equals)
                ? Expr.NONE
                : new Expr.Case(accounts, account, Type.TEXT);
    }

    /** What tells groups apart whose keys are equal and made of users' keys; {@link Expr#NONE} where no key is. */
    public static Expr accountOfKeys(List<Expr> keys) {
        var accounts =
                keys.stream()
                        .filter(key -> !accountOf(key).equals(Expr.NONE))
                        .<Expr>map(key ->
                                new Expr.Case(
                                        List.of(new Expr.Arm(Exprs.isNotNone(key), accountOf(key))),
                                        Expr.NONE,
                                        Type.TEXT))
                        .toList();
        return accounts.size() < 2
                ? accounts.stream().findFirst().orElse(Expr.NONE)
                : new Expr.Call(Function.COALESCE, accounts, Type.TEXT);
    }
}
