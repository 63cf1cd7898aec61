package dev.cairn.adapters.terminal.question;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.question.QuestionText;
import dev.cairn.domain.question.QuestionText.Spot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two cells as they were written, as the same question of two times.
 *
 * @param fromWhere condition of the first alone; null: none
 * @param toWhere of the second
 */
public record WhyText(
        QuestionText from, QuestionText to, @Nullable String fromWhere, @Nullable String toWhere) {
    /** What could not be read. */
    public List<Problem> problems() {
        return Stream.concat(
                        from.problems().stream(),
                        to.problems().stream()
                                .filter(WhyText::isOfTime)
                                .map(problem ->
                                        problem.in(
                                                Place.of("to")
                                                        .then(
                                                                problem.place()
                                                                        .path()
                                                                        .toArray(String[]::new)))))
                .toList();
    }

    private static boolean isOfTime(Problem problem) {
        return problem.place().path().contains("timeRange");
    }

    /** Where a problem is in what was written; empty where it is of none of the parts. */
    public Optional<Spot> spot(Problem problem) {
        var place = problem.place();
        var path = place.path();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        return switch (path.getFirst()) {
            case "metric" -> from.spot(problem.in(as(place, "metrics", "0")));
            case "by" -> from.spot(problem.in(by(place)));
            case "from", "to" -> ofCell(path.getFirst().equals("from"), place);
            default -> from.spot(problem);
        };
    }

    private static Place as(Place place, String... path) {
        return Place.of(path).at(place.line(), place.column());
    }

    private static Place by(Place place) {
        return place.path().size() < 2 ? Place.NOWHERE : as(place, "groupBy", place.path().get(1));
    }

    private Optional<Spot> ofCell(boolean isFrom, Place place) {
        var where = isFrom ? fromWhere : toWhere;
        var option = isFrom ? "from" : "to";
        if (place.path().contains("where")) {
            return Optional.ofNullable(where)
                    .map(text -> new Spot(option + "-where", text, place.line(), place.column()));
        }
        var range = (isFrom ? from : to).written().range();
        return Optional.of(new Spot(option, range, place.line(), place.column()));
    }
}
