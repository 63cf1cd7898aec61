package dev.cairn.testkit.generator;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** Values that facts and formulas have in common, so that they meet: times on the edges of buckets, near texts, small numbers. */
final class RandomFacts {
    static final LocalDate FIRST_DAY = LocalDate.of(2026, 2, 20);
    static final int DAYS = 50;

    /** With clocks that change at midnight, by half an hour, on March 8 and on March 29, or never; a day apart at most. */
    static final List<ZoneId> ZONES =
            List.of(
                    ZoneId.of("UTC"),
                    ZoneId.of("Europe/Paris"),
                    ZoneId.of("America/New_York"),
                    ZoneId.of("Asia/Beirut"),
                    ZoneId.of("Asia/Kathmandu"),
                    ZoneId.of("Australia/Lord_Howe"),
                    ZoneId.of("America/Los_Angeles"),
                    ZoneId.of("Pacific/Kiritimati"));

    static final List<String> TEXTS =
            List.of(
                    "a",
                    "b",
                    "B",
                    "",
                    "login",
                    "log_in",
                    "10%",
                    "é",
                    "it's",
                    " a",
                    "a\\b",
                    "9",
                    "\uFFFD",
                    "\uD800\uDC00");
    static final List<String> PATTERNS =
            List.of("^a", "[a-c]+$", "\\d", "log.in|é", "^$", "(a|b)?%");

    private RandomFacts() {}

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Often the same, so that facts stand on the edges of buckets. */
    static ZoneId zone(Choice choice) {
        return choice.percent(50) ? ZoneId.of("Europe/Paris") : choice.of(ZONES);
    }

    static LocalDate day(Choice choice) {
        return FIRST_DAY.plusDays(choice.below(DAYS));
    }

    /** Often the midnight of some zone, or the next thing to it. */
    static Instant instant(Choice choice) {
        var midnight = day(choice).atStartOfDay(zone(choice)).toInstant();
        return switch (choice.below(6)) {
            case 0 -> midnight;
            case 1 -> midnight.minusNanos(1000);
            case 2 -> midnight.plusNanos(1000);
            case 3 -> midnight.plus(Duration.ofHours(choice.below(24)));
            default -> midnight.plus(Duration.ofSeconds(choice.below(86_400)));
        };
    }
}
