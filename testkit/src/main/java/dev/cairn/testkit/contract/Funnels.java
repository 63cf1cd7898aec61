package dev.cairn.testkit.contract;

import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rows that are steps of sequences, and the sequences: what contracts of steps are written in. */
final class Funnels {
    /** A step by its letter. */
    private static final Pattern LETTER = Pattern.compile("(?<![\\w'.])([abcx])(?![\\w'.])");

    private Funnels() {}

    /** A source {@code event} with a key, complete from January to March 2026. */
    static SourceBuilder clicks() {
        return source("event")
                .timestamp("happened")
                .account("customer")
                .text("name")
                .text("page")
                .user("person")
                .integer("number")
                .key("number");
    }

    /**
     * Each row as time in 2026, account, name, and if need be page and user; {@code -} for none. They are numbered as they stand: {@code 01-05T10:00 acme
     * a}.
     */
    static WorldBuilder funnel(String... rows) {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .entity(users().text("role"))
                        .source(clicks().coverage("2026-01-01", "2026-04-01"));
        for (int at = 0; at < rows.length; at++) {
            row(world, at + 1, rows[at]);
        }
        return world;
    }

    static WorldBuilder row(WorldBuilder world, int number, String row) {
        var words = row.split(" ", -1);
        return world.fact(
                "event",
                time(words[0]),
                word(words, 1),
                words[2],
                word(words, 3),
                word(words, 4),
                number);
    }

    private static String time(String written) {
        return "2026-"
                + (written.length() == "01-05".length() ? written + "T00:00" : written)
                + "Z";
    }

    private static @Nullable String word(String[] words, int at) {
        return at >= words.length || words[at].equals("-") ? null : words[at];
    }

    /** Attempts at steps that are written as letters: {@code a -> b within 7 days per account}. */
    static String attempts(String steps) {
        return "steps(" + LETTER.matcher(steps).replaceAll("event where name = '$1'") + ")";
    }

    static String count(String steps) {
        return "count(" + attempts(steps) + ")";
    }

    /** The share of them that have reached every step. */
    static String completion(String steps) {
        return each("share", steps, "completed");
    }

    static String each(String aggregate, String steps, String value) {
        return "%s(%s : %s)".formatted(aggregate, attempts(steps), value);
    }

    static Question quarter(String... formulas) {
        return Question.ask(formulas).between("2026-01-01", "2026-04-01");
    }
}
