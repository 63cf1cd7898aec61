package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.ForecastLines;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.question.ScoreText;
import dev.cairn.application.port.Reads;
import dev.cairn.application.port.in.CalibrateUseCase.Forecast;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.calibration.CalibrationQuery.Grid;
import dev.cairn.domain.calibration.RenewalForecastQuery;
import dev.cairn.domain.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Forecasts renewals by counting. */
@Command(
        name = "forecast",
        description =
                "How many contracts that come due will be renewed: of each band the share that was renewed in the past, summed, and how such forecasts did.",
        customSynopsis = "cairn forecast [OPTION...] SCORE",
        sortOptions = false,
        footer = {
            "",
            "Examples, on the company of 'cairn demo':",
            "  cairn forecast health --due 2026-07-01/2026-10-01 --as-of 2026-07-01T00:00Z",
            "  cairn forecast health --due 2026-07-01/2026-10-01 --as-of 2026-07-01T00:00Z --value \"convert(annual_value, 'USD')\"",
            "  cairn forecast health --due 2026-07-01/2026-10-01 --as-of 2026-07-01T00:00Z --call \"case when account.sentiment = 'red' then 0.3 else 0.9 end\""
        })
public final class ForecastCommand extends DataCommand {
    @Parameters(
            paramLabel = "SCORE",
            description = "A metric of account, or a formula of one account.")
    private String score = "";

    @Option(
            names = "--due",
            paramLabel = "DAY/DAY",
            required = true,
            description = "Contracts due from a day, today or later, until another, which is out.")
    private String due = "";

    @Option(
            names = "--history",
            paramLabel = "DAY",
            description =
                    "Rates are of contracts that were due from this day until today. Default: two years.")
    private @Nullable String history;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            split = ",",
            description =
                    "So many days before contracts were due their bands are taken. Default: 30,60,90.")
    private List<Integer> days = new ArrayList<>();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description =
                    "Scores are read at the beginning of a day, a week or a month, before rather than after. Default: month.")
    private @Nullable String every;

    @Option(
            names = "--alarm",
            paramLabel = "NUMBER",
            description = "Two bands, below it and from it, in place of the metric's.")
    private @Nullable Double alarm;

    @Option(
            names = "--call",
            paramLabel = "FORMULA",
            description = "The chance that the owner gives, 0 to 1, a formula of one account.")
    private @Nullable String call;

    @Option(
            names = "--value",
            paramLabel = "FORMULA",
            description = "What a contract is worth: convert(annual_value, 'USD').")
    private @Nullable String value;

    @Mixin private ContractOptions contracts = new ContractOptions();

    @Mixin private NowOptions now = new NowOptions();

    @Option(
            names = "--known-then",
            description =
                    "Scores of what had been recorded by then alone. Default: of what happened until then.")
    private boolean knownThen;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text (default), or json for programs.")
    private Format format = Format.TEXT;

    @Override
    int run(UseCases cairn) {
        var text = new ScoreText();
        var read = text.zone(now.zone());
        var ends = text.days(due, "until");
        var query =
                new RenewalForecastQuery(
                        score,
                        alarm,
                        contracts.toDomain(value),
                        ends[0],
                        ends[1],
                        history == null ? null : text.day(history, "history"),
                        days.isEmpty() ? List.of(30, 60, 90) : days,
                        every == null ? Grid.MONTH : text.grid(every),
                        call,
                        read,
                        text.instant(now.asOf(), read),
                        knownThen);
        if (!text.problems().isEmpty()) {
            return refused(text.problems());
        }
        var asked =
                Reads.during(
                        () -> cairn.calibrations().forecast(query, Caller.LOCAL, cairn.deadline()));
        return switch (asked.answer()) {
            case Forecast.Rejected(var problems) -> refused(problems);
            case Forecast.Made(var forecast) -> {
                var trust = ReadTrust.of(asked.sources(), cairn);
                switch (format) {
                    case TEXT -> {
                        new ForecastLines(forecast).lines(Screen.current()).forEach(out()::println);
                        trust.tell(out());
                    }
                    case JSON -> trust.write(forecast, out());
                }
                yield 0;
            }
        };
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
