package dev.cairn.bootstrap.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cairn.application.port.AuditSearch;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.application.port.out.AuditLog;
import dev.cairn.application.service.AlertFeed;
import dev.cairn.bootstrap.command.Events;
import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.bootstrap.command.SmallCompany;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alerts of a running service, told to a webhook that listens. */
@Timeout(600)
class AlertsTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** Accounts with more than so many events of one name in the half year. */
    private static final String BUSY =
            """
            question: busy_accounts
            metrics: [events = count(sample_event where name = 'alerted')]
            by: [account]
            range: 2026-01-01..2026-07-01
            having: events >= 2
            fill: false
            ---
            alert: somebody_is_busy
            label: Somebody is busy
            owner: cs-ops
            question: busy_accounts
            provisional: true
            """;

    private static final BlockingQueue<JsonNode> TOLD = new LinkedBlockingQueue<>();
    private static HttpServer receiver;
    private static RunningCairn cairn;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/hook",
                exchange -> {
                    TOLD.add(
                            JsonMapper.shared()
                                    .readTree(
                                            new String(
                                                    exchange.getRequestBody().readAllBytes(),
                                                    UTF_8)));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        receiver.start();
        cairn =
                new RunningCairn(
                        List.of(
                                "cairn.alerts.webhook=http://127.0.0.1:%d/hook"
                                        .formatted(receiver.getAddress().getPort()),
                                "cairn.alerts.webhook-secret=" + SECRET));
        SmallCompany.fill(cairn);
    }

    @AfterAll
    static void stop() {
        cairn.close();
        receiver.stop(0);
    }

    @Test
    void an_alert_tells_each_account_once_and_no_more_until_another_comes() throws Exception {
        events(990_100, "acct-001", 2);
        define(BUSY);

        var first = told();
        assertThat(first.at("/data/alert").asString()).isEqualTo("somebody_is_busy");
        assertThat(first.at("/data/owner").asString()).isEqualTo("cs-ops");
        assertThat(first.at("/data/reasons/0/accounts/0").asString()).isEqualTo("acct-001");
        assertThat(first.at("/data/reasons/0/figures/0/value").asString()).isEqualTo("2");

        events(990_200, "acct-001", 1);
        events(990_300, "acct-002", 3);

        var second = told();
        assertThat(second.at("/data/reasons")).hasSize(1);
        assertThat(second.at("/data/reasons/0/accounts/0").asString()).isEqualTo("acct-002");
        assertThat(second.at("/data/reasons/0/figures/0/value").asString()).isEqualTo("3");
        assertThat(second.at("/data/standing").asInt()).isEqualTo(2);
        assertThat(TOLD).isEmpty();
    }

    @Test
    void what_an_alert_has_told_is_listed_with_what_came_of_it() throws Exception {
        events(990_400, "acct-003", 1);
        define(
                BUSY.replace("busy_accounts", "listed")
                        .replace("somebody_is_busy", "listed_alert")
                        .replace("events >= 2", "events = 1"));
        var event = told();
        assertThat(event.at("/data/alert").asString()).isEqualTo("listed_alert");
        RunningCairn.await(() ->
                cairn.inside("alerts", "listed_alert", "--events")
                        .output()
                        .contains("webhook: delivered"));

        assertThat(cairn.inside("alerts", "listed_alert", "--events").output())
                .contains("listed_alert: Somebody is busy", "  acct-003: events 1");
        assertThat(cairn.inside("alerts", "listed_alert").output()).contains("acct-003 since");
        var overview =
                cairn.ask(
                        """
                        { accountOverview(input: {key: "acct-003"}) { alerts { items { alert stands reason { accounts } } } } }
                        """,
                        Map.of());
        assertThat(overview.at("/data/accountOverview/alerts/items/0").toString())
                .isEqualTo(
                        "{\"alert\":\"listed_alert\",\"stands\":true,\"reason\":{\"accounts\":[\"acct-003\"]}}");
        assertThat(cairn.inside("account", "acct-003", "--only", "alerts").output())
                .contains("listed_alert  ", "events 1");
        var mistyped = cairn.inside("alerts", "listed_alrt", "--events");
        assertThat(mistyped.errors()).contains("There is no alert 'listed_alrt'");
        assertThat(mistyped.exit()).isEqualTo(1);
        var asked =
                cairn.ask(
                        """
                        { alerts { items { key waiting standing { keys } } }
                          alertEvents(alert: "listed_alert", first: 1) {
                            edges { node { standing more reasons { accounts keys { dimension value } } deliveries { channel attempts } } }
                            pageInfo { hasNextPage } } }
                        """,
                        Map.of());
        assertThat(asked.at("/data/alertEvents/edges/0/node/reasons/0/accounts/0").asString())
                .isEqualTo("acct-003");
        assertThat(asked.at("/data/alertEvents/edges/0/node/deliveries/0/attempts").asInt())
                .isEqualTo(1);
        assertThat(asked.at("/data/alertEvents/pageInfo/hasNextPage").asBoolean()).isFalse();
    }

    @Test
    void an_event_is_sent_to_who_follows_the_alert() throws Exception {
        try (var events =
                new Events(
                        cairn,
                        "subscription { alertRaised(alert: \"followed\") { alert reasons { accounts } } }",
                        Map.of())) {
            events(990_500, "acct-004", 4, "followed");
            define(
                    BUSY.replace("busy_accounts", "busy_too")
                            .replace("somebody_is_busy", "followed")
                            .replace("'alerted'", "'followed'"));

            var event = events.next().at("/data/alertRaised");

            assertThat(event.path("alert").asString()).isEqualTo("followed");
            assertThat(event.at("/reasons/0/accounts/0").asString()).isEqualTo("acct-004");
            told();
        }
        RunningCairn.await(() -> cairn.bean(AlertFeed.class).followers() == 0);
    }

    @Test
    void an_alert_of_a_question_that_is_not_there_is_refused_with_the_nearest() throws IOException {
        define(BUSY.substring(0, BUSY.indexOf("---")).replace("busy_accounts", "there_is_one"));
        var file = folder.resolve("wrong.yaml");
        Files.writeString(file, "alert: nothing_there\nquestion: there_is_on\n");

        var said = cairn.inside("apply", file.toString());

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.errors())
                .contains("There is no saved question 'there_is_on'", "there_is_one");
    }

    // ---- other reasons, each from its definition to its delivery

    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final LocalDate MONTH = TODAY.withDayOfMonth(1);

    private static final String REPLIES =
            """
            source: reply
            time: replied_on
            account: {field: account}
            key: [reply_id]
            fields: {reply_id: integer, replied_on: date, account: text, took: decimal, reopened: boolean}
            expect: {fields: {took: {min: 0, max: 600}}}
            ---
            metric: reply_minutes
            label: Reply time
            of: cell
            direction: lower
            counter: reopen_share
            formula: avg(reply.took)
            ---
            metric: reopen_share
            label: Reopened
            of: cell
            direction: lower
            formula: 'share(reply where reopened is not none : reopened)'
            ---
            metric: waited
            of: account
            rollup: avg
            direction: lower
            formula: sum(reply.took) over last 20 days
            bands: {short: {below: 500}, long: {}}
            ---
            cohort: kept_waiting
            rule: waited >= 1000 and account.plan is not none
            ---
            target: quick
            metric: reply_minutes
            value: 20
            holds: level
            from: %s
            ---
            question: replies_by_month
            metrics: [reply_minutes]
            grain: month
            range: last 1 month
            """
                    .formatted(MONTH.minusMonths(3));

    @Test
    void each_reason_is_told_with_its_number_why_and_the_accounts() throws Exception {
        define(REPLIES);
        var lines = new StringBuilder();
        int id = 0;
        for (int account = 1; account <= 29; account++) {
            for (int week = 0; week < 4; week++) {
                var key = "acme-%02d".formatted(account);
                lines.append(reply(id++, MONTH.minusMonths(2).plusDays(7L * week), key, 60, false));
                lines.append(
                        reply(
                                id++,
                                MONTH.minusMonths(1).plusDays(7L * week),
                                key,
                                30 + account % 7,
                                (7 * account + 3 * week) % 5 < 2));
            }
        }
        lines.append(reply(id, TODAY, "acme-29", 10, false));
        replies("first", lines.toString());

        guard();
        target();
        define("alert: waits\ncohort: kept_waiting\n---\nalert: waits_longer\nmetric: waited\n");
        define("alert: replies_broken\ntrust: reply\nat_least: B\n");
        RunningCairn.await(() ->
                cairn.bean(AlertStore.class)
                        .standing()
                        .keySet()
                        .containsAll(List.of("waits", "waits_longer", "replies_broken")));
        assertThat(TOLD).isEmpty();

        replies(
                "second",
                reply(9_000, TODAY.minusDays(1), "acme-05", 599, false)
                        + reply(9_001, TODAY.minusDays(1), "acme-05", 598, false));
        entered();

        lines.setLength(0);
        for (int at = 0; at < 20; at++) {
            lines.append(reply(9_100 + at, TODAY, "acme-06", 9_999, false));
        }
        replies("third", lines.toString());
        var lost = told();
        assertThat(lost.at("/data/kind").asString()).isEqualTo("TRUST_LOST");
        assertThat(lost.at("/data/reasons/0/figures/0/value").asString()).isEqualTo("C");
        assertThat(lost.at("/data/reasons/0/why").asString()).contains("range:took");
        assertThat(lost.at("/data/reasons/0/accounts").toString()).contains("acme-05");
        assertThat(lost.at("/data/see").asString()).isEqualTo("cairn trust reply");
        assertThat(TOLD).isEmpty();
        // A look every few seconds, for ever, is not written down each time.
        assertThat(
                        cairn.bean(AuditLog.class)
                                .latest(new AuditSearch(null, null, "alerts", null), 1_000))
                .isNotEmpty()
                .noneMatch(kept -> kept.entry().by().equals("trust"));
    }

    private void guard() throws Exception {
        define("alert: fast_and_wrong\nguard: reply_minutes\n");
        var tripped = told();
        assertThat(tripped.at("/data/kind").asString()).isEqualTo("GUARD_TRIPPED");
        assertThat(tripped.at("/data/of").asString()).isEqualTo("reply_minutes");
        assertThat(tripped.at("/data/reasons/0/keys/0/value").asString())
                .startsWith(MONTH.minusMonths(1).toString());
        assertThat(tripped.at("/data/reasons/0/figures/0/value").asString()).startsWith("-27");
        assertThat(tripped.at("/data/reasons/0/why").asString())
                .contains(
                        "reply_minutes got better",
                        "while reopen_share got worse",
                        "reopen_share rose by 39.66 points, from 0 % to 39.66 %");
        assertThat(tripped.at("/data/reasons/0/accounts")).hasSize(10);
        assertThat(tripped.at("/data/reasons/0/furtherAccounts").asInt()).isBetween(15, 19);
        assertThat(tripped.at("/data/see").asString())
                .isEqualTo("cairn guards reply_minutes --every month");
    }

    private void target() throws Exception {
        define("alert: too_slow\nquestion: replies_by_month\nwhen: missed\n");
        var missed = told();
        assertThat(missed.at("/data/kind").asString()).isEqualTo("TARGET_MISSED");
        assertThat(missed.at("/data/reasons/0/figures").toString()).contains("MISSED");
        assertThat(missed.at("/data/reasons/0/why").asString())
                .startsWith("reply_minutes fell by")
                .contains("from 60 to 3");
    }

    private static void entered() throws InterruptedException {
        var both = Stream.of(told(), told()).toList();
        var entered = of(both, "COHORT_ENTERED");
        assertThat(entered.at("/data/reasons/0/accounts/0").asString()).isEqualTo("acme-05");
        assertThat(entered.at("/data/reasons/0/why").asString())
                .isEqualTo(
                        "Now holds and did not a day before: waited >= 1000. Held before: account.plan is not none.");
        assertThat(entered.at("/data/reasons/0/figures/0/column").asString()).isEqualTo("waited");
        var left = of(both, "BAND_LEFT");
        assertThat(left.at("/data/reasons")).hasSize(1);
        assertThat(left.at("/data/reasons/0/accounts/0").asString()).isEqualTo("acme-05");
        assertThat(left.at("/data/reasons/0/why").asString())
                .isEqualTo(
                        "It was short and is long. In a day waited rose by 1,197, from 0 to 1,197: +1,197 by 1 account in both, acme-05.");
    }

    private static JsonNode of(List<JsonNode> told, String kind) {
        return told.stream()
                .filter(one -> one.at("/data/kind").asString().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " in " + told));
    }

    private static String reply(
            int id, LocalDate day, String account, int minutes, boolean reopened) {
        return "%d,%s,%s,%d,%s\n".formatted(id, day, account, minutes, reopened);
    }

    private void replies(String name, String lines) throws IOException {
        var file = folder.resolve(name + ".csv");
        Files.writeString(file, "reply_id,replied_on,account,took,reopened\n" + lines);
        var said = cairn.inside("import", "reply", file.toString());
        assertThat(said.exit()).as(said.errors()).isZero();
    }

    private static JsonNode told() throws InterruptedException {
        var told = TOLD.poll(3, TimeUnit.MINUTES);
        assertThat(told).as("an event that was told").isNotNull();
        return told;
    }

    private void define(String text) throws IOException {
        var file = folder.resolve("alerts.yaml");
        Files.writeString(file, text);
        var said = cairn.inside("apply", file.toString());
        assertThat(said.exit()).as(said.errors()).isZero();
    }

    private void events(int from, String account, int many) throws IOException {
        events(from, account, many, "alerted");
    }

    private void events(int from, String account, int many, String name) throws IOException {
        var lines = new StringBuilder("event_id,occurred_at,account,user_key,name\n");
        for (int at = 0; at < many; at++) {
            lines.append("%d,2026-03-04T05:06:07Z,%s,u1,%s\n".formatted(from + at, account, name));
        }
        var file = folder.resolve(from + ".csv");
        Files.writeString(file, lines);
        var said = cairn.inside("import", "sample_event", file.toString());
        assertThat(said.exit()).as(said.errors()).isZero();
    }
}
