package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.UserKeys;
import dev.cairn.domain.model.EntityRef;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which keys of a question a scan is grouped by.
 *
 * @param all whatever they are
 * @param keys else those that are one of these, as the relation reads them
 * @param computed and those that are one of these, before the keys of the question are known
 */
public record Kept(boolean all, List<Expr> keys, List<Computed> computed) {
    public static final Kept ALL = new Kept(true, List.of(), List.of());

    /** None of them. */
    static final Kept NONE = new Kept(false, List.of(), List.of());

    /**
     * A key that is computed from what is read for each account.
     *
     * @param own what it reads
     */
    public record Computed(Expr key, Leaves own) {}

    public Kept {
        keys = List.copyOf(keys);
        computed = List.copyOf(computed);
    }

    /** Whether some are named. */
    boolean areSome() {
        return !keys.isEmpty() || !computed.isEmpty();
    }

    static Kept of(List<Expr> keys) {
        return new Kept(false, keys, List.of());
    }

    /** With other keys that read nothing for accounts. */
    Kept of(UnaryOperator<Expr> copied) {
        return new Kept(all, keys.stream().map(copied).toList(), computed);
    }

    /**
     * With the keys of a question in place of those computed ones that are one of them.
     *
     * @param copied a computed key, over what the question's read
     */
    Kept computedOf(List<Expr> asked, Function<Computed, Expr> copied) {
        if (computed.isEmpty()) {
            return this;
        }
        var found = new ArrayList<>(keys);
        var ofQuestion = computed.stream().map(key -> latest(copied.apply(key))).toList();
        asked.stream().filter(key -> ofQuestion.contains(latest(key))).forEach(found::add);
        return of(found);
    }

    /**
     * Which of some keys are kept. Where one is made of a user's key, what tells users of two accounts apart is kept with it.
     *
     * @param all keys of the question, as the relation reads them
     */
    boolean keeps(Expr key, List<Expr> all) {
        return this.all || isOne(key) || (isOfUsers(all) && tellsUsersApart(key, all));
    }

    /** Which of the keys of a question do not stay. */
    Set<Integer> dropped(List<Expr> all) {
        return IntStream.range(0, all.size())
                .filter(key -> !keeps(all.get(key), all))
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A key that is named without as of when it is read is the question's, whenever that is read: beside the account attributes are its labels. One that says it is
     * the question's where that is read then, said or not.
     */
    private boolean isOne(Expr key) {
        return keys.stream().anyMatch(kept -> unsaid(kept).equals(unsaid(key)))
                || keys.stream()
                        .anyMatch(kept -> isOfAnyTime(kept) && latest(kept).equals(latest(key)));
    }

    private static boolean isOfAnyTime(Expr kept) {
        return !Exprs.any(
                kept,
                part ->
                        Exprs.attribute(part)
                                .map(Expr.Attribute::asOf)
                                .filter(AsOf::isSaid)
                                .isPresent());
    }

    /** The same, whether it is said or not as of when it is read. */
    private static Expr unsaid(Expr key) {
        return read(key, Kept::unsaid, new IdentityHashMap<>());
    }

    private static Expr unsaid(Expr.Attribute attribute) {
        return switch (attribute) {
            case Expr.Attribute(var entity, var name, var type, AsOf.Fact(var day, _)) ->
                    new Expr.Attribute(entity, name, type, new AsOf.Fact(day, false));
            case Expr.Attribute(var entity, var name, var type, AsOf.Edge(var edge, _)) ->
                    new Expr.Attribute(entity, name, type, new AsOf.Edge(edge, false));
            default -> attribute;
        };
    }

    private static Expr latest(Expr key) {
        return read(key, Expr.Attribute::latest, new IdentityHashMap<>());
    }

    /** With attributes as they are read otherwise; whether a value had a name or was written out does not show. Each common value is visited once. */
    private static Expr read(
            Expr key, Function<Expr.Attribute, Expr> attributes, Map<Expr, Expr> done) {
        return switch (key) {
            case Expr.Attribute attribute -> attributes.apply(attribute);
            case Expr.Linked linked ->
                    linked.from(from -> read(from, attributes, done))
                            .to(read(linked.end(), attributes, done));
            case Expr.Common common -> {
                var known = done.get(common);
                if (known == null) {
                    known = read(common.value(), attributes, done);
                    done.put(common, known);
                }
                yield known;
            }
            default -> {
                var value = Exprs.withOperands(key, operand -> read(operand, attributes, done));
                yield isShort(value) ? value : new Expr.Common(value);
            }
        };
    }

    private static boolean isShort(Expr value) {
        return Exprs.operands(value).stream()
                .allMatch(operand -> Exprs.operands(operand).isEmpty());
    }

    private boolean isOfUsers(List<Expr> all) {
        var kept = all.stream().filter(this::isOne).toList();
        return !UserKeys.accountOfKeys(kept).equals(Expr.NONE);
    }

    private static boolean tellsUsersApart(Expr key, List<Expr> all) {
        var others = all.stream().filter(other -> other != key).toList();
        return key.equals(new Expr.Key(EntityRef.ACCOUNT))
                || key.equals(UserKeys.accountOfKeys(others));
    }
}
