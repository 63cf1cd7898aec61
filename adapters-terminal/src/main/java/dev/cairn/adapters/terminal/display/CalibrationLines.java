package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.calibration.Calibration;
import dev.cairn.domain.calibration.Calibration.Checkpoint;
import dev.cairn.domain.calibration.Calibration.Scored;
import dev.cairn.domain.calibration.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A calibration as tables.
 *
 * @param most cases that were wrong, of each kind
 */
public record CalibrationLines(Calibration calibration, int most) {
    private static final String NONE = "-";

    public List<String> lines(Screen screen) {
        var lines = new ArrayList<String>();
        for (var checkpoint : calibration.checkpoints()) {
            for (var scored : checkpoint.scores()) {
                if (!lines.isEmpty()) {
                    lines.add("");
                }
                lines.add(title(checkpoint, scored));
                lines.add("");
                lines.addAll(bands(scored).lines(screen));
                lines.add("");
                lines.addAll(said(scored));
                lines.add("");
                lines.addAll(thresholds(scored).lines(screen));
                addCases(
                        "Misses (the best band, and it went badly)",
                        scored.misses(),
                        screen,
                        lines);
                addCases(
                        "False alarms (the worst band, and it went well)",
                        scored.falseAlarms(),
                        screen,
                        lines);
            }
        }
        return lines;
    }

    private static String title(Checkpoint checkpoint, Scored scored) {
        var when =
                checkpoint.date() == null
                        ? checkpoint.daysBefore() + " days before contracts were due"
                        : "on " + checkpoint.date();
        return "%s %s: %,d cases of %,d accounts%s."
                .formatted(
                        DisplayText.plain(scored.score()),
                        when,
                        checkpoint.cases(),
                        checkpoint.accounts(),
                        leftOut(checkpoint));
    }

    private static String leftOut(Checkpoint checkpoint) {
        var parts = new ArrayList<String>();
        add(parts, checkpoint.pending(), "without an outcome");
        add(parts, checkpoint.decidedBefore(), "decided before");
        add(parts, checkpoint.absent(), "not there then, or not asked for");
        var said = parts.isEmpty() ? "" : "; left out: " + String.join(", ", parts);
        return checkpoint.incomplete() == 0
                ? said
                : said + "; the outcome of %,d may still change".formatted(checkpoint.incomplete());
    }

    private static void add(List<String> parts, int number, String what) {
        if (number > 0) {
            parts.add("%,d %s".formatted(number, what));
        }
    }

    private static Table bands(Scored scored) {
        return new Table(
                List.of(
                        Table.Column.key("band"),
                        number("cases"),
                        number("went well"),
                        number("share"),
                        number("low"),
                        number("high"),
                        Table.Column.text(ShareBar.HEADER)),
                scored.bands().stream()
                        .map(band ->
                                Table.Row.of(
                                        band.band() == null
                                                ? "(none)"
                                                : DisplayText.plain(band.band()),
                                        whole(band.cases()),
                                        whole(band.good()),
                                        percent(band.share()),
                                        percent(band.low()),
                                        percent(band.high()),
                                        ShareBar.of(band.low(), band.share(), band.high())))
                        .toList());
    }

    private static List<String> said(Scored scored) {
        var lines = new ArrayList<String>();
        lines.add(
                switch (scored.order()) {
                    case AS_EXPECTED -> "Each better band went better.";
                    case UNKNOWN -> "Fewer than two bands have cases.";
                    case BROKEN ->
                            "Out of order: "
                                    + String.join(
                                            ", ",
                                            scored.breaks().stream()
                                                    .map(one ->
                                                            "%s went better than %s (p %s)"
                                                                    .formatted(
                                                                            DisplayText.plain(
                                                                                    one.worse()),
                                                                            DisplayText.plain(
                                                                                    one.better()),
                                                                            decimals(one.p(), 2)))
                                                    .toList())
                                    + ".";
                });
        var auc = scored.auc();
        if (auc != null) {
            lines.add(
                    "AUC %s (%s to %s): so often one that went well had a better score than one that did not; 0.5 is as good as a coin."
                            .formatted(
                                    decimals(auc.value(), 2),
                                    decimals(auc.low(), 2),
                                    decimals(auc.high(), 2)));
        }
        if (scored.brier() != null) {
            lines.add("Brier score %s.".formatted(decimals(scored.brier(), 3)));
        }
        return lines;
    }

