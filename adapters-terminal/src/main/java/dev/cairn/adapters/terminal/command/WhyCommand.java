package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.display.WhyData;
import dev.cairn.adapters.terminal.display.WhyLines;
import dev.cairn.adapters.terminal.question.WhyText;
import dev.cairn.application.port.Reads;
import dev.cairn.application.port.in.WhyUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.WrittenQuestion;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.question.QuestionText;
import dev.cairn.domain.why.Why;
import dev.cairn.domain.why.WhyQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains why a value moved. */
@Command(
        name = "why",
        description =
                "Explains why a value moved between two times or two groups: splits the change exactly along the metric's formula, by group and by account.",
        sortOptions = false,
        footer = {
            "",
            "Examples, on the sample:",
            "  cairn why billed --from 2026-Q1 --to 2026-Q2",
            "  cairn why nrr --from 2026-Q1 --to 2026-Q2 --by account.segment",
            "  cairn why health --from 2026-03-31 --to 2026-06-30 --account A0028",
            "  cairn why nps --from 2026-H1 --from-where \"account.plan = 'growth'\" --to 2026-H1 --to-where \"account.plan = 'scale'\""
        })
public final class WhyCommand extends DataCommand {
    @Parameters(
            paramLabel = "METRIC",
            description = "What moved: a metric, or a formula of a number.")
    private String metric;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "RANGE",
            description = "The time that it moved from: 2026-Q1, 2026-01..2026-03, 2026-03-31.")
    private String from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "RANGE",
            description = "The time that it moved to; the same, where two groups are compared.")
    private String to;

    @Option(
            names = "--from-where",
            paramLabel = "FORMULA",
            description = "Only rows that meet the condition, of the first: account.plan = 'pro'.")
    private @Nullable String fromWhere;

    @Option(names = "--to-where", paramLabel = "FORMULA", description = "The same of the second.")
    private @Nullable String toWhere;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "Of one account, by its key.")
    private @Nullable String account;

    @Option(
            names = "--by",
            paramLabel = "DIMENSION",
            description =
                    "What to split by too, for example account.segment; several with commas or repeated.")
    private List<String> by = new ArrayList<>();

    @Option(
            names = "--where",
            paramLabel = "FORMULA",
            description = "Only rows that meet the condition, of both.")
    private @Nullable String where;

    @Option(
            names = "--cohort",
            paramLabel = "NAME|RULE",
            description = "Only accounts of a cohort, or that meet a rule.")
    private @Nullable String cohort;

    @Option(
            names = "--depth",
            paramLabel = "LEVELS",
            defaultValue = "3",
            description = "How many levels of the formula, 1 to 10. Default: ${DEFAULT-VALUE}.")
    private int depth;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "How many groups and accounts are told one by one, 1 to 100. Default: ${DEFAULT-VALUE}.")
    private int top;

    @Mixin private TimeOptions time = new TimeOptions();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    int run(UseCases cairn) {
        var read = new WhyText(frame(from), frame(to), fromWhere, toWhere);
        if (!read.problems().isEmpty()) {
            return refused(read, read.problems());
        }
        var asked =
                Reads.during(
                        () -> cairn.changes().why(query(read), Caller.LOCAL, cairn.deadline()));
        return switch (asked.answer()) {
            case Outcome.Rejected(var problems) -> refused(read, problems);
            case Outcome.Explained(var why) -> {
                show(why, ReadTrust.of(asked.sources(), cairn));
                yield 0;
            }
        };
    }

    private QuestionText frame(String range) {
        return QuestionText.read(
                new WrittenQuestion(
                        List.of(metric),
                        by,
                        null,
                        range,
                        time.zone(),
                        time.weekStarts(),
                        where,
                        null,
                        cohort,
                        null,
                        time.asOf(),
                        time.knownAt(),
                        List.of(),
                        false,
                        true,
                        false,
                        1,
                        null,
                        null,
                        false,
                        false,
                        false));
    }

    private WhyQuery query(WhyText read) {
        var frame = read.from().query();
        return new WhyQuery(
                frame.metrics().getFirst(),
                new WhyQuery.AskedCell(frame.range(), fromWhere),
                new WhyQuery.AskedCell(read.to().query().range(), toWhere),
                account,
                where,
                frame.cohort(),
                frame.groupBy(),
                frame.zone(),
                frame.weekStarts(),
                frame.asOf(),
                frame.knownAt(),
                depth,
                top);
    }

    private int refused(WhyText read, List<Problem> problems) {
        switch (format) {
            case TEXT -> QuestionReport.problems(problems, read::spot, err());
            case JSON -> Report.problems(problems, Format.JSON, out(), err());
        }
        return 1;
    }

    /** Its notices say what is not as expected. */
    private void show(Why why, ReadTrust trust) {
        switch (format) {
            case TEXT -> {
                new WhyLines(why).lines(Screen.current()).forEach(out()::println);
                why.notices()
                        .forEach(notice ->
                                out().println("\n" + DisplayText.plain(notice.message())));
            }
            case JSON -> trust.write(WhyData.of(why), out());
        }
    }
}
