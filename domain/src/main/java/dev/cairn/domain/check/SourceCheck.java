package dev.cairn.domain.check;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks what a source declares by itself: its fields, times, key and coverage. */
record SourceCheck(Source source, Place place, Problems problems) {
    void check() {
        var fields = new FieldCheck(place, "fields", problems);
        fields.check(source.fields());
        if (source.mapping() == null) {
            fields.notations(source.notation(), source.fields());
        }
        optional();
        time(source.timeField(), "time");
        validity();
        link(source.accountField(), "account");
        link(source.userField(), "user");
        source.key().stream()
                .filter(key -> source.field(key).isEmpty())
                .forEach(key -> unknownField(key, "key"));
        coverage();
        mapping();
    }

    /** What is optional of all fields is not of those that each row is told apart and placed by; said of one of these it is an error. */
    private void optional() {
        for (var field : source.fields()) {
            if (field.notation().isOptional() && source.isNeeded(field.name())) {
                problems.add(
                        Problem.of(
                                ProblemCode.BAD_VALUE,
                                place.then(
                                        source.isEntity() ? "attributes" : "fields",
                                        field.name(),
                                        "optional"),
                                "'%s' is of the key, the time, the validity, the account or the user of '%s', which each file has a column for: leave out 'optional'.",
                                field.name(),
                                source.name()));
            }
        }
    }

    /** Values of a table have their types already. */
    void mapping() {
        var mapping = source.mapping();
        if (mapping == null) {
            return;
        }
        if (!source.notation().isStandard()) {
            typed("read", source.name());
        }
        source.fields().stream()
                .filter(field -> !field.notation().isOfTable(field.type()) && !isOfImport(field))
                .forEach(field -> typed(source.isEntity() ? "attributes" : "fields", field.name()));
        time(mapping.completeUntil(), "coverage");
        if (source.history() instanceof History.OfFiles) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "history",
                    "'as_of' is said by an import, and nothing is imported into the table %s: name the column with the day from which a row holds, {snapshot: ...}, or {from: ..., until: ...}.",
                    mapping.text());
        }
    }

    /** Made by a history that imports say, which is refused as such. */
    private boolean isOfImport(Field field) {
        return source.history() instanceof History.OfFiles
                && field.name().equals(History.OfFiles.DAY);
    }

    private void typed(String part, String what) {
        problem(
                ProblemCode.BAD_VALUE,
                part,
                "How texts are read is for files; '%s' is read from the table %s, whose values have types. A view can change them. (Times without an offset are read in the source's zone by 'format: local'.)",
                what,
                Objects.requireNonNull(source.mapping()).text());
    }

    private void coverage() {
        var from = source.coverageFrom();
        var until = source.coverageUntil();
        if (from != null && until != null && !from.isBefore(until)) {
            problem(
                    ProblemCode.BAD_RANGE,
                    "coverage",
                    "Coverage ends (%s, out) before it starts (%s).",
                    until,
                    from);
        }
    }

    private void validity() {
        var validity = source.validity();
        if (validity == null) {
            if (source.timeField() == null) {
                problem(
                        ProblemCode.MISSING,
                        "time",
                        "A source has a time, a validity, or both; '%s' has neither.",
                        source.name());
            }
            return;
        }
        var from = time(validity.from(), "validity");
        var until = time(validity.until(), "validity");
        if (validity.from().equals(validity.until())) {
            problem(
                    ProblemCode.CONFLICT,
                    "validity",
                    "A validity begins and ends by two fields; both are '%s'.",
                    validity.from());
        } else if (from != null && until != null && from.type() != until.type()) {
            problem(
                    ProblemCode.TYPE_MISMATCH,
                    "validity",
                    "A validity begins and ends by fields of one type; '%s' is a %s and '%s' a %s.",
                    from.name(),
                    word(from.type()),
                    until.name(),
                    word(until.type()));
        }
        validity.per().stream()
                .filter(field -> source.field(field).isEmpty())
                .forEach(field -> unknownField(field, "validity"));
    }

    /** A field that says a time; null where there is none, or it is of another type. */
    private @Nullable Field time(@Nullable String name, String part) {
        if (name == null) {
            return null;
        }
        var field = source.field(name).orElse(null);
        if (field == null) {
            unknownField(name, part);
        } else if (field.type() != DataType.DATE && field.type() != DataType.TIMESTAMP) {
            problem(
                    ProblemCode.TYPE_MISMATCH,
                    part,
                    "The time field '%s' must be a date or a timestamp.",
                    name);
            return null;
        }
        return field;
    }

    private static String word(DataType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private void link(@Nullable String field, String part) {
        if (field != null && source.field(field).isEmpty()) {
            unknownField(field, part);
        }
    }

    private void unknownField(String name, String part) {
        unknownField(source, name, place.then(part), problems);
    }

    /** A name that is no field of the source, with near ones. */
    static void unknownField(Source source, String name, Place place, Problems problems) {
        problems.add(
                Problem.of(
                        ProblemCode.UNKNOWN_FIELD,
                        place,
                        "'%s' declares no field '%s'.",
                        source.name(),
                        name),
                name,
                () -> source.fields().stream().map(Field::name).toList());
    }

    private void problem(ProblemCode code, String part, String message, Object... arguments) {
        problems.add(Problem.of(code, place.then(part), message, arguments));
    }
}
