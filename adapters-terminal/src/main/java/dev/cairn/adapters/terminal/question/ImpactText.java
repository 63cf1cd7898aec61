package dev.cairn.adapters.terminal.question;

import dev.cairn.domain.impact.ImpactQuery;
import dev.cairn.domain.impact.ImpactQuery.Unit;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.question.QuestionText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is asked of a change. */
public final class ImpactText {
    private ImpactText() {}

    /** What was typed; null: left out. */
    public record Written(
            List<String> metrics,
            @Nullable String on,
            @Nullable String change,
            @Nullable String concerned,
            @Nullable String against,
            int window,
            int gap,
            String zone,
            @Nullable String where,
            @Nullable String asOf,
            boolean daily,
            @Nullable Double share,
            boolean rows,
            @Nullable Direction direction) {
        public Written {
            metrics = List.copyOf(metrics);
        }
    }

    /** @param problems with what was typed; the query stands for it as far as it can be read */
    public record Read(ImpactQuery query, List<Problem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    public static Read read(Written written) {
        var problems = new ArrayList<Problem>();
        var zone = QuestionText.zone(written.zone(), problems);
        var query =
                new ImpactQuery(
                        written.metrics().stream().map(QuestionText::metric).toList(),
                        Typed.day(
                                written.on(),
                                "changedOn",
                                "It is the first one of the change.",
                                problems),
                        written.change(),
                        QuestionText.cohort(written.concerned()),
                        QuestionText.cohort(written.against()),
                        written.window(),
                        written.gap(),
                        zone,
                        written.where(),
                        QuestionText.instant(written.asOf(), "asOf", zone, problems),
                        written.daily(),
                        written.share(),
                        written.rows() ? Unit.ROW : Unit.ACCOUNT,
                        true,
                        written.direction());
        return new Read(query, problems);
    }

    /** The same problem, at the option that was typed. */
    public static Problem typed(Problem problem) {
        var path = problem.place().path();
        return !path.isEmpty() && path.getFirst().equals("metrics")
                ? problem
                : Typed.placed(problem, ImpactText::option);
    }

    private static String option(String part) {
        return switch (part) {
            case "changedOn" -> "--on";
            case "treated" -> "--for";
            case "comparison" -> "--against";
            case "windowDays" -> "--window";
            case "gapDays" -> "--gap";
            case "treatedShare" -> "--share";
            case "unit" -> "--rows";
            case "timeZone" -> "--zone";
            case "asOf" -> "--as-of";
            default -> "--" + part;
        };
    }
}
