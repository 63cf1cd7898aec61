package dev.cairn.testkit.generator;

import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generates a small world: sources with a time of either type, keyed and not, of accounts, users, both or neither; facts with empty values, of no
 * account, repeated and corrected; accounts with and without start, removal and attributes. Some worlds have more: what {@link RandomStates} declares.
 */
public final class RandomWorld {
    /** The name of a cohort of accounts by what they did. */
    public static final String BY_FACTS = "busy";

    private static final List<String> ACCOUNTS = List.of("acme", "bolt", "Cord", "dyno", "ümit");
    private static final List<String> USERS = List.of("ann", "bob", "cid");
    private static final int FACTS = 25;

    private final Choice choice;

    /** Of its own, so that all else stays as it was without parents. */
    private final Choice ofParents;

    private final RandomStates states;
    private final WorldBuilder world = World.world();

    private RandomWorld(Choice choice, Choice ofParents, RandomStates states) {
        this.choice = choice;
        this.ofParents = ofParents;
        this.states = states;
    }

    /** The same seed, the same world. */
    public static World of(long seed) {
        var choice = new Choice(seed);
        var base = new RandomWorld(choice, new Choice(~seed), RandomStates.of(seed)).base();
        var definitions = new RandomDefinitions(choice, base.catalog());
        return new World(definitions.catalog(), base.accounts(), base.users(), base.loads());
    }

    /** Whether rows hold for a time in it, and what else {@link RandomStates} declares. */
    public static boolean hasStates(World world) {
        return world.catalog().source(RandomStates.HOLDING).isPresent();
    }

    private World base() {
        world.entity(
                        states.linked(
                                states.remembered(accounts())
                                        .text("plan")
                                        .integer("seats")
                                        .decimal("rate")
                                        .date("signed_on")
                                        .attribute(
                                                "renewed_at",
                                                DataType.TIMESTAMP,
                                                dev.cairn.domain.model.Entity.Mark.NONE)
                                        .flag("vip")
                                        .test("is_test")))
                .entity(users().text("role").integer("grade").date("joined_on"));
        ACCOUNTS.stream().filter(_ -> choice.percent(70)).forEach(key -> addAccount(key));
        for (String account : Arrays.asList("acme", "bolt", null)) {
            USERS.stream()
                    .filter(_ -> choice.percent(50))
                    .forEach(key -> world.member(user(account, key)));
        }
        sources().forEach(this::addSource);
        states.sources().forEach(this::addSource);
        return world.build();
    }

    static List<SourceBuilder> sources() {
        return List.of(
                source("event")
                        .timestamp("happened")
                        .timestamp("ended")
                        .account("customer")
                        .user("person")
                        .text("kind")
                        .integer("seconds")
                        .decimal("cost")
                        .flag("ok"),
                source("invoice")
                        .text("number")
                        .date("issued_on")
                        .date("paid_on")
                        .timestamp("sent_at")
                        .account("buyer")
                        .money("amount", "EUR")
                        .integer("lines")
                        .key("number"),
                source("survey")
                        .date("answered_on")
                        .user("respondent")
                        .integer("score")
                        .text("remark")
                        .flag("anonymous"),
                source("ticket")
                        .text("number")
                        .timestamp("opened_at")
                        .timestamp("closed_at")
                        .date("due_on")
                        .account("company")
                        .text("urgency")
                        .text("account")
                        .decimal("effort")
                        .key("number"),
                source("reading").timestamp("taken_at").integer("level"));
    }

    private void addAccount(String key) {
        if (!states.remembers()) {
            world.member(existing(attributes(key)));
            return;
        }
        var existence = choice.below(Integer.MAX_VALUE);
        RandomStates.times(choice)
                .forEach(time -> {
                    var held = time.apply(attributes(key));
                    world.member(
                            new RandomWorld(new Choice(existence), ofParents, states)
                                    .existing(held));
                });
    }

    private MemberBuilder attributes(String key) {
        var member = MemberBuilder.account(key);
        with(member, "plan", choice.of(RandomFacts.TEXTS));
        with(member, "seats", choice.below(8));
        with(member, "rate", decimal());
        with(member, "signed_on", RandomFacts.day(choice));
        with(member, "renewed_at", RandomFacts.instant(choice));
        with(member, "vip", choice.percent(50));
        with(member, "is_test", choice.percent(30));
        states.setParent(member, key, ACCOUNTS, ofParents);
        return member;
    }

