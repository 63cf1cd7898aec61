package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.application.port.Deletion;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what was deleted. */
@Command(
        name = "deletions",
        description =
                "Lists what was deleted, latest first: what can be restored, and what is gone.")
public final class DeletionsCommand extends DataCommand {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    int run(UseCases cairn) {
        var deletions = cairn.deletions().deletions();
        switch (format) {
            case JSON -> Report.json(deletions, out());
            case TEXT -> {
                if (deletions.isEmpty()) {
                    out().println("Nothing was deleted.");
                }
                deletions.forEach(deletion -> out().println(line(deletion)));
            }
        }
        return 0;
    }

    private static String line(Deletion deletion) {
        return "%4d  %s  %-8s  %s%s"
                .formatted(
                        deletion.id(),
                        TIME.format(deletion.at()),
                        DeletionText.state(deletion),
                        DeletionText.of(deletion.counts()),
                        deletion.what().isEmpty()
                                ? ""
                                : "  (" + DisplayText.plain(deletion.what()) + ")");
    }
}
