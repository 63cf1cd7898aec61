package dev.cairn.testkit.contract;

import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.jspecify.annotations.Nullable;

/** Clicks and the invoices that follow them: what contracts of touches are written in. */
final class Attribution {
    private Attribution() {}

    /**
     * Each row as time in 2026, account, and either {@code click}, channel and user, or {@code bill}, amount and user; {@code -} for none. They are numbered as
     * they stand: {@code 01-05T10:00 acme click email}. Both sources have a key and are complete from January to March 2026.
     */
    static WorldBuilder attribution(String... rows) {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .entity(users().text("role"))
                        .source(
                                source("click")
                                        .timestamp("clicked")
                                        .account("customer")
                                        .text("channel")
                                        .user("person")
                                        .integer("number")
                                        .key("number")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .source(
                                source("bill")
                                        .timestamp("issued")
                                        .account("payer")
                                        .decimal("amount")
                                        .user("person")
                                        .integer("number")
                                        .key("number")
                                        .coverage("2026-01-01", "2026-04-01"));
        for (int at = 0; at < rows.length; at++) {
            row(world, at + 1, rows[at]);
        }
        return world;
    }

    static WorldBuilder row(WorldBuilder world, int number, String row) {
        var words = row.split(" ", -1);
        return world.fact(
                words[2], time(words[0]), word(words, 1), word(words, 3), word(words, 4), number);
    }

    private static String time(String written) {
        return "2026-"
                + (written.length() == "01-05".length() ? written + "T00:00" : written)
                + "Z";
    }

    private static @Nullable String word(String[] words, int at) {
        return at >= words.length || words[at].equals("-") ? null : words[at];
    }

    /** The value of an aggregate over touches: {@code sum(touch(...) on later_at : amount)}. */
    static String each(String aggregate, String touch, String value) {
        return "%s(%s : %s)".formatted(aggregate, touch, value);
    }
}
