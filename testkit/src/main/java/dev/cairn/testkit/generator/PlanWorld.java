package dev.cairn.testkit.generator;

import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.MemberBuilder.user;
import static dev.cairn.testkit.data.MemberBuilder.userOfNoAccount;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Generates the worlds of {@link RandomPlan}: always the same declarations; accounts, users and facts with everything that is easily got wrong, close together. */
public final class PlanWorld {
    static final List<String> TEXTS =
            List.of(
                    "", "a", "b", "A", "Z", "ä", "İx", "ΑΣ", "a%b", "a_b", "𝄞", "\uFFFD", "no",
                    " a");
    static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 20);
    static final int DAYS = 40;

    private final RandomGenerator random;

    private PlanWorld(RandomGenerator random) {
        this.random = random;
    }

    public static World of(long seed) {
        return new PlanWorld(new Random(seed)).next();
    }

    private World next() {
        WorldBuilder world =
                World.world()
                        .entity(
                                accounts()
                                        .text("plan")
                                        .integer("seats")
                                        .decimal("fee")
                                        .flag("vip")
                                        .date("signed"))
                        .entity(users().text("role").integer("age"))
                        .source(
                                withCoverage(
                                        source("event")
                                                .timestamp("at")
                                                .account("customer")
                                                .user("person")
                                                .text("name")
                                                .decimal("amount")
                                                .integer("qty")
                                                .flag("ok")
                                                .date("day")
                                                .timestamp("due")
                                                .zone("Europe/Berlin")))
                        .source(
                                withCoverage(
                                        source("visit")
                                                .date("on")
                                                .account("customer")
                                                .text("place")
                                                .integer("n")
                                                .key("n")))
                        .source(source("rumour").timestamp("heard").text("what"))
                        .source(
                                withCoverage(
                                        source("term")
                                                .timestamp("begun")
                                                .timestamp("ended")
                                                .date("opens")
                                                .date("closes")
                                                .account("customer")
                                                .user("person")
                                                .text("what")
                                                .decimal("fee")
                                                .zone("Europe/Berlin")));
        for (String key : List.of("a", "B", "ä")) {
            if (random.nextBoolean()) {
                world.member(
                        member(account(key))
                                .with("plan", maybe(text()))
                                .with("seats", maybe(integer()))
                                .with("fee", maybe(decimal()))
                                .with("vip", maybe(random.nextBoolean()))
                                .with("signed", maybe(day().toString())));
            }
        }
        if (random.nextBoolean()) {
            world.member(
                    member(user("a", "u"))
                            .with("role", maybe(text()))
                            .with("age", maybe(integer())));
            world.member(member(userOfNoAccount("u")).with("role", "r"));
        }
        events(world);
        visits(world);
        terms(world);
        return world.build();
    }

    private SourceBuilder withCoverage(SourceBuilder source) {
        if (random.nextInt(3) > 0) {
            source.coverage(
                    FIRST_DAY.plusDays(random.nextInt(15)).toString(),
                    FIRST_DAY.plusDays(16 + random.nextInt(25)).toString());
        }
        return source;
    }

    private MemberBuilder member(MemberBuilder member) {
        if (random.nextBoolean()) {
            member.since(instant());
        }
        if (random.nextInt(3) == 0) {
            member.removed(instant());
        }
        return member;
    }

    private void events(WorldBuilder world) {
        int count = random.nextInt(60);
        for (int i = 0; i < count; i++) {
            world.fact(
                    "event",
                    instant(),
                    maybe(one("a", "B", "ä", "new")),
                    maybe(one("u", "v", "w")),
                    maybe(text()),
                    maybe(decimal()),
                    maybe(integer()),
                    maybe(random.nextBoolean()),
                    maybe(day().toString()),
                    maybe(instant()));
        }
    }

    private void visits(WorldBuilder world) {
        for (int load = 0; load < 2; load++) {
            world.nextLoad("visit");
            int count = random.nextInt(12);
            for (int i = 0; i < count; i++) {
                world.fact(
                        "visit",
                        day().toString(),
                        maybe(one("a", "B", "late")),
                        maybe(text()),
                        load * 6 + i);
            }
        }
    }

    /** Many are short and touch each other, some end when they begin or sooner, some never. */
    private void terms(WorldBuilder world) {
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            var opens = day();
            var begun = instant();
            world.fact(
                    "term",
                    begun,
                    maybe(random.nextInt(4) == 0 ? begun : instant()),
                    maybe(opens.toString()),
                    maybe(opens.plusDays(random.nextInt(-1, 9)).toString()),
                    maybe(one("a", "B", "ä", "new")),
                    maybe(one("u", "v", "w")),
                    maybe(text()),
                    maybe(decimal()));
        }
    }

    private <T> @Nullable T maybe(T value) {
        return random.nextInt(4) == 0 ? null : value;
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private int integer() {
        return random.nextInt(-3, 12);
    }

    private String decimal() {
        return one("0", "0.5", "-1.25", "100.00", "7", "3.10", "-0.005", "12.345");
    }

    private LocalDate day() {
        return FIRST_DAY.plusDays(random.nextInt(DAYS));
    }

    /** Midnights of both zones are likely. */
    private String instant() {
        Instant midnight = Instant.parse(day() + "T00:00:00Z");
        return switch (random.nextInt(4)) {
            case 0 -> midnight.toString();
            case 1 -> midnight.minus(random.nextInt(1, 3), ChronoUnit.HOURS).toString();
            case 2 -> midnight.plus(random.nextInt(86_400_000), ChronoUnit.MICROS).toString();
            default -> midnight.plus(random.nextInt(86_400), ChronoUnit.SECONDS).toString();
        };
    }
}
