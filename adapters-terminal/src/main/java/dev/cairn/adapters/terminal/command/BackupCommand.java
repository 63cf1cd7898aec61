package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.BackupOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes everything Cairn holds to a file. */
@Command(
        name = "backup",
        description =
                "Writes everything Cairn holds, as of one moment, to one file. A service on the same database keeps running.",
        footer = {
            "",
            "Example:",
            "  cairn backup cairn-2026-11-22.zip",
            "",
            "The file holds all data and is readable by its owner only."
        })
public final class BackupCommand extends DataCommand {
    @Parameters(paramLabel = "FILE", description = "The file to write; it must not exist yet.")
    private Path file;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        if (Files.exists(file)) {
            throw notUnderstood("%s exists already; name another file.", file);
        }
        Path folder = file.toAbsolutePath().resolveSibling("");
        if (!Files.isDirectory(folder)) {
            throw notUnderstood("There is no folder for %s.", file);
        }
        if (!Files.isWritable(folder)) {
            throw notUnderstood("The folder of %s is not writable.", file);
        }
    }

    @Override
    int run(UseCases cairn) {
        try {
            return switch (cairn.backups().backUp(file.toAbsolutePath(), new RowProgress(err()))) {
                case BackupOutcome.Written written -> written(written);
                case BackupOutcome.Refused(var foreign) -> {
                    err().println(
                                    "Nothing was written: Cairn's schema contains objects that are not Cairn's, and a restored backup would lack them: "
                                            + String.join(", ", foreign)
                                            + ". Move them to a schema of their own.");
                    yield FAILED;
                }
            };
        } catch (IOException e) {
            err().println("%s could not be written: %s".formatted(file, e.getMessage()));
            return FAILED;
        }
    }

    private int written(BackupOutcome.Written written) throws IOException {
        long bytes = Files.size(file);
        switch (format) {
            case TEXT ->
                    out().println(
                                    "%s of %s written to %s, %s."
                                            .formatted(
                                                    Report.counted(written.rows(), "row"),
                                                    Report.counted(written.tables(), "table"),
                                                    file,
                                                    Report.counted(bytes, "byte")));
            case JSON ->
                    Report.json(
                            Map.of(
                                    "tables",
                                    written.tables(),
                                    "rows",
                                    written.rows(),
                                    "bytes",
                                    bytes),
                            out());
        }
        return 0;
    }
}
