package dev.cairn.testkit.opinion;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.contract.Question;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The third opinion notices what all executors would agree on: a question that was read as another, an answer that was put together wrongly. */
class VerdictTest {
    private static final World WORLD =
            World.world()
                    .entity(accounts().text("plan").integer("seats").test("is_test"))
                    .entity(users().text("role"))
                    .source(
                            source("event")
                                    .timestamp("happened")
                                    .timestamp("ended")
                                    .account("customer")
                                    .user("person")
                                    .text("name")
                                    .decimal("amount")
                                    .coverage("2026-01-03", "2026-01-20"))
                    .member(account("acme").since("2025-01-01").with("seats", 10))
                    .member(account("bolt").since("2025-01-01").with("seats", 5))
                    .member(account("trial").since("2025-01-01").with("is_test", true))
                    .cohortBy("large", "seats >= 6")
                    .cohortBy("doing", "exists(event) over last 2 days")
                    .metricEmptyIsNone("some_events", "count(event where name = 'login')")
                    .metric("all_events", "count(event where name = 'login')")
                    .fact("event", at(5), at(6), "acme", "ann", "login", 1)
                    .fact("event", at(5), null, "bolt", "ann", "login", 2)
                    .fact("event", at(6), at(9), "cord", "bob", "logout", 4)
                    .fact("event", at(7), at(7), "trial", "eve", "login", 8)
                    .fact("event", at(8), at(9), null, "ann", "", 16)
                    .fact("event", at(8), at(9), "acme", null, null, null)
                    .build();

    private static String at(int day) {
        return "2026-01-%02dT23:30:00Z".formatted(day);
    }

    private static AnalysisResult answer(Question question) {
        if (!(question.planned(WORLD.catalog()) instanceof Planned.Ready ready)) {
            throw new AssertionError("refused: " + question.planned(WORLD.catalog()));
        }
        var answer = new ReferenceExecutor(WORLD).execute(ready.plan(), Duration.ofSeconds(60));
        return ResultAssembler.assemble(ready, answer, question.query().zone());
    }

    private static Verdict verdict(AnalysisResult answer, Question asked) {
        return Verdict.on(answer, asked.query(), asked.caller(), asked.now(), WORLD);
    }

    private static Question amounts() {
        return ask("sum(event : amount)");
    }

    private static Question daily() {
        return amounts().grain(Grain.DAY).between("2026-01-01", "2026-01-12");
    }

    /** A question, and another that a careless planner might take it for. */
    static Stream<Arguments> misreadings() {
        return Stream.of(
                Arguments.of(amounts().where("name = 'login'"), amounts()),
                Arguments.of(amounts().filter("event.name", Operator.IN, "login"), amounts()),
                Arguments.of(amounts().cohort("large"), amounts()),
                Arguments.of(amounts().scope("seats > 6"), amounts()),
                Arguments.of(
                        amounts().where("account not in large"),
                        amounts().where("account is none or account not in large")),
                Arguments.of(amounts().where("account not in large"), amounts().where("seats < 6")),
                Arguments.of(
                        ask("count(account where is_test)"),
                        ask("count(account where is_test and plan = 'none')")),
                Arguments.of(
                        ask("count(event where account.is_test or true)"), ask("count(event)")),
                Arguments.of(
                        ask("distinct(event : case when amount > 0 then user end)"),
                        ask("distinct(event : case when amount > 0 then person end)")),
                Arguments.of(amounts().by("user"), amounts().by("event.person")),
                Arguments.of(ask("sum(event on ended : amount)"), amounts()),
                Arguments.of(
                        askMetrics("some_events").where("amount > 99"),
                        askMetrics("all_events").where("amount > 99")),
                Arguments.of(daily().zone("Asia/Tokyo"), daily()),
                Arguments.of(daily().asOf("2026-01-07T12:00:00Z"), daily()),
                Arguments.of(daily().totals(), daily()),
                Arguments.of(daily().sparse(), daily()),
                Arguments.of(daily().having("m1", Operator.GT, "2"), daily()),
                Arguments.of(daily().first(3), daily().first(4)),
                Arguments.of(daily().orderBy("-m1"), daily().orderBy("m1")),
                Arguments.of(daily().grain(Grain.WEEK), daily().grain(Grain.MONTH)),
                Arguments.of(
                        ask("count(event where name != 'login')"),
                        ask("count(event where not (name is 'login'))")),
                Arguments.of(
                        ask("share(event : coalesce(amount > 2, false))"),
                        ask("count(event where amount > 2) / count(event)")
                                .where("event.amount is not none")),
                Arguments.of(ask("avg(account : count(event))"), ask("count(event) / 2")),
                Arguments.of(ask("median(event : amount)"), ask("avg(event : amount)")),
                Arguments.of(ask("p50_disc(event : amount)"), ask("median(event : amount)")));
    }

