package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KnownThenTest {
    private static final Instant THEN = Instant.parse("2026-02-01T00:00:00Z");

    private static Planned planned(Question question, Instant knownAt, Catalog catalog) {
        return Planner.plan(
                question.query().withKnownAt(knownAt), catalog, Caller.LOCAL, Question.NOW);
    }

    private static Planned.Ready ready(Question question) {
        return (Planned.Ready) planned(question, THEN, shop().build());
    }

    @Test
    void what_is_known_at_an_instant_is_known_as_of_it_unless_said() {
        assertThat(ready(ask("events")).plan().time())
                .satisfies(time -> assertThat(time.knownAt()).isEqualTo(THEN))
                .satisfies(time -> assertThat(time.asOf()).isEqualTo(THEN));
        assertThat(ready(ask("events").asOf("2026-01-20T00:00:00Z")).plan().time())
                .satisfies(time -> assertThat(time.knownAt()).isEqualTo(THEN))
                .satisfies(time -> assertThat(time.asOf()).isEqualTo("2026-01-20T00:00:00Z"));
        assertThat(ask("events").ready(shop()).plan().time().knownAt()).isNull();
    }

    @Test
    void what_will_be_known_is_refused_and_what_is_known_now_is_not() {
        var later = Question.NOW.plusNanos(1000);

        assertThat(planned(ask("events"), Question.NOW, shop().build()))
                .isInstanceOf(Planned.Ready.class);
        assertThat(((Planned.Rejected) planned(ask("events"), later, shop().build())).problems())
                .singleElement()
                .isEqualTo(
                        Problem.of(
                                ProblemCode.BAD_RANGE,
                                Place.of("knownAt"),
                                "What will be known at 2026-07-01T12:00:00.000001Z is not decided yet: it is 2026-07-01T12:00:00Z. Ask for an instant that has passed, or leave it out."));
    }

    @Test
    void pages_are_of_one_question_of_what_was_known() {
        assertThat(ready(ask("events")).fingerprint())
                .isNotEqualTo(ask("events").ready(shop()).fingerprint());
    }

    @Test
    void plan_says_what_is_read() {
        assertThat(PlanWords.of(ready(ask("events")).plan()).getFirst())
                .endsWith(
                        ", as of 2026-02-01T00:00:00Z, of what was known at 2026-02-01T00:00:00Z");
    }

    @Test
    void definitions_that_have_changed_since_are_named() {
        var definitions = shop().build();
        var catalog =
                Catalog.of(
                        1,
                        definitions.entries(),
                        List.of(),
                        Map.of(
                                "event", THEN.plusSeconds(1),
                                "invoice", THEN.plusSeconds(1),
                                "events", THEN.plusSeconds(1),
                                "pilots", THEN.plusSeconds(1),
                                "account", THEN.minusSeconds(1)));
        var question = ask("events").cohort("pilots");

        assertThat(((Planned.Ready) planned(question, THEN, catalog)).notices())
                .filteredOn(notice -> notice.code().equals(KnownThen.DEFINED_SINCE))
                .extracting(Notice::message)
                .containsExactly(
                        "What was known at 2026-02-01T00:00:00Z is read by the definitions of today, of which these have changed since: 'event', 'events', 'pilots'.");
        assertThat(((Planned.Ready) planned(question, THEN.plusSeconds(1), catalog)).notices())
                .extracting(Notice::code)
                .doesNotContain(KnownThen.DEFINED_SINCE);
    }

    /** Names in the notice where every definition but those of members has changed since. */
    private static String definedSince(Question question) {
        var definitions = shop().build();
        var changed =
                definitions.entries().stream()
                        .filter(entry -> !(entry.definition() instanceof Entity))
                        .collect(Collectors.toMap(Entry::name, _ -> THEN.plusSeconds(1)));
        var catalog = Catalog.of(1, definitions.entries(), List.of(), changed);
        return ((Planned.Ready) planned(question, THEN, catalog))
                .notices().stream()
                        .filter(notice -> notice.code().equals(KnownThen.DEFINED_SINCE))
                        .map(notice -> notice.message().replaceFirst(".*: ", ""))
                        .collect(Collectors.joining());
    }

    @Test
    void definitions_that_others_are_made_of_are_named_near_or_far() {
        assertThat(definedSince(formula("count(promoter)")))
                .isEqualTo("'nps', 'promoter', 'survey'.");
        assertThat(definedSince(ask("nps_score"))).isEqualTo("'nps', 'nps_score', 'survey'.");
        assertThat(definedSince(formula("events / 2"))).isEqualTo("'event', 'events'.");
        assertThat(definedSince(formula("count(event) over fiscal.quarter to date")))
                .isEqualTo("'event', 'fiscal'.");
        assertThat(definedSince(formula("sum(invoice : convert(amount, 'USD'))")))
                .isEqualTo("'fx', 'invoice'.");
        assertThat(definedSince(ask("events").cohort("big")))
                .isEqualTo("'big', 'event', 'events'.");
        assertThat(definedSince(formula("count(account where usage > 1)")))
                .isEqualTo("'event', 'usage'.");
    }

    @Test
    void accounts_that_are_read_for_facts_are_as_known_now_too() {
        assertThat(ready(formula("count(weather)")).notices()).isEmpty();
        assertThat(ready(formula("count(weather)").by("weather.city")).notices()).isEmpty();
        for (var question :
                List.of(
                        formula("count(account)"),
                        formula("avg(day : count(account))"),
                        formula("count(event where account.plan = 'pro')"),
                        formula("count(event)").by("account.plan"),
                        formula("count(event)").where("account.plan = 'pro'"))) {
            assertThat(ready(question).notices())
                    .extracting(Notice::code)
                    .containsExactly(KnownThen.MEMBERS_AS_NOW);
        }
    }
}
