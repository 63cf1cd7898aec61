package dev.cairn.adapters.terminal.command;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cairn.adapters.terminal.command.ImportProgress.Style;
import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.application.port.RecordFile;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.ImportUseCase;
import dev.cairn.application.port.in.ImportUseCase.Complete;
import dev.cairn.application.port.in.ImportUseCase.Outcome;
import dev.cairn.application.port.in.ImportUseCase.Reject;
import dev.cairn.application.port.in.ImportUseCase.Request;
import dev.cairn.application.port.in.ImportUseCase.Summary;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemDetails;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports a file of facts, accounts or users. */
@Command(
        name = "import",
        description =
                "Imports a file of CSV or NDJSON, plain or gzip: facts of a source, or accounts or users with their attributes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  cairn import invoice_line invoices.csv.gz --rejects rejected.csv",
            "  cairn import invoice_line export.csv --delimiter ';' --encoding windows-1252 \\",
            "      --map \"Invoice No=invoice_no\" --map \"Kunde=customer_id\"",
            "  cairn import login logins.ndjson --max-rejects 0",
            "  mysql ... --batch | cairn import login - --delimiter tab --quote none",
            "  cairn import account accounts.csv",
            "  cairn import account accounts.csv --as-of 2026-01-31 --complete --dry-run",
            "",
            "A row that does not fit is rejected with its reason, and the others are imported. A file that cannot be read to its end changes nothing; importing the same file twice changes nothing."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; rows were rejected only where --max-rejects allows it",
            "1:problems in the file, every row rejected, or more than --max-rejects",
            "2:not understood",
            "3:failed",
            "4:done, but rows were rejected and --max-rejects was not given"
        })
