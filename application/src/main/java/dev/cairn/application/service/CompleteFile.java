package dev.cairn.application.service;

import dev.cairn.application.port.Closing;
import dev.cairn.application.port.in.ImportUseCase.Request;
import dev.cairn.application.port.out.FactStore.Ending;
import dev.cairn.domain.change.Rereading;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a file follows from its saying all that holds. */
final class CompleteFile {
    /** Where a day begins first. */
    private static final ZoneOffset FIRST = ZoneOffset.ofHours(14);

    private CompleteFile() {}

    /** What can be closed is what holds until a day, and of which it can be told whether the file says it. */
    static List<Problem> problems(Source source, Request request) {
        var problems = new ArrayList<Problem>();
        if (request.asOf() != null && !DatedRecords.isOfFiles(source)) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            Place.of("asOf"),
                            source.isEntity()
                                    ? "Rows of %s are of no day that an import says: its history is not as_of."
                                    : "Attributes of accounts and users hold as of a day; facts of %s say themselves when they happened.",
                            source.name()));
        }
        if (request.complete() == null) {
            return problems;
        }
        var validity = source.validity();
        if (validity == null) {
            problems.add(
                    problem(
                            "Facts of %s happen and stay: only what holds for a time, by a validity, is closed by a complete file.",
                            source.name()));
        } else if (!source.field(validity.until()).map(Field::isRead).orElse(false)) {
            problems.add(
                    problem(
                            "%s of %s is computed: a row that the file no longer says cannot be given an end.",
                            validity.until(), source.name()));
        }
        if (source.key().isEmpty()) {
            problems.add(
                    problem(
                            "Rows of %s have no key: it cannot be told which of them the file no longer says.",
                            source.name()));
        }
        return problems;
    }

    static List<Problem> problems(Entity entity, Request request) {
        return request.complete() == null || entity.history() != null
                ? List.of()
                : List.of(
                        problem(
                                        "The attributes of %s have no history: nothing of them ends where a file no longer says it.",
                                        entity.name())
                                .offering("history: as_of"));
    }

    private static Problem problem(String message, Object... arguments) {
        return Problem.of(ProblemCode.INCOMPATIBLE, Place.of("complete"), message, arguments);
    }

    /** A row that was rejected is said by the file, and nobody knows what it is of. */
    static List<Problem> rejected(Request request, long rejected) {
        return request.complete() == null || rejected == 0
                ? List.of()
                : List.of(
                        Problem.of(
                                ProblemCode.CONFLICT,
                                Place.of("complete"),
                                "%d rows were rejected: what they say is not known, so neither is what the file no longer says. Nothing was imported.",
                                rejected));
    }

    /** Null where what the file does not say stays. */
    static @Nullable Ending ending(
            Source source, RowFormulas formulas, Request request, Clock clock) {
        var complete = request.complete();
        if (complete == null) {
            return null;
        }
        var on = LocalDate.ofInstant(clock.instant(), source.zone());
        return new Ending(
                new Closing(on, false, complete.acceptClosing()), Rereading.of(source, formulas));
    }

    /** Null where what the file does not say stays. */
    static @Nullable Closing closing(Entity entity, Request request, Clock clock) {
        var complete = request.complete();
        if (complete == null) {
            return null;
        }
        var asOf = request.asOf();
        boolean isSnapshot = asOf != null || !(entity.history() instanceof History.Intervals);
        var on = isSnapshot ? asOf : LocalDate.ofInstant(clock.instant(), FIRST);
        return new Closing(on, isSnapshot, complete.acceptClosing());
    }
}
