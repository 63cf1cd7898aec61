package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.display.Table;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.ScoreChange;
import dev.cairn.domain.analysis.ScoreChange.PartChange;
import dev.cairn.domain.analysis.ScoreChange.Score;
import dev.cairn.domain.problem.Place;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how the score of an account changed between two days, and what each part did to that. */
@Command(
        name = "health",
        description =
                "Shows how an account's health changed between two days, and what each part of it did to that.",
        sortOptions = false,
        footer = {
            "",
            "Example, on the sample:",
            "  cairn health A0016 --from 2026-03-31 --to 2026-06-30"
        })
public final class HealthCommand extends DataCommand {
    @Parameters(paramLabel = "ACCOUNT", description = "The account, by its key.")
    private String account;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DAY",
            description = "The one day, for example 2026-03-31: the score is that at its end.")
    private String from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DAY",
            description = "The other day, after it.")
    private String to;

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            defaultValue = "health",
            description = "The score. Default: ${DEFAULT-VALUE}.")
    private String metric;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "The time zone in which days end. Default: ${DEFAULT-VALUE}.")
    private String zone;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        if (!day(from, "--from").isBefore(day(to, "--to"))) {
            throw notUnderstood("--from %s is not before --to %s.", from, to);
        }
        zone();
    }

    private LocalDate day(String text, String option) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw notUnderstood("%s is a day such as 2026-03-31, not '%s'.", option, text);
        }
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException _) {
            throw notUnderstood("'%s' is not a time zone: write one such as Europe/Paris.", zone);
        }
    }

    @Override
    int run(UseCases cairn) {
        var question =
                ScoreChange.question(metric, account, day(from, "--from"), day(to, "--to"), zone());
        return switch (cairn.analyses().analyze(question, Caller.LOCAL, cairn.deadline())) {
            case Outcome.Rejected(var problems) -> {
                Report.problems(
                        problems.stream().map(problem -> problem.in(Place.NOWHERE)).toList(),
                        format,
                        out(),
                        err());
                yield 1;
            }
            case Outcome.Answered(var answer) -> {
                var change = ScoreChange.of(answer);
                var trust = ReadTrust.of(answer.sources(), cairn);
                switch (format) {
                    case TEXT -> {
                        show(change);
                        deprecated(answer)
                                .forEach(message ->
                                        out().println("\n" + DisplayText.plain(message)));
                        trust.tell(out());
                    }
                    case JSON -> {
                        var shown = json(change);
                        shown.put("deprecated", deprecated(answer));
                        trust.write(shown, out());
                    }
                }
                yield 0;
            }
        };
    }

    /** Which parts rest on metrics that nobody should rely on. */
    private static List<String> deprecated(AnalysisResult answer) {
        return answer.notices().stream()
                .filter(notice -> notice.code().equals("DEPRECATED"))
                .map(AnalysisResult.Notice::message)
                .toList();
    }

    private void show(ScoreChange change) {
        var rows = new ArrayList<Table.Row>();
        rows.add(
                Table.Row.of(
                        DisplayText.plain(metric),
                        text(change.before()),
                        text(change.after()),
                        signed(change.difference())));
        if (change.before().band() != null || change.after().band() != null) {
            rows.add(
                    Table.Row.of(
                            "band",
                            Objects.toString(change.before().band(), ""),
                            Objects.toString(change.after().band(), ""),
                            ""));
        }
        for (var part : change.parts()) {
            rows.add(
                    Table.Row.of(
                            "  " + DisplayText.plain(name(part)),
                            part(part.before(), change.before()),
                            part(part.after(), change.after()),
                            signed(part.difference())));
        }
        new Table(
                        List.of(
                                Table.Column.key(DisplayText.plain(account)),
                                Table.Column.text(from),
                                Table.Column.text(to),
                                Table.Column.text("change")),
                        rows)
                .lines(Screen.current())
                .forEach(out()::println);
        if (isIncomplete(change)) {
            out().println();
            out().println(
                            "*  incomplete: windows begin before the data, or the day is not over for all that is read");
        }
        if (change.parts().isEmpty() && change.difference() != null) {
            out().println();
            out().println(
                            "The metric has no named parts: weighted(use 0.5 : ..., voice 0.5 : ...) names them.");
        }
    }

    private static boolean isIncomplete(ScoreChange change) {
        return Stream.of(change.before(), change.after())
                .anyMatch(score -> !score.incompleteBecause().isEmpty() && score.value() != null);
    }

    private static String name(PartChange part) {
        return part.name() == null ? "(unnamed)" : part.name();
    }

    private static String text(Score score) {
        return score.value() == null
                ? Objects.toString(score.absence(), "").toLowerCase(Locale.ROOT).replace('_', ' ')
                : rounded(score.value()).toPlainString()
                        + (score.incompleteBecause().isEmpty() ? "" : " *");
    }

    private static String part(@Nullable Double value, Score of) {
        return value != null ? rounded(value).toPlainString() : of.value() == null ? "" : "missing";
    }

    private static String signed(@Nullable Double value) {
        if (value == null) {
            return "";
        }
        var rounded = rounded(value);
        return (rounded.signum() > 0 ? "+" : "") + rounded.toPlainString();
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
    }

    private Map<String, @Nullable Object> json(ScoreChange change) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("account", account);
        shown.put("metric", metric);
        shown.put("from", from);
        shown.put("to", to);
        shown.put("before", change.before());
        shown.put("after", change.after());
        shown.put("difference", change.difference());
        shown.put("parts", change.parts());
        return shown;
    }
}
