package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.RestoreOutcome;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restores a backup. */
@Command(
        name = "restore",
        description =
                "Restores a backup: all of it, or nothing is changed. A service on the same database keeps running, and answers from the backup once it is restored.",
        footer = {
            "",
            "Examples:",
            "  cairn restore cairn-2026-11-22.zip --data-dir /srv/cairn-new",
            "  cairn restore cairn-2026-11-22.zip --replace --yes",
            "",
            "A backup of an earlier version is brought up to date. As with any database dump, restore only what you trust."
        })
public final class RestoreCommand extends DataCommand {
    private static final String CONFIRMATION = "replace";

    @Parameters(paramLabel = "FILE", description = "A file that cairn backup wrote.")
    private Path file;

    @Option(
            names = "--replace",
            description =
                    "Discards what the database holds. Default: the database has to be empty.")
    private boolean replace;

    @Option(names = "--yes", description = "Replaces without asking.")
    private boolean yes;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw notUnderstood("There is no file %s that can be read.", file);
        }
        if (replace && !yes) {
            Console terminal =
                    Terminal.find()
                            .orElseThrow(() ->
                                    notUnderstood(
                                            "--replace discards what the database holds; confirm it with --yes."));
            String answer =
                    terminal.readLine(
                            "Everything in the database is replaced by %s. Type '%s' to continue: ",
                            file, CONFIRMATION);
            if (!CONFIRMATION.equals(answer)) {
                throw notUnderstood("Nothing was changed.");
            }
        }
    }

    @Override
    int run(UseCases cairn) throws IOException {
        return switch (cairn.backups().restore(file, replace, new RowProgress(err()))) {
            case RestoreOutcome.Restored restored -> restored(restored);
            case RestoreOutcome.Damaged(var reason) ->
                    refused(1, "%s is not a backup of Cairn, or is damaged: %s.", file, reason);
            case RestoreOutcome.TooNew(var version) ->
                    refused(
                            1,
                            "%s was written by Cairn %s, which is newer than this one. Restore it with that version or a later one.",
                            file,
                            version);
            case RestoreOutcome.NotEmpty(var table) ->
                    refused(
                            1,
                            "The database is not empty (%s has rows). Restore with --data-dir NEW_FOLDER, or discard what it holds with --replace.",
                            table);
            case RestoreOutcome.NotAllowed(var reason) ->
                    refused(
                            FAILED,
                            "The database does not allow it: %s. Its user needs the right to create a schema: grant create on database ... to ...",
                            reason);
        };
    }

    private int restored(RestoreOutcome.Restored restored) {
        switch (format) {
            case TEXT ->
                    out().println(
                                    "%s of %s restored from %s, which Cairn %s wrote."
                                            .formatted(
                                                    Report.counted(restored.rows(), "row"),
                                                    Report.counted(restored.tables(), "table"),
                                                    file,
                                                    restored.cairn()));
            case JSON ->
                    Report.json(
                            Map.of(
                                    "tables",
                                    restored.tables(),
                                    "rows",
                                    restored.rows(),
                                    "cairn",
                                    restored.cairn()),
                            out());
        }
        return 0;
    }

    private int refused(int exitCode, String message, Object... arguments) {
        err().println(message.formatted(arguments));
        err().println("Nothing was changed.");
        return exitCode;
    }
}
