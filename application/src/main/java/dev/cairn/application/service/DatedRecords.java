package dev.cairn.application.service;

import dev.cairn.application.port.Records;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of a declared entity that all hold from one day on, which the import says: as if a first column of the file said it. */
record DatedRecords(Records records, LocalDate day) implements Records {
    /** The rows as they are, where nothing is said of them. */
    static Records of(Source source, Records records, @Nullable LocalDate day) {
        return day == null || !isOfFiles(source) ? records : new DatedRecords(records, day);
    }

    static boolean isOfFiles(Source source) {
        return source.history() instanceof History.OfFiles;
    }

    /** @param header of the file */
    static Optional<Problem> problem(Source source, @Nullable LocalDate day, List<String> header) {
        if (!isOfFiles(source)) {
            return Optional.empty();
        }
        boolean isInFile = header.contains(History.OfFiles.DAY);
        if (day == null && !isInFile) {
            return Optional.of(
                    Problem.of(
                            ProblemCode.MISSING,
                            Place.of("asOf"),
                            "Attributes of %s have a history: say from which day the file holds (--as-of 2026-01-31).",
                            source.name()));
        }
        return day != null && isInFile
                ? Optional.of(
                        Problem.of(
                                ProblemCode.CONFLICT,
                                Place.of("asOf"),
                                "The file says in column '%s' when each row holds; it is not as of %s besides.",
                                History.OfFiles.DAY,
                                day))
                : Optional.empty();
    }

    @Override
    public List<String> header() {
        return records.header().isEmpty() ? List.of() : with(History.OfFiles.DAY, records.header());
    }

    @Override
    public void want(Collection<String> columns) {
        records.want(
                columns.stream().filter(column -> !column.equals(History.OfFiles.DAY)).toList());
    }

    @Override
    public @Nullable Raw next() {
        return switch (records.next()) {
            case Raw.Read(long line, var cells) -> new Raw.Read(line, with(day.toString(), cells));
            case Raw.Malformed malformed -> malformed;
            case Raw.Broken broken -> broken;
            case null -> null;
        };
    }

    private static <T extends @Nullable Object> List<T> with(T first, List<T> rest) {
        var all = new ArrayList<T>(rest.size() + 1);
        all.add(first);
        all.addAll(rest);
        return all;
    }

    @Override
    public void close() {
        records.close();
    }
}
