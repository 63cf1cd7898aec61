package dev.cairn.testkit.opinion;

import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.time.PointInTime;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The accounts and users there are, when they exist, and what is known of them. */
final class PlainMembers {
    private final World world;
    private final PlainFacts facts;
    private final ZoneId zone;

    private record Life(Owner member, @Nullable Instant start, @Nullable Instant removed) {}

    private final Map<EntityRef, List<Life>> known = new HashMap<>();
    private final Map<Owner, Optional<Member>> accounts = new HashMap<>();
    private final Map<Owner, Optional<Member>> users = new HashMap<>();

    /** @param zone of the question, in which a local date begins */
    PlainMembers(World world, PlainFacts facts, ZoneId zone) {
        this.world = world;
        this.facts = facts;
        this.zone = zone;
    }

    /** When what is known of a member is read. */
    sealed interface Seen {
        /** What holds today. */
        record Today() implements Seen {}

        /** What holds today of the account that a row is of; of accounts in other roles what is read of the row. */
        record AsLabels(Seen inRoles) implements Seen {}

        /** On the day of a fact; nothing is known before the first. */
        record On(LocalDate day) implements Seen {}

        /**
         * Just before a day; who is not there yet has what is known first.
         *
         * @param edge the instant with which the day begins, or one in it
         */
        record Before(LocalDate day, Stretch edge) implements Seen {
            Before(Stretch edge) {
                this(edge.startDate(), edge);
            }
        }
    }

    /** Whose something is; a fact may be of no account and of no user. */
    record Owner(@Nullable String account, @Nullable String user) {}

    /** The members whose existence overlaps the bucket and has begun by as-of. */
    List<Owner> existing(EntityRef kind, Stretch bucket, Instant asOf) {
        var existing = new ArrayList<Owner>();
        var lives =
                known.computeIfAbsent(
                        kind,
                        _ ->
                                all(kind).stream()
                                        .map(member ->
                                                new Life(
                                                        member,
                                                        start(kind, member),
                                                        removed(kind, member)))
                                        .toList());
        for (Life life : lives) {
            var start = life.start();
            var removed = life.removed();
            boolean exists =
                    start != null
                            && start.isBefore(bucket.end())
                            && start.isBefore(asOf)
                            && (removed == null
                                    || (removed.isAfter(bucket.start()) && removed.isAfter(start)));
            if (exists) {
                existing.add(life.member());
            }
        }
        return existing;
    }

    private Set<Owner> all(EntityRef kind) {
        var all = new LinkedHashSet<Owner>();
        boolean accounts = kind.isAccount();
        (accounts ? world.accounts() : world.users())
                .forEach(member ->
                        all.add(
                                accounts
                                        ? new Owner(member.key(), null)
                                        : new Owner(member.account(), member.key())));
        for (String source : world.sources()) {
            for (Fact fact : facts.inForce(source)) {
                if (accounts) {
                    named(source, fact).forEach(key -> all.add(new Owner(key, null)));
                }
                if (!accounts && fact.user() != null) {
                    all.add(new Owner(fact.account(), fact.user()));
                }
            }
        }
        return all;
    }

    /** The declared start, else the first fact; a date begins with its day in the question's zone. */
    private @Nullable Instant start(EntityRef kind, Owner member) {
        var declared = declared(kind, member);
        if (declared != null && declared.start() != null) {
            return instant(declared.start());
        }
        @Nullable Instant first = null;
        for (String name : world.sources()) {
            var source = world.source(name);
            if (source.isTimeless()) {
                continue;
            }
            boolean byDate = source.placedBy().type() == DataType.DATE;
            for (Fact fact : facts.inForce(name)) {
                boolean isIts =
                        kind.isAccount()
                                ? named(name, fact).contains(member.account())
                                : Objects.equals(fact.account(), member.account())
                                        && Objects.equals(fact.user(), member.user());
                if (isIts) {
                    var time =
                            byDate
                                    ? PlainCalendar.startOf(
                                            fact.occurred().atZone(source.zone()).toLocalDate(),
                                            zone)
                                    : fact.occurred();
                    first = first == null || time.isBefore(first) ? time : first;
                }
            }
        }
        return first;
    }

    /** A user goes with its account. */
    private @Nullable Instant removed(EntityRef kind, Owner member) {
        var own = removedItself(kind, member);
        var account =
                kind.isUser() && member.account() != null
                        ? removedItself(EntityRef.ACCOUNT, new Owner(member.account(), null))
                        : null;
        return own == null || (account != null && account.isBefore(own)) ? account : own;
    }