    private MemberBuilder user(@Nullable String account, String key) {
        var member =
                account == null
                        ? MemberBuilder.userOfNoAccount(key)
                        : MemberBuilder.user(account, key);
        with(member, "role", choice.of(RandomFacts.TEXTS));
        with(member, "grade", choice.below(5));
        with(member, "joined_on", RandomFacts.day(choice));
        return existing(member);
    }

    private void with(MemberBuilder member, String attribute, Object value) {
        if (choice.percent(75)) {
            member.with(attribute, value);
        }
    }

    private MemberBuilder existing(MemberBuilder member) {
        if (choice.percent(50)) {
            if (choice.percent(50)) {
                member.sinceDate(RandomFacts.day(choice).toString());
            } else {
                member.since(RandomFacts.instant(choice).toString());
            }
        }
        if (choice.percent(25)) {
            if (choice.percent(50)) {
                member.removedOn(RandomFacts.day(choice).toString());
            } else {
                member.removed(RandomFacts.instant(choice).toString());
            }
        }
        return member;
    }

    private void addSource(SourceBuilder declaration) {
        declaration.zone(RandomFacts.zone(choice).getId());
        boolean declared = choice.percent(50);
        if (declared) {
            var from = RandomFacts.FIRST_DAY.plusDays(choice.below(15));
            declaration.coverage(from.toString(), from.plusDays(choice.between(8, 50)).toString());
        }
        var source = declaration.build();
        world.define(source);
        int facts = choice.percent(10) ? 0 : choice.between(1, FACTS) * states.weight(source);
        var rows = new ArrayList<@Nullable Object[]>();
        for (int i = 0; i < facts; i++) {
            if (choice.percent(8)) {
                newLoad(source);
            }
            var row =
                    rows.isEmpty() || choice.percent(80)
                            ? row(source)
                            : repeated(source, choice.of(rows));
            rows.add(row);
            world.fact(source.name(), row);
        }
    }

    private void newLoad(Source source) {
        if (choice.percent(10) && !source.isTimeless()) {
            world.nextLoad(source.name(), RandomFacts.day(choice).toString());
        } else {
            world.nextLoad(source.name());
        }
    }

    private @Nullable Object[] row(Source source) {
        return source.fields().stream().map(field -> value(source, field)).toArray();
    }

    /** The same again, or, half the time, with one value changed that is not of the key. */
    private @Nullable Object[] repeated(Source source, @Nullable Object[] row) {
        var copy = row.clone();
        int at = choice.below(copy.length);
        if (choice.percent(50) && !source.key().contains(source.fields().get(at).name())) {
            copy[at] = value(source, source.fields().get(at));
        }
        return copy;
    }

    private @Nullable Object value(Source source, Field field) {
        if (source.isImplied(field)) {
            return field.name().equals(Source.EXISTS_FROM.name()) ? LocalDate.of(1, 1, 1) : null;
        }
        boolean needed =
                source.timesOfEveryRow().contains(field.name())
                        || source.key().contains(field.name());
        if (!needed && choice.percent(20)) {
            return null;
        }
        if (field.name().equals(source.accountField())) {
            return choice.of(ACCOUNTS);
        }
        if (RandomStates.isOfRole(field, source)) {
            return choice.percent(10) ? "nobody" : choice.of(ACCOUNTS);
        }
        if (field.name().equals(source.userField())) {
            return choice.of(USERS);
        }
        if (RandomStates.isCurrency(field, source)) {
            return choice.of(RandomStates.CURRENCIES);
        }
        boolean isNumber = field.type() == DataType.TEXT && source.key().contains(field.name());
        if (isNumber || RandomStates.isOfLink(field, source)) {
            return "n" + choice.below(30);
        }
        if (source.rates() != null && field.name().equals(source.rates().rate())) {
            return BigDecimal.valueOf(choice.between(40, 260), 2);
        }
        return switch (field.type()) {
            case TEXT -> choice.of(RandomFacts.TEXTS);
            case INTEGER -> choice.between(-3, 12);
            case DECIMAL, MONEY -> decimal();
            case BOOLEAN -> choice.percent(50);
            case DATE -> RandomFacts.day(choice);
            case TIMESTAMP -> RandomFacts.instant(choice);
        };
    }

    /** Of two places, and equal ones are written alike. */
    private BigDecimal decimal() {
        return BigDecimal.valueOf(
                choice.percent(50) ? choice.between(-2, 6) * 100L : choice.between(-500, 1500), 2);
    }
}
