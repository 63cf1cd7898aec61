package dev.cairn.domain.plan;

import dev.cairn.domain.model.EntityKind;
import java.util.List;
import java.util.stream.Stream;

/** Users of two accounts are never the same, also where an expression is made of their keys: the account tells them apart. */
final class UserKeys {
    private static final Expr ACCOUNT = new Expr.Key(EntityKind.ACCOUNT);

    private UserKeys() {}

    /** The account of the user whose key a value is made of; empty for rows where it is made of something else, {@link Expr#NONE} where it always is. */
    static Expr accountOf(Expr value) {
        return switch (value) {
            case Expr.Key(var entity) -> entity == EntityKind.USER ? ACCOUNT : Expr.NONE;
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
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Attribute _,
                    Expr.LeafValue _,
                    Expr.BucketEdge _,
                    Expr.Arithmetic _,
                    Expr.Negate _,
                    Expr.Compare _,
                    Expr.Is _,
                    Expr.And _,
                    Expr.Or _,
                    Expr.Not _,
                    Expr.In _,
                    Expr.Share _ ->
                    Expr.NONE;
        };
    }

    private static Expr ofChosen(List<Expr.Arm> arms, Expr otherwise) {
        var results = Stream.concat(arms.stream().map(Expr.Arm::result), Stream.of(otherwise));
        if (results.allMatch(result -> accountOf(result).equals(Expr.NONE))) {
            return Expr.NONE;
        }
        return new Expr.Case(
                arms.stream()
                        .map(arm -> new Expr.Arm(arm.condition(), accountOf(arm.result())))
                        .toList(),
                accountOf(otherwise),
                Type.TEXT);
    }

    /** What tells groups apart whose keys are equal and made of users' keys; {@link Expr#NONE} where no key is. */
    static Expr accountOfKeys(List<Expr> keys) {
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
