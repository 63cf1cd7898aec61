package dev.cairn.adapters.terminal.display;

import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.in.AccountOverviewUseCase.AlertOfAccount;
import dev.cairn.domain.calibration.Calibration.BandOutcomes;
import dev.cairn.domain.overview.BandOfAccount;
import dev.cairn.domain.overview.ChangeOfAccount;
import dev.cairn.domain.overview.SuccessOfAccount;
import dev.cairn.domain.trust.SourceTrust;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of an account by other accounts, by successes, changes, alerts and the data, as lines of text. */
public final class EvidenceLines {
    private final ZoneId zone;
    private final Screen screen;

    public EvidenceLines(ZoneId zone, Screen screen) {
        this.zone = zone;
        this.screen = screen;
    }

    /** What became of each band; that of the account is marked. */
    public List<String> band(BandOfAccount band, String outcome) {
        var lines = new ArrayList<String>();
        lines.add(
                "%s within %d days, of accounts by the band they were in on %s; this one is in %s now"
                        .formatted(
                                DisplayText.plain(outcome),
                                band.days(),
                                band.date(),
                                name(band.band())));
        lines.addAll(
                new Table(
                                List.of(
                                        Table.Column.key("band"),
                                        right("accounts"),
                                        right("so"),
                                        right("share"),
                                        right("low"),
                                        right("high"),
                                        Table.Column.text(ShareBar.HEADER)),
                                band.bands().stream()
                                        .map(one ->
                                                row(one, Objects.equals(one.band(), band.band())))
                                        .toList())
                        .lines(screen));
        if (band.pending() > 0) {
            lines.add("Left out: %,d of which it is not known.".formatted(band.pending()));
        }
        if (band.incomplete() > 0) {
            lines.add(
                    "It may still change for %,d: data is not complete."
                            .formatted(band.incomplete()));
        }
        return lines;
    }

    private static Table.Row row(BandOutcomes band, boolean isOfAccount) {
        return Table.Row.of(
                (isOfAccount ? "* " : "  ") + name(band.band()),
                "%,d".formatted(band.cases()),
                "%,d".formatted(band.good()),
                percent(band.share()),
                percent(band.low()),
                percent(band.high()),
                ShareBar.of(band.low(), band.share(), band.high()));
    }

    private static String name(@Nullable String band) {
        return band == null ? "(none)" : DisplayText.plain(band);
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.0f%%", 100 * share);
    }

    public List<String> successes(List<SuccessOfAccount> successes) {
        return successes.isEmpty()
                ? List.of()
                : new Table(
                                List.of(
                                        Table.Column.key("success"),
                                        Table.Column.text("state"),
                                        Table.Column.text("decided on"),
                                        Table.Column.text("so far")),
                                successes.stream().map(EvidenceLines::row).toList())
                        .lines(screen);
    }

    private static Table.Row row(SuccessOfAccount success) {
        var until = success.until();
        return Table.Row.of(
                DisplayText.plain(success.success().name()),
                success.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                until == null ? "" : until.toString(),
                success.state() == SuccessOfAccount.State.UNDECIDED
                        ? success.holds() ? "yes" : "not yet"
                        : "");
    }

    public List<String> changes(List<ChangeOfAccount> changes) {
        return changes.isEmpty()
                ? List.of()
                : new Table(
                                List.of(
                                        Table.Column.key("change"),
                                        Table.Column.text("on"),
                                        Table.Column.text("this account"),
                                        Table.Column.text("name")),
                                changes.stream().map(EvidenceLines::row).toList())
                        .lines(screen);
    }

    private static Table.Row row(ChangeOfAccount change) {
        return Table.Row.of(
                DisplayText.plain(change.change().key()),
                change.change().changedOn().toString(),
                change.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                DisplayText.plain(change.change().name()));
    }

    public List<String> alerts(List<AlertOfAccount> alerts) {
        return alerts.isEmpty()
                ? List.of()
                : new Table(
                                List.of(
                                        Table.Column.key("alert"),
                                        Table.Column.text("seen"),
                                        Table.Column.text("still so"),
                                        Table.Column.text("of"),
                                        Table.Column.text("values")),
                                alerts.stream().map(this::row).toList())
                        .lines(screen);
    }

    private Table.Row row(AlertOfAccount alert) {
        var reason = alert.reason();
        return Table.Row.of(
                DisplayText.plain(alert.event().news().alert()),
                CellText.instant(alert.event().news().at(), zone),
                alert.stands() ? "yes" : "no",
                reason.keys().stream()
                        .map(key -> key.value() == null ? "(none)" : DisplayText.plain(key.value()))
                        .collect(Collectors.joining(", ")),
                reason.figures().stream()
                        .map(EvidenceLines::figure)
                        .collect(Collectors.joining(", ")));
    }

    private static String figure(AlertNews.Figure figure) {
        return "%s %s"
                .formatted(
                        DisplayText.plain(figure.column()),
                        figure.value() == null
                                ? String.valueOf(figure.absence()).toLowerCase(Locale.ROOT)
                                : DisplayText.plain(figure.value()));
    }

    /** A line for each source, with the checks that do not pass. */
    public List<String> trust(List<SourceTrust> sources) {
        return sources.isEmpty()
                ? List.of()
                : new Table(
                                List.of(
                                        Table.Column.key("source"),
                                        Table.Column.text("trust"),
                                        Table.Column.text("checks that do not pass")),
                                sources.stream()
                                        .map(source ->
                                                Table.Row.of(
                                                        DisplayText.plain(source.source()),
                                                        String.valueOf(source.grade()),
                                                        failing(source)))
                                        .toList())
                        .lines(screen);
    }

    private static String failing(SourceTrust source) {
        return source.failing().stream()
                .map(check ->
                        "%s: %s"
                                .formatted(
                                        DisplayText.plain(check.name()),
                                        DisplayText.plain(check.found())))
                .collect(Collectors.joining("; "));
    }

    private static Table.Column right(String header) {
        return new Table.Column(List.of(header), Table.Side.RIGHT, false);
    }
}
