package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.frame;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.overview.AccountMetrics.MetricOfAccount;
import dev.cairn.domain.overview.AccountMetrics.PeerGroup;
import dev.cairn.domain.overview.AccountMetrics.Point;
import dev.cairn.domain.overview.ChildrenQuestion;
import dev.cairn.domain.overview.MetricsQuestion;
import dev.cairn.domain.overview.Standing;
import dev.cairn.domain.overview.Subject;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Questions about one account: its metrics, where it stands among its peers, and which accounts belong to it. */
public interface AccountOverviewContract extends ExecutorContract {
    /**
     * In March acme has 3 and 4, bolt 7, cyd 1, dan nothing, trial (a test account) 100, gone (removed in February) 50, no account 9; in February acme has 5. Acme
     * and cyd are small on 31 March, bolt is large since 15 March and was small before; the others are small.
     */
    private WorldBuilder world() {
        return events().entity(
                        accounts()
                                .text("size")
                                .text("label")
                                .text("parent_key")
                                .test("is_test")
                                .link("parent", "parent_key")
                                .history())
                .metric("spent", "sum(event : amount)")
                .metric("mean", "avg(event : amount)")
                .metric("last_name", "last(event : name)")
                .member(account("acme").since("2026-01-01").held(null, null).with("size", "small"))
                .member(
                        account("bolt")
                                .since("2026-01-01")
                                .held(null, "2026-03-15")
                                .with("size", "small")
                                .with("label", "Bolt")
                                .with("parent_key", "acme"))
                .member(
                        account("bolt")
                                .since("2026-01-01")
                                .held("2026-03-15", null)
                                .with("size", "large")
                                .with("label", "Bolt"))
                .member(
                        account("cyd")
                                .since("2026-01-01")
                                .held(null, null)
                                .with("size", "small")
                                .with("parent_key", "acme"))
                .member(account("dan").since("2026-01-01").held(null, null).with("size", "small"))
                .member(
                        account("trial")
                                .since("2026-01-01")
                                .held(null, null)
                                .with("size", "small")
                                .with("is_test", true)
                                .with("parent_key", "acme"))
                .member(
                        account("gone")
                                .since("2026-01-01")
                                .removed("2026-02-10T00:00:00Z")
                                .held(null, null)
                                .with("size", "small")
                                .with("parent_key", "acme"))
                .fact("event", "2026-02-05T10:00:00Z", "acme", null, "login", 5)
                .fact("event", "2026-03-02T10:00:00Z", "acme", null, "login", 3)
                .fact("event", "2026-03-20T10:00:00Z", "acme", null, "share", 4)
                .fact("event", "2026-03-05T10:00:00Z", "bolt", null, "login", 7)
                .fact("event", "2026-03-06T10:00:00Z", "cyd", null, "login", 1)
                .fact("event", "2026-03-07T10:00:00Z", "trial", null, "login", 100)
                .fact("event", "2026-03-08T10:00:00Z", "gone", null, "login", 50)
                .fact("event", "2026-03-09T10:00:00Z", null, null, "login", 9);
    }

    private static Subject subject(String account, String... marks) {
        return new Subject(
                account,
                List.of(marks),
                ZoneOffset.UTC,
                null,
                Instant.parse("2026-04-01T00:00:00Z"),
                null);
    }

    private AnalysisResult answered(AnalysisQuery query) {
        return result(world(), frame().of(query));
    }

    private List<MetricOfAccount> metrics(Subject subject, @Nullable String peersBy) {
        var metrics = List.of("spent", "mean", "last_name");
        var question = new MetricsQuestion(subject, Grain.MONTH, 3, peersBy);
        var trend = question.trend(metrics);
        var group =
                question.group().flatMap(query -> question.groupOf(answered(query))).orElse(null);
        return question.folded(
                metrics, trend, answered(trend), answered(question.peers(metrics, group)));
    }

    private static List<@Nullable Object> values(MetricOfAccount metric) {
        return metric.trend().stream()
                .map(Point::value)
                .<@Nullable Object>map(cell ->
                        cell.value().value() instanceof Number number
                                ? (Object) number.doubleValue()
                                : cell.value().value())
                .toList();
    }

