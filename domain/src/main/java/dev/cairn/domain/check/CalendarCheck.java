package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks when the year of a calendar begins, or what its rows are. */
final class CalendarCheck {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,49}");

    private CalendarCheck() {}

    /** @param place of the calendar */
    static List<Problem> of(Calendar calendar, Catalog catalog, Place place) {
        if (calendar.rows() != null) {
            return calendar.rows().mapping() == null
                    ? ofRows(calendar.rows(), catalog, place)
                    : grains(calendar.rows(), null, place);
        }
        var part = place.then("year_begins");
        int month = calendar.beginsMonth();
        int day = calendar.beginsDay();
        if (month < 1 || month > 12 || day < 1 || day > Month.of(month).maxLength()) {
            return List.of(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            part,
                            "There is no month and day %02d-%02d; a year that begins in February has 02-01.",
                            month,
                            day));
        } else if (day > Calendar.LAST_DAY) {
            return List.of(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            part,
                            "A year begins on a day that each month has, from 1 to %d: its months begin on it too, and not each has a %d.",
                            Calendar.LAST_DAY,
                            day));
        }
        return List.of();
    }

    private static List<Problem> ofRows(Calendar.Rows rows, Catalog catalog, Place place) {
        var source = catalog.source(rows.source());
        if (source.isEmpty()) {
            return List.of(
                    Problem.of(
                                    ProblemCode.UNKNOWN_SOURCE,
                                    place.then("rows"),
                                    "No source '%s', whose rows would be the days.",
                                    rows.source())
                            .suggesting(catalog.nearest(rows.source(), Source.class)));
        }
        var problems = new ArrayList<Problem>();
        var day = source.get().field(rows.day());
        if (day.isEmpty()) {
            problems.add(noField(rows.day(), source.get(), place.then("day")));
        } else if (day.get().type() != DataType.DATE) {
            problems.add(
                    Problem.of(
                            ProblemCode.TYPE_MISMATCH,
                            place.then("day"),
                            "'%s.%s' is no date; each row of a calendar is of a day.",
                            rows.source(),
                            rows.day()));
        }
        problems.addAll(grains(rows, source.get(), place));
        return problems;
    }

    /** @param source whose fields tell periods apart; null: columns of a table do, which is looked at when the calendar is saved */
    private static List<Problem> grains(Calendar.Rows rows, @Nullable Source source, Place place) {
        var problems = new ArrayList<Problem>();
        if (rows.grains().isEmpty()) {
            problems.add(
                    Problem.of(
                            ProblemCode.MISSING,
                            place.then("grains"),
                            "A calendar is cut into something: grains: {quarter: [fiscal_year, fiscal_quarter]}."));
        }
        for (var grain : rows.grains()) {
            var part = place.then("grains", grain.name());
            if (!NAME.matcher(grain.name()).matches()) {
                problems.add(
                        Problem.of(
                                ProblemCode.BAD_VALUE,
                                part,
                                "'%s' is no name: small letters, digits and _, a letter first.",
                                grain.name()));
            }
            if (grain.fields().isEmpty()) {
                problems.add(
                        Problem.of(
                                ProblemCode.MISSING,
                                part,
                                "The fields that tell one '%s' from another.",
                                grain.name()));
            }
            if (source != null) {
                grain.fields().stream()
                        .filter(field -> source.field(field).isEmpty())
                        .forEach(field -> problems.add(noField(field, source, part)));
            }
        }
        return problems;
    }

    private static Problem noField(String name, Source source, Place place) {
        var known = source.fields().stream().map(Field::name).toList();
        return Problem.of(
                        ProblemCode.UNKNOWN_FIELD,
                        place,
                        "The source '%s' has no field '%s'.",
                        source.name(),
                        name)
                .suggesting(NearestNames.nearest(name, known));
    }
}
