package dev.cairn.adapters.terminal.question;

import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.question.QuestionText;
import dev.cairn.domain.separation.SeparationQuery;
import java.time.DateTimeException;
import java.time.LocalDate;
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
                        day(written.from(), "from", problems),
                        day(written.to(), "to", problems),
                        written.days(),
                        written.where(),
                        cohort(written.cohort()),
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

    private static @Nullable CohortReference cohort(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return NAME.matcher(text).matches()
                ? new CohortReference.ByKey(text)
                : new CohortReference.Rule(text);
    }

    private static @Nullable LocalDate day(
            @Nullable String text, String part, List<Problem> problems) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException unreadable) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            Place.of(part),
                            "'%s' is not a day: write one such as 2026-01-31.",
                            text));
            return null;
        }
    }

    /** The same problem, at the option that was typed. */
    public static Problem typed(Problem problem) {
        var place = problem.place();
        return place.path().isEmpty()
                ? problem
                : problem.in(
                        Place.of(option(place.path().getFirst())).at(place.line(), place.column()));
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