    @Test
    default void a_trend_has_a_value_for_each_period_and_the_change_of_the_last() {
        var metrics = metrics(subject("acme"), null);

        // January: nothing, so the sum is 0 and the mean is none. 7 - 5 = 2; mean 3.5 - 5 = -1.5.
        assertThat(metrics.get(0).trend())
                .extracting(Point::start)
                .containsExactly(
                        LocalDate.of(2026, 1, 1),
                        LocalDate.of(2026, 2, 1),
                        LocalDate.of(2026, 3, 1));
        assertThat(values(metrics.get(0))).containsExactly(0.0, 5.0, 7.0);
        assertThat(metrics.get(0).change()).isEqualTo(2);
        assertThat(values(metrics.get(1))).containsExactly(null, 5.0, 3.5);
        assertThat(metrics.get(1).change()).isEqualTo(-1.5);
        assertThat(values(metrics.get(2))).containsExactly(null, "login", "share");
        assertThat(metrics.get(2).change()).isNull();
        assertThat(metrics.get(2).standing()).isNull();
    }

    @Test
    default void peers_are_all_accounts_that_exist_without_test_accounts() {
        // Sums: acme 7, bolt 7, cyd 1, dan 0. Acme and bolt share rank 1; (2 + 2/2) / 4 = 75;
        // median (1 + 7) / 2 = 4.
        // Means: acme 3.5, bolt 7, cyd 1, dan none: rank 2, (1 + 1/2) / 3 = 50, median 3.5.
        var acme = metrics(subject("acme"), null);
        assertThat(acme.get(0).standing()).isEqualTo(new Standing(1, 75, 4, 4, 0));
        assertThat(acme.get(1).standing()).isEqualTo(new Standing(2, 50, 3.5, 3, 1));

        // Dan has the least sum, (0 + 1/2) / 4 = 12.5, and no mean.
        var dan = metrics(subject("dan"), null);
        assertThat(dan.get(0).standing()).isEqualTo(new Standing(4, 12.5, 4, 4, 0));
        assertThat(dan.get(1).standing()).isNull();
    }

    @Test
    default void peers_share_an_attribute_as_it_was_on_the_last_day() {
        // Small on 31 March: acme 7, cyd 1, dan 0. Rank 1, (2 + 1/2) / 3, median 1.
        assertThat(metrics(subject("acme"), "account.size").getFirst().standing())
                .isEqualTo(new Standing(1, 100 * 2.5 / 3, 1, 3, 0));

        // Bolt is alone among the large, with all that it has of March, also from when it was
        // small.
        assertThat(metrics(subject("bolt"), "account.size").getFirst().standing())
                .isEqualTo(new Standing(1, 50, 7, 1, 0));

        // Of no label are acme, cyd and dan; bolt has one.
        assertThat(metrics(subject("cyd"), "account.label").getFirst().standing())
                .isEqualTo(new Standing(2, 50, 1, 3, 0));
    }

    @Test
    default void a_test_account_has_its_values_and_no_standing() {
        var trial = metrics(subject("trial", "is_test"), null);

        assertThat(values(trial.getFirst())).containsExactly(0.0, 0.0, 100.0);
        assertThat(trial.getFirst().standing()).isNull();
    }

    @Test
    default void a_test_account_has_what_it_had_before_it_was_marked() {
        var world =
                events().entity(accounts().test("is_test").history())
                        .metric("spent", "sum(event : amount)")
                        .member(account("trial").held(null, "2026-02-10").with("is_test", false))
                        .member(account("trial").held("2026-02-10", null).with("is_test", true))
                        .fact("event", "2026-02-05T10:00:00Z", "trial", null, "login", 5)
                        .fact("event", "2026-03-02T10:00:00Z", "trial", null, "login", 100);
        var question = new MetricsQuestion(subject("trial", "is_test"), Grain.MONTH, 2, null);
        var trend = question.trend(List.of("spent"));

        assertThat(
                        values(
                                question.folded(
                                                List.of("spent"),
                                                trend,
                                                result(world, frame().of(trend)),
                                                null)
                                        .getFirst()))
                .containsExactly(5.0, 100.0);
    }

