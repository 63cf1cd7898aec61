package dev.cairn.adapters.terminal.question;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is typed for options of several commands. */
final class Typed {
    private Typed() {}

    /**
     * The same problem, at the option that was typed.
     *
     * @param option of the first part of a place
     */
    static Problem placed(Problem problem, UnaryOperator<String> option) {
        var place = problem.place();
        return place.path().isEmpty()
                ? problem
                : problem.in(
                        Place.of(option.apply(place.path().getFirst()))
                                .at(place.line(), place.column()));
    }

    /**
     * A day, or a problem and null.
     *
     * @param text null: left out
     * @param part where a problem with it is
     * @param meaning a sentence that ends the problem's message; empty: none
     */
    static @Nullable LocalDate day(
            @Nullable String text, String part, String meaning, List<Problem> problems) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException unreadable) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            Place.of(part),
                            "'%s' is not a day: write one such as 2026-01-31.%s",
                            text,
                            meaning.isEmpty() ? "" : " " + meaning));
            return null;
        }
    }
}
