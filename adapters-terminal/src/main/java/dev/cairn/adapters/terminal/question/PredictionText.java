package dev.cairn.adapters.terminal.question;

import dev.cairn.domain.prediction.Horizon;
import dev.cairn.domain.prediction.PredictionQuery;
import dev.cairn.domain.prediction.PredictionQuery.Order;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.question.QuestionText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is asked of a prediction. */
public final class PredictionText {
    private PredictionText() {}

    /** What was typed; null: left out. */
    public record Written(
            String transactions,
            String value,
            @Nullable String where,
            @Nullable String cohort,
            @Nullable String until,
            String horizon,
            String discount,
            String zone,
            @Nullable String asOf,
            Order order,
            int first,
            @Nullable String after) {}

    /** @param problems with what was typed; the query stands for it as far as it can be read */
    public record Read(PredictionQuery query, List<Problem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    public static Read read(Written written) {
        var problems = new ArrayList<Problem>();
        ZoneId zone = QuestionText.zone(written.zone(), problems);
        var query =
                new PredictionQuery(
                        written.transactions(),
                        written.value(),
                        written.where(),
                        QuestionText.cohort(written.cohort()),
                        Typed.day(
                                written.until(),
                                "calibratedUntil",
                                "It is the first one that the models do not know.",
                                problems),
                        horizon(written.horizon(), problems),
                        discount(written.discount(), problems),
                        zone,
                        QuestionText.instant(written.asOf(), "asOf", zone, problems),
                        true,
                        written.order(),
                        written.first(),
                        written.after());
        return new Read(query, problems);
    }

    /** The same problem, at the option that was typed. */
    public static Problem typed(Problem problem) {
        return Typed.placed(problem, PredictionText::option);
    }

    private static String option(String part) {
        return switch (part) {
            case "calibratedUntil" -> "--until";
            case "timeZone" -> "--zone";
            case "asOf" -> "--as-of";
            default -> "--" + part;
        };
    }

    private static Horizon horizon(String text, List<Problem> problems) {
        var read = Horizon.parse(text);
        if (read.isEmpty()) {
            problems.add(
                    problem(
                            "horizon",
                            "'%s' is no length of time: write one such as 39 weeks or 12 months.",
                            text));
        }
        return read.orElse(Horizon.A_YEAR);
    }

    /** A part, or percent. */
    private static double discount(String text, List<Problem> problems) {
        try {
            return text.endsWith("%")
                    ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                    : Double.parseDouble(text);
        } catch (NumberFormatException unreadable) {
            problems.add(
                    problem(
                            "discount",
                            "'%s' is no discount: write 0.1 or 10%% for ten percent a year.",
                            text));
            return 0;
        }
    }

    private static Problem problem(String part, String message, String text) {
        return Problem.of(ProblemCode.BAD_VALUE, Place.of(part), message, text);
    }
}
