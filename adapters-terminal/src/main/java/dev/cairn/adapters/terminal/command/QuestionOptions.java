package dev.cairn.adapters.terminal.command;

import dev.cairn.domain.model.WrittenQuestion;
import dev.cairn.domain.question.QuestionText;
import dev.cairn.domain.time.Grain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The question: the options that {@code query} and {@code explain} share. */
final class QuestionOptions {
    private static final int ROWS_SHOWN = 1_000;

    @Parameters(
            arity = "1..*",
            paramLabel = "METRIC",
            description = {
                "A metric: its name, name@VERSION, or a formula;",
                "NAME=... names its column."
            })
    private List<String> metrics;

    @Option(
            names = "--range",
            required = true,
            paramLabel = "RANGE",
            description = {
                "The time range: 2026, 2026-H1, 2026-Q1, 2026-03, 2026-W09, 2026-03-15; from one to another,",
                "inclusive (2026-01..2026-06) or exclusive (2026-01..<2026-07); or last 6 months,",
                "the whole months that have ended."
            })
    private String range;

    @Option(
            names = "--by",
            paramLabel = "DIMENSION",
            description = {
                "What to group by, for example account.plan; several with commas or repeated.",
                "A formula is written (score >= 9) as promoter."
            })
    private List<String> by = new ArrayList<>();

    @Option(
            names = "--grain",
            paramLabel = "GRAIN",
            completionCandidates = Grains.class,
            description =
                    "A value for each hour, day, week (from Monday, or as --week-starts says), month, quarter or year.")
    private @Nullable String grain;

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
            names = "--compare",
            paramLabel = "TIME",
            description = {
                "Each metric beside itself at another time: previous (the range before, as long), 1 year or 4 weeks",
                "(so much earlier), or a range; by a grain, one of as many buckets."
            })
    private @Nullable String compare;

    @Option(
            names = "--having",
            paramLabel = "CONDITION",
            description =
                    "Only rows of the answer that meet the condition, which compares columns with values: nps > 20.")
    private @Nullable String having;

    @Option(
            names = "--order",
            paramLabel = "COLUMN [desc]",
            description =
                    "Order of the rows; several with commas or repeated. Default: time, then groups.")
    private List<String> order = new ArrayList<>();

    @Option(
            names = "--top",
            paramLabel = "GROUPS [by COLUMN]",
            description = {
                "Only so many groups, those with the greatest values of the column (the first, unless said) in the whole",
                "range; all others are one group, (other)."
            })
    private @Nullable String top;

    @Option(
            names = "--no-other",
            negatable = true,
            description = "--no-other omits the groups that --top does not show.")
    private boolean other = true;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description =
                    "The time zone in which days begin, for example Europe/Paris. Default: ${DEFAULT-VALUE}.")
    private String zone;

    @Option(
            names = "--week-starts",
            paramLabel = "DAY",
            description =
                    "The first day of a week, for example sunday. Default: as the service is configured, else monday.")
    private @Nullable String weekStarts;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description =
                    "What counts as now: 2026-07-01T12:00Z, or 2026-07-01 for the start of that day.")
    private @Nullable String asOf;

    @Option(
            names = "--known-at",
            paramLabel = "INSTANT",
            description = {
                "Of the facts as they were known then, before later corrections and late facts;",
                "--as-of is the same instant unless given. Written as --as-of."
            })
    private @Nullable String knownAt;

    @Option(names = "--totals", description = "Adds rows of totals.")
    private boolean totals;

    @Option(
            names = "--targets",
            description = "How values stand to the targets of their metrics, beside them.")
    private boolean targets;

    @Option(
            names = "--baselines",
            description =
                    "How far values are from the baselines that were kept of their metrics, beside them.")
    private boolean baselines;

    @Option(
            names = "--no-fill",
            negatable = true,
            description = "--no-fill omits buckets without data.")
    private boolean fill = true;

    @Option(
            names = "--empty-is-none",
            description = "Formulas that count or sum nothing have no value rather than 0.")
    private boolean emptyIsNone;

    @Option(
            names = "--first",
            paramLabel = "ROWS",
            description =
                    "Rows per page, up to 10000. Default: 1000 in a table; all rows in csv, json and ndjson.")
    private @Nullable Integer first;

    @Option(
            names = "--after",
            paramLabel = "CURSOR",
            description = "The next page, by the cursor that the page before ended with.")
    private @Nullable String after;

    QuestionText question() {
        return QuestionText.read(
                new WrittenQuestion(
                        metrics,
                        by,
                        grain,
                        range,
                        zone,
                        weekStarts,
                        where,
                        having,
                        cohort,
                        compare,
                        asOf,
                        knownAt,
                        order,
                        totals,
                        fill,
                        emptyIsNone,
                        first == null ? ROWS_SHOWN : first,
                        after,
                        top,
                        other,
                        targets,
                        baselines));
    }

    /** Whether a page was asked for, and not the whole answer. */
    boolean isPaged() {
        return first != null || after != null;
    }

    boolean totals() {
        return totals;
    }

    /** For completion in a shell. */
    static final class Grains implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Grain.values())
                    .map(grain -> grain.name().toLowerCase(Locale.ROOT))
                    .iterator();
        }
    }
}
