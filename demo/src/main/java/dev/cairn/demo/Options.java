package dev.cairn.demo;

import java.time.LocalDate;

/**
 * Which company to make up. The same options make the same company, to the last character, on every machine.
 *
 * @param seed what it is made of
 * @param accounts how many customers there ever were, test accounts among them; from 20
 * @param months how many months of usage, surveys, tickets and invoices there are; from 12. Subscriptions and contracts go back a year further
 * @param events how many rows of usage there are, about; from 1000
 * @param until the first day of which nothing is known, the first of a month
 */
public record Options(long seed, int accounts, int months, long events, LocalDate until) {
    /** 300 customers, 24 months, a million events, until July 2026. */
    public static final Options DEFAULT =
            new Options(20_260_701, 300, 24, 1_000_000, LocalDate.of(2026, 7, 1));

    /** The first 60 of its customers, with little usage: there at once, and small enough to look at row by row. */
    public static final Options SMALL = DEFAULT.withSize(60, 20_000);

    public Options {
        require(accounts >= 20 && accounts <= 20_000, "accounts: 20 to 20,000, not " + accounts);
        require(months >= 12 && months <= 60, "months: 12 to 60, not " + months);
        require(
                events >= 1_000 && events <= 100_000_000,
                "events: 1,000 to 100,000,000, not " + events);
        require(until.getDayOfMonth() == 1, "until: the first of a month, not " + until);
    }

    public Options withSize(int accounts, long events) {
        return new Options(seed, accounts, months, events, until);
    }

    /** First day of usage, surveys, tickets and invoices. */
    public LocalDate begin() {
        return until.minusMonths(months);
    }

    /** First day of the company: of its first subscriptions. */
    public LocalDate founded() {
        return begin().minusMonths(12);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
