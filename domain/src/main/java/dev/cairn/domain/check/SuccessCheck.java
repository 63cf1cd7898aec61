package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the time in which a success is decided. */
final class SuccessCheck {
    private static final int MOST_DAYS = 3_660;

    private SuccessCheck() {}

    static List<Problem> of(Success success, Catalog catalog, Place place) {
        return switch (success.window()) {
            case null -> List.of();
            case Window.Dates(var from, var until) ->
                    from.isBefore(until)
                            ? List.of()
                            : List.of(
                                    Problem.of(
                                            ProblemCode.BAD_RANGE,
                                            place.then("until"),
                                            "Success is decided until %s (out), which is not after %s (in).",
                                            until,
                                            from));
            case Window.Days days -> days(days, catalog, place);
        };
    }

    private static List<Problem> days(Window.Days days, Catalog catalog, Place place) {
        var problems = new ArrayList<Problem>();
        if (days.from() < 0) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            place.then("from_day"),
                            "Success is decided from day 0 or a later one, not %d.",
                            days.from()));
        }
        if (days.until() <= days.from() || days.until() > MOST_DAYS) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_RANGE,
                            place.then("until_day"),
                            "Success is decided until a day after %d, and by day %d at the latest, not %d.",
                            days.from(),
                            MOST_DAYS,
                            days.until()));
        }
        var account = catalog.entity(EntityRef.ACCOUNT);
        var attribute = account.attribute(days.after());
        if (attribute.isEmpty()) {
            problems.add(
                    Problem.of(
                                    ProblemCode.UNKNOWN_FIELD,
                                    place.then("after"),
                                    "The account has no attribute '%s'.",
                                    days.after())
                            .suggesting(
                                    NearestNames.nearest(
                                            days.after(),
                                            account.attributes().stream()
                                                    .map(known -> known.field().name())
                                                    .toList())));
        } else if (attribute.get().type() != DataType.DATE
                && attribute.get().type() != DataType.TIMESTAMP) {
            problems.add(
                    Problem.of(
                            ProblemCode.TYPE_MISMATCH,
                            place.then("after"),
                            "'%s' is no date: days are counted from a date or an instant of the account.",
                            days.after()));
        }
        return problems;
    }
}
