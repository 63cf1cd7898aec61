package dev.cairn.domain.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something the caller can put right.
 *
 * @param code stable, for programs
 * @param message for people: what is wrong and the way out
 * @param suggestions near names or rewrites, best first; empty where there are none
 * @param rowsToRead rows that a question is expected to read and make, where they are too many; null: that is not what is wrong, or not to be known
 */
public record Problem(
        ProblemCode code,
        String message,
        Place place,
        List<String> suggestions,
        @Nullable Long rowsToRead) {
    public Problem {
        suggestions = List.copyOf(suggestions);
    }

    public Problem(ProblemCode code, String message, Place place, List<String> suggestions) {
        this(code, message, place, suggestions, null);
    }

    public static Problem of(ProblemCode code, Place place, String message, Object... arguments) {
        return new Problem(
                code,
                arguments.length == 0 ? message : message.formatted(arguments),
                place,
                List.of());
    }

    /** The same problem with near names; the message ends with the nearest. */
    public Problem suggesting(List<String> near) {
        return near.isEmpty()
                ? this
                : new Problem(code, message + question(near), place, near, rowsToRead);
    }

    /** The same problem with rewrites to choose from; the message stays. */
    public Problem offering(String... rewrites) {
        return new Problem(code, message, place, List.of(rewrites), rowsToRead);
    }

    public Problem in(Place newPlace) {
        return new Problem(code, message, newPlace, suggestions, rowsToRead);
    }

    /** The same problem with the figure that it is about. */
    public Problem expecting(long rows) {
        return new Problem(code, message, place, suggestions, rows);
    }

    /** Whether the message asks for the first suggestion already, as it does with near names. */
    public boolean namesNearest() {
        return !suggestions.isEmpty() && message.endsWith(question(suggestions));
    }

    private static String question(List<String> near) {
        return " Did you mean '%s'?".formatted(near.getFirst());
    }
}
