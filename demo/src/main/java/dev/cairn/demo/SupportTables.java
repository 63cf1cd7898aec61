package dev.cairn.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tickets as they stand, what happened to them, and what was promised. */
final class SupportTables {
    private final Instant end;
    private final List<List<@Nullable String>> events = new ArrayList<>();
    private final List<List<@Nullable String>> targets = new ArrayList<>();

    private SupportTables(Options options) {
        end = options.until().atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static List<Table> of(Options options, Story story, List<Life> lives) {
        var tables = new SupportTables(options);
        var rows = new ArrayList<List<@Nullable String>>();
        for (var ticket : Ticket.all(options, story, lives)) {
            rows.add(row(ticket));
            tables.happened(ticket);
            tables.promised(ticket);
        }
        return List.of(
                Table.of(
                        "ticket",
                        List.of(
                                "ticket_id",
                                "created_at",
                                "account",
                                "requester",
                                "agent",
                                "team",
                                "priority",
                                "channel",
                                "first_reply_at",
                                "first_solved_at",
                                "solved_at",
                                "business_hours_to_first_reply",
                                "business_hours_to_first_solved",
                                "business_hours_to_solved"),
                        rows),
                Table.of(
                        "ticket_event",
                        List.of("ticket_event_id", "happened_at", "ticket_id", "kind", "agent"),
                        tables.events),
                Table.of(
                        "service_target",
                        List.of("ticket_id", "target", "due_at", "met_at"),
                        tables.targets));
    }

    private static List<@Nullable String> row(Ticket ticket) {
        return Arrays.asList(
                ticket.id(),
                ticket.created().toString(),
                ticket.life().customer().key(),
                ticket.requester(),
                ticket.agent(),
                ticket.team(),
                ticket.priority(),
                ticket.number() % 3 == 0 ? "chat" : "mail",
                text(ticket.replied()),
                text(ticket.firstSolved()),
                text(ticket.solved()),
                business(ticket.created(), ticket.replied()),
                business(ticket.created(), ticket.firstSolved()),
                business(ticket.created(), ticket.solved()));
    }

    /** What happened, in the order of time; replies between the first one and the first solution are evenly apart. */
    private void happened(Ticket ticket) {
        happened(ticket, "opened", ticket.created(), null);
        var replied = ticket.replied();
        var solved = ticket.firstSolved();
        if (replied != null) {
            happened(ticket, "reply", replied, ticket.agent());
            var apart =
                    solved == null
                            ? Duration.ofHours(5)
                            : Duration.between(replied, solved).dividedBy(ticket.replies() + 1L);
            for (int reply = 1; reply < ticket.replies(); reply++) {
                happened(ticket, "reply", replied.plus(apart.multipliedBy(reply)), ticket.agent());
            }
        }
        if (ticket.number() % 9 == 0) {
            happened(
                    ticket,
                    "reassigned",
                    ticket.created().plus(Duration.ofMinutes(40)),
                    ticket.agent());
        }
        happened(ticket, "solved", solved, ticket.agent());
        var reopened = ticket.reopened();
        if (reopened != null) {
            happened(ticket, "reopened", reopened, null);
            happened(ticket, "solved", ticket.solved(), ticket.agent());
        }
    }

    private void happened(
            Ticket ticket, String kind, @Nullable Instant at, @Nullable String agent) {
        if (at != null && at.isBefore(end)) {
            events.add(
                    Arrays.asList(
                            "E%07d".formatted(events.size() + 1),
                            at.toString(),
                            ticket.id(),
                            kind,
                            agent));
        }
    }

    private void promised(Ticket ticket) {
        int hours = ticket.priority().equals("urgent") ? 4 : 12;
        promised(ticket, "first_reply", hours, ticket.replied());
        promised(ticket, "resolution", hours * 10, ticket.solved());
    }

    private void promised(Ticket ticket, String target, int hours, @Nullable Instant met) {
        targets.add(
                Arrays.asList(
                        ticket.id(),
                        target,
                        ticket.created().plus(Duration.ofHours(hours)).toString(),
                        text(met)));
    }

    /** Business hours are a third of all: it is not the calendar that is tried here. */
    private static @Nullable String business(Instant from, @Nullable Instant until) {
        return until == null
                ? null
                : BigDecimal.valueOf(Duration.between(from, until).toMinutes() / 180.0)
                        .setScale(2, RoundingMode.HALF_UP)
                        .toPlainString();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
