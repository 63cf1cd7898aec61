package dev.cairn.adapters.notification;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Figure;
import dev.cairn.application.port.AlertNews.Key;
import dev.cairn.application.port.AlertNews.Reason;
import java.time.Instant;
import java.util.List;

/** Events to tell. */
public final class Events {
    public static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private Events() {}

    /** Two segments whose churn is above a bound. */
    public static AlertEvent churn() {
        return event(
                List.of(
                        new Reason(
                                List.of(new Key("account.segment", "smb")),
                                List.of(new Figure("logo_churn", "0.057", null)),
                                "logo_churn rose by 2 points, from 3.7 % to 5.7 %.",
                                List.of("acme", "globex"),
                                12),
                        new Reason(
                                List.of(new Key("account.segment", null)),
                                List.of(new Figure("logo_churn", null, "NO_DATA")),
                                null,
                                List.of(),
                                0)),
                3);
    }

    /** An account whose key is not what it seems. */
    public static AlertEvent of(String account) {
        return event(
                List.of(
                        new Reason(
                                List.of(new Key("account", account)),
                                List.of(new Figure("health", "41.5", null)),
                                null,
                                List.of(account),
                                0)),
                0);
    }

    private static AlertEvent event(List<Reason> reasons, int more) {
        return new AlertEvent(
                42,
                new AlertNews(
                        "churn_by_segment",
                        "Churn above 5 %",
                        "cs-ops",
                        AlertNews.Kind.GROUP_THERE,
                        "churn_now",
                        NOON,
                        NOON,
                        reasons,
                        more,
                        7,
                        "cairn ask churn_now"));
    }
}
