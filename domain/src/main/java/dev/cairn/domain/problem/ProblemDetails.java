package dev.cairn.domain.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem as programs read it. Its components are the members of a problem in JSON, by these names and in this order, whoever writes it.
 *
 * @param line null: the problem is of the whole
 * @param column null: the problem is of the whole
 */
public record ProblemDetails(
        ProblemCode code,
        String message,
        List<String> path,
        @Nullable Integer line,
        @Nullable Integer column,
        List<String> suggestions) {
    public ProblemDetails {
        path = List.copyOf(path);
        suggestions = List.copyOf(suggestions);
    }

    public static ProblemDetails of(Problem problem) {
        var place = problem.place();
        return new ProblemDetails(
                problem.code(),
                problem.message(),
                place.path(),
                place.line() == 0 ? null : place.line(),
                place.column() == 0 ? null : place.column(),
                problem.suggestions());
    }

    /** Those that are listed of them, as {@link Problems#listed} has it. */
    public static List<ProblemDetails> of(List<Problem> problems) {
        return Problems.listed(problems).stream().map(ProblemDetails::of).toList();
    }
}
