package dev.cairn.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ticket and what happened to it.
 *
 * @param firstSolved null: it was never solved
 * @param reopened when it was opened again; null: it was not
 * @param solved when it was solved last; null: it is open
 * @param replies how many public replies of an agent it has
 */
record Ticket(
        int number,
        Life life,
        String requester,
        String agent,
        String team,
        String priority,
        Instant created,
        @Nullable Instant replied,
        @Nullable Instant firstSolved,
        @Nullable Instant reopened,
        @Nullable Instant solved,
        int replies) {
    private static final List<String> TEAMS = List.of("north", "south");
    private static final List<String> AGENTS = List.of("kim", "lee", "max", "nia", "oli", "pat");

    String id() {
        return "T%06d".formatted(number);
    }

    static List<Ticket> all(Options options, Story story, List<Life> lives) {
        var tickets = new ArrayList<Ticket>();
        for (LocalDate month = options.begin();
                month.isBefore(options.until());
                month = month.plusMonths(1)) {
            for (var life : lives) {
                var dice =
                        Dice.of(
                                options.seed(),
                                "tickets",
                                life.customer().number(),
                                month.toEpochDay());
                var version = life.on(month);
                double mean =
                        version == null
                                ? 0
                                : 0.25
                                        * Math.sqrt(version.seats())
                                        * (1.3 - 0.6 * life.engagementOn(month));
                for (int times = dice.times(mean); times > 0; times--) {
                    var day = month.plusDays(dice.between(0, month.lengthOfMonth() - 1));
                    if (life.on(day) != null) {
                        tickets.add(of(options, story, life, day, tickets.size() + 1, dice));
                    }
                }
            }
        }
        return tickets;
    }

    private static Ticket of(
            Options options, Story story, Life life, LocalDate day, int number, Dice dice) {
        var end = options.until().atStartOfDay(ZoneOffset.UTC).toInstant();
        boolean hurry = story.inAHurry(day);
        String priority = dice.oneOf(List.of("low", "normal", "urgent"), 0.3, 0.55, 0.15);
        double slow = priority.equals("urgent") ? 0.4 : 1;
        var created = VoiceTables.at(day, dice);
        var replied =
                after(
                        created,
                        slow * (hurry ? Story.HURRY : 1) * 9 * Math.exp(dice.normal(0, 0.8)));
        var firstSolved = after(replied, slow * 30 * Math.exp(dice.normal(0, 0.9)));
        boolean reopens = dice.happens(hurry ? 0.26 : 0.09);
        var reopened = after(firstSolved, 4 + 60 * dice.fraction());
        var last = after(reopened, slow * 24 * Math.exp(dice.normal(0, 0.8)));
        boolean isSolved = firstSolved.isBefore(end) && !dice.happens(0.01);
        boolean isReopened = isSolved && reopens && reopened.isBefore(end);
        String agent = dice.oneOf(AGENTS);
        return new Ticket(
                number,
                life,
                "u" + dice.between(1, Math.max(1, life.usersOn(day))),
                agent,
                TEAMS.get(AGENTS.indexOf(agent) % TEAMS.size()),
                priority,
                created,
                replied.isBefore(end) ? replied : null,
                isSolved ? firstSolved : null,
                isReopened ? reopened : null,
                !isSolved ? null : !isReopened ? firstSolved : last.isBefore(end) ? last : null,
                1 + (dice.happens(0.5) ? dice.between(1, 4) : 0) + (isReopened ? 1 : 0));
    }

    private static Instant after(Instant instant, double hours) {
        return instant.plus(Duration.ofMinutes(Math.max(1, Math.round(hours * 60))));
    }
}
