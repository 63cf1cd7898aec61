package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.display.Table;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Target.ScopeKey;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Baselines as commands show them. */
final class BaselineText {
    private BaselineText() {}

    static List<String> lines(List<Baseline> baselines) {
        var rows =
                baselines.stream()
                        .map(baseline ->
                                Table.Row.of(
                                        DisplayText.plain(baseline.name()),
                                        DisplayText.plain(baseline.metric()),
                                        rounded(baseline.value(), 10),
                                        Objects.toString(baseline.sampleSize(), ""),
                                        baseline.standardError() == null
                                                ? ""
                                                : rounded(baseline.standardError(), 4),
                                        DisplayText.plain(baseline.of()),
                                        period(baseline),
                                        baseline.kept().toString()))
                        .toList();
        return new Table(
                        List.of(
                                Table.Column.key("baseline"),
                                Table.Column.text("metric"),
                                Table.Column.text("value"),
                                Table.Column.text("n"),
                                Table.Column.text("error"),
                                Table.Column.text("of"),
                                Table.Column.text("period"),
                                Table.Column.text("kept")),
                        rows)
                .lines(Screen.current());
    }

    /** Values of other days than its own do not stand beside it: the zone is told where it is not that of commands. */
    private static String period(Baseline baseline) {
        return baseline.period()
                + (baseline.isIn(ZoneOffset.UTC) ? "" : " in " + baseline.zone())
                + (baseline.level() ? ", a level" : "");
    }

    /** What people read of it; json has all digits. */
    private static String rounded(BigDecimal value, int digits) {
        return value.round(new MathContext(digits)).stripTrailingZeros().toPlainString();
    }

    static Map<String, @Nullable Object> json(Baseline baseline) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("key", baseline.name());
        shown.put("label", baseline.label());
        shown.put("metric", baseline.metric());
        shown.put("metricVersion", baseline.metricVersion());
        shown.put("value", baseline.value());
        shown.put("sampleSize", baseline.sampleSize());
        shown.put("standardError", baseline.standardError());
        shown.put("from", baseline.from().toString());
        shown.put("to", baseline.until().toString());
        shown.put("timeZone", baseline.zone().getId());
        shown.put("scope", scope(baseline.scope()));
        shown.put("level", baseline.level());
        shown.put("kept", baseline.kept().toString());
        shown.put("asOf", baseline.asOf() == null ? null : baseline.asOf().toString());
        return shown;
    }

    /** Values by dimension, in the order of the keys. */
    static Map<String, String> scope(List<ScopeKey> keys) {
        return keys.stream()
                .collect(
                        Collectors.toMap(
                                ScopeKey::dimension,
                                ScopeKey::value,
                                (one, _) -> one,
                                LinkedHashMap::new));
    }
}
