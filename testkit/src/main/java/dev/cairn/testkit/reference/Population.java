package dev.cairn.testkit.reference;

import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.plan.Expr;
import dev.cairn.testkit.data.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The accounts and users there are, when they existed, and what is known of them. */
final class Population {
    private final World world;
    private final Map<Identity, Member> declared = new LinkedHashMap<>();
    private final Map<Identity, Instant> firstFacts = new LinkedHashMap<>();

    /** What tells members apart; the account of a user of no account is null. */
    private record Identity(EntityKind kind, @Nullable String account, @Nullable String user) {}

    /**
     * A member and its existence, half-open.
     *
     * @param start null: nothing has been known of it yet
     * @param removed null: it still exists
     */
    record Life(
            EntityKind kind,
            @Nullable String account,
            @Nullable String user,
            @Nullable Instant start,
            @Nullable Instant removed) {}

    Population(World world, Function<String, List<Fact>> facts) {
        this.world = world;
        world.accounts().forEach(account -> declared.put(account(account.key()), account));
        world.users()
                .forEach(user ->
                        declared.put(
                                new Identity(EntityKind.USER, user.account(), user.key()), user));
        world.sources().forEach(source -> facts.apply(source).forEach(this::notice));
    }

    private static Identity account(@Nullable String key) {
        return new Identity(EntityKind.ACCOUNT, key, null);
    }

    private void notice(Fact fact) {
        if (fact.account() != null) {
            firstFacts.merge(account(fact.account()), fact.occurred(), Population::earlier);
        }
        if (fact.user() != null) {
            var user = new Identity(EntityKind.USER, fact.account(), fact.user());
            firstFacts.merge(user, fact.occurred(), Population::earlier);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    List<Life> lives(EntityKind kind) {
        var all = new LinkedHashMap<Identity, Life>();
        declared.keySet().stream()
                .filter(one -> one.kind() == kind)
                .forEach(one -> all.put(one, life(one)));
        firstFacts.keySet().stream()
                .filter(one -> one.kind() == kind)
                .forEach(one -> all.put(one, life(one)));
        return new ArrayList<>(all.values());
    }

    private Life life(Identity one) {
        var member = declared.get(one);
        var start = member != null && member.start() != null ? member.start() : firstFacts.get(one);
        var removed = member == null ? null : member.removed();
        if (one.kind() == EntityKind.USER) {
            var account = declared.get(account(one.account()));
            if (account != null && account.removed() != null) {
                removed = removed == null ? account.removed() : earlier(removed, account.removed());
            }
        }
        return new Life(one.kind(), one.account(), one.user(), start, removed);
    }

    @Nullable Object attribute(
            Expr.Attribute attribute, @Nullable String account, @Nullable String user) {
        var member =
                declared.get(
                        switch (attribute.entity()) {
                            case ACCOUNT -> account(account);
                            case USER -> new Identity(EntityKind.USER, account, user);
                        });
        if (member == null) {
            return null;
        }
        Entity entity = world.catalog().entity(attribute.entity());
        for (int i = 0; i < entity.attributes().size(); i++) {
            if (entity.attributes().get(i).field().name().equals(attribute.name())) {
                return Values.exact(member.values().get(i));
            }
        }
        throw new IllegalArgumentException(
                "%s has no attribute %s".formatted(entity.name(), attribute.name()));
    }
}
