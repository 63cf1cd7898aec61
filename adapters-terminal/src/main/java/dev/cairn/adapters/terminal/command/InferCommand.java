package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.command.ImportProgress.Style;
import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.application.port.RecordFile;
import dev.cairn.application.port.in.InferUseCase.Outcome;
import dev.cairn.application.port.in.InferUseCase.Request;
import dev.cairn.domain.inference.SourceProposal;
import dev.cairn.domain.problem.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Proposes a source declaration for a file; needs no database. */
@Command(
        name = "infer",
        description =
                "Reads a whole file and proposes the declaration of a source for it, as YAML to edit: types, formats, separators, keys, and codes for missing values, with counts and examples. What the file does not decide is left as text, with the readings it has.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  cairn infer invoices.csv.gz > my/invoice.yaml",
            "  cairn infer export.csv --delimiter ';' --encoding windows-1252 --source invoice",
            "  curl ... | cairn infer - --source ticket"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the file cannot be read to its end", "2:not understood"})
public final class InferCommand extends Subcommand {
    private static final String STANDARD_INPUT = "-";

    @ParentCommand private Cairn cairn;

    @Parameters(index = "0", paramLabel = "FILE", description = "The file; - is standard input.")
    private String file;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "The name of the source. Default: made from the file's name.")
    private @Nullable String source;

    @Mixin private FileOptions written;

    @Override
    public Integer call() throws IOException {
        check();
        try (var input =
                        new CountedInput(
                                file.equals(STANDARD_INPUT)
                                        ? System.in
                                        : Files.newInputStream(Path.of(file)));
                var progress =
                        new ImportProgress(
                                err(),
                                Terminal.find().isPresent() ? Style.BAR : Style.LINES,
                                file.equals(STANDARD_INPUT) ? 0 : Files.size(Path.of(file)),
                                input::count,
                                System::nanoTime)) {
            var content = new RecordFile(input, written.dialect(file));
            var outcome = cairn.inference().infer(new Request(sourceName(), content, progress));
            return switch (outcome) {
                case Outcome.Inferred(_, var declaration, var read, var malformed) -> {
                    out().println(
                                    "# Proposed by %s; edit it, then cairn apply."
                                            .formatted(
                                                    Report.counted(read, "row")
                                                            + " of "
                                                            + DisplayText.plain(file)));
                    if (malformed > 0) {
                        out().println(
                                        "# %s could not be taken apart, and would be rejected."
                                                .formatted(Report.counted(malformed, "row")));
                    }
                    declaration.lines().forEach(out()::println);
                    yield 0;
                }
                case Outcome.Rejected(var problems) -> {
                    Report.problems(
                            problems.stream()
                                    .map(problem -> problem.in(inFile(problem.place())))
                                    .toList(),
                            Format.TEXT,
                            out(),
                            err());
                    yield 1;
                }
            };
        }
    }

    private void check() {
        try {
            written.check(file);
        } catch (IllegalArgumentException contradiction) {
            throw notUnderstood("%s", String.valueOf(contradiction.getMessage()));
        }
        if (source != null && !source.equals(SourceProposal.nameOf(source))) {
            throw notUnderstood(
                    "'%s' cannot be a name; '%s' can.", source, SourceProposal.nameOf(source));
        }
        if (!file.equals(STANDARD_INPUT) && !Files.isRegularFile(Path.of(file))) {
            throw notUnderstood("There is no file %s.", file);
        }
    }

    private String sourceName() {
        if (source != null) {
            return source;
        }
        var name =
                file.equals(STANDARD_INPUT) ? "facts" : String.valueOf(Path.of(file).getFileName());
        return SourceProposal.nameOf(name.replaceAll("(\\.[A-Za-z]{2,6}){1,2}$", ""));
    }

    private Place inFile(Place place) {
        var path = new ArrayList<>(List.of(file.equals(STANDARD_INPUT) ? "standard input" : file));
        path.addAll(place.path());
        return new Place(path, place.line(), place.column());
    }
}
