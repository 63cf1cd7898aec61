package dev.cairn.domain.calibration;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/**
 * A condition of one account as a number: 1 where it holds, 0 where it does not, none where it is empty. For that it stands twice in the formula.
 *
 * @param condition as the caller wrote it
 */
public record OutcomeText(String condition) {
    private static final List<String> PART = List.of("within", "outcome");

    /** Column of it, and the part of the caller's input that problems are of. */
    public static final String KEY = String.join(".", PART);

    public String formula() {
        return "case when (\n%s\n) then 1 when not (\n%s\n) then 0 end"
                .formatted(condition, condition);
    }

    /** Problems with the formula, where the caller wrote what they are about, each once. */
    public List<Problem> placed(List<Problem> problems) {
        long lines = condition.chars().filter(character -> character == '\n').count() + 1;
        return problems.stream()
                .filter(problem -> !isOfIt(problem) || problem.place().line() <= lines + 1)
                .map(problem ->
                        isOfIt(problem) && problem.place().line() > 1
                                ? problem.in(
                                        Place.of(PART.toArray(String[]::new))
                                                .at(
                                                        problem.place().line() - 1,
                                                        problem.place().column()))
                                : problem)
                .distinct()
                .toList();
    }

    private static boolean isOfIt(Problem problem) {
        return problem.place().path().equals(PART);
    }
}
