package dev.cairn.demo;

import java.time.LocalDate;

/**
 * What happened to the company besides everyday business, and when. The truths that a good analysis finds.
 *
 * @param helped the release "guided setup", which reached Europe alone: from then on its customers share reports {@link #HELPED_BY} times as often
 * @param idle the release "new dashboard", which everybody talked about: nothing came of it
 * @param hurry the support team is measured by its first reply: it is {@link #HURRY} of what it was, and tickets are reopened and answers worse
 * @param broken first day of a week in which the feed of usage from the Americas lost {@link #LOST_SHARE} of its rows
 */
record Story(LocalDate helped, LocalDate idle, LocalDate hurry, LocalDate broken) {
    static final double HELPED_BY = 1.5;
    static final double HURRY = 0.4;
    static final double LOST_SHARE = 0.8;
    static final int BROKEN_DAYS = 7;

    static Story of(Options options) {
        var until = options.until();
        return new Story(
                until.minusMonths(8).plusDays(9),
                until.minusMonths(5).plusDays(6),
                until.minusMonths(6),
                until.minusMonths(3).plusDays(4));
    }

    /** How much more often an account shares reports than it would have. */
    double sharing(Customer customer, LocalDate day) {
        return customer.region().equals("Europe") && !day.isBefore(helped) ? HELPED_BY : 1;
    }

    boolean inAHurry(LocalDate day) {
        return !day.isBefore(hurry);
    }

    /** Whether the rows of a day are those of the week in which the feed was broken. */
    boolean isBroken(Customer customer, LocalDate day) {
        return customer.region().equals("Americas")
                && !day.isBefore(broken)
                && day.isBefore(broken.plusDays(BROKEN_DAYS));
    }
}
