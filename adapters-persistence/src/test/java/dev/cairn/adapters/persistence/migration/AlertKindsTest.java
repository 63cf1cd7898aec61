package dev.cairn.adapters.persistence.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.alert.JooqAlertStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Figure;
import dev.cairn.application.port.AlertNews.Key;
import dev.cairn.application.port.AlertNews.Reason;
import dev.cairn.testkit.database.TestServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a database kept of alerts before they watched anything but questions. */
class AlertKindsTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    @Test
    void what_was_told_and_what_stands_is_read_after_it() {
        try (var database = TestServer.shared().emptyDatabase()) {
            var dsl = Postgres.dsl(database.dataSource());
            new SchemaMigration(database.dataSource()).migrate();
            dsl.execute("drop index alert_event_at");
            dsl.execute(
                    "delete from databasechangelog where filename like '%0015-alert-kinds.sql'");
            dsl.execute(
                    """
                    insert into alert_event (alert, at, document) values ('red', '2026-03-04T12:00:00Z', '{
                        "alert": "red", "label": "Red", "owner": null, "question": "who_is_red",
                        "at": "2026-03-04T12:00:00Z", "asOf": "2026-03-04T12:00:00Z",
                        "reasons": [
                            {"keys": [{"dimension": "account", "value": "acme"}], "figures": [{"column": "score", "value": "12", "absence": null}], "accounts": ["acme"]},
                            {"keys": [], "figures": [], "accounts": []}],
                        "more": 3, "standing": 5}')
                    """);
            dsl.execute(
                    """
                    insert into alert_state (alert, standing) values ('red', '{"groups": {"=acme": {"since": "2026-03-04T12:00:00Z", "gone": null}}, "waiting": 2}')
                    """);

            new SchemaMigration(database.dataSource()).migrate();

            var store = new JooqAlertStore(database.dataSource());
            assertThat(store.latest(null, null, 10))
                    .extracting(kept -> kept.event().news())
                    .containsExactly(
                            new AlertNews(
                                    "red",
                                    "Red",
                                    null,
                                    AlertNews.Kind.GROUP_THERE,
                                    "who_is_red",
                                    NOON,
                                    NOON,
                                    List.of(
                                            new Reason(
                                                    List.of(new Key("account", "acme")),
                                                    List.of(new Figure("score", "12", null)),
                                                    null,
                                                    List.of("acme"),
                                                    0),
                                            new Reason(List.of(), List.of(), null, List.of(), 0)),
                                    3,
                                    5,
                                    "cairn ask who_is_red"));
            assertThat(store.standing().get("red").there()).containsEntry("=acme", NOON);
        }
    }
}
