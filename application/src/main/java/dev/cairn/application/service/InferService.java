package dev.cairn.application.service;

import dev.cairn.application.port.Records;
import dev.cairn.application.port.Records.Raw;
import dev.cairn.application.port.in.ImportUseCase.Phase;
import dev.cairn.application.port.in.ImportUseCase.Progress;
import dev.cairn.application.port.in.InferUseCase;
import dev.cairn.application.port.out.DefinitionText;
import dev.cairn.application.port.out.RecordFiles;
import dev.cairn.domain.inference.ColumnProfile;
import dev.cairn.domain.inference.KeySearch;
import dev.cairn.domain.inference.SourceProposal;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes over a file once, column by column in bounded memory. */
public final class InferService implements InferUseCase {
    private static final int PROGRESS_EVERY = 10_000;

    private final RecordFiles files;
    private final DefinitionText texts;
    private final Clock clock;

    public InferService(RecordFiles files, DefinitionText texts, Clock clock) {
        this.files = files;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    public Outcome infer(Request request) {
        return files.read(request.records(), records -> infer(records, request));
    }

    private Outcome infer(Records records, Request request) {
        records.want(List.of());
        var columns = new ArrayList<ColumnProfile>();
        KeySearch keys = null;
        long read = 0;
        long malformed = 0;
        Raw.Malformed first = null;
        for (var raw = records.next(); raw != null; raw = records.next()) {
            switch (raw) {
                case Raw.Broken(var line, var column, var reason) -> {
                    return rejected(
                            Problem.of(ProblemCode.SYNTAX, placeOf(line, column), "%s", reason));
                }
                case Raw.Malformed broken -> {
                    malformed++;
                    first = first == null ? broken : first;
                }
                case Raw.Read(_, var cells) -> {
                    add(cells, records.header(), columns, read - malformed);
                    keys = keys == null ? new KeySearch(columns) : keys;
                    keys.add(cells);
                }
            }
            read++;
            if (read % PROGRESS_EVERY == 0) {
                request.progress().accept(new Progress(Phase.READING, read));
            }
        }
        var header = records.header();
        var unusable = unusable(header);
        if (unusable.isEmpty() && first != null && malformed == read) {
            unusable =
                    Optional.of(
                            Problem.of(
                                    ProblemCode.SYNTAX,
                                    placeOf(first.line(), first.column()),
                                    "No row can be taken apart; the first one has %s.",
                                    first.reason()));
        }
        if (unusable.isPresent()) {
            return rejected(unusable.get());
        }
        complete(columns, header, read - malformed);
        var reports = columns.stream().map(ColumnProfile::report).toList();
        var proposal =
                SourceProposal.of(
                        request.source(),
                        reports,
                        records.unreadable(),
                        keys == null ? List.of() : keys.found(),
                        LocalDate.now(clock));
        return new Outcome.Inferred(proposal, texts.write(proposal), read, malformed);
    }

    private static void add(
            List<@Nullable String> cells,
            List<String> header,
            List<ColumnProfile> columns,
            long before) {
        complete(columns, header, before);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(RowReader.text(cells, i));
        }
    }

    /** Columns that join late were empty in all rows before. */
    private static void complete(List<ColumnProfile> columns, List<String> header, long before) {
        for (int i = columns.size(); i < header.size(); i++) {
            var column = new ColumnProfile(header.get(i));
            column.addEmpty(before);
            columns.add(column);
        }
    }

    /** Why nothing can be proposed by such a header. */
    private static Optional<Problem> unusable(List<String> header) {
        if (header.isEmpty()) {
            return Optional.of(
                    Problem.of(
                            ProblemCode.MISSING,
                            Place.of("header"),
                            "The file is empty: it does not even name its columns."));
        }
        var named = new HashSet<String>();
        return header.stream()
                .filter(column -> !column.isBlank() && !named.add(column))
                .findFirst()
                .map(ImportHeader::twice)
                .or(() ->
                        header.size() == 1
                                ? ImportHeader.separator(header.getFirst())
                                : Optional.empty());
    }

    private static Place placeOf(long line, int column) {
        return new Place(List.of("records"), Math.clamp(line, 0, Integer.MAX_VALUE), column);
    }

    private static Outcome rejected(Problem problem) {
        return new Outcome.Rejected(List.of(problem));
    }
}
