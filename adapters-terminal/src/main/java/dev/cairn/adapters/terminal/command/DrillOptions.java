package dev.cairn.adapters.terminal.command;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.MembersQuery.By;
import dev.cairn.domain.analysis.MembersQuery.Part;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cell of an answer is opened, and into what. */
final class DrillOptions {
    @Option(
            names = "--drill",
            paramLabel = "COLUMN",
            description = {
                "Shows what a value of the column is made of, in place of the answer: its accounts, users or rows,",
                "those that give most first, and below them the value itself."
            })
    private @Nullable String column;

    @Option(
            names = "--cell",
            paramLabel = "KEY",
            description =
                    "With --drill, the row of the answer, by its key (--keys shows them). Not needed where the answer has one row.")
    private @Nullable String key;

    @Option(
            names = "--into",
            paramLabel = "WHAT",
            completionCandidates = Kinds.class,
            description = "With --drill: account (default), user or row.")
    private @Nullable String into;

    @Option(
            names = "--part",
            paramLabel = "PART",
            completionCandidates = Parts.class,
            description = "With --drill, of a ratio: value (default), numerator or denominator.")
    private @Nullable String part;

    @Option(names = "--ascending", description = "With --drill, those that give least first.")
    private boolean ascending;

    @Option(
            names = "--keys",
            description =
                    "Adds the key of each row, by which --cell opens it; with csv, json and ndjson.")
    private boolean keys;

    boolean isAsked() {
        return column != null;
    }

    boolean keys() {
        return keys;
    }

    /** The key that was given; empty: that of the only row. */
    Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** Why the options do not go together; empty where they do. */
    Optional<String> objection() {
        boolean others = key != null || into != null || part != null || ascending;
        if (!isAsked()) {
            return others
                    ? Optional.of(
                            "--cell, --into, --part and --ascending are of --drill, which says the column.")
                    : Optional.empty();
        }
        if (keys) {
            return Optional.of(
                    "--keys cannot be combined with --drill: what is shown is not opened further.");
        }
        return Stream.concat(
                        unknown("--into", into, List.of(By.values())).stream(),
                        unknown("--part", part, List.of(Part.values())).stream())
                .findFirst();
    }

    private static Optional<String> unknown(
            String option, @Nullable String given, List<? extends Enum<?>> known) {
        var words = known.stream().map(DrillOptions::word).toList();
        return given == null || words.contains(given)
                ? Optional.empty()
                : Optional.of(
                        "%s is one of %s, not '%s'."
                                .formatted(option, String.join(", ", words), given));
    }

    /** @param rows a page */
    MembersQuery query(AnalysisQuery question, String ofRow, int rows, @Nullable String after) {
        return new MembersQuery(
                question,
                ofRow,
                column == null ? "" : column,
                into == null ? By.ACCOUNT : By.valueOf(into.toUpperCase(Locale.ROOT)),
                part == null ? Part.VALUE : Part.valueOf(part.toUpperCase(Locale.ROOT)),
                !ascending,
                rows,
                after);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** For completion in a shell. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(By.values()).map(DrillOptions::word).iterator();
        }
    }

    /** For completion in a shell. */
    static final class Parts implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Part.values()).map(DrillOptions::word).iterator();
        }
    }
}
