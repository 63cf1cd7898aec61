package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.calibration.RenewalForecast;
import dev.cairn.domain.calibration.RenewalForecast.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A forecast of renewals as tables. */
public record ForecastLines(RenewalForecast forecast) {
    private static final String NONE = "-";

    public List<String> lines(Screen screen) {
        var lines = new ArrayList<String>();
        lines.add(
                "%,d contracts are open; %,d were renewed already, %,d lost."
                        .formatted(forecast.open(), forecast.renewed(), forecast.lost()));
        if (forecast.expected() != null) {
            lines.add("Of the open ones %s are renewed.".formatted(said(forecast.expected(), 1)));
        }
        if (forecast.expectedValue() != null && forecast.openValue() != null) {
            lines.add(
                    "Of %s%s that they are worth %s."
                            .formatted(
                                    decimals(forecast.openValue(), 0),
                                    forecast.currency() == null ? "" : " " + forecast.currency(),
                                    said(forecast.expectedValue(), 0)));
        }
        if (forecast.called() != null) {
            lines.add(
                    "By their owners' calls, of %,d contracts: %s."
                            .formatted(forecast.calls(), decimals(forecast.called(), 1)));
        }
        lines.add("");
        lines.addAll(groups().lines(screen));
        lines.add("");
        lines.add("The same done in the past, each contract by what was known then:");
        lines.add("");
        lines.addAll(backTests().lines(screen));
        return lines;
    }

    private static String said(Expected expected, int decimals) {
        return "%s (%s to %s)"
                .formatted(
                        decimals(expected.value(), decimals),
                        decimals(expected.low(), 0),
                        decimals(expected.high(), 0));
    }

    private Table groups() {
        return new Table(
                List.of(
                        Table.Column.key("band"),
                        number("days before"),
                        number("open"),
                        number("past cases"),
                        number("renewed"),
                        number("rate")),
                forecast.groups().stream()
                        .map(one ->
                                Table.Row.of(
                                        one.band() == null
                                                ? "(none)"
                                                : DisplayText.plain(one.band()),
                                        whole(one.daysBefore()),
                                        whole(one.open()),
                                        whole(one.cases()),
                                        whole(one.renewed()),
                                        decimals(100 * one.rate(), 1) + "%"))
                        .toList());
    }

    private Table backTests() {
        var header =
                new ArrayList<>(
                        List.of(
                                Table.Column.key("days before"),
                                number("cases"),
                                number("forecast"),
                                number("low"),
                                number("high"),
                                number("renewed"),
                                number("Brier"),
                                new Table.Column(
                                        List.of("Brier", "without score"), Table.Side.RIGHT, false),
                                number("hits")));
        if (forecast.called() != null) {
            header.add(number("calls"));
            header.add(new Table.Column(List.of("Brier", "of calls"), Table.Side.RIGHT, false));
            header.add(
                    new Table.Column(
                            List.of("Brier of", "forecasts for", "the same"),
                            Table.Side.RIGHT,
                            false));
        }
        var rows = new ArrayList<Table.Row>();
        for (var one : forecast.backTests()) {
            var cells =
                    new ArrayList<>(
                            List.of(
                                    whole(one.daysBefore()),
                                    whole(one.cases()),
                                    decimals(one.expected().value(), 1),
                                    decimals(one.expected().low(), 0),
                                    decimals(one.expected().high(), 0),
                                    whole(one.renewed()),
                                    decimals(one.brier(), 3),
                                    decimals(one.brierWithoutScore(), 3),
                                    one.hits() == null
                                            ? NONE
                                            : decimals(100 * one.hits(), 0) + "%"));
            if (one.calls() != null) {
                cells.add(whole(one.calls().cases()));
                cells.add(decimals(one.calls().brier(), 3));
                cells.add(decimals(one.calls().brierOfForecast(), 3));
            }
            rows.add(Table.Row.of(cells.toArray(String[]::new)));
        }
        return new Table(header, rows);
    }

    private static Table.Column number(String header) {
        return new Table.Column(List.of(header), Table.Side.RIGHT, false);
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String decimals(@Nullable Double number, int decimals) {
        return number == null ? NONE : String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }
}
