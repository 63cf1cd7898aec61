package dev.cairn.domain.model;

/** How a file of accounts says from when until when the attributes of a row hold. All are local dates. */
public sealed interface History {
    /**
     * Each row holds from one day until another, out.
     *
     * @param from column with the first day; empty: from ever
     * @param until column with the first day on which it holds no more; empty: it still does
     */
    record Intervals(String from, String until) implements History {}

    /**
     * Each row holds from a day on, until the next one that is known of the same member.
     *
     * @param on column with the day
     */
    record Snapshots(String on) implements History {}

    /** A whole file is of one day, which whoever imports it says. */
    record OfFiles() implements History {}
}
