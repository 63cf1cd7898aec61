package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.display.Table;
import dev.cairn.application.port.AlertEvent.Kept;
import dev.cairn.application.port.AlertEvent.Sent;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Reason;
import dev.cairn.application.port.in.AlertsUseCase.Defined;
import dev.cairn.application.port.in.AlertsUseCase.StandingGroup;
import dev.cairn.domain.analysis.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists alerts, or what they have told. */
@Command(
        name = "alerts",
        description =
                "Lists the alerts and for what they stand; --events: what they have told, the latest first.",
        sortOptions = false,
        footer = {
            "",
            "An alert is a definition in a file, which 'cairn apply' saves; a running service watches it:",
            "  alert: churn_is_high",
            "  question: churn_by_segment     # or cohort, metric (bands), guard, trust: docs/alerts.md",
            "",
            "Examples:",
            "  cairn alerts",
            "  cairn alerts --events",
            "  cairn alerts churn_is_high --events --first 100 --format json"
        })
public final class AlertsCommand extends DataCommand {
    @Parameters(arity = "0..1", paramLabel = "ALERT", description = "Only this one, by its name.")
    private @Nullable String name;

    @Option(names = "--events", description = "What they have told, and what came of it.")
    private boolean events;

    @Option(
            names = "--first",
            paramLabel = "N",
            description = "How many events, from 1 to 1000. Default: 20.")
    private @Nullable Integer first;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    private static final int MOST_EVENTS = 1_000;
    private static final int EVENTS = 20;

    @Override
    void check() {
        if (first != null && !events) {
            throw notUnderstood("--first says how many events: it stands beside --events.");
        }
        if (first != null && (first < 1 || first > MOST_EVENTS)) {
            throw notUnderstood("--first is a whole number from 1 to 1000.");
        }
    }

    @Override
    int run(UseCases cairn) {
        var alerts =
                cairn.alerts().alerts(Caller.LOCAL).stream()
                        .filter(alert -> name == null || alert.alert().name().equals(name))
                        .toList();
        if (events) {
            // One that is defined no more may have told something.
            var kept =
                    cairn.alerts().events(name, null, first == null ? EVENTS : first, Caller.LOCAL);
            if (name != null && alerts.isEmpty() && kept.isEmpty()) {
                return unknown(name);
            }
            told(kept);
        } else if (name != null && alerts.isEmpty()) {
            return unknown(name);
        } else {
            list(alerts);
        }
        return 0;
    }

    private int unknown(String alert) {
        err().println(
                        "There is no alert '%s'; 'cairn alerts' lists them."
                                .formatted(DisplayText.plain(alert)));
        return 1;
    }

    private void list(List<Defined> alerts) {
        switch (format) {
            case JSON ->
                    Report.json(
                            Map.of("alerts", alerts.stream().map(AlertsCommand::json).toList()),
                            out());
            case TEXT -> table(alerts);
        }
    }

    private void table(List<Defined> alerts) {
        if (alerts.isEmpty()) {
            out().println("There are no alerts.");
            return;
        }
        var rows =
                alerts.stream()
                        .map(alert ->
                                Table.Row.of(
                                        DisplayText.plain(alert.alert().name()),
                                        DisplayText.plain(alert.alert().watched().meaning()),
                                        Report.number(alert.standing().size()),
                                        Report.number(alert.waiting()),
                                        DisplayText.plain(since(alert.standing()))))
                        .toList();
        new Table(
                        List.of(
                                Table.Column.key("alert"),
                                Table.Column.text("watches"),
                                Table.Column.number("stands for"),
                                Table.Column.number("may change"),
                                Table.Column.text("newest")),
                        rows)
                .lines(Screen.current())
                .forEach(out()::println);
        alerts.stream()
                .filter(alert -> alert.failure() != null)
                .map(alert ->
                        "%s cannot be looked at: %s"
                                .formatted(alert.alert().name(), alert.failure()))
                .map(DisplayText::plain)
                .forEach(out()::println);
    }

    private static String since(List<StandingGroup> standing) {
        return standing.stream()
                .max((one, other) -> one.since().compareTo(other.since()))
                .map(group -> "%s since %s".formatted(keys(group.keys()), group.since()))
                .orElse("");
    }

    private static String keys(List<String> keys) {
        return keys.isEmpty() ? "the company" : String.join(", ", keys);
    }

    private void told(List<Kept> kept) {
        switch (format) {
            case JSON ->
                    Report.json(
                            Map.of("events", kept.stream().map(AlertsCommand::json).toList()),
                            out());
            case TEXT -> {
                if (kept.isEmpty()) {
                    out().println("Nothing has been told.");
                }
                kept.forEach(one -> text(one).forEach(out()::println));
            }
        }
    }

