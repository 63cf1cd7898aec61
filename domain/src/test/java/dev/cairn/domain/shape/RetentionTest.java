package dev.cairn.domain.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.shape.Happening.Condition;
import dev.cairn.domain.shape.Happening.Date;
import dev.cairn.domain.shape.Happening.Facts;
import dev.cairn.domain.shape.Retention.Ages;
import dev.cairn.domain.shape.Retention.Bracket;
import dev.cairn.domain.shape.Retention.Occurrence;
import dev.cairn.domain.shape.Retention.Retained;
import dev.cairn.domain.time.Grain;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final AnalysisQuery WEEKS =
            AnalysisQuery.of(
                            List.of(),
                            new AskedRange.Between(
                                    LocalDate.of(2026, 1, 1), LocalDate.of(2026, 4, 1)),
                            ZoneOffset.UTC)
                    .withGrain(Grain.WEEK);

    private static Asked asked(
            Happening start,
            @Nullable Occurrence occurrence,
            @Nullable Happening returned,
            Retained retained,
            @Nullable String value,
            Ages ages) {
        return new Retention(WEEKS, "account", start, occurrence, returned, retained, value, ages)
                .asked();
    }

    private static Asked heads(Happening start, @Nullable Happening returned, Ages ages) {
        return asked(start, null, returned, Retained.HEADS, null, ages);
    }

    private static List<String> formulas(Asked asked) {
        return asked.query().metrics().stream()
                .map(metric ->
                        metric.as() + " = " + ((MetricReference.Inline) metric.metric()).formula())
                .toList();
    }

    private static String told(Asked asked) {
        return told(asked.problems());
    }

    private static String told(List<Problem> problems) {
        return problems.stream()
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
    void a_matrix_stands_for_formulas_of_the_language() {
        assertThat(
                        formulas(
                                heads(
                                        new Facts("event"),
                                        new Facts("ticket where urgent"),
                                        new Ages.Exact(2))))
                .containsExactly(
                        "size = count(account where exists(event) and not (exists(event) over all before))",
                        "age_0 = share(account where exists(event) and not (exists(event) over all before) : true)",
                        "age_1 = share(account where exists(event) and not (exists(event) over all before) : next(exists(ticket where urgent), 1 week))",
                        "age_2 = share(account where exists(event) and not (exists(event) over all before) : next(exists(ticket where urgent), 2 weeks))");
    }

    @Test
    void groups_are_read_at_the_start_unless_they_say_when() {
        var grouped =
                new Retention(
                                WEEKS.withGroupBy(
                                        List.of(
                                                "account.plan",
                                                "account.plan as of end",
                                                "account",
                                                "(account.seats > 5) as large")),
                                "account",
                                new Facts("event"),
                                null,
                                null,
                                Retained.HEADS,
                                null,
                                new Ages.Exact(0))
                        .asked();
        assertThat(grouped.query().groupBy())
                .containsExactly(
                        "account.plan as of start",
                        "account.plan as of end",
                        "account",
                        "(account.seats > 5) as large");
    }

    @Test
    void a_comment_hides_nothing_that_follows_what_was_written() {
        assertThat(
                        formulas(
                                asked(
                                        new Condition("seats > 0 -- paid"),
                                        null,
                                        null,
                                        Retained.HEADS,
                                        null,
                                        new Ages.Exact(0))))
                .first()
                .isEqualTo("size = count(account where (seats > 0 -- paid\n))");
    }

    @Test
    void texts_that_cannot_be_read_are_reported_at_their_place_once() {
        assertThat(
                        told(
                                heads(
                                        new Facts("event where"),
                                        new Condition("1 +\n* 2"),
                                        new Ages.Exact(3))))
                .isEqualTo(
                        """
                        SYNTAX start.facts 1:12 Found ')', expected a value.
                        SYNTAX returned.condition 2:1 Found '*', expected a value.\
                        """);
    }

    @Test
    void what_is_no_relation_is_no_fact() {
        assertThat(told(heads(new Facts("event) or exists(ticket"), null, new Ages.Exact(1))))
                .isEqualTo(
                        "SYNTAX start.facts 0:0 'event) or exists(ticket' is not a relation: write a source and its conditions, such as event where name = 'login'.");
        assertThat(told(heads(new Facts("event : amount"), null, new Ages.Exact(1))))
                .startsWith("SYNTAX start.facts");
    }

    @Test
    void problems_of_a_formula_stand_where_the_part_was_written() {
        var asked = heads(new Facts("event"), new Facts("ticket where urgnt"), new Ages.Exact(2));
        var column = formulas(asked).get(2).indexOf("urgnt") + 1 - "age_1 = ".length();
        var problem =
                Problem.of(
                        ProblemCode.UNKNOWN_FIELD,
                        Place.of("metrics", "2", "metric", "formula").at(1, column),
                        "No field.");
        assertThat(told(asked.placed(List.of(problem))))
                .isEqualTo("UNKNOWN_FIELD returned.facts 1:14 No field.");
        var grain = Problem.of(ProblemCode.LIMIT, Place.of("grain"), "Too fine.");
        assertThat(told(asked.placed(List.of(grain, grain))))
                .isEqualTo("LIMIT frame.grain 0:0 Too fine.");
    }

    @Test
    void what_has_no_meaning_is_refused_with_what_to_write_instead() {
        assertThat(
                        told(
                                new Retention(
                                                WEEKS.withGrain(null),
                                                "Accounts",
                                                new Condition("seats > 0"),
                                                Occurrence.FIRST_TIME,
                                                null,
                                                Retained.HEADS,
                                                "seats",
                                                new Ages.OnOrAfter(-1))
                                        .asked()))
                .isEqualTo(
                        """
                        BAD_VALUE of 0:0 'Accounts' is not the name of an entity: write account, user or another that is declared.
                        INCOMPATIBLE occurrence 0:0 When a condition held for the first time is not known, only in which periods it holds: start by a relation or a date, or count each period (recurring).
                        MISSING frame.grain 0:0 Retention needs a grain, in which periods ages are counted: hour, day, week, month, quarter or year.
                        BAD_VALUE ages 0:0 Ages begin with 0: write 0 or more, not -1.
                        LIMIT ages 0:0 Ask for 1 to 60 ages at once, not 0. Brackets take many ages together.
                        INCOMPATIBLE start 0:0 Coming back in the period of an age or later is told by facts: write a relation, not a condition or a date.
                        INCOMPATIBLE value 0:0 Heads have no value: leave it out, or ask for the net or gross value.\
                        """);
        assertThat(
                        told(
                                asked(
                                        new Date("signed_on"),
                                        Occurrence.RECURRING,
                                        null,
                                        Retained.NET_VALUE,
                                        null,
                                        new Ages.Brackets(
                                                List.of(new Bracket(3, 1), new Bracket(1, 4))))))
                .isEqualTo(
                        """
                        INCOMPATIBLE occurrence 0:0 A date is in one period only, so nothing recurs: leave out that it does, or start by a relation or a condition.
                        BAD_RANGE ages 0:0 A bracket reaches from an age to the same or a later one, 1 to 7; not from 3 to 1.
                        INCOMPATIBLE retained 0:0 A value is of one period, not of a stretch of ages: ask for exact ages, with a coarser grain if need be.
                        MISSING value 0:0 Say the value that is retained: a formula or a metric of one account, such as mrr.\
                        """);
        assertThat(told(heads(new Date("signed_on"), null, new Ages.Exact(1))))
                .isEqualTo(
                        "MISSING returned 0:0 A date comes once: write what counts as coming back, such as a relation.");
        assertThat(told(heads(new Facts("event"), null, new Ages.Exact(60))))
                .isEqualTo(
                        "LIMIT ages 0:0 Ask for 1 to 60 ages at once, not 61. Brackets take many ages together.");
        assertThat(told(heads(new Facts("event"), null, new Ages.Brackets(List.of()))))
                .startsWith("LIMIT ages 0:0 Ask for 1 to 60 ages at once, not 0.");
    }

    @Test
    void attributes_that_would_not_move_with_the_period_are_refused() {
        var refused =
                "'account.plan' does not move with the period, so it would be that of another one: tell it by facts, group by it, or put it into a condition of the whole question.";
        assertThat(
                        told(
                                heads(
                                        new Facts("event"),
                                        new Condition("exists(event) and account.plan = 'pro'"),
                                        new Ages.Exact(1))))
                .isEqualTo("INCOMPATIBLE returned.condition 0:0 " + refused);
        assertThat(
                        told(
                                asked(
                                        new Facts("event"),
                                        null,
                                        null,
                                        Retained.NET_VALUE,
                                        "case when account.plan = 'pro' then count(event) end",
                                        new Ages.Exact(1))))
                .isEqualTo("INCOMPATIBLE value 0:0 " + refused);
        assertThat(
                        told(
                                heads(
                                        new Facts("event"),
                                        new Condition("exists(event) and account in paying"),
                                        new Ages.Exact(1))))
                .isEmpty();
        // What a relation says of its rows is read with them.
        assertThat(
                        told(
                                heads(
                                        new Facts("event"),
                                        new Condition("exists(event where account.plan = 'pro')"),
                                        new Ages.Exact(1))))
                .isEmpty();
    }
}