    private @Nullable Instant removedItself(EntityRef kind, Owner member) {
        var declared = declared(kind, member);
        return declared == null || declared.removed() == null ? null : instant(declared.removed());
    }

    private Instant instant(PointInTime time) {
        return switch (time) {
            case PointInTime.OnDate(var date) -> PlainCalendar.startOf(date, zone);
            case PointInTime.AtInstant(var instant) -> instant;
        };
    }

    private @Nullable Member declared(EntityRef kind, Owner member) {
        if (kind.isUser()) {
            return users.computeIfAbsent(
                            member,
                            _ ->
                                    world.users().stream()
                                            .filter(one ->
                                                    one.key().equals(member.user())
                                                            && Objects.equals(
                                                                    one.account(),
                                                                    member.account()))
                                            .findFirst())
                    .orElse(null);
        }
        return accounts.computeIfAbsent(
                        new Owner(member.account(), null),
                        _ ->
                                world.accounts().stream()
                                        .filter(one -> one.key().equals(member.account()))
                                        .findFirst())
                .orElse(null);
    }

    /** Whether there is an account of a key: whoever is declared, or was ever named by a user or a fact. */
    boolean isAccount(String key) {
        return declared(EntityRef.ACCOUNT, new Owner(key, null)) != null
                || world.users().stream().anyMatch(user -> key.equals(user.account()))
                || world.sources().stream()
                        .anyMatch(source ->
                                world.everLoaded(source).stream()
                                        .anyMatch(fact -> named(source, fact).contains(key)));
    }

    /** The accounts that a fact names: its own, and those in other roles. */
    private Set<String> named(String name, Fact fact) {
        var source = world.source(name);
        var keys = new LinkedHashSet<String>();
        if (fact.account() != null) {
            keys.add(fact.account());
        }
        for (var link : source.pointers()) {
            if (link.target() instanceof LinkTarget.OfEntity
                    && PlainFacts.field(source, fact, link.keyField()) instanceof String key) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** A link to another account; whoever it names is one. */
    Optional<Link> link(EntityRef kind, String name) {
        return world.catalog().entity(kind).links().stream()
                .filter(link -> link.name().equals(name))
                .findFirst();
    }

    boolean hasAttribute(EntityRef kind, String name) {
        return world.catalog().entity(kind).attribute(name).isPresent();
    }

    @Nullable Instant startOfAccount(String key) {
        return start(EntityRef.ACCOUNT, new Owner(key, null));
    }

    boolean hasHistory(EntityRef kind) {
        return world.catalog().entity(kind).history() != null;
    }

    /** The values of a member at a time. */
    private @Nullable Member known(EntityRef kind, Owner of, Seen seen) {
        if (!hasHistory(kind)) {
            return declared(kind, of);
        }
        var rows =
                world.accounts().stream()
                        .filter(row -> row.key().equals(of.account()))
                        .sorted(Comparator.comparing(PlainMembers::from))
                        .toList();
        if (rows.isEmpty()) {
            return null;
        }
        var day =
                switch (seen) {
                    case Seen.Today _, Seen.AsLabels _ -> World.today();
                    case Seen.On(var on) -> on;
                    case Seen.Before(var edge, _) ->
                            from(rows.getFirst()).isBefore(edge)
                                    ? edge.minusDays(1)
                                    : from(rows.getFirst());
                };
        @Nullable Member last = null;
        for (Member row : rows) {
            last = from(row).isAfter(day) ? last : row;
        }
        boolean isOver =
                last != null
                        && last.held() != null
                        && !last.held().isSnapshot()
                        && last.held().until() != null
                        && !day.isBefore(last.held().until());
        return isOver ? null : last;
    }

    private static LocalDate from(Member row) {
        return row.held() == null || row.held().from() == null ? LocalDate.MIN : row.held().from();
    }

    @Nullable Object attribute(EntityRef kind, String name, Owner of, Seen seen) {
        var member = known(kind, of, seen);
        var attributes = world.catalog().entity(kind).stored().attributes();
        for (int i = 0; member != null && i < attributes.size(); i++) {
            if (attributes.get(i).field().name().equals(name)) {
                return PlainFacts.plain(member.values().get(i));
            }
        }
        return null;
    }
}
