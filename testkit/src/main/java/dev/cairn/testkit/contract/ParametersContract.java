package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.ParameterValue;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parameters of metrics: literals that are given where the metric is named. */
public interface ParametersContract extends ExecutorContract {
    /** Acme logged in once in January, bolt three times and cord five times, the last of them on the 20th; amounts are 1, 2, 3, ... of each account. */
    private WorldBuilder logins() {
        var world =
                events().member(account("acme").since("2025-01-01").with("signed_on", "2026-01-01"))
                        .member(account("bolt").since("2025-01-01").with("signed_on", "2026-01-10"))
                        .member(account("cord").since("2025-01-01"))
                        .metric("returning", "share(account : count(event) >= goal)", goal());
        for (var logins : List.of(List.of("acme", 1), List.of("bolt", 3), List.of("cord", 5))) {
            for (int at = 1; at <= (int) logins.get(1); at++) {
                world.fact(
                        "event",
                        "2026-01-%02dT10:00:00Z".formatted(4 * at),
                        logins.getFirst(),
                        "ann",
                        at == 1 ? "first" : "login",
                        at);
            }
        }
        return world;
    }

    private static Parameter goal() {
        return new Parameter("goal", DataType.INTEGER, "4");
    }

    @Test
    default void parameter_has_its_default_where_nothing_is_given() {
        expect(logins(), askMetrics("returning"), "0.333333333333");
        expectValue(logins(), "returning", "0.333333333333");
    }

    @Test
    default void parameter_of_a_formula_has_the_value_given_there() {
        expect(
                logins(),
                ask("returning(goal: 1)", "returning(goal: 3)", "returning", "returning(goal: 6)"),
                "1 | 0.666666666667 | 0.333333333333 | 0");
        expectValue(logins(), "3 * returning(goal: 3) - 3 * returning", "1");
    }

    @Test
    default void parameter_of_a_question_has_the_value_given_there() {
        var returning = new AskedMetric(new MetricReference.ByKey("returning"), null);
        expect(
                logins(),
                ask(
                        returning,
                        returning.with(new ParameterValue("goal", "3")),
                        returning.with(new ParameterValue("goal", "1"))),
                "0.333333333333 | 0.666666666667 | 1");
    }

    @Test
    default void metric_of_other_metrics_gives_each_its_own_value() {
        expect(
                logins().metric(
                                "distance",
                                "returning(goal: 1) - returning(goal: 3) + goal",
                                new Parameter("goal", DataType.DECIMAL, "0.5")),
                ask("distance", "distance(goal: -1)"),
                "0.833333333333 | -0.666666666667");
    }

    @Test
    default void metric_of_an_account_has_parameters_too() {
        expect(
                logins().metric(
                                "busy",
                                Level.ACCOUNT,
                                RollUp.SUM,
                                "case when count(event) >= goal then 1 else 0 end",
                                goal()),
                ask("busy", "busy(goal: 3)", "min(account : busy(goal: 1))"),
                "1 | 2 | 1");
    }

    @Test
    default void parameters_are_of_every_type_of_a_literal() {
        expect(
                logins().metric(
                                "some",
                                "count(event where name = kind and happened >= since and amount <= most and date(happened) < until and all_of_it)",
                                new Parameter("kind", DataType.TEXT, "login"),
                                new Parameter("since", DataType.TIMESTAMP, "2026-01-08T10:00Z"),
                                new Parameter("most", DataType.DECIMAL, "10"),
                                new Parameter("until", DataType.DATE, "2026-02-01"),
                                new Parameter("all_of_it", DataType.BOOLEAN, "true")),
                ask(
                        "some",
                        "some(kind: 'first')",
                        "some(kind: 'first', since: @2026-01-01T00:00Z)",
                        "some(most: 2.5)",
                        "some(until: @2026-01-12)",
                        "some(all_of_it: false)"),
                // Rows that are no first: two of bolt, four of cord.
                "6 | 0 | 3 | 2 | 2 | 0");
    }

    @Test
    default void parameter_counts_the_units_of_a_span() {
        expect(
                logins().metric(
                                "settled",
                                "count(account where signed_on + wait days <= @2026-01-15)",
                                new Parameter("wait", DataType.INTEGER, "7")),
                ask("settled", "settled(wait: 5)", "settled(wait: 0)", "settled(wait: 30)"),
                "1 | 2 | 2 | 0");
    }

    /** Of the month, whose last ten days begin on the 22nd, and the last 20 on the 12th: no login; those of the 12th (2), 16th and 20th. */
    @Test
    default void parameter_counts_the_units_of_a_window() {
        expect(
                logins().metric(
                                "late",
                                "count(event) over last length days",
                                new Parameter("length", DataType.INTEGER, "10")),
                ask("late", "late(length: 20)", "late(length: 28)"),
                "0 | 4 | 9");
    }

    @Test
    default void parameter_is_meant_where_a_field_has_its_name_and_a_field_by_its_name_in_full() {
        expect(
                logins().metric(
                                "large",
                                "count(event where event.amount >= amount)",
                                new Parameter("amount", DataType.INTEGER, "4")),
                ask("large", "large(amount: 3)"),
                "2 | 4");
    }

    @Test
    default void parameter_keeps_its_value_in_buckets_groups_and_totals() {
        expect(
                logins().metric("some", "count(event where amount >= goal)", goal()),
                ask("some(goal: 3)", "some").by("account").grain(Grain.MONTH).totals(),
                "2026-01-01 | bolt | 1 | 0",
                "2026-01-01 | cord | 3 | 2",
                "2026-01-01 | total | 4 | 2",
                "all | bolt | 1 | 0",
                "all | cord | 3 | 2",
                "all | total | 4 | 2");
    }
}
