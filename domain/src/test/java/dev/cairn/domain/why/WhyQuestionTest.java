package dev.cairn.domain.why;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.why.WhyQuery.AskedCell;
import dev.cairn.domain.why.WhyQuestion.Checked;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is asked of each account where groups are read as of some moment. */
class WhyQuestionTest {
    private static final LocalDate MAY = LocalDate.parse("2026-05-01");
    private static final AskedCell OF_MAY =
            new AskedCell(new AskedRange.Between(MAY, MAY.plusMonths(1)), null);
    private static final AskedCell OF_JUNE =
            new AskedCell(new AskedRange.Between(MAY.plusMonths(1), MAY.plusMonths(2)), null);

    private static WhyQuestion question(String... by) {
        var query =
                new WhyQuery(
                        new AskedMetric(
                                new MetricReference.Inline("count(event) + count(ticket)"), null),
                        OF_MAY,
                        OF_JUNE,
                        null,
                        null,
                        null,
                        List.of(by),
                        ZoneOffset.UTC,
                        null,
                        null,
                        null,
                        3,
                        5);
        return ((Checked.Sound) WhyQuestion.of(query, Catalog.empty())).question();
    }

    private static List<AnalysisQuery> asked(
            WhyQuestion question, Map<String, String> moments, Set<Integer> undated) {
        return question.accounts(OF_MAY, Instant.EPOCH, false, moments, Set.of(), undated);
    }

    private static String keyOf(WhyQuestion question, String formula) {
        return question.keys().stream()
                .filter(key ->
                        question.cell(OF_MAY).metrics().stream()
                                .anyMatch(metric ->
                                        key.equals(metric.as())
                                                && metric.metric()
                                                        .equals(
                                                                new MetricReference.Inline(
                                                                        formula))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void account_is_in_the_group_that_its_rows_are_counted_in() {
        var question = question("account.plan", "account.started_on by month");
        var events = keyOf(question, "count(event)");
        var tickets = keyOf(question, "count(ticket)");
        assertThat(asked(question, Map.of(events, "fact", tickets, "fact"), Set.of()))
                .extracting(AnalysisQuery::groupBy)
                .containsExactly(
                        List.of(
                                "account.plan as of fact",
                                "account.started_on by month as of fact",
                                "account"));
    }

    @Test
    void columns_that_read_it_as_of_different_moments_are_asked_for_apart() {
        var question = question("account.plan");
        var moments =
                Map.of(
                        keyOf(question, "count(event)"), "fact",
                        keyOf(question, "count(ticket)"), "start");
        assertThat(asked(question, moments, Set.of()))
                .allSatisfy(one -> assertThat(one.metrics()).hasSize(1))
                .extracting(one -> one.groupBy().getFirst())
                .containsExactlyInAnyOrder("account.plan as of fact", "account.plan as of start");
    }

    @Test
    void what_says_its_moment_or_cannot_be_read_as_of_one_stays_as_it_is() {
        var question = question("account.plan as of end", "event.name", "(account.plan) as mine");
        var moments =
                Map.of(
                        keyOf(question, "count(event)"), "fact",
                        keyOf(question, "count(ticket)"), "fact");
        assertThat(asked(question, moments, Set.of(1)).getFirst().groupBy())
                .containsExactly(
                        "account.plan as of end",
                        "event.name",
                        "(account.plan) as mine",
                        "account");
        assertThat(asked(question, Map.of(), Set.of()).getFirst().groupBy()).contains("event.name");
    }

    @Test
    void rows_of_an_account_that_are_asked_for_apart_are_one() {
        var question = question("account.plan");
        var rows = question.rows();
        for (var key : question.keys()) {
            rows.begin(
                    List.of(
                            column("plan", Role.DIMENSION),
                            column(key, Role.MEASURE).asOf(List.of("fact"))));
            rows.take(
                    List.of(
                            new Cell.Group(GroupValue.of("pro")),
                            new Cell.Value(new Measured(7, null, null, null, null), Set.of())));
        }
        assertThat(rows.row(List.of(GroupValue.of("pro"))).values())
                .hasSameSizeAs(question.keys())
                .containsOnly(7.0);
        assertThat(rows.moments()).containsExactly(Map.entry(question.keys().getLast(), "fact"));
    }

    private static Column column(String key, Role role) {
        return new Column(key, key, role, ValueType.NUMBER, null, null, null, null);
    }
}
