package dev.cairn.demo;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A made-up software company: its customers, what they did, paid, asked and answered, and what is true of it.
 *
 * <p>It is the same each time for the same options. Its tables are rows of the canonical sources of the customer-success pack.
 */
public final class Company {
    private final Options options;
    private final Story story;
    private final List<Life> lives;

    private Company(Options options) {
        this.options = options;
        this.story = Story.of(options);
        this.lives =
                IntStream.rangeClosed(1, options.accounts())
                        .mapToObj(number -> Life.of(options, Customer.of(options, number)))
                        .toList();
    }

    public static Company of(Options options) {
        return new Company(options);
    }

    public Options options() {
        return options;
    }

    /** All tables, in an order in which they can be imported; usage, the largest, is the last. */
    public List<Table> tables() {
        return Stream.of(
                        AccountTables.of(options, lives).stream(),
                        RevenueTables.of(options, lives).stream(),
                        VoiceTables.of(options, story, lives).stream(),
                        SupportTables.of(options, story, lives).stream(),
                        GrowthTables.of(options, story, lives).stream(),
                        Stream.of(new Usage(options, story, lives).table()))
                .flatMap(tables -> tables)
                .toList();
    }

    /** What is true of it, counted from what happened and not from its tables. */
    public Truths truths() {
        return Truths.of(options, story, lives);
    }
}
