package dev.cairn.adapters.terminal.command;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.model.WrittenQuestion;
import dev.cairn.domain.question.QuestionText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What questions of fixed shape have in common with all others: the time, groups and conditions. */
final class FrameOptions {
    @Option(
            names = "--range",
            required = true,
            paramLabel = "RANGE",
            description =
                    "The time range, as with query: 2026-H1, 2026-01..2026-06, last 6 months.")
    private String range;

    @Option(
            names = "--grain",
            paramLabel = "GRAIN",
            completionCandidates = QuestionOptions.Grains.class,
            description = "The periods: hour, day, week, month, quarter or year.")
    private @Nullable String grain;

    @Option(
            names = "--by",
            paramLabel = "DIMENSION",
            description =
                    "What to group by, for example account.plan; several with commas or repeated.")
    private List<String> by = new ArrayList<>();

    @Option(
            names = "--where",
            paramLabel = "FORMULA",
            description =
                    "Only rows that meet the condition, for example: account.region = 'Asia'.")
    private @Nullable String where;

    @Option(
            names = "--cohort",
            paramLabel = "NAME|RULE",
            description = "Only accounts of a cohort, or that meet a rule.")
    private @Nullable String cohort;

    @Option(
            names = "--totals",
            description = "Adds rows of totals: of all groups, and of the whole range.")
    private boolean totals;

    @Mixin private TimeOptions time = new TimeOptions();

    /** The frame, and what could not be read of it. */
    QuestionText read() {
        return read(List.of(), null);
    }

    /** The same around metrics, which may be compared with another time. */
    QuestionText read(List<String> metrics, @Nullable String compareTo) {
        return QuestionText.read(
                new WrittenQuestion(
                        metrics,
                        by,
                        grain,
                        range,
                        time.zone(),
                        time.weekStarts(),
                        where,
                        null,
                        cohort,
                        compareTo,
                        time.asOf(),
                        time.knownAt(),
                        List.of(),
                        totals,
                        true,
                        false,
                        AnalysisQuery.ROWS,
                        null,
                        null,
                        true,
                        false,
                        false));
    }
}
