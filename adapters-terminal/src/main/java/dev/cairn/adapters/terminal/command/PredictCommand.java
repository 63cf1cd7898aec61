package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.PredictionData;
import dev.cairn.adapters.terminal.display.PredictionLines;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.question.PredictionText;
import dev.cairn.application.port.Reads;
import dev.cairn.application.port.in.PredictUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.prediction.Prediction;
import dev.cairn.domain.prediction.PredictionCheck;
import dev.cairn.domain.prediction.PredictionQuery;
import dev.cairn.domain.prediction.PredictionQuery.Order;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Predicts what accounts will buy. */
@Command(
        name = "predict",
        description =
                "Predicts for each account what it will buy and be worth, where customers leave without saying so: by BG/NBD and gamma-gamma, with how well they fit.",
        customSynopsis = "cairn predict [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "Examples, on the company of 'cairn demo':",
            "  cairn predict --value \"convert(amount, 'USD')\" --horizon '12 months' --discount 10%%",
            "  cairn predict --transactions 'invoice_line where amount > 0' --value \"convert(amount, 'USD')\" --until 2026-07-01",
            "  cairn predict --value \"convert(amount, 'USD')\" --where \"account.region = 'Europe'\" --first 20",
            "  cairn predict --value \"convert(amount, 'USD')\" --order probability-alive --format csv"
        })
public final class PredictCommand extends DataCommand {
    @Option(
            names = "--transactions",
            paramLabel = "ROWS",
            defaultValue = PredictionQuery.INVOICE_LINES,
            description = {
                "The purchases: a source or a slice, with a condition if need be: invoice_line where amount > 0.",
                "All rows of an account on one day are one purchase. Default: ${DEFAULT-VALUE}."
            })
    private String transactions = PredictionQuery.INVOICE_LINES;

    @Option(
            names = "--value",
            paramLabel = "FORMULA",
            defaultValue = PredictionQuery.AMOUNT,
            description =
                    "What a row is worth: a field, or a formula such as amount - cost. Default: ${DEFAULT-VALUE}.")
    private String value = PredictionQuery.AMOUNT;

    @Option(
            names = "--where",
            paramLabel = "FORMULA",
            description =
                    "Only accounts that meet the condition when the calibration ends: account.region = 'EMEA'.")
    private @Nullable String where;

    @Option(
            names = "--cohort",
            paramLabel = "NAME|RULE",
            description = "Only accounts of a cohort, or that meet a rule.")
    private @Nullable String cohort;

    @Option(
            names = "--until",
            paramLabel = "DAY",
            description =
                    "The first day that the models do not know, from which on is predicted. Default: today.")
    private @Nullable String until;

    @Option(
            names = "--horizon",
            paramLabel = "TIME",
            defaultValue = "12 months",
            description = "How far ahead: 39 weeks, 12 months. Default: ${DEFAULT-VALUE}.")
    private String horizon = "12 months";

    @Option(
            names = "--discount",
            paramLabel = "RATE",
            defaultValue = "0",
            description =
                    "How much less a purchase is worth a year later: 0.1 or 10%%. Default: none.")
    private String discount = "0";

