package dev.cairn.testkit.reference;

import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.PointInTime;
import dev.cairn.testkit.data.World;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The accounts and users there are, when they existed, and what is known of them. */
final class Population {
    private final World world;
    private final Rules rules;
    private final LocalDate asOfDate;
    private final Map<Identity, Member> declared = new LinkedHashMap<>();
    private final Map<Identity, FirstFacts> firstFacts = new LinkedHashMap<>();

    /** What is known of members at different times, of entities with a history. */
    private final Map<Identity, List<Member>> earlier = new LinkedHashMap<>();

    private final Rates rates;
    private final Parents parents;

    /** What tells members apart; the account of a user of no account is null. */
    private record Identity(EntityRef kind, @Nullable String account, @Nullable String user) {}

    /**
     * A member and its existence, half-open; times are instants or local dates.
     *
     * @param starts it exists from the earliest; none: nothing has been known of it yet
     * @param ends it exists until the earliest; none: it still exists
     */
    record Life(
            EntityRef kind,
            @Nullable String account,
            @Nullable String user,
            List<Object> starts,
            List<Object> ends) {}

    /** The least instant and the least date of the facts of a member. */
    private record FirstFacts(@Nullable Instant at, @Nullable LocalDate on) {}

    /**
     * @param facts by which members exist
     * @param rates as they were known
     */
    Population(
            World world,
            Rules rules,
            LocalDate asOfDate,
            Function<String, List<Fact>> facts,
            Rates rates,
            Parents parents) {
        this.world = world;
        this.rules = rules;
        this.asOfDate = asOfDate;
        this.rates = rates;
        this.parents = parents;
        world.accounts().forEach(account -> declare(account(account.key()), account));
        world.users()
                .forEach(user ->
                        declare(new Identity(EntityRef.USER, user.account(), user.key()), user));
        for (var name : world.sources()) {
            var source = world.source(name);
            facts.apply(name).forEach(fact -> notice(source, fact, time(source, fact)));
        }
    }

    Rates rates() {
        return rates;
    }

    Parents parents() {
        return parents;
    }

    LocalDate asOfDate() {
        return asOfDate;
    }

    private void declare(Identity one, Member member) {
        declared.put(one, member);
        earlier.computeIfAbsent(one, _ -> new ArrayList<>()).add(member);
    }

    /** Whether there is an account of a key: it was declared, or named by a user or by any fact ever loaded. */
    boolean isAccount(String key) {
        return declared.containsKey(account(key))
                || rules.named(world).contains(key)
                || world.users().stream().anyMatch(user -> key.equals(user.account()))
                || world.loads().stream()
                        .anyMatch(load ->
                                load.facts().stream()
                                        .anyMatch(fact ->
                                                named(world.source(load.source()), fact)
                                                        .contains(key)));
    }

