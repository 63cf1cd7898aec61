package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.CalibrationLines;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.question.ScoreText;
import dev.cairn.application.port.Reads;
import dev.cairn.application.port.in.CalibrateUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.calibration.CalibrationQuery;
import dev.cairn.domain.calibration.CalibrationQuery.Grid;
import dev.cairn.domain.calibration.CalibrationQuery.Outcomes;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.question.QuestionText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds a score against what happened afterwards. */
@Command(
        name = "calibrate",
        description =
                "Whether a score knew: of each band how many went well, by scores as they were then, and which accounts it was wrong about.",
        customSynopsis = "cairn calibrate [OPTION...] SCORE",
        sortOptions = false,
        footer = {
            "",
            "Examples, on the company of 'cairn demo':",
            "  cairn calibrate health --due 2025-07-01/2026-07-01",
            "  cairn calibrate health --due 2025-07-01/2026-07-01 --days 60 --list 20",
            "  cairn calibrate health --success renewed_in_spring",
            "  cairn calibrate health --within 90 --outcome 'mrr > 0' --date 2026-01-01 --where 'exists(paid_subscription at end)'",
            "  cairn calibrate health --due 2025-07-01/2026-07-01 --instead '100 * (count(activity) over last 28 days) / 50'"
        })
public final class CalibrateCommand extends DataCommand {
    @Parameters(
            paramLabel = "SCORE",
            description = "A metric of account, or a formula of one account.")
    private String score = "";

    @Option(
            names = "--due",
            paramLabel = "DAY/DAY",
            description =
                    "Held against the renewal of contracts that were due from a day until another, which is out.")
    private @Nullable String due;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            split = ",",
            description =
                    "So many days before a contract was due its score is read. Default: 30,60,90.")
    private List<Integer> days = new ArrayList<>();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description =
                    "Scores are read at the beginning of a day, a week or a month, before rather than after. Default: week.")
    private @Nullable String every;

    @Mixin private ContractOptions contracts = new ContractOptions();

    @Option(
            names = "--success",
            paramLabel = "NAME",
            description =
                    "Held against a success that is defined, in the time in which it is decided; --every says how often scores are read where that is a date of each account.")
    private @Nullable String success;

    @Option(
            names = "--outcome",
            paramLabel = "CONDITION",
            description =
                    "Held against what holds of accounts, over --within days from each --date.")
    private @Nullable String outcome;

    @Option(
            names = "--bad",
            description = "The condition of --outcome is the bad outcome, not the good one.")
    private boolean isBad;

    @Option(names = "--within", paramLabel = "DAYS", description = "How many days, with --outcome.")
    private @Nullable Integer within;

    @Option(
            names = "--date",
            paramLabel = "DAY",
            split = ",",
            description = "From which day on, with --outcome: the score is that just before it.")
    private List<String> dates = new ArrayList<>();

    @Option(
            names = "--instead",
            paramLabel = "FORMULA",
            description =
                    "Another metric or formula beside it, on the same cases: what another weight would have said.")
    private @Nullable String instead;

    @Option(
            names = "--alarm",
            paramLabel = "NUMBER",
            description = "A worse score is an alarm, in place of the metric's bands.")
    private @Nullable Double alarm;

    @Option(
            names = "--threshold",
            paramLabel = "NUMBER",
            split = ",",
            description = "Thresholds to count alarms by. Default: the bands' edges and tenths.")
    private List<Double> thresholds = new ArrayList<>();

    @Mixin private ScoreOptions options = new ScoreOptions();

    @Option(
            names = "--list",
            paramLabel = "ACCOUNTS",
            defaultValue = "0",
            description = "List so many misses and false alarms. Default: none; json has all.")
    private int most;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text (default), or json for programs.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        if (Stream.of(due, outcome, success).filter(Objects::nonNull).count() != 1) {
            throw notUnderstood(
                    "Say one of --due for the renewal of contracts, --outcome for a condition, or --success for a success that is defined.");
        }
        if (outcome != null && (within == null || dates.isEmpty())) {
            throw notUnderstood("--outcome needs --within DAYS and --date DAY.");
        }
        if (outcome == null && (within != null || !dates.isEmpty() || isBad)) {
            throw notUnderstood("--within, --date and --bad go with --outcome.");
        }
        if (due == null && !days.isEmpty()) {
            throw notUnderstood("--days goes with --due.");
        }
        if (due == null && contracts.areSaid()) {
            throw notUnderstood(
                    "--contracts, --due-field, --decided-field, --decided and --renewed go with --due.");
        }
        if (outcome != null && every != null) {
            throw notUnderstood("--every goes with --due and --success, not with --outcome.");
        }
        if (most < 0) {
            throw notUnderstood("--list is 0 or more.");
        }
    }

    @Override
    int run(UseCases cairn) {
        var text = new ScoreText();
        var zone = text.zone(options.zone());
        var query =
                new CalibrationQuery(
                        score,
                        instead,
                        alarm,
                        thresholds,
                        outcomes(text),
                        options.where(),
                        QuestionText.cohort(options.cohort()),
                        zone,
                        text.instant(options.asOf(), zone),
                        options.isKnownThen());
        if (!text.problems().isEmpty()) {
            return refused(text.problems());
        }
        var asked =
                Reads.during(() ->
                        cairn.calibrations().calibrate(query, Caller.LOCAL, cairn.deadline()));
        return switch (asked.answer()) {
            case Outcome.Rejected(var problems) -> refused(problems);
            case Outcome.Calibrated(var calibration) -> {
                var lines = new CalibrationLines(calibration, most);
                var trust = ReadTrust.of(asked.sources(), cairn);
                switch (format) {
                    case TEXT -> {
                        lines.lines(Screen.current()).forEach(out()::println);
                        trust.tell(out());
                    }
                    case JSON -> trust.write(lines.data(), out());
                }
                yield 0;
            }
        };
    }

    private Outcomes outcomes(ScoreText text) {
        if (outcome != null) {
            return new Outcomes.Within(
                    outcome,
                    !isBad,
                    dates.stream().map(one -> text.day(one, "dates")).toList(),
                    within == null ? 0 : within);
        }
        if (success != null) {
            return new Outcomes.Succeeded(success, grid(text));
        }
        LocalDate[] ends = text.days(due, "until");
        return new Outcomes.Renewals(
                contracts.toDomain(),
                days.isEmpty() ? List.of(30, 60, 90) : days,
                ends[0],
                ends[1],
                grid(text));
    }

    private Grid grid(ScoreText text) {
        return every == null ? Grid.WEEK : text.grid(every);
    }

    private int refused(List<Problem> problems) {
        Report.problems(
                format == Format.JSON ? problems : problems.stream().map(ScoreText::typed).toList(),
                format,
                out(),
                err());
        return 1;
    }
}
