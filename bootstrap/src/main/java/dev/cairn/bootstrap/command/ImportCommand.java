package dev.cairn.bootstrap.command;

import dev.cairn.adapters.files.fact.CsvRecords;
import dev.cairn.adapters.files.fact.CsvRejects;
import dev.cairn.application.port.in.ImportUseCase;
import dev.cairn.application.port.in.ImportUseCase.Outcome;
import dev.cairn.application.port.in.ImportUseCase.Progress;
import dev.cairn.application.port.in.ImportUseCase.Reject;
import dev.cairn.application.port.in.ImportUseCase.Request;
import dev.cairn.application.port.in.ImportUseCase.Summary;
import dev.cairn.application.port.out.StoreFailed;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes in a file of facts, accounts or users. */
@Command(
        name = "import",
        description =
                "Takes in a CSV file, plain or gzip: facts of a source, or account or user with their attributes.",
        footer = {
            "",
            "A row that does not fit is rejected with its reason, and the others are taken in; a file that cannot be read to its end changes nothing. The same file twice changes nothing.",
            "Exit codes: 0 done, 1 problems in the file or every row rejected, 2 not understood, 3 failed."
        })
final class ImportCommand extends DataCommand {
    private static final String STANDARD_INPUT = "-";
    private static final int SHOWN = 10;

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "A declared source, or account or user.")
    private String target;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file; - is standard input.")
    private String file;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "Writes rejected rows there, as CSV: line, column, value, reason.")
    private @Nullable Path rejects;

    @Option(
            names = "--complete-until",
            paramLabel = "DATE",
            description =
                    "The first day that is not complete with this file, for example 2026-02-01.")
    private @Nullable LocalDate completeUntil;

    @Option(names = "--format", description = "text (as standard) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() throws IOException {
        if (rejects != null && !Files.isDirectory(rejects.toAbsolutePath().resolveSibling(""))) {
            throw notUnderstood("There is no folder for %s.", rejects);
        }
        if (file.equals(STANDARD_INPUT)) {
            return;
        }
        var path = Path.of(file);
        if (!Files.exists(path)) {
            throw notUnderstood("There is no file %s.", file);
        }
        if (Files.isDirectory(path)) {
            throw notUnderstood("%s is a folder, not a file.", file);
        }
        if (!Files.isReadable(path)) {
            throw notUnderstood("%s may not be read.", file);
        }
        if (rejects != null && Files.exists(rejects) && Files.isSameFile(path, rejects)) {
            throw notUnderstood("The rejected rows cannot be written over %s.", file);
        }
    }

    @Override
    int run(ApplicationContext cairn) throws Exception {
        var imports = cairn.getBean(ImportUseCase.class);
        var shown = new ArrayList<Reject>();
        var progress = new Ticker(err());
        try (var records = CsvRecords.open(input());
                var report = report()) {
            Consumer<Reject> taker =
                    reject -> {
                        if (shown.size() < SHOWN) {
                            shown.add(reject);
                        }
                        if (report != null) {
                            report.accept(reject);
                        }
                    };
            var request =
                    new Request(target, records, completeUntil, Long.MAX_VALUE, taker, progress);
            return switch (imports.importRecords(request)) {
                case Outcome.Rejected(var problems) -> refused(problems);
                case Outcome.Imported(var summary) -> imported(summary, shown);
            };
        } catch (StoreFailed failed) {
            err().println("cairn: " + failed.getMessage());
            err().println(
                            "Nothing was imported. Run the same command again: it goes on where this one stopped.");
            return CommandLineMain.FAILED;
        }
    }

    private InputStream input() throws IOException {
        return file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file));
    }

    private @Nullable CsvRejects report() throws IOException {
        return rejects == null ? null : new CsvRejects(Files.newBufferedWriter(rejects));
    }

    private int refused(List<Problem> problems) {
        var inFile = problems.stream().map(problem -> problem.in(inFile(problem.place()))).toList();
        Report.problems(inFile, format, out(), err());
        return 1;
    }

    private Place inFile(Place place) {
        var path = new ArrayList<>(List.of(file.equals(STANDARD_INPUT) ? "standard input" : file));
        path.addAll(place.path());
        return new Place(path, place.line(), place.column());
    }

    private int imported(Summary summary, List<Reject> shown) {
        switch (format) {
            case TEXT -> say(summary, shown);
            case JSON -> Report.json(summary, out());
        }
        return summary.read() > 0 && summary.rejected() == summary.read() ? 1 : 0;
    }

    private void say(Summary summary, List<Reject> shown) {
        if (rejects == null) {
            shown.forEach(reject -> err().println(line(reject)));
            if (summary.rejected() > shown.size()) {
                err().println(
                                "... and %s rejected rows more; --rejects FILE writes them all."
                                        .formatted(
                                                Report.number(summary.rejected() - shown.size())));
            }
        }
        say("read", summary.read(), "");
        say("loaded", summary.loaded(), "");
        say("superseded", summary.superseded(), "earlier rows of the same key, by other content");
        say("duplicates", summary.duplicates(), "known already, nothing changed");
        say("rejected", summary.rejected(), rejects == null ? "" : "see " + rejects);
        if (!summary.emptied().isEmpty()) {
            var fields =
                    summary.emptied().entrySet().stream()
                            .map(field ->
                                    "%s %s"
                                            .formatted(
                                                    field.getKey(),
                                                    Report.number(field.getValue())))
                            .collect(Collectors.joining(", "));
            out().println("Outside their range, and so empty: " + fields + ".");
        }
        if (!summary.ignored().isEmpty()) {
            out().println(
                            "Not declared, and so not loaded: "
                                    + String.join(", ", summary.ignored())
                                    + ".");
        }
    }

    private void say(String what, long rows, String remark) {
        var line = "%-10s  %12s  %s".formatted(what, Report.number(rows), rows == 0 ? "" : remark);
        out().println(line.stripTrailing());
    }

    private String line(Reject reject) {
        return "%s:%d: %s%s"
                .formatted(
                        file,
                        reject.line(),
                        reject.column().isEmpty() ? "" : "column %s: ".formatted(reject.column()),
                        reject.value().isEmpty()
                                ? reject.reason()
                                : "'%s': %s"
                                        .formatted(Report.plain(reject.value()), reject.reason()));
    }

    /** Says how far it is, every two seconds. */
    private static final class Ticker implements Consumer<Progress> {
        private static final long EVERY = 2_000_000_000L;

        private final PrintWriter err;
        private long last = System.nanoTime();

        Ticker(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void accept(Progress progress) {
            long now = System.nanoTime();
            if (now - last >= EVERY) {
                last = now;
                err.println(Report.number(progress.rows()) + " rows read");
                err.flush();
            }
        }
    }
}
