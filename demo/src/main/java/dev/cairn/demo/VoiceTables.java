package dev.cairn.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom the company asked each quarter how likely they are to recommend it, and after onboarding how easy it was; and what they answered. Answers about tickets stand with these. */
final class VoiceTables {
    static final List<String> ANSWER =
            List.of(
                    "answer_id",
                    "answered_at",
                    "account",
                    "user",
                    "invitation_id",
                    "ticket_id",
                    "kind",
                    "touchpoint",
                    "raw_score",
                    "scale_min",
                    "scale_max",
                    "weight");

    private final Options options;
    private final List<List<@Nullable String>> invitations = new ArrayList<>();
    private final List<List<@Nullable String>> answers = new ArrayList<>();

    private VoiceTables(Options options) {
        this.options = options;
    }

    static List<Table> of(Options options, Story story, List<Life> lives) {
        var tables = new VoiceTables(options);
        for (var life : lives) {
            tables.relationship(life);
            tables.onboarding(life);
        }
        for (var ticket : Ticket.all(options, story, lives)) {
            tables.ticket(ticket);
        }
        return List.of(
                Table.of(
                        "survey_invitation",
                        List.of(
                                "invitation_id",
                                "sent_at",
                                "account",
                                "user",
                                "kind",
                                "touchpoint",
                                "is_delivered"),
                        tables.invitations),
                Table.of("survey", ANSWER, tables.answers));
    }

    private void relationship(Life life) {
        var dice = Dice.of(options.seed(), "nps", life.customer().number());
        for (LocalDate day = options.begin().plusDays(20);
                day.isBefore(options.until());
                day = day.plusMonths(3)) {
            int asked = Math.min(life.usersOn(day), 12);
            double engagement = life.engagementOn(day);
            for (int user = 1; user <= asked; user++) {
                boolean answers = dice.happens(0.15 + 0.35 * engagement);
                double score = 3.6 + 6.8 * engagement + dice.normal(0, 1.7);
                // A blank answer is exported as 11.
                String given =
                        dice.happens(0.04)
                                ? "11"
                                : Long.toString(Math.clamp(Math.round(score), 0, 10));
                ask(
                        life,
                        "u" + user,
                        at(day, dice),
                        "nps",
                        "quarterly",
                        dice,
                        answers ? given : null,
                        0,
                        10);
            }
        }
    }

    private void onboarding(Life life) {
        var dice = Dice.of(options.seed(), "ces", life.customer().number());
        var day = life.customer().startedOn().plusDays(45);
        if (!day.isBefore(options.begin()) && day.isBefore(options.until())) {
            double ease = 3 + 4 * life.engagementOn(day) + dice.normal(0, 1);
            String given = Long.toString(Math.clamp(Math.round(ease), 1, 7));
            ask(
                    life,
                    "u1",
                    at(day, dice),
                    "ces",
                    "onboarding",
                    dice,
                    dice.happens(0.6) ? given : null,
                    1,
                    7);
        }
    }

    /** Whoever had an answer is asked a day after the ticket was solved: quickly is not well, where it is opened again. */
    private void ticket(Ticket ticket) {
        var solved = ticket.solved();
        var dice = Dice.of(options.seed(), "csat", ticket.number());
        if (solved == null) {
            return;
        }
        var sent = solved.plus(Duration.ofHours(20));
        double liked =
                4.5
                        - 0.01 * Duration.between(ticket.created(), solved).toHours()
                        - (ticket.reopened() == null ? 0 : 1.6)
                        + dice.normal(0, 0.7);
        String given = Long.toString(Math.clamp(Math.round(liked), 1, 5));
        boolean answers = dice.happens(0.35);
        if (sent.isBefore(end())) {
            ask(
                    ticket.life(),
                    ticket.requester(),
                    sent,
                    "csat",
                    "ticket",
                    ticket.id(),
                    dice,
                    answers ? given : null,
                    1,
                    5);
        }
    }

    private void ask(
            Life life,
            String user,
            Instant sent,
            String kind,
            String touchpoint,
            Dice dice,
            @Nullable String given,
            int least,
            int most) {
        ask(life, user, sent, kind, touchpoint, null, dice, given, least, most);
    }

    private void ask(
            Life life,
            String user,
            Instant sent,
            String kind,
            String touchpoint,
            @Nullable String ticket,
            Dice dice,
            @Nullable String given,
            int least,
            int most) {
        String invitation = "I%06d".formatted(invitations.size() + 1);
        boolean isDelivered = given != null || dice.happens(0.97);
        String account = life.customer().key();
        invitations.add(
                List.of(
                        invitation,
                        sent.toString(),
                        account,
                        user,
                        kind,
                        touchpoint,
                        Boolean.toString(isDelivered)));
        var answered = sent.plus(Duration.ofMinutes(30 + (long) (dice.fraction() * 60 * 24 * 9)));
        if (given != null && answered.isBefore(end())) {
            answers.add(
                    Arrays.asList(
                            "R%06d".formatted(answers.size() + 1),
                            answered.toString(),
                            account,
                            user,
                            invitation,
                            ticket,
                            kind,
                            touchpoint,
                            given,
                            Integer.toString(least),
                            Integer.toString(most),
                            null));
        }
    }

    private Instant end() {
        return options.until().atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static Instant at(LocalDate day, Dice dice) {
        return day.atTime(dice.between(8, 17), dice.between(0, 59)).toInstant(ZoneOffset.UTC);
    }
}