public final class ImportCommand extends DataCommand {
    private static final String STANDARD_INPUT = "-";
    private static final int ROWS_REJECTED = 4;
    private static final int REASONS_SHOWN = 10;

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
            description = "Writes rejected rows to a file, as CSV: line, column, value, reason.")
    private @Nullable Path rejects;

    @Option(
            names = "--complete-until",
            paramLabel = "DATE",
            description =
                    "The first day that is not yet complete after this import, for example 2026-02-01.")
    private @Nullable LocalDate completeUntil;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description =
                    "The day from which the attributes of the file hold, for example 2026-01-31; of accounts or users whose attributes have a history.")
    private @Nullable LocalDate asOf;

    @Option(
            names = "--complete",
            description =
                    "The file says all that holds: what it no longer says of a history or a validity ends. Existence of accounts and users, and facts, stay.")
    private boolean complete;

    @Option(
            names = "--accept-closing",
            paramLabel = "N",
            description =
                    "Accepts that --complete closes at most N. Default: a tenth of what holds; with more, nothing is imported.")
    private @Nullable Long acceptClosing;

    @Option(
            names = "--dry-run",
            description =
                    "Prints what would be done, how many are closed included, and changes nothing.")
    private boolean dryRun;

    @Option(
            names = "--max-rejects",
            paramLabel = "N",
            description =
                    "Accepts at most N rejected rows; with more, the import stops and changes nothing. Default: every row that fits is loaded, and the exit code is 4 if any was rejected.")
    private @Nullable Long maxRejects;

    @Mixin private FileOptions written;

    @Option(
            names = {"-q", "--quiet"},
            description = "Prints problems only.")
    private boolean quiet;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Format of the report: text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() throws IOException {
        try {
            written.check(file);
        } catch (IllegalArgumentException contradiction) {
            throw notUnderstood("%s", String.valueOf(contradiction.getMessage()));
        }
        if (maxRejects != null && maxRejects < 0) {
            throw notUnderstood("--max-rejects is a number from 0 on.");
        }
        if (acceptClosing != null && !complete) {
            throw notUnderstood("--accept-closing goes with --complete.");
        }
        if (acceptClosing != null && acceptClosing < 0) {
            throw notUnderstood("--accept-closing is a number from 0 on.");
        }
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
            throw notUnderstood("%s is not readable.", file);
        }
        if (rejects != null && Files.exists(rejects) && Files.isSameFile(path, rejects)) {
            throw notUnderstood("The rejected rows cannot be written over %s.", file);
        }
    }

    @Override
    int run(UseCases cairn) throws Exception {
        var rejected = new RejectCounts();
        try {
            return switch (take(cairn.imports(), rejected)) {
                case Outcome.Rejected(var problems) -> refused(problems, rejected);
                case Outcome.Imported(var summary) -> imported(summary, rejected);
            };
        } catch (StoreFailed failed) {
            err().println("cairn: " + failed.getMessage());
            err().println(
                            "The import did not finish. Run the same command again: it continues where this one stopped, and counts nothing twice.");
            return FAILED;
        }
    }

    private Outcome take(ImportUseCase imports, RejectCounts rejected) throws IOException {
        try (var input = new CountedInput(input());
                var progress = progress(input);
                var report = report()) {
            Consumer<Reject> taker = report == null ? rejected : rejected.andThen(report);
            return imports.importRecords(
                    new Request(
                            target,
                            new RecordFile(input, written.dialect(file)),
                            written.meanings(),
                            completeUntil,
                            asOf,
                            complete ? new Complete(acceptClosing) : null,
                            dryRun,
                            maxRejects == null ? Long.MAX_VALUE : maxRejects,
                            taker,
                            quiet ? _ -> {} : progress));
        }
    }

    private InputStream input() throws IOException {
        return file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file));
    }

    private ImportProgress progress(CountedInput input) throws IOException {
        return new ImportProgress(
                err(),
                Terminal.find().isPresent() ? Style.BAR : Style.LINES,
                file.equals(STANDARD_INPUT) ? 0 : Files.size(Path.of(file)),
                input::count,
                System::nanoTime);
    }

    private @Nullable CsvRejects report() throws IOException {
        return rejects == null ? null : new CsvRejects(Files.newBufferedWriter(rejects));
    }

    private int refused(List<Problem> problems, RejectCounts rejected) {
        var inFile = problems.stream().map(problem -> problem.in(inFile(problem.place()))).toList();
        switch (format) {
            case TEXT -> {
                say(rejected);
                Report.problems(inFile, format, out(), err());
            }
            case JSON ->
                    Report.json(
                            Map.of(
                                    "problems",
                                    ProblemDetails.of(inFile),
                                    "rejects",
                                    rejected.reasons()),
                            out());
        }
        return 1;
    }

    private Place inFile(Place place) {
        var path = new ArrayList<>(List.of(file.equals(STANDARD_INPUT) ? "standard input" : file));
        path.addAll(place.path());
        return new Place(path, place.line(), place.column());
    }

    /** What was done, or would be, and why rows were rejected. */
    private record Done(
            @JsonUnwrapped Summary summary, boolean dryRun, List<RejectCounts.Reason> rejects) {}

    private int imported(Summary summary, RejectCounts rejected) {
        switch (format) {
            case TEXT -> {
                say(rejected);
                if (!quiet) {
                    say(summary);
                }
            }
            case JSON -> Report.json(new Done(summary, dryRun, rejected.reasons()), out());
        }
        if (summary.read() > 0 && summary.rejected() == summary.read()) {
            return 1;
        }
        return summary.rejected() > 0 && maxRejects == null ? ROWS_REJECTED : 0;
    }

    private void say(RejectCounts rejected) {
        if (rejects == null) {
            rejected.first().forEach(reject -> err().println(line(reject)));
        }
        if (rejected.isMore()) {
            var reasons = rejected.reasons();
            err().println("Rejected, by column and reason:");
            reasons.stream().limit(REASONS_SHOWN).forEach(reason -> err().println(line(reason)));
            if (reasons.size() > REASONS_SHOWN) {
                err().println("  ... and other reasons");
            }
            if (rejects == null) {
                err().println("--rejects FILE writes them all.");
            }
        }
    }

    private static String line(RejectCounts.Reason reason) {
        return "  %s x %s%s, first in line %d%s"
                .formatted(
                        Report.number(reason.count()),
                        reason.column().isEmpty() ? "" : "column %s: ".formatted(reason.column()),
                        reason.reason(),
                        reason.line(),
                        reason.value().isEmpty()
                                ? ""
                                : ": '%s'".formatted(DisplayText.plain(reason.value())));
    }

    private void say(Summary summary) {
        if (dryRun) {
            out().println("Nothing was changed. This is what would be done:");
        }
        new ImportSummary(summary, isOfMembers(), complete, rejects)
                .lines()
                .forEach(out()::println);
    }

    private boolean isOfMembers() {
        return target.equals(EntityRef.ACCOUNT.name()) || target.equals(EntityRef.USER.name());
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
                                        .formatted(
                                                DisplayText.plain(reject.value()),
                                                reject.reason()));
    }
}