    /** The same of what moves time, reads an account in a row, or is of a cell only. */
    static Stream<Arguments> misreadContexts() {
        return Stream.of(
                Arguments.of(days("count(event) over last 3 days"), days("count(event)")),
                Arguments.of(
                        days("count(event) over last 3 days"),
                        days("count(event) over last 2 days")),
                Arguments.of(days("count(event) over all before"), days("count(event) over all")),
                Arguments.of(days("prior(count(event))"), days("next(count(event))")),
                Arguments.of(
                        days("prior(count(event) over last 2 days)"),
                        days("count(event) over last 2 days")),
                Arguments.of(daily().cohort("doing"), daily()),
                Arguments.of(
                        ask("count(event where per(account : count(event)) > 1)"),
                        ask("count(event)")),
                Arguments.of(
                        ask("count(event) / total(count(event))").by("account"),
                        ask("count(event) / count(event)").by("account")),
                Arguments.of(
                        ask("count(event)", "total(count(event) by account)")
                                .by("account", "event.name"),
                        ask("count(event)", "total(count(event))").by("account", "event.name")),
                Arguments.of(ask("only(count(event) where name = 'login')"), ask("count(event)")),
                Arguments.of(
                        ask("scale(count(event), 0 to 10)"), ask("scale(count(event), 0 to 20)")),
                Arguments.of(
                        ask("weighted(1 : count(event), 3 : sum(event : amount))"),
                        ask("weighted(3 : count(event), 1 : sum(event : amount))")));
    }

    /** The same of which groups are shown. */
    static Stream<Arguments> misreadGroups() {
        var named =
                ask(
                                "sum(event : amount)",
                                "count(event)",
                                "0 - sum(event : amount)",
                                "count(event) + 0.5 * count(event where name = 'logout')",
                                "avg(event : amount)")
                        .by("event.name")
                        .totals();
        var daily = named.grain(Grain.DAY).between("2026-01-04", "2026-01-12");
        return Stream.of(
                Arguments.of(named.top(1), named),
                Arguments.of(named.top(1), named.top(2)),
                Arguments.of(named.top(1), named.top(1, "m1", false)),
                Arguments.of(named.top(1, "m1", false), named.top(1)),
                Arguments.of(named.top(1), named.top(1, "m2", true)),
                Arguments.of(named.top(1), named.top(1, "m3", true)),
                Arguments.of(named.top(2, "m2", true), named.top(2, "m4", true)),
                // Of the others three accounts have events: one of two names, so that the groups'
                // own numbers are four.
                Arguments.of(
                        numbered("account").top(1),
                        numbered("concat(account, coalesce(name, 'no name'))").top(1)),
                Arguments.of(daily.top(1), daily.top(1, "m2", true)),
                Arguments.of(daily.top(2, "m2", true), daily.top(2, "m4", true)),
                Arguments.of(daily.top(1), daily.between("2026-01-04", "2026-01-09").top(1)));
    }

    private static Question numbered(String value) {
        return ask("sum(event : amount)", "distinct(event : %s)".formatted(value)).by("event.name");
    }

    private static Question days(String formula) {
        return ask(formula).grain(Grain.DAY).between("2026-01-04", "2026-01-12");
    }

    @ParameterizedTest
    @MethodSource({"misreadings", "misreadContexts", "misreadGroups"})
    void a_question_that_was_read_as_another_is_noticed(Question asked, Question taken) {
        assertThat(verdict(answer(asked), asked)).isEqualTo(new Verdict.Agrees());
        assertThat(verdict(answer(taken), asked)).isInstanceOf(Verdict.Differs.class);
    }

    private static AnalysisResult changed(AnalysisResult result, UnaryOperator<Cell> change) {
        var rows =
                result.rows().stream()
                        .map(row ->
                                new Row(
                                        row.kind(),
                                        row.cells().stream().map(change).toList(),
                                        row.group()))
                        .toList();
        return new AnalysisResult(
                result.columns(),
                rows,
                result.hasNextPage(),
                result.cursor(),
                result.asOf(),
                List.of());
    }

    @Test
    void an_answer_without_its_reasons_parts_or_samples_is_noticed() {
        var asked = ask("sum(event : amount) / count(event)").grain(Grain.DAY).totals();
        var answer = answer(asked);
        assertThat(verdict(answer, asked)).isEqualTo(new Verdict.Agrees());
        assertThat(
                        verdict(
                                changed(
                                        answer,
                                        cell ->
                                                cell instanceof Cell.Value(var value, _)
                                                        ? new Cell.Value(value, Set.of())
                                                        : cell),
                                asked))
                .isInstanceOf(Verdict.Differs.class);
        assertThat(
                        verdict(
                                changed(
                                        answer,
                                        cell ->
                                                cell
                                                                instanceof
                                                                Cell.Time(
                                                                        var label,
                                                                        var start,
                                                                        _,
                                                                        _)
                                                        ? new Cell.Time(label, start, Set.of())
                                                        : cell),
                                asked))
                .isInstanceOf(Verdict.Differs.class);
        assertThat(verdict(changed(answer, cell -> without(cell, true)), asked))
                .isInstanceOf(Verdict.Differs.class);
        assertThat(verdict(changed(answer, cell -> without(cell, false)), asked))
                .isInstanceOf(Verdict.Differs.class);
    }

    private static Cell without(Cell cell, boolean parts) {
        return cell instanceof Cell.Value(var value, var incomplete)
                ? new Cell.Value(
                        new Measured(
                                value.value(),
                                parts ? null : value.numerator(),
                                parts ? null : value.denominator(),
                                parts ? value.sampleSize() : null,
                                value.absence()),
                        incomplete)
                : cell;
    }

    @Test
    void a_missing_next_page_is_noticed() {
        var asked = daily().first(3);
        var answer = answer(asked);
        var last =
                new AnalysisResult(
                        answer.columns(), answer.rows(), false, null, answer.asOf(), List.of());
        assertThat(verdict(last, asked)).isInstanceOf(Verdict.Differs.class);
    }

    @Test
    void of_what_is_not_known_there_is_no_opinion() {
        var asked = ask("count(event)");
        var later = ask("count(day where exists(event))");
        assertThat(verdict(answer(asked), later)).isInstanceOf(Verdict.NoOpinion.class);
    }
}