    @Test
    default void an_account_that_is_removed_has_its_values_and_no_standing() {
        var gone = metrics(subject("gone"), null);

        assertThat(values(gone.getFirst())).containsExactly(0.0, 0.0, 50.0);
        assertThat(gone.getFirst().standing()).isNull();
    }

    @Test
    default void peers_and_children_are_those_that_the_caller_sees() {
        // Small now: acme 7, cyd 1, dan 0. Rank 1, (2 + 1/2) / 3, median 1; of all it is shared
        // with bolt.
        var question = new MetricsQuestion(subject("acme"), Grain.MONTH, 3, null);
        var small = frame().scope("account.size = 'small'");
        var trend = question.trend(List.of("spent"));
        var peers = question.peers(List.of("spent"), null);
        var folded =
                question.folded(
                        List.of("spent"),
                        trend,
                        result(world(), small.of(trend)),
                        result(world(), small.of(peers)));
        assertThat(folded.getFirst().standing()).isEqualTo(new Standing(1, 100 * 2.5 / 3, 1, 3, 0));

        var children = ChildrenQuestion.of(subject("acme"), "parent", "label");
        var withoutCyd = frame().scope("account != 'cyd'");
        assertThat(ChildrenQuestion.folded(result(world(), withoutCyd.of(children)))).isEmpty();
        var withoutAcme = frame().scope("account != 'acme'");
        // An account that is not seen is nobody's parent.
        assertThat(ChildrenQuestion.folded(result(world(), withoutAcme.of(children)))).isEmpty();
    }

    @Test
    default void the_group_of_peers_is_that_of_the_last_day() {
        var question = new MetricsQuestion(subject("bolt"), Grain.MONTH, 3, "account.size");

        assertThat(question.groupOf(answered(question.group().orElseThrow())))
                .contains(new PeerGroup("account.size", "large"));
    }

    @Test
    default void what_belongs_to_an_account_is_of_the_last_day_and_exists() {
        // Bolt did until 15 March, trial is a test account, gone is removed.
        assertThat(
                        ChildrenQuestion.folded(
                                answered(ChildrenQuestion.of(subject("acme"), "parent", "label"))))
                .containsExactly(new ChildrenQuestion.Found("cyd", null));
    }

    @Test
    default void peers_share_a_number_a_date_or_the_empty_text() {
        // Of 1000 seats are a (1) and b (2), of none c (4); the key of an account is of two parts.
        var world =
                events().entity(
                                accounts()
                                        .key("module", "no")
                                        .decimal("seats")
                                        .date("signed")
                                        .flag("paid")
                                        .text("note"))
                        .metric("spent", "sum(event : amount)");
        for (var key : List.of("a", "b", "c")) {
            var member = account("m/" + key).since("2026-01-01");
            world =
                    world.member(
                            key.equals("c")
                                    ? member
                                    : member.with("seats", new BigDecimal("1E+3"))
                                            .with("signed", LocalDate.of(2026, 1, 1))
                                            .with("paid", true)
                                            .with("note", ""));
        }
        world =
                world.fact("event", "2026-03-02T10:00:00Z", "m/a", null, "login", 1)
                        .fact("event", "2026-03-02T10:00:00Z", "m/b", null, "login", 2)
                        .fact("event", "2026-03-02T10:00:00Z", "m/c", null, "login", 4);
        for (var by : List.of("seats", "signed", "paid", "note")) {
            var question = new MetricsQuestion(subject("m/b"), Grain.MONTH, 1, "account." + by);
            var trend = question.trend(List.of("spent"));
            var group =
                    question.groupOf(result(world, frame().of(question.group().orElseThrow())))
                            .orElseThrow();
            var peers = question.peers(List.of("spent"), group);
            assertThat(
                            question.folded(
                                            List.of("spent"),
                                            trend,
                                            result(world, frame().of(trend)),
                                            result(world, frame().of(peers)))
                                    .getFirst()
                                    .standing())
                    .as(by + " " + group)
                    .isEqualTo(new Standing(1, 75, 1.5, 2, 0));
        }
    }

    @Test
    default void an_account_that_is_no_peer_shares_nothing_with_peers() {
        var question = new MetricsQuestion(subject("gone"), Grain.MONTH, 3, "account.size");
        assertThat(question.groupOf(answered(question.group().orElseThrow()))).isEmpty();
    }
}
