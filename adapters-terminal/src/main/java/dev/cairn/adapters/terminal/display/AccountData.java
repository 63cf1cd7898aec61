package dev.cairn.adapters.terminal.display;

import dev.cairn.adapters.terminal.display.AnswerData.Shown;
import dev.cairn.application.port.in.AccountOverviewUseCase.Found;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.overview.AccountMetrics;
import dev.cairn.domain.overview.AccountMetrics.MetricOfAccount;
import dev.cairn.domain.overview.AttributeOfAccount;
import dev.cairn.domain.overview.RowsOfAccount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of an overview of an account as JSON has them, complete. */
public final class AccountData {
    private AccountData() {}

    public static Map<String, @Nullable Object> head(Found.Known known) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("account", known.account().key());
        shown.put("name", known.account().name());
        shown.put("asOf", json(known.subject().asOf()));
        shown.put("knownAt", json(known.subject().knownAt()));
        shown.put("since", text(known.account().since()));
        shown.put("until", text(known.account().until()));
        shown.put("isTest", known.isTest());
        return shown;
    }

    public static List<Map<String, @Nullable Object>> attributes(
            List<AttributeOfAccount> attributes) {
        return attributes.stream().map(AccountData::attribute).toList();
    }

    private static Map<String, @Nullable Object> attribute(AttributeOfAccount attribute) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("attribute", attribute.name());
        shown.put("label", attribute.label());
        shown.put("value", json(attribute.value()));
        shown.put("history", attribute.history().stream().map(AccountData::held).toList());
        return shown;
    }

    private static Map<String, @Nullable Object> held(AttributeOfAccount.Held held) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("from", json(held.from()));
        shown.put("until", json(held.until()));
        shown.put("value", json(held.value()));
        return shown;
    }

    public static Map<String, @Nullable Object> metrics(AccountMetrics metrics) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("periods", metrics.periods().stream().map(LocalDate::toString).toList());
        shown.put("peerGroup", metrics.group());
        shown.put("metrics", metrics.metrics().stream().map(AccountData::metric).toList());
        shown.put("refused", metrics.refused());
        return shown;
    }

    private static Map<String, @Nullable Object> metric(MetricOfAccount metric) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("metric", metric.metric());
        shown.put("label", metric.column().label());
        shown.put("unit", metric.column().unit());
        shown.put("currency", metric.column().currency());
        shown.put("direction", metric.column().direction());
        shown.put("trend", metric.trend().stream().map(point -> value(point.value())).toList());
        shown.put("change", metric.change());
        shown.put("standing", metric.standing());
        return shown;
    }

    private static Map<String, @Nullable Object> value(Cell.Value value) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("value", json(value.value().value()));
        shown.put("absence", value.value().absence());
        shown.put("sampleSize", value.value().sampleSize());
        shown.put("incompleteBecause", value.incomplete());
        return shown;
    }

    public static Map<String, @Nullable Object> rows(RowsOfAccount rows) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("lists", rows.lists().stream().map(AccountData::list).toList());
        shown.put("refused", rows.refused());
        return shown;
    }

    private static Map<String, @Nullable Object> list(RowsOfAccount.RowList list) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("list", list.name());
        shown.put("label", list.label());
        shown.put("value", json(list.value().value().value()));
        shown.put(
                "rows",
                new AnswerData(list.rows(), new Shown(false, false, false, false)).values());
        shown.put("hasNextPage", list.rows().hasNextPage());
        shown.put("cursor", list.rows().cursor());
        return shown;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable Object json(@Nullable Object value) {
        return value instanceof LocalDate || value instanceof Instant ? value.toString() : value;
    }
}
