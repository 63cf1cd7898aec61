package dev.cairn.domain.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.shape.Funnel.Attempt;
import dev.cairn.domain.shape.Funnel.Order;
import dev.cairn.domain.shape.Funnel.Step;
import dev.cairn.domain.shape.Funnel.StepField;
import dev.cairn.domain.shape.Funnel.Without;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FunnelTest {
    private static final AnalysisQuery QUARTER =
            AnalysisQuery.of(
                    List.of(),
                    new AskedRange.Between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 4, 1)),
                    ZoneOffset.UTC);

    private static Asked asked(
            List<String> steps,
            String within,
            List<String> same,
            List<Without> without,
            @Nullable StepField breakdown) {
        return new Funnel(
                        QUARTER,
                        "user",
                        steps.stream().map(facts -> new Step(facts, null)).toList(),
                        within,
                        true,
                        Order.STRICT,
                        Attempt.FURTHEST,
                        same,
                        without,
                        breakdown)
                .asked();
    }

    private static String told(Asked asked) {
        return asked.problems().stream()
                .map(problem ->
                        "%s %s %d:%d %s"
                                .formatted(
                                        problem.code(),
                                        String.join(".", problem.place().path()),
                                        problem.place().line(),
                                        problem.place().column(),
                                        problem.message()))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void a_funnel_stands_for_formulas_of_the_language() {
        var asked =
                asked(
                        List.of("event where name = 'a'", "invoice"),
                        "14 days",
                        List.of("page", "account.plan"),
                        List.of(new Without("ticket", null, null), new Without("refund", 1, 2)),
                        new StepField("amount", StepField.At.EACH));
        var attempts =
                "steps(event where name = 'a' -> invoice within 14 days inclusive per user any strict same page, account.plan without ticket without refund between 1 and 2)";
        assertThat(asked.problems()).isEmpty();
        assertThat(asked.query().metrics())
                .extracting(metric ->
                        metric.as()
                                + " = "
                                + ((MetricReference.Inline) metric.metric())
                                        .formula()
                                        .replace(attempts, "S"))
                .containsExactly(
                        "reached_1 = count(S)",
                        "reached_2 = count(S where reached >= 2)",
                        "from_first_2 = share(S : reached >= 2)",
                        "from_previous_2 = share(S where reached >= 1 : reached >= 2)",
                        "dropped_2 = count(S where reached = 1)",
                        "mean_seconds_2 = 86400 * avg(S where reached >= 2 : days(step_1_at, step_2_at))",
                        "median_seconds_2 = 86400 * median(S where reached >= 2 : days(step_1_at, step_2_at))");
        assertThat(asked.query().groupBy())
                .containsExactly(
                        "(step_1.amount) as \"amount_1\"", "(step_2.amount) as \"amount_2\"");
    }

    @Test
    void twelve_steps_fit_into_a_question() {
        var asked = asked(Collections.nCopies(12, "event"), "1 hour", List.of(), List.of(), null);
        assertThat(asked.problems()).isEmpty();
        assertThat(asked.query().metrics()).hasSize(67);
        assertThat(
                        told(
                                asked(
                                        Collections.nCopies(13, "event"),
                                        "1 hour",
                                        List.of(),
                                        List.of(),
                                        null)))
                .isEqualTo("LIMIT steps 0:0 A funnel has 2 to 12 steps, not 13.");
    }

    /** Nothing is made of what is too long. */
    @Test
    void lists_beside_the_steps_are_short() {
        var fields = Collections.nCopies(21, "page");
        var without = Collections.nCopies(21, new Without("refund", null, null));
        var asked = asked(List.of("event", "event"), "1 hour", fields, without, null);
        assertThat(asked.query().metrics()).isEmpty();
        assertThat(told(asked))
                .isEqualTo(
                        """
                        LIMIT same 0:0 A funnel has at most 20 of 'same', not 21.
                        LIMIT without 0:0 A funnel has at most 20 of 'without', not 21.\
                        """);
    }

    @Test
    void all_that_cannot_be_read_is_told_at_once() {
        assertThat(
                        told(
                                asked(
                                        List.of("event where", "event -> ticket"),
                                        "soon) or (1 day",
                                        List.of("page)"),
                                        Stream.of(
                                                        new Without("ticket", 2, 1),
                                                        new Without("ticket", 1, null),
                                                        new Without("ticket", 1, 3),
                                                        new Without("1 + 1", null, null))
                                                .toList(),
                                        new StepField("page) as x", StepField.At.LAST))))
                .isEqualTo(
                        """
                        SYNTAX steps.0.facts 1:12 Found ')', expected a value.
                        SYNTAX steps.1.facts 1:7 Found '->', expected '.', 'via', 'by', 'on', 'at', 'during', 'where', 'weight' or ':'. An aggregate reads a relation and, after ':', a value: sum(invoice : quantity * price).
                        BAD_VALUE within 0:0 'soon) or (1 day' is no span of time: write a number and minutes, hours, days, weeks, months, quarters or years, such as 14 days.
                        BAD_VALUE same.0 0:0 'page)' is not the name of a field: write one such as page or account.plan.
                        BAD_RANGE without.0 0:0 What must not happen lies between two steps, of which the second is a later one: from 1 to 2. Without both it is the whole attempt.
                        BAD_RANGE without.1 0:0 What must not happen lies between two steps, of which the second is a later one: from 1 to 2. Without both it is the whole attempt.
                        BAD_RANGE without.2 0:0 What must not happen lies between two steps, of which the second is a later one: from 1 to 2. Without both it is the whole attempt.
                        SYNTAX without.3.facts 1:1 Found '1', expected a relation. An aggregate reads a relation and, after ':', a value: sum(invoice : quantity * price).
                        BAD_VALUE breakdown.field 0:0 'page) as x' is not the name of a field: write one such as page or account.plan.\
                        """);
    }
}
