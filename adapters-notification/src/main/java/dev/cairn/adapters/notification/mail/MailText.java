package dev.cairn.adapters.notification.mail;

import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Figure;
import dev.cairn.application.port.AlertNews.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An event as people read it. */
final class MailText {
    private MailText() {}

    static String subject(AlertNews news) {
        int groups = news.reasons().size() + news.more();
        return oneLine(
                groups == 1
                        ? "%s: %s".formatted(news.label(), keys(news.reasons().getFirst()))
                        : "%s: %d new".formatted(news.label(), groups));
    }

    static String body(AlertNews news) {
        var lines = new ArrayList<String>();
        lines.add(oneLine(news.label()));
        lines.add(happened(news.kind(), news.of()));
        lines.add("");
        news.reasons().forEach(reason -> lines.addAll(lines(reason)));
        if (news.more() > 0) {
            lines.add("and %d more".formatted(news.more()));
        }
        lines.add("");
        lines.add("In all it stands for %d.".formatted(news.standing()));
        lines.add(
                "Alert '%s'%s, as of %s."
                        .formatted(
                                news.alert(),
                                news.owner() == null ? "" : ", owner " + oneLine(news.owner()),
                                news.asOf()));
        lines.add("See all of it: %s".formatted(oneLine(news.see())));
        return String.join("\n", lines) + "\n";
    }

    private static String happened(AlertNews.Kind kind, String of) {
        return switch (kind) {
            case GROUP_THERE -> "New in the answer to '%s':".formatted(of);
            case TARGET_MISSED -> "A target is missed, by the answer to '%s':".formatted(of);
            case COHORT_ENTERED -> "New in the cohort '%s':".formatted(of);
            case BAND_LEFT -> "In another band of '%s' than before:".formatted(of);
            case GUARD_TRIPPED ->
                    "'%s' got better while its counter-metric got worse:".formatted(of);
            case TRUST_LOST -> "The data of '%s' can be trusted less:".formatted(of);
        };
    }

    private static List<String> lines(Reason reason) {
        var lines = new ArrayList<String>();
        lines.add(
                "- %s%s"
                        .formatted(
                                keys(reason),
                                reason.figures().stream()
                                        .filter(figure ->
                                                figure.value() != null || figure.absence() != null)
                                        .map(MailText::figure)
                                        .reduce((one, other) -> one + ", " + other)
                                        .map(figures -> ": " + figures)
                                        .orElse("")));
        if (reason.why() != null) {
            lines.add("  why: " + oneLine(reason.why()));
        }
        if (!reason.accounts().isEmpty()
                && !reason.accounts()
                        .equals(reason.keys().stream().map(AlertNews.Key::value).toList())) {
            lines.add(
                    "  accounts: "
                            + oneLine(String.join(", ", reason.accounts()))
                            + (reason.furtherAccounts() == 0
                                    ? ""
                                    : " and %d more".formatted(reason.furtherAccounts())));
        }
        return lines;
    }

    private static String keys(Reason reason) {
        return reason.keys().isEmpty()
                ? "the company"
                : oneLine(
                        reason.keys().stream()
                                .map(key -> key.value() == null ? "none" : key.value())
                                .collect(Collectors.joining(", ")));
    }

    private static String figure(Figure figure) {
        return oneLine(
                "%s %s"
                        .formatted(
                                figure.column(),
                                figure.value() == null ? figure.absence() : figure.value()));
    }

    /** Keys come from data: nothing in them may look like a line of ours. */
    private static String oneLine(String text) {
        return text.codePoints()
                .map(character -> Character.isISOControl(character) ? ' ' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
