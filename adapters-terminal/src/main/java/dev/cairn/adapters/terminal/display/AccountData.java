package dev.cairn.adapters.terminal.display;

import dev.cairn.adapters.terminal.display.AnswerData.Shown;
import dev.cairn.application.port.in.AccountOverviewUseCase.AlertOfAccount;
import dev.cairn.application.port.in.AccountOverviewUseCase.Found;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.ScoreChange;
import dev.cairn.domain.overview.AccountMetrics;
import dev.cairn.domain.overview.AccountMetrics.MetricOfAccount;
import dev.cairn.domain.overview.AttributeOfAccount;
import dev.cairn.domain.overview.BandOfAccount;
import dev.cairn.domain.overview.ChangeOfAccount;
import dev.cairn.domain.overview.RowsOfAccount;
import dev.cairn.domain.overview.SuccessOfAccount;
import dev.cairn.domain.problem.ProblemDetails;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.why.ScoreSentence;
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

    /** With why it changed, in words. */
    public static Map<String, @Nullable Object> health(String metric, ScoreChange change) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("before", change.before());
        shown.put("after", change.after());
        shown.put("difference", change.difference());
        shown.put("sentence", ScoreSentence.of(metric, change));
        shown.put("parts", change.parts());
        return shown;
    }

    public static Map<String, @Nullable Object> band(BandOfAccount band) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("band", band.band());
        shown.put("date", band.date().toString());
        shown.put("days", band.days());
        shown.put("bands", band.bands());
        shown.put("pending", band.pending());
        shown.put("incomplete", band.incomplete());
        return shown;
    }

    public static List<Map<String, @Nullable Object>> successes(List<SuccessOfAccount> successes) {
        return successes.stream().map(AccountData::success).toList();
    }

    private static Map<String, @Nullable Object> success(SuccessOfAccount success) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("key", success.success().name());
        shown.put("label", success.success().label());
        shown.put("owner", success.success().owner());
        shown.put("from", text(success.from()));
        shown.put("until", text(success.until()));
        shown.put("state", success.state().name());
        shown.put("holds", success.holds());
        return shown;
    }

    public static List<Map<String, @Nullable Object>> changes(List<ChangeOfAccount> changes) {
        return changes.stream().map(AccountData::change).toList();
    }

    private static Map<String, @Nullable Object> change(ChangeOfAccount change) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("key", change.change().key());
        shown.put("name", change.change().name());
        shown.put("changedOn", change.change().changedOn().toString());
        shown.put("state", change.state().name());
        shown.put("problems", change.problems().stream().map(ProblemDetails::of).toList());
        return shown;
    }

    public static List<Map<String, @Nullable Object>> alerts(List<AlertOfAccount> alerts) {
        return alerts.stream().map(AccountData::alert).toList();
    }

    private static Map<String, @Nullable Object> alert(AlertOfAccount alert) {
        var news = alert.event().news();
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("alert", news.alert());
        shown.put("label", news.label());
        shown.put("owner", news.owner());
        shown.put("at", news.at().toString());
        shown.put("stands", alert.stands());
        shown.put("reason", alert.reason());
        return shown;
    }

    /** Their grades, and the checks that do not pass. */
    public static List<Map<String, @Nullable Object>> trust(List<SourceTrust> sources) {
        return sources.stream().map(AccountData::trust).toList();
    }

    private static Map<String, @Nullable Object> trust(SourceTrust source) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("source", source.source());
        shown.put("grade", text(source.grade()));
        shown.put(
                "failing",
                source.failing().stream()
                        .map(check -> Map.of("name", check.name(), "found", check.found()))
                        .toList());
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