    private static Table thresholds(Scored scored) {
        return new Table(
                List.of(
                        number("alarm when worse than"),
                        number("alarms"),
                        number("caught"),
                        number("missed"),
                        number("false alarms")),
                scored.thresholds().stream()
                        .map(one ->
                                Table.Row.of(
                                        decimals(one.at(), 1),
                                        whole(one.alarms()),
                                        whole(one.caught()),
                                        whole(one.missed()),
                                        whole(one.falseAlarms())))
                        .toList());
    }

    private void addCases(String title, List<Case> cases, Screen screen, List<String> lines) {
        if (most == 0) {
            return;
        }
        lines.add("");
        lines.add(
                cases.size() > most
                        ? "%s: %,d, of which the first %,d".formatted(title, cases.size(), most)
                        : "%s: %,d".formatted(title, cases.size()));
        if (!cases.isEmpty()) {
            lines.add("");
            lines.addAll(
                    new Table(
                                    List.of(
                                            Table.Column.key("account"),
                                            Table.Column.text("scored on"),
                                            Table.Column.text("due"),
                                            number("score")),
                                    cases.stream()
                                            .limit(most)
                                            .map(one ->
                                                    Table.Row.of(
                                                            DisplayText.plain(one.account()),
                                                            one.scoredOn().toString(),
                                                            one.due() == null
                                                                    ? NONE
                                                                    : one.due().toString(),
                                                            decimals(one.score(), 1)))
                                            .toList())
                            .lines(screen));
        }
    }

    /** For programs, by the names that GraphQL gives them, with all cases. */
    public Map<String, @Nullable Object> data() {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("asOf", calibration.asOf().toString());
        said.put(
                "checkpoints",
                calibration.checkpoints().stream().map(CalibrationLines::json).toList());
        return said;
    }

    private static Map<String, @Nullable Object> json(Checkpoint checkpoint) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("daysBefore", checkpoint.daysBefore());
        said.put("date", checkpoint.date() == null ? null : checkpoint.date().toString());
        said.put("cases", checkpoint.cases());
        said.put("accounts", checkpoint.accounts());
        said.put("pending", checkpoint.pending());
        said.put("decidedBefore", checkpoint.decidedBefore());
        said.put("absent", checkpoint.absent());
        said.put("incomplete", checkpoint.incomplete());
        said.put("scores", checkpoint.scores().stream().map(CalibrationLines::json).toList());
        return said;
    }

    private static Map<String, @Nullable Object> json(Scored scored) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("score", scored.score());
        said.put("bands", scored.bands());
        said.put("order", scored.order());
        said.put("breaks", scored.breaks());
        var auc = scored.auc();
        said.put(
                "auc",
                auc == null
                        ? null
                        : Map.of("value", auc.value(), "low", auc.low(), "high", auc.high()));
        said.put("brier", scored.brier());
        said.put("thresholds", scored.thresholds());
        said.put("misses", scored.misses().stream().map(CalibrationLines::json).toList());
        said.put("falseAlarms", scored.falseAlarms().stream().map(CalibrationLines::json).toList());
        return said;
    }

    private static Map<String, @Nullable Object> json(Case one) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("account", one.account());
        said.put("scoredOn", one.scoredOn().toString());
        said.put("due", one.due() == null ? null : one.due().toString());
        said.put("score", one.score());
        return said;
    }

    private static Table.Column number(String header) {
        return new Table.Column(List.of(header), Table.Side.RIGHT, false);
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String percent(@Nullable Double share) {
        return share == null ? NONE : decimals(100 * share, 1) + "%";
    }

    private static String decimals(double number, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }
}
