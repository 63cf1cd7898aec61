package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Json;
import dev.cairn.adapters.terminal.display.Rewrites;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemDetails;
import dev.cairn.domain.problem.Problems;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reports what is wrong, or what was done, in words or as JSON. */
public final class Report {
    private static final Comparator<Problem> IN_ORDER =
            Comparator.comparing((Problem problem) -> file(problem))
                    .thenComparing(problem -> problem.place().line())
                    .thenComparing(problem -> problem.place().column());

    private Report() {}

    /** Problems in the order of files and lines: in words, one a line, to {@code err}; as JSON to {@code out}. */
    static void problems(List<Problem> problems, Format format, PrintWriter out, PrintWriter err) {
        var ordered = problems.stream().sorted(IN_ORDER).toList();
        switch (format) {
            case TEXT -> Problems.listed(ordered).forEach(problem -> text(problem, err));
            case JSON -> json(asJson(ordered), out);
        }
    }

    private static Map<String, Object> asJson(List<Problem> problems) {
        var said = new LinkedHashMap<String, Object>();
        said.put("problems", ProblemDetails.of(problems));
        Problems.rowsToRead(problems).ifPresent(rows -> said.put("rowsToRead", rows));
        return said;
    }

    public static void json(Object value, PrintWriter out) {
        out.println(Json.document(value));
    }

    /** With separators, the same everywhere. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 file}, {@code 2 files}. */
    public static String counted(long number, String thing) {
        return number(number) + " " + thing + (number == 1 ? "" : "s");
    }

    private static void text(Problem problem, PrintWriter err) {
        err.println(line(problem));
        Rewrites.print(problem, err);
    }

    private static String line(Problem problem) {
        var place = problem.place();
        var where = new StringBuilder(file(problem));
        if (place.line() > 0) {
            where.append(':').append(place.line());
        }
        if (place.line() > 0 && place.column() > 0) {
            where.append(':').append(place.column());
        }
        return "%s%s%s [%s]"
                .formatted(
                        where,
                        where.isEmpty() ? "" : ": ",
                        DisplayText.plain(problem.message()),
                        problem.code());
    }

    private static String file(Problem problem) {
        var path = problem.place().path();
        return path.isEmpty() ? "" : path.getFirst();
    }
}