    /** Keys of the accounts that a fact names: its own, and those in other roles. */
    private Set<String> named(Source source, Fact fact) {
        var keys = new LinkedHashSet<String>();
        if (fact.account() != null) {
            keys.add(fact.account());
        }
        for (var role : rules.roles(source)) {
            if (value(source, fact, role) instanceof String key && !key.isEmpty()) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static @Nullable Object value(Source source, Fact fact, String field) {
        return fact.values().get(source.fields().indexOf(source.field(field).orElseThrow()));
    }

    private static Identity account(@Nullable String key) {
        return new Identity(EntityRef.ACCOUNT, key, null);
    }

    private static FirstFacts time(Source source, Fact fact) {
        int at = source.fields().indexOf(source.placedBy());
        return fact.values().get(at) instanceof LocalDate date
                ? new FirstFacts(null, date)
                : new FirstFacts(fact.occurred(), null);
    }

    private void notice(Source source, Fact fact, FirstFacts time) {
        if (!rules.saysWhenAccountsBegin(source)) {
            return;
        }
        named(source, fact)
                .forEach(key -> firstFacts.merge(account(key), time, Population::earlier));
        if (fact.user() != null) {
            var user = new Identity(EntityRef.USER, fact.account(), fact.user());
            firstFacts.merge(user, time, Population::earlier);
        }
    }

    private static FirstFacts earlier(FirstFacts one, FirstFacts other) {
        return new FirstFacts(least(one.at(), other.at()), least(one.on(), other.on()));
    }

    private static <T extends Comparable<? super T>> @Nullable T least(
            @Nullable T one, @Nullable T other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    List<Life> lives(EntityRef kind) {
        var all = new LinkedHashMap<Identity, Life>();
        declared.keySet().stream()
                .filter(one -> one.kind().equals(kind))
                .forEach(one -> all.put(one, life(one)));
        firstFacts.keySet().stream()
                .filter(one -> one.kind().equals(kind))
                .forEach(one -> all.put(one, life(one)));
        return new ArrayList<>(all.values());
    }

    private Life life(Identity one) {
        var member = declared.get(one);
        var ends = new ArrayList<Object>();
        add(ends, member == null ? null : member.removed());
        if (one.kind().isUser()) {
            var account = declared.get(account(one.account()));
            add(ends, account == null ? null : account.removed());
        }
        return new Life(one.kind(), one.account(), one.user(), starts(one), ends);
    }

    private List<Object> starts(Identity one) {
        var member = declared.get(one);
        var starts = new ArrayList<Object>();
        add(starts, member == null ? null : member.start());
        var first = firstFacts.get(one);
        if (starts.isEmpty() && first != null) {
            Stream.of(first.at(), first.on()).filter(Objects::nonNull).forEach(starts::add);
        }
        return starts;
    }

    private static void add(List<Object> times, @Nullable PointInTime point) {
        switch (point) {
            case null -> {}
            case PointInTime.OnDate(var date) -> times.add(date);
            case PointInTime.AtInstant(var instant) -> times.add(instant);
        }
    }

    /** The local date on which the account or user of a row began; of no account it is none. */
    @Nullable LocalDate start(
            EntityRef entity, @Nullable String account, @Nullable String user, ZoneId zone) {
        var whose = identity(entity, account, user);
        boolean isThere = entity.isAccount() ? account != null : user != null;
        return !isThere
                ? null
                : starts(whose).stream()
                        .map(start ->
                                start instanceof Instant instant
                                        ? instant.atZone(zone).toLocalDate()
                                        : (LocalDate) start)
                        .min(LocalDate::compareTo)
                        .orElse(null);
    }

    @Nullable Object attribute(
            Expr.Attribute attribute, @Nullable String account, @Nullable String user) {
        var rows = rows(attribute, account, user);
        return rows.stream()
                .max(Comparator.comparing(Population::from))
                .filter(row -> World.today().isBefore(until(row, rows)))
                .map(row -> value(attribute, row))
                .orElse(null);
    }

    @Nullable Object attributeOn(
            Expr.Attribute attribute,
            LocalDate day,
            @Nullable String account,
            @Nullable String user) {
        var rows = rows(attribute, account, user);
        return rows.stream()
                .filter(row -> rules.holdsOn(day, from(row), until(row, rows)))
                .findFirst()
                .map(row -> value(attribute, row))
                .orElse(null);
    }

    @Nullable Object attributeBefore(
            Expr.Attribute attribute,
            LocalDate edge,
            @Nullable String account,
            @Nullable String user) {
        return rows(attribute, account, user).stream()
                .map(Population::from)
                .min(LocalDate::compareTo)
                .map(first -> rules.dayBefore(edge, asOfDate, first))
                .map(day -> attributeOn(attribute, day, account, user))
                .orElse(null);
    }

    private List<Member> rows(
            Expr.Attribute attribute, @Nullable String account, @Nullable String user) {
        return earlier.getOrDefault(identity(attribute.entity(), account, user), List.of());
    }

    private static LocalDate from(Member row) {
        return row.held() == null || row.held().from() == null ? LocalDate.MIN : row.held().from();
    }

    /** Of a snapshot until the next day that something is known of. */
    private static LocalDate until(Member row, List<Member> rows) {
        if (row.held() != null && row.held().isSnapshot()) {
            return rows.stream()
                    .map(Population::from)
                    .filter(from(row)::isBefore)
                    .min(LocalDate::compareTo)
                    .orElse(LocalDate.MAX);
        }
        return row.held() == null || row.held().until() == null
                ? LocalDate.MAX
                : row.held().until();
    }

    private static Identity identity(
            EntityRef entity, @Nullable String account, @Nullable String user) {
        return entity.isUser() ? new Identity(entity, account, user) : account(account);
    }

    private @Nullable Object value(Expr.Attribute attribute, @Nullable Member member) {
        if (member == null) {
            return null;
        }
        Entity entity = world.catalog().entity(attribute.entity()).stored();
        for (int i = 0; i < entity.attributes().size(); i++) {
            if (entity.attributes().get(i).field().name().equals(attribute.name())) {
                return Values.exact(member.values().get(i));
            }
        }
        throw new IllegalArgumentException(
                "%s has no attribute %s".formatted(entity.name(), attribute.name()));
    }
}
