package dev.cairn.adapters.graphql.limit;

import java.util.Locale;

/** What one request may have at most, where that can be set. The first ones hold for the text, the next for what it selects, the last for answering it, once or as long as somebody subscribes to it. */
public enum Limit {
    BODY(4 * 1024 * 1024, "bytes in the body of a request", "Send less in one request."),
    CHARACTERS(
            1024 * 1024,
            "characters in a document",
            "Put long texts into variables, or ask in several requests."),
    TOKENS(
            15_000,
            "tokens in a document",
            "Put long lists into variables, or ask in several requests."),
    WHITESPACE(
            200_000,
            "blanks, line ends, commas and comments in a document",
            "Leave out what is not needed to read it."),
    GRAMMAR_DEPTH(
            500,
            "levels of grammar in a document",
            "Nest less, or put nested values into variables."),
    DEPTH(12, "levels of selections", "Ask for the deeper levels in a request of their own."),
    INTROSPECTION_DEPTH(
            20,
            "levels of selections beneath __schema or __type",
            "Ask with the usual introspection query."),
    FRAGMENT_DEPTH(50, "levels of fragments in fragments", "Write the selections out."),
    ALIASES(30, "aliases of one field", "Ask in several requests."),
    REPEATS(500, "selections of one field", "Select it less often, or ask in several requests."),
    LIST(10_000, "values in one list of an argument", "Ask in several requests."),
    COST(
            5_000,
            "units of estimated cost",
            "Ask for smaller pages (first), for fewer fields below lists, or in several requests."),
    SECONDS(
            30,
            "seconds of execution",
            "Ask for a shorter time range, fewer groups or fewer metrics."),
    MESSAGE(
            1024 * 1024,
            "characters in a message of a socket",
            "Send less in one message, or POST the request."),
    OPERATIONS(
            20,
            "operations at a time on one socket",
            "Complete one of them, or open another socket."),
    SUBSCRIPTIONS(
            50,
            "subscriptions at a time of one user",
            "Complete one of them; one subscription can ask for several metrics."),
    IDLE(
            600,
            "seconds that a socket stays open without an operation",
            "Open it when there is something to ask.");

    private final int standard;
    private final String what;
    private final String remedy;

    Limit(int standard, String what, String remedy) {
        this.standard = standard;
        this.what = what;
        this.remedy = remedy;
    }

    /** Unless it is set otherwise. */
    public int standard() {
        return standard;
    }

    /** What is counted. */
    public String what() {
        return what;
    }

    /** What those who are over it can do. */
    public String remedy() {
        return remedy;
    }

    /** Name among settings. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String setting() {
        return "cairn.limits." + key();
    }
}
