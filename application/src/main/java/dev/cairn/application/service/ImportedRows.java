package dev.cairn.application.service;

import dev.cairn.application.port.Records;
import dev.cairn.application.port.Records.Raw;
import dev.cairn.application.port.in.ImportUseCase.Phase;
import dev.cairn.application.port.in.ImportUseCase.Progress;
import dev.cairn.application.port.in.ImportUseCase.Reject;
import dev.cairn.application.port.in.ImportUseCase.Request;
import dev.cairn.application.service.RowReader.Row;
import dev.cairn.application.service.RowReader.Wanted;
import dev.cairn.application.service.RowReader.Wrong;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of a file on their way to a target: how many they are, which are rejected, and what of the others is left out. */
final class ImportedRows {
    private static final int PROGRESS_EVERY = 10_000;
    private static final int LONGEST_SHOWN = 200;

    private final ImportTarget target;
    private final Request request;
    private final FittingLines lines = new FittingLines();
    private final Map<Wanted, Long> wanted = new EnumMap<>(Wanted.class);
    private final Map<String, Long> emptied = new TreeMap<>();
    private long read = 0;
    private long rejected = 0;

    ImportedRows(ImportTarget target, Request request) {
        this.target = target;
        this.request = request;
    }

    /** Gives all rows to the target. @return why it was given up; null where it was not */
    @Nullable Problem take(Records records) {
        for (var raw = records.next(); raw != null; raw = records.next()) {
            if (raw instanceof Raw.Broken broken) {
                return problem(broken);
            }
            read++;
            take(raw);
            if (rejected > request.maxRejects()) {
                return tooMany(raw);
            }
            if (read % PROGRESS_EVERY == 0) {
                var phase = target.isSkipping() ? Phase.SKIPPING : Phase.READING;
                request.progress().accept(new Progress(phase, read));
            }
        }
        return null;
    }

    private void take(Raw raw) {
        var row = row(raw);
        wanted.merge(row.wanted(), 1L, Long::sum);
        if (row.wrong().isEmpty()) {
            lines.add(raw.line());
            row.emptied().forEach(field -> emptied.merge(field, 1L, Long::sum));
            return;
        }
        rejected++;
        row.wrong().forEach(wrong -> reject(raw.line(), wrong));
    }

    private void reject(long line, Wrong wrong) {
        request.rejects()
                .accept(new Reject(line, wrong.column(), shown(wrong.value()), wrong.reason()));
    }

    private Row row(Raw raw) {
        return switch (raw) {
            case Raw.Read(_, var cells) -> target.add(cells);
            case Raw.Malformed(_, var column, var reason) ->
                    Row.refused(new Wrong(column == 0 ? "" : String.valueOf(column), "", reason));
            case Raw.Broken(_, _, var reason) -> throw new IllegalStateException(reason);
        };
    }

    static Problem problem(Raw.Broken broken) {
        return Problem.of(
                ProblemCode.SYNTAX,
                place(broken.line(), broken.column()),
                "%s Nothing was imported.",
                broken.reason());
    }

    private Problem tooMany(Raw raw) {
        return Problem.of(
                ProblemCode.LIMIT,
                place(raw.line(), 0),
                "More than %d rows are rejected, and the import stopped at this one. Nothing was imported.",
                request.maxRejects());
    }

    private static Place place(long line, int column) {
        return new Place(List.of("records"), Math.clamp(line, 0, Integer.MAX_VALUE), column);
    }

    private static String shown(String value) {
        return value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "...";
    }

    long read() {
        return read;
    }

    long rejected() {
        return rejected;
    }

    /** Left out by the condition on rows. */
    long filtered() {
        return wanted.getOrDefault(Wanted.NO, 0L) + undecided();
    }

    /** How many of these as the condition is empty for them. */
    long undecided() {
        return wanted.getOrDefault(Wanted.UNDECIDED, 0L);
    }

    /** How many values of each field were outside its range. */
    Map<String, Long> emptied() {
        return emptied;
    }

    /** @param number of a row among those that fit, from 1 */
    OptionalLong line(long number) {
        return lines.line(number);
    }
}
