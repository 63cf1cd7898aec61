package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Rewrites;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.question.QuestionText;
import dev.cairn.domain.question.QuestionText.Spot;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reports what is wrong with a question, and points at it. */
final class QuestionReport {
    private static final String INDENT = "    ";

    private QuestionReport() {}

    static void problems(QuestionText question, List<Problem> problems, PrintWriter err) {
        problems(problems, question::spot, err);
    }

    /** @param spots where in what was written a problem is */
    static void problems(
            List<Problem> problems, Function<Problem, Optional<Spot>> spots, PrintWriter err) {
        for (var problem : Problems.listed(problems)) {
            err.println("%s [%s]".formatted(DisplayText.plain(problem.message()), problem.code()));
            spots.apply(problem).ifPresent(spot -> point(spot, err));
            Rewrites.print(problem, err);
        }
    }

    private static void point(Spot spot, PrintWriter err) {
        var option = spot.part().isEmpty() ? "" : "--" + spot.part() + " ";
        var line = spot.text().lines().skip(Math.max(0, spot.line() - 1)).findFirst().orElse("");
        err.println(INDENT + option + DisplayText.plain(line));
        if (spot.line() > 0 && spot.column() > 0) {
            var before =
                    line.codePoints()
                            .limit(spot.column() - 1L)
                            .collect(
                                    StringBuilder::new,
                                    StringBuilder::appendCodePoint,
                                    StringBuilder::append)
                            .toString();
            int width = DisplayText.width(option + DisplayText.plain(before));
            err.println(INDENT + " ".repeat(width) + "^");
        }
    }
}
