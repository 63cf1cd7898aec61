package dev.cairn.adapters.terminal.question;

import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.question.QuestionText;
import dev.cairn.domain.separation.SeparationQuery;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which metric is held against which success. */
public final class SeparationText {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private SeparationText() {}

    /** What was typed; null: left out. */
    public record Written(
            @Nullable String metric,
            String success,
            @Nullable String from,
            @Nullable String to,
            @Nullable Integer days,
            @Nullable String where,
            @Nullable String cohort,
            @Nullable String segment,
            List<Integer> leadWeeks,
            int slices,
            boolean crossSectional,
            String zone,
            @Nullable String asOf) {
        public Written {
            leadWeeks = List.copyOf(leadWeeks);
        }
    }

    /** @param problems with what was typed; the query stands for it as far as it can be read */
    public record Read(SeparationQuery query, List<Problem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    public static Read read(Written written) {
        var problems = new ArrayList<Problem>();
        ZoneId zone = QuestionText.zone(written.zone(), problems);
        var query =
                new SeparationQuery(
                        metric(written.metric()),
                        written.success(),
                        Typed.day(written.from(), "from", "", problems),
                        Typed.day(written.to(), "to", "", problems),
                        written.days(),
                        written.where(),
                        QuestionText.cohort(written.cohort()),
                        written.segment(),
                        written.leadWeeks(),
                        written.slices(),
                        written.crossSectional(),
                        zone,
                        QuestionText.instant(written.asOf(), "asOf", zone, problems));
        return new Read(query, problems);
    }

    private static MetricReference metric(@Nullable String text) {
        if (text == null) {
            return new MetricReference.ByKey("");
        }
        return NAME.matcher(text).matches()
                ? new MetricReference.ByKey(text)
                : new MetricReference.Inline(text);
    }

    /** The same problem, at the option that was typed. */
    public static Problem typed(Problem problem) {
        return Typed.placed(problem, SeparationText::option);
    }

    private static String option(String part) {
        return switch (part) {
            case "metric" -> "METRIC";
            case "timeRange" -> "--to";
            case "leadWeeks" -> "--lead-weeks";
            case "crossSectional" -> "--cross-sectional";
            case "timeZone" -> "--zone";
            case "asOf" -> "--as-of";
            default -> "--" + part;
        };
    }
}
