package dev.cairn.application.service;

import dev.cairn.application.port.out.AccountDirectory.Held;
import dev.cairn.application.service.RowReader.Wrong;
import dev.cairn.domain.fact.FieldReader;
import dev.cairn.domain.fact.Reading;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** On which days the rows of a file of accounts or users hold, where their attributes have a history. */
final class HeldDays {
    private final @Nullable History history;
    private final @Nullable LocalDate asOf;
    private final ImportHeader header;
    private final FieldReader reader;

    private HeldDays(Entity entity, ImportHeader header, @Nullable LocalDate asOf) {
        this.history = entity.history();
        this.asOf = asOf;
        this.header = header;
        this.reader =
                new FieldReader(
                        new Field(
                                "day",
                                "day",
                                DataType.DATE,
                                null,
                                null,
                                missing(entity.history()),
                                null,
                                null,
                                entity.notation()),
                        ZoneOffset.UTC);
    }

    private static List<String> missing(@Nullable History history) {
        return switch (history) {
            case History.Intervals(_, _, var missing) -> missing;
            case History.Snapshots _, History.OfFiles _ -> List.of();
            case null -> List.of();
        };
    }

    /** @param asOf the day from which all rows hold; null: they say it themselves */
    static HeldDays of(Entity entity, ImportHeader header, @Nullable LocalDate asOf) {
        return new HeldDays(entity, header, asOf);
    }

    /** Columns of the file that say it. */
    static List<String> columns(Entity entity, @Nullable LocalDate asOf) {
        return asOf == null ? columns(entity) : List.of();
    }

    private static List<String> columns(Entity entity) {
        return switch (entity.history()) {
            case History.Intervals(var from, var until, _) -> List.of(from, until);
            case History.Snapshots(var on) -> List.of(on);
            case History.OfFiles() -> List.of();
            case null -> List.of();
        };
    }

    /** @param header columns of the file */
    static List<Problem> problems(Entity entity, @Nullable LocalDate asOf, List<String> header) {
        if (entity.history() == null) {
            return asOf == null
                    ? List.of()
                    : List.of(
                            problem(
                                            ProblemCode.BAD_VALUE,
                                            "The attributes of %s have no history, so a file of them is of no day.",
                                            entity.name())
                                    .offering("history: as_of"));
        }
        if (asOf == null) {
            return entity.history() instanceof History.OfFiles
                    ? List.of(
                            problem(
                                    ProblemCode.MISSING,
                                    "Attributes of %s have a history: say from which day the file holds (--as-of 2026-01-31).",
                                    entity.name()))
                    : List.of();
        }
        return columns(entity).stream()
                .filter(header::contains)
                .map(column ->
                        problem(
                                ProblemCode.CONFLICT,
                                "The file says in column '%s' when each row holds; it is not as of %s besides.",
                                column,
                                asOf))
                .toList();
    }

    private static Problem problem(ProblemCode code, String message, Object... arguments) {
        return Problem.of(code, Place.of("asOf"), message, arguments);
    }

    /**
     * When a row holds.
     *
     * @param wrong what is wrong with it is added here
     * @return null where there is no history, or something is wrong
     */
    @Nullable Held read(List<@Nullable String> cells, List<Wrong> wrong) {
        if (asOf != null) {
            return history == null ? null : new Held(asOf, null, true);
        }
        return switch (history) {
            case History.Intervals(var from, var until, _) ->
                    interval(day(from, cells, wrong), day(until, cells, wrong), until, wrong);
            case History.Snapshots(var on) -> {
                int before = wrong.size();
                var day = day(on, cells, wrong);
                if (day == null && wrong.size() == before) {
                    wrong.add(new Wrong(on, "", "a snapshot says of which day it is"));
                }
                yield new Held(day, null, true);
            }
            case History.OfFiles() -> null;
            case null -> null;
        };
    }

    private static Held interval(
            @Nullable LocalDate from, @Nullable LocalDate until, String column, List<Wrong> wrong) {
        if (from != null && until != null && until.isBefore(from)) {
            wrong.add(
                    new Wrong(
                            column,
                            until.toString(),
                            "it ends before it begins, which is %s".formatted(from)));
        }
        return new Held(from, until, false);
    }

    private @Nullable LocalDate day(
            String column, List<@Nullable String> cells, List<Wrong> wrong) {
        var text = RowReader.text(cells, header.at(column));
        return switch (reader.read(text.isEmpty() ? null : text)) {
            case Reading.Value(var value) -> (LocalDate) value;
            case Reading.OutOfRange() -> null;
            case Reading.Wrong(var reason) -> {
                wrong.add(new Wrong(column, text, reason));
                yield null;
            }
        };
    }
}