    @Mixin private NowOptions now = new NowOptions();

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "value",
            description = {
                "value (greatest first), transactions (most expected first), probability-alive (least first)",
                "or account. Default: ${DEFAULT-VALUE}."
            })
    private String order = "value";

    @Option(
            names = "--first",
            paramLabel = "ACCOUNTS",
            description =
                    "Accounts a page, up to 1000. Default: 50 in a table and in json; all in csv.")
    private @Nullable Integer first;

    @Option(
            names = "--after",
            paramLabel = "CURSOR",
            description = "The next page, by the cursor that the page before ended with.")
    private @Nullable String after;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text (default), or for programs csv (accounts alone) or json.")
    private AnswerFormat format = AnswerFormat.TEXT;

    @Override
    void check() {
        if (format == AnswerFormat.NDJSON) {
            throw notUnderstood("--format is text, csv or json.");
        }
        order();
    }

    private Order order() {
        return switch (order.toLowerCase(Locale.ROOT)) {
            case "value" -> Order.VALUE;
            case "transactions" -> Order.TRANSACTIONS;
            case "probability-alive" -> Order.PROBABILITY_ALIVE;
            case "account" -> Order.ACCOUNT;
            default ->
                    throw notUnderstood(
                            "--order is value, transactions, probability-alive or account, not '%s'.",
                            order);
        };
    }

    private boolean isWhole() {
        return format == AnswerFormat.CSV && first == null && after == null;
    }

    @Override
    int run(UseCases cairn) {
        int usual = isWhole() ? PredictionCheck.MOST_ROWS : PredictionQuery.ROWS;
        var read =
                PredictionText.read(
                        new PredictionText.Written(
                                transactions,
                                value,
                                where,
                                cohort,
                                until,
                                horizon,
                                discount,
                                now.zone(),
                                now.asOf(),
                                order(),
                                first == null ? usual : first,
                                after));
        if (!read.problems().isEmpty()) {
            return refused(
                    Stream.concat(
                                    read.problems().stream(),
                                    PredictionCheck.problems(
                                            read.query(), cairn.catalogs().catalog())
                                            .stream())
                            .toList());
        }
        var asked = Reads.during(() -> predicted(cairn, read.query()));
        return switch (asked.answer()) {
            case Outcome.Rejected(var problems) -> refused(problems);
            case Outcome.Predicted(var prediction) -> {
                var trust = ReadTrust.of(asked.sources(), cairn);
                int exit = written(cairn, read.query(), prediction, trust);
                switch (format) {
                    case TEXT, NDJSON -> trust.tell(out());
                    case CSV -> trust.tell(err());
                    case JSON -> {}
                }
                yield exit;
            }
        };
    }

    private static Outcome predicted(UseCases cairn, PredictionQuery query) {
        return cairn.predictions().predict(query, Caller.LOCAL, cairn.deadline());
    }

    private int refused(List<Problem> problems) {
        switch (format) {
            case TEXT, CSV, NDJSON ->
                    Report.problems(
                            problems.stream().map(PredictionText::typed).toList(),
                            Format.TEXT,
                            out(),
                            err());
            case JSON -> Report.problems(problems, Format.JSON, out(), err());
        }
        return 1;
    }

    private int written(
            UseCases cairn, PredictionQuery query, Prediction prediction, ReadTrust trust) {
        switch (format) {
            case TEXT, NDJSON ->
                    new PredictionLines(prediction).lines(Screen.current()).forEach(out()::println);
            case JSON -> trust.write(PredictionData.of(prediction), out());
            case CSV -> out().print(PredictionData.csv(prediction.accounts(), true));
        }
        out().flush();
        if (format != AnswerFormat.JSON) {
            prediction
                    .warnings()
                    .forEach(warning ->
                            err().println(
                                            "%s [%s]"
                                                    .formatted(
                                                            DisplayText.plain(warning.message()),
                                                            warning.code())));
        }
        if (prediction.hasNextPage() && isWhole()) {
            return further(cairn, query, prediction);
        }
        if (prediction.hasNextPage() && format != AnswerFormat.JSON) {
            err().println(
                            "There are more accounts. For all of them: --format csv without --first and --after. For the next page: --after "
                                    + prediction.cursor());
        }
        return 0;
    }

    /** All other accounts, a page at a time. */
    private int further(UseCases cairn, PredictionQuery query, Prediction first) {
        var page = first;
        while (page.hasNextPage() && !out().checkError()) {
            switch (predicted(
                    cairn,
                    query.page(PredictionCheck.MOST_ROWS, page.cursor()).withHoldout(false))) {
                case Outcome.Predicted(var next) -> page = next;
                case Outcome.Rejected(var problems) -> {
                    err().println(
                                    "cairn: The answer is incomplete: "
                                            + DisplayText.plain(problems.getFirst().message()));
                    return FAILED;
                }
            }
            out().print(PredictionData.csv(page.accounts(), false));
            out().flush();
        }
        return 0;
    }
}
