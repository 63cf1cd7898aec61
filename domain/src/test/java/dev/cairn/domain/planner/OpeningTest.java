package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.MembersQuery.By;
import dev.cairn.domain.analysis.MembersQuery.Part;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpeningTest {
    private static Planned opened(Object value) {
        var question = ask("events").by("account.plan");
        var row =
                new Answer.Row(
                        RowKind.CELL,
                        0,
                        List.of(GroupValue.of("pro")),
                        List.of(new Measured(value, null, null, 7L, null)));
        return opened(
                MembersQuery.of(
                        question.query(), RowKey.of(question.ready(shop()), row), "events"));
    }

    private static Planned opened(MembersQuery asked) {
        return Opening.plan(
                asked,
                new ResolvedMetrics(shop().build()),
                Caller.LOCAL,
                Question.NOW,
                Cancellation.NEVER,
                CoverageStarts.NONE,
                _ -> List.of());
    }

    @Test
    void a_key_of_a_row_opens_it() {
        assertThat(opened(new BigDecimal("7"))).isInstanceOf(Planned.Ready.class);
    }

    @Test
    void a_question_may_say_by_now_as_of_when_it_was_answered_and_nothing_else() {
        var cell = cell(ask("events").by("account.plan"), "events");
        assertThat(opened(cell.of(cell.question().withAsOf(Question.NOW))))
                .isInstanceOf(Planned.Ready.class);
        assertThat(opened(cell.of(cell.question().withAsOf(Question.NOW.minusSeconds(1)))))
                .isInstanceOf(Planned.Rejected.class);
    }

    /** A notice that the cell has changed would write them out, and compare them. */
    static Stream<Object> madeUp() {
        return Stream.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                new BigDecimal("1E+999999999"),
                new BigDecimal("1E-999999999"));
    }

    @ParameterizedTest
    @MethodSource("madeUp")
    void a_key_of_a_value_that_no_row_has_is_refused(Object value) {
        assertThat(opened(value)).isInstanceOf(Planned.Rejected.class);
        assertThat(((Planned.Rejected) opened(value)).problems())
                .extracting(Question::brief)
                .containsExactly("BAD_KEY key");
    }

    // ---- what is refused, in full

    private static List<GroupValue> pro(Question question) {
        return question.query().groupBy().stream()
                .map(key ->
                        switch (key) {
                            case "age month", "age month from account.signed" ->
                                    GroupValue.of(BigDecimal.ONE);
                            case "account.signed by month" ->
                                    GroupValue.of(LocalDate.of(2026, 1, 1));
                            default -> GroupValue.of("pro");
                        })
                .toList();
    }

    private static MembersQuery cell(Question question, String column) {
        return cell(question, column, new BigDecimal("7"));
    }

    private static MembersQuery cell(Question question, String column, @Nullable Object value) {
        var ready = question.ready(shop());
        var values =
                ready.plan().outputs().stream()
                        .map(output ->
                                new Measured(
                                        value,
                                        output.numerator() == null ? null : BigDecimal.ONE,
                                        output.denominator() == null ? null : BigDecimal.TWO,
                                        7L,
                                        value == null ? Absence.NOT_YET : null))
                        .toList();
        var group = pro(question);
        var row = new Answer.Row(RowKind.CELL, 0, group, values);
        return MembersQuery.of(question.query(), RowKey.of(ready, row), column);
    }

    private static Arguments refused(MembersQuery asked, String told) {
        return Arguments.of(asked, told);
    }

    static Stream<Arguments> refusals() {
        var events = ask("events").by("account.plan");
        var share = formula("share(nps : score >= 9)").by("account.plan");
        return Stream.of(
                refused(
                        MembersQuery.of(events.query(), "garbage", "events"),
                        """
                          BAD_KEY key: This is no key of a row; take it unchanged from the answer to the question.
                        """),
                refused(
                        cell(events, "events").of(ask("events").query()),
                        """
                          BAD_KEY key: This key is not of this question as this caller may ask it; ask the question again and take the key from its answer.
                        """),
                refused(
                        cell(events, "evnts"),
                        """
                          UNKNOWN_COLUMN column: No metric 'evnts' in the answer; it has events. Did you mean 'events'?
                            > events
                        """),
                refused(
                        cell(events, "account.plan"),
                        """
                          INCOMPATIBLE column: 'account.plan' is not computed, so nothing is behind it; open one of events.
                        """),
                refused(
                        cell(events, "events").part(Part.NUMERATOR),
                        """
                          INCOMPATIBLE part: 'events' is no ratio and has no numerator; open its value.
                            > VALUE
                        """),
                refused(
                        cell(events, "events").page(0, null),
                        """
                          BAD_PAGE first: Ask for a page of 1 to 10000 rows, not 0.
                        """),
                refused(
                        cell(events, "events").page(5, "garbage"),
                        """
                          BAD_PAGE after: This cursor is not of this question; ask again from the first page.
                        """),
                refused(
                        cell(share, "x").by(By.ROW).part(Part.DENOMINATOR).page(0, null),
                        """
                          BAD_PAGE first: Ask for a page of 1 to 10000 rows, not 0.
                        """),
                refused(
                        cell(ask("warmth"), "warmth"),
                        """
                          INCOMPATIBLE by: 'weather' is of no account; open the cell by ROW.
                        """),
                refused(
                        cell(ask("warmth"), "warmth").by(By.USER),
                        """
                          INCOMPATIBLE by: 'weather' is of no user; open the cell by ROW.
                        """),
                refused(
                        cell(ask("revenue"), "revenue").by(By.USER),
                        """
                          INCOMPATIBLE by: 'invoice' is of no user; open the cell by ACCOUNT.
                        """),
                refused(
                        cell(ask("usage"), "usage").by(By.ROW),
                        """
                          INCOMPATIBLE by: 'usage' is made of accounts, which are no rows of a source; open the cell by ACCOUNT.
                        """),
                refused(
                        cell(formula("count(event) + count(ticket)"), "x").by(By.ROW),
                        """
                          INCOMPATIBLE by: 'x' is made of rows of event and ticket, which have not the same fields; open the cell by ACCOUNT.
                        """),
                refused(
                        cell(formula("1 + 2"), "x"),
                        """
                          INCOMPATIBLE column: 'x' reads no facts and no members; nothing is behind it.
                        """),
                refused(
                        cell(formula("total(count(event))").by("account.plan"), "x"),
                        """
                          INCOMPATIBLE column: 'x' is a total, the same for all groups; open that of a question without groups.
                        """),
                refused(
                        cell(formula("1 + rank(count(event))").by("account.plan"), "x"),
                        """
                          INCOMPATIBLE column: 'x' is computed from ranks among all groups, which have no parts; ask for what is ranked as a column of its own, and open that.
                        """),
                refused(
                        cell(formula("count(steps(event -> event within 7 days per account))"), "x")
                                .by(By.USER),
                        """
                          INCOMPATIBLE by: 'x' is made of attempts of accounts, of each of which one counts, whatever its user; open the cell by ACCOUNT, or ask for attempts per user.
                        """),
                refused(
                        cell(formula("count(event) / count(ticket)"), "x").by(By.ROW),
                        """
                          INCOMPATIBLE by: 'x' is made of rows of event and ticket, which have not the same fields; open its numerator, its denominator, or the cell by ACCOUNT.
                        """),
                refused(
                        cell(
                                formula("count(event)")
                                        .by(
                                                "age month from account.signed",
                                                "account.signed by month")
                                        .each(Grain.MONTH),
                                "x",
                                null),
                        """
                          INCOMPATIBLE key: The cell has no value: time has not reached the age of its group in this bucket, or there is nothing of it. Open one that has a value, or of a ratio the part that has one.
                        """),
                refused(
                        cell(formula("count(account)").by("age month"), "x"),
                        """
                          INCOMPATIBLE key: 'x' is grouped by an age of what is at no one time: a row is of an age in a unit of time, and in the cell for each of them. Add 'account' to the groups of the question; its rows of this age are the parts.
                        """));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_cell_is_not_opened_in_these_words(MembersQuery asked, String told) {
        var planned =
                Opening.plan(
                        asked,
                        new ResolvedMetrics(shop().build()),
                        Caller.LOCAL,
                        Question.NOW,
                        Cancellation.NEVER,
                        CoverageStarts.NONE,
                        _ -> List.of());
        assertThat(planned).isInstanceOf(Planned.Rejected.class);
        assertThat(Refusals.told(((Planned.Rejected) planned).problems())).isEqualTo(told);
    }
}
