package dev.cairn.adapters.persistence.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The changesets of the changelog, read without Liquibase: to start that costs more than the whole look. */
final class Changesets {
    static final String CHANGELOG = "db/changelog/db.changelog-master.yaml";

    private static final String FOLDER = "db/changelog/";
    private static final Pattern INCLUDED = Pattern.compile("(?m)^\\s+file:\\s*(\\S+)\\s*$");
    private static final Pattern CHANGESET =
            Pattern.compile("(?m)^--\\s*changeset " + Changeset.AUTHOR + ":(\\S+)");

    private Changesets() {}

    /** In the order they are carried out. */
    static Set<Changeset> all() {
        Set<Changeset> changesets = new LinkedHashSet<>();
        INCLUDED.matcher(read(CHANGELOG))
                .results()
                .map(included -> FOLDER + included.group(1))
                .forEach(file ->
                        CHANGESET
                                .matcher(read(file))
                                .results()
                                .map((MatchResult found) -> new Changeset(file, found.group(1)))
                                .forEach(changesets::add));
        return changesets;
    }

    private static String read(String resource) {
        try (InputStream text =
                Objects.requireNonNull(
                        Changesets.class.getResourceAsStream("/" + resource), resource)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