    private static List<String> text(Kept kept) {
        var news = kept.event().news();
        var lines =
                news.reasons().stream()
                        .flatMap(reason -> lines(reason).stream())
                        .collect(Collectors.toList());
        lines.addFirst(
                "%s  %s: %s"
                        .formatted(
                                news.at(),
                                DisplayText.plain(news.alert()),
                                DisplayText.plain(news.label())));
        if (news.more() > 0) {
            lines.add("  and %s more".formatted(Report.number(news.more())));
        }
        lines.add("  see: " + DisplayText.plain(news.see()));
        kept.deliveries().forEach(sent -> lines.add("  " + DisplayText.plain(text(sent))));
        return lines;
    }

    private static List<String> lines(Reason reason) {
        var keys = reason.keys().stream().map(AlertNews.Key::value).toList();
        var lines = new ArrayList<String>();
        lines.add("  " + DisplayText.plain(text(reason)));
        if (reason.why() != null) {
            lines.add("    " + DisplayText.plain(reason.why()));
        }
        if (!reason.accounts().isEmpty() && !reason.accounts().equals(keys)) {
            lines.add(
                    "    accounts: "
                            + DisplayText.plain(String.join(", ", reason.accounts()))
                            + (reason.furtherAccounts() == 0
                                    ? ""
                                    : " and %s more"
                                            .formatted(Report.number(reason.furtherAccounts()))));
        }
        return lines;
    }

    private static String text(Reason reason) {
        return "%s%s"
                .formatted(
                        keys(
                                reason.keys().stream()
                                        .map(key -> key.value() == null ? "none" : key.value())
                                        .toList()),
                        reason.figures().stream()
                                .filter(figure ->
                                        figure.value() != null || figure.absence() != null)
                                .map(figure ->
                                        figure.column()
                                                + " "
                                                + (figure.value() == null
                                                        ? figure.absence()
                                                        : figure.value()))
                                .reduce((one, other) -> one + ", " + other)
                                .map(figures -> ": " + figures)
                                .orElse(""));
    }

    private static String text(Sent sent) {
        if (sent.delivered() != null) {
            return "%s: delivered %s".formatted(sent.channel(), sent.delivered());
        }
        var failure = sent.failure() == null ? "" : ", " + sent.failure();
        return sent.due() == null
                ? "%s: given up after %d tries%s"
                        .formatted(sent.channel(), sent.attempts(), failure)
                : "%s: due %s%s".formatted(sent.channel(), sent.due(), failure);
    }

    private static Map<String, @Nullable Object> json(Defined defined) {
        var alert = defined.alert();
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("key", alert.name());
        shown.put("label", alert.label());
        shown.put("description", alert.description());
        shown.put("owner", alert.owner());
        shown.put("of", alert.watched().of());
        shown.put("watches", alert.watched().meaning());
        shown.put(
                "standing",
                defined.standing().stream()
                        .map(group ->
                                Map.of("keys", group.keys(), "since", group.since().toString()))
                        .toList());
        shown.put("waiting", defined.waiting());
        shown.put("failure", defined.failure());
        return shown;
    }

    private static Map<String, @Nullable Object> json(Kept kept) {
        AlertNews news = kept.event().news();
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("number", kept.event().number());
        shown.put("alert", news.alert());
        shown.put("label", news.label());
        shown.put("owner", news.owner());
        shown.put("kind", news.kind().name());
        shown.put("of", news.of());
        shown.put("at", news.at().toString());
        shown.put("asOf", news.asOf().toString());
        shown.put("reasons", news.reasons().stream().map(AlertsCommand::json).toList());
        shown.put("more", news.more());
        shown.put("standing", news.standing());
        shown.put("see", news.see());
        shown.put("deliveries", kept.deliveries().stream().map(AlertsCommand::json).toList());
        return shown;
    }

    private static Map<String, @Nullable Object> json(Reason reason) {
        var keys = new LinkedHashMap<String, @Nullable Object>();
        reason.keys().forEach(key -> keys.put(key.dimension(), key.value()));
        var values = new LinkedHashMap<String, @Nullable Object>();
        var absence = new LinkedHashMap<String, Object>();
        reason.figures()
                .forEach(figure -> {
                    values.put(figure.column(), figure.value());
                    if (figure.absence() != null) {
                        absence.put(figure.column(), figure.absence());
                    }
                });
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("keys", keys);
        shown.put("values", values);
        shown.put("absence", absence);
        shown.put("why", reason.why());
        shown.put("accounts", reason.accounts());
        shown.put("furtherAccounts", reason.furtherAccounts());
        return shown;
    }

    private static Map<String, @Nullable Object> json(Sent sent) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("channel", sent.channel());
        shown.put("attempts", sent.attempts());
        shown.put("due", sent.due() == null ? null : sent.due().toString());
        shown.put("delivered", sent.delivered() == null ? null : sent.delivered().toString());
        shown.put("failure", sent.failure());
        return shown;
    }
}
