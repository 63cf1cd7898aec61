package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.prediction.Fit;
import dev.cairn.domain.prediction.Prediction;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A prediction as tables: the models, how well they fit, and the accounts. */
public record PredictionLines(Prediction prediction) {
    private static final String NONE = "-";

    public List<String> lines(Screen screen) {
        var lines = new ArrayList<String>();
        lines.add(time());
        lines.add("");
        lines.addAll(models().lines(screen));
        lines.add("");
        lines.addAll(classes().lines(screen));
        lines.add("");
        lines.addAll(accounts().lines(screen));
        return lines;
    }

    private String time() {
        long days =
                ChronoUnit.DAYS.between(prediction.calibratedUntil(), prediction.horizonUntil());
        return "Calibrated on %s to %s; predicted to %s, %d days."
                .formatted(
                        prediction.calibratedFrom(),
                        prediction.calibratedUntil().minusDays(1),
                        prediction.horizonUntil().minusDays(1),
                        days);
    }

    private Table models() {
        var rows = new ArrayList<Table.Row>();
        addFit("BG/NBD", prediction.buying(), rows);
        var spending = prediction.spending();
        if (spending != null) {
            addFit("gamma-gamma", spending, rows);
            if (prediction.correlation() != null) {
                rows.add(
                        Table.Row.of(
                                "",
                                "correlation with frequency",
                                decimals(prediction.correlation(), 3),
                                ""));
            }
        }
        return new Table(
                List.of(
                        Table.Column.key("model"),
                        Table.Column.key("parameter"),
                        number("estimate"),
                        number("standard error")),
                rows);
    }

    private static void addFit(String name, Fit<?> fit, List<Table.Row> rows) {
        var shown = name;
        for (var estimate : fit.estimates()) {
            rows.add(
                    Table.Row.of(
                            shown,
                            estimate.name(),
                            decimals(estimate.value(), 3),
                            decimals(estimate.standardError(), 3)));
            shown = "";
        }
        rows.add(Table.Row.of("", "log-likelihood", decimals(fit.logLikelihood(), 1), ""));
        rows.add(Table.Row.of("", "customers", whole(fit.customers()), ""));
    }

    private Table classes() {
        return new Table(
                List.of(
                        Table.Column.key("repeats"),
                        number("customers"),
                        number("expected"),
                        new Table.Column(
                                List.of("purchases in", "the horizon, each"),
                                Table.Side.RIGHT,
                                false),
                        number("expected")),
                prediction.classes().stream()
                        .map(one ->
                                Table.Row.of(
                                        one.repeats() + (one.orMore() ? "+" : ""),
                                        whole(one.customers()),
                                        decimals(one.expectedCustomers(), 1),
                                        decimals(one.actualMean(), 3),
                                        decimals(one.expectedMean(), 3)))
                        .toList());
    }

    private Table accounts() {
        var header =
                List.of(
                        Table.Column.key("account"),
                        number("purchases"),
                        number("last on"),
                        number("P(alive)"),
                        number("expected purchases"),
                        money("mean value"),
                        money("expected value"));
        var rows = new ArrayList<Table.Row>();
        prediction
                .accounts()
                .forEach(account ->
                        rows.add(
                                Table.Row.of(
                                        DisplayText.plain(account.account()),
                                        whole(account.purchases()),
                                        account.lastOn().toString(),
                                        decimals(account.probabilityAlive(), 3),
                                        decimals(account.expectedPurchases(), 2),
                                        decimals(account.expectedMean(), 2),
                                        decimals(account.expectedValue(), 2))));
        var total = prediction.total();
        rows.add(
                new Table.Row(
                        true,
                        Stream.of(
                                        "(all %s)".formatted(whole(total.customers())),
                                        "",
                                        "",
                                        decimals(total.expectedAlive() / total.customers(), 3),
                                        decimals(total.expectedPurchases(), 2),
                                        "",
                                        decimals(total.expectedValue(), 2))
                                .map(Table.Cell::of)
                                .toList()));
        return new Table(header, rows);
    }

    private static Table.Column number(String header) {
        return new Table.Column(List.of(header), Table.Side.RIGHT, false);
    }

    private Table.Column money(String header) {
        var currency = prediction.currency();
        return new Table.Column(
                currency == null ? List.of(header) : List.of(header, currency),
                Table.Side.RIGHT,
                false);
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String decimals(@Nullable Double number, int decimals) {
        return number == null ? NONE : String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }
}
