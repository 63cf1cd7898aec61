package dev.cairn.adapters.terminal.command;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.shape.Bridge;
import dev.cairn.domain.shape.Shape;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks what moved a stock. */
@Command(
        name = "bridge",
        description = {
            "Shows what a stock, such as recurring revenue, was at the start of a period, what moved it, and what it is at the end.",
            "It stands for a question of the language, which --formulas shows. Without --stock it is of the metrics mrr,",
            "mrr_start, mrr_at_opening_rates and paid_before of the customer-success pack."
        },
        customSynopsis =
                "cairn bridge [--stock FORMULA --before FORMULA] --range RANGE [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "Example, on the sample:",
            "  cairn bridge --stock mrr --opening mrr_start --before paid_before \\",
            "               --grain month --range 2026-H1 --by account.plan"
        })
public final class BridgeCommand extends ShapeCommand {
    @Option(
            names = "--stock",
            paramLabel = "FORMULA",
            description = "The stock of one account at the end of a period.")
    private @Nullable String stock;

    @Option(
            names = "--opening",
            paramLabel = "FORMULA",
            description =
                    "The same just before a period begins. Default: at the end of the period before.")
    private @Nullable String opening;

    @Option(
            names = "--at-opening-rates",
            paramLabel = "FORMULA",
            description =
                    "The same at the end, at the rates of the start. Default: no rates of exchange move it.")
    private @Nullable String atOpeningRates;

    @Option(
            names = "--before",
            paramLabel = "FORMULA",
            description =
                    "Whether an account had it before the period: then it is reactivated, not new.")
    private @Nullable String before;

    @Override
    void check() {
        super.check();
        if ((stock == null) != (before == null)) {
            throw notUnderstood(
                    "--stock and --before go together: what is new is of accounts that had nothing before.");
        }
        if (stock == null && (opening != null || atOpeningRates != null)) {
            throw notUnderstood("--opening and --at-opening-rates are of a --stock.");
        }
    }

    @Override
    Shape<?> shape(AnalysisQuery inFrame) {
        return stock == null || before == null
                ? Bridge.ofRecurringRevenue(inFrame)
                : new Bridge(inFrame, stock, opening, atOpeningRates, before);
    }

    @Override
    Map<Place, Given> given() {
        return Map.of(
                Place.of("stock"), new Given("--stock", stock),
                Place.of("opening"), new Given("--opening", opening),
                Place.of("atOpeningRates"), new Given("--at-opening-rates", atOpeningRates),
                Place.of("before"), new Given("--before", before));
    }
}
