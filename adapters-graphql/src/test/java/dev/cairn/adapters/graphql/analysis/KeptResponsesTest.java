package dev.cairn.adapters.graphql.analysis;

import static dev.cairn.adapters.graphql.Samples.bucket;
import static dev.cairn.adapters.graphql.Samples.measure;
import static dev.cairn.adapters.graphql.Samples.row;
import static dev.cairn.adapters.graphql.Samples.time;
import static dev.cairn.adapters.graphql.Samples.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Fakes;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A response is kept for as long as its answers are the same, and asks for them each time. */
class KeptResponsesTest extends SliceTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired private KeptResponses responses;

    /** Another question for each test: what others left behind is none of its. */
    private final String asked =
            "analyze(input: {metrics: [{metric: {key: \"n%d\"}}], timeRange: {last: {count: 1, grain: DAY}}})"
                    .formatted(NUMBER.incrementAndGet());

    @Test
    void one_sent_a_third_time_is_found_and_asks_its_question_again() {
        analyses.answers(answer(1));
        var document =
                "{ "
                        + asked
                        + " { __typename columns { key } records rows { kind cells { number } } } }";
        var first = keep(document);
        Fakes.DEADLINES.clear();
        analyses.asked.clear();

        var again = found(document);

        assertThat(again).isEqualTo(first).contains("\"n\":1");
        assertThat(analyses.asked).hasSize(1);
        assertThat(Fakes.DEADLINES).hasSize(1);
        assertThat(Fakes.DEADLINES.getFirst().left()).isLessThan(Duration.ofHours(1));
    }

    @Test
    void another_answer_is_told_at_once_and_asked_for_once() {
        analyses.answers(answer(1));
        var document = "{ " + asked + " { records } }";
        keep(document);
        analyses.answers(answer(2));
        analyses.asked.clear();

        assertThat(made(document)).contains("\"n\":2").doesNotContain("\"n\":1");
        assertThat(analyses.asked).hasSize(1);
        analyses.answers(answer(1));
        assertThat(made(document)).contains("\"n\":1");
    }

    @Test
    void what_is_said_beside_the_same_rows_is_told_at_once() {
        analyses.answers(answer(1));
        var document = "{ " + asked + " { records notices { message } } }";
        keep(document);

        analyses.answers(answer(1).withNotices(List.of(new Notice("A", "Now.", null))));

        assertThat(made(document)).contains("Now.");
    }

    @Test
    void as_of_and_the_cursor_are_those_of_now() {
        var document =
                "query { one: %s { now: asOf page: pageInfo { hasNextPage end: endCursor } records ... on Analysis { asOf pageInfo { endCursor } } } }"
                        .formatted(asked);
        analyses.answers(answer(1).withCursor("c1"));
        var before = keep(document);
        analyses.answers(
                new AnalysisResult(
                        answer(1).columns(),
                        answer(1).rows(),
                        false,
                        "c2",
                        Instant.parse("2026-02-01T00:00:00Z"),
                        List.of()));

        assertThat(found(document))
                .isEqualTo(
                        before.replace("c1", "c2")
                                .replace("2026-01-31T10:00:00Z", "2026-02-01T00:00:00Z"))
                .contains("\"end\":\"c2\"", "\"endCursor\":\"c2\"", "\"asOf\":\"2026-02-01");
    }

    @Test
    void each_caller_has_his_own() {
        analyses.answers(answer(1));
        var document = "{ " + asked + " { records } }";
        keep(document);
        analyses.callers.clear();
        long found = responses.counts().found();

        var scoped = scoped(document);

        assertThat(scoped.response().body()).contains("\"n\":1");
        assertThat(responses.counts().found()).isEqualTo(found);
        assertThat(analyses.callers).singleElement().matches(Caller::isScoped);
    }

    @Test
    void who_may_see_some_accounts_is_asked_for_as_such_where_it_is_found() {
        analyses.answers(answer(1));
        var document = "{ " + asked + " { records } }";
        scoped(document);
        scoped(document);
        analyses.callers.clear();
        long found = responses.counts().found();

        scoped(document);

        assertThat(responses.counts().found()).isEqualTo(found + 1);
        assertThat(analyses.callers).singleElement().matches(Caller::isScoped);
    }

    @Test
    void other_variables_are_another_question_and_another_shape() {
        analyses.does(question -> new Outcome.Answered(answer(question.first())));
        var document =
                "query ($first: Int, $short: Boolean!) { %s { records notices @skip(if: $short) { code } } }"
                        .formatted(asked.replace("{metrics", "{first: $first, metrics"));
        keep(document, Map.of("first", 7, "short", true));

        assertThat(made(document, Map.of("first", 8, "short", true))).contains("\"n\":8");
        assertThat(made(document, Map.of("first", 7, "short", false))).contains("notices");
        assertThat(found(document, Map.of("first", 7, "short", true)))
                .contains("\"n\":7")
                .doesNotContain("notices");
    }

    @Test
    void another_operation_of_the_document_is_another_request() {
        analyses.answers(answer(1));
        var both =
                "query A { %s { records } } query B { %s { columns { key } } }"
                        .formatted(asked, asked);
        for (int time = 0; time < 3; time++) {
            assertThat(named(both, "A")).contains("records").doesNotContain("columns");
        }
        assertThat(named(both, "B")).contains("columns").doesNotContain("records");
    }

    @Test
    void of_several_questions_each_has_its_answer_of_now() {
        analyses.answers(answer(1));
        var document =
                "{ __typename a: %1$s { ...of } b: %1$s { ...of columns { key } } } fragment of on Analysis { records }"
                        .formatted(asked);
        var first = keep(document);
        assertThat(found(document)).isEqualTo(first).contains("\"a\":", "\"b\":", "\"Query\"");
        var numbers = new AtomicInteger(10);
        analyses.does(_ -> new Outcome.Answered(answer(numbers.incrementAndGet())));

        assertThat(made(document)).contains("\"n\":11").contains("\"n\":12");
        assertThat(numbers).hasValue(12);
    }

    @Test
    void a_refusal_after_an_answer_is_told_and_none_is_kept() {
        analyses.answers(answer(1));
        var document = "{ a: %1$s { records } b: %1$s { records } }".formatted(asked);
        keep(document);
        analyses.rejects(Problem.of(ProblemCode.UNKNOWN_METRIC, Place.of("metrics"), "No."));
        for (int time = 0; time < 4; time++) {
            assertThat(made(document)).contains("\"errors\"", "UNKNOWN_METRIC");
        }
        analyses.does(_ -> {
            throw new IllegalStateException("broken");
        });
        assertThat(made(document)).contains("INTERNAL_ERROR").doesNotContain("broken");
    }

    @Test
    void what_is_read_from_elsewhere_is_read_each_time() {
        analyses.answers(answer(1));
        for (var elsewhere :
                List.of(
                        "trust { source }",
                        "columns { metric { key } }",
                        "rows { ... on AnalysisRow { cells { members(first: 1) { records } } } }")) {
            var document = "{ " + asked + " { records " + elsewhere + " } }";
            for (int time = 0; time < 4; time++) {
                made(document);
            }
        }
        for (int time = 0; time < 4; time++) {
            assertThat(made("{ " + asked + " { records } metrics { totalCount } }"))
                    .contains("totalCount");
        }
    }

    @Test
    void one_that_asks_nothing_is_none_of_them() {
        for (int time = 0; time < 4; time++) {
            assertThat(made("{ __typename }")).contains("Query");
        }
    }

    @Test
    void no_more_is_kept_than_may_be() {
        analyses.answers(answer(1));
        for (int number = 0; number < 400; number++) {
            keep("{ a%d: %s { records } }".formatted(number, asked));
        }

        assertThat(responses.counts().bytes())
                .isPositive()
                .isLessThanOrEqualTo(SliceTest.KEPT_RESPONSES);
    }

    private static AnalysisResult answer(int number) {
        return new AnalysisResult(
                List.of(time(), measure("n", null)),
                List.of(row(bucket("2026-01-01"), value(new BigDecimal(number)))),
                false,
                null,
                Instant.parse("2026-01-31T10:00:00Z"),
                List.of());
    }

    private String keep(String document) {
        return keep(document, Map.of());
    }

    /** Sent so often that its response is kept. */
    private String keep(String document, Map<String, ? extends @Nullable Object> variables) {
        made(document, variables);
        return made(document, variables);
    }

    private String made(String document) {
        return made(document, Map.of());
    }

    private String made(String document, Map<String, ? extends @Nullable Object> variables) {
        return sent(document, variables, 0);
    }

    private String found(String document) {
        return found(document, Map.of());
    }

    private String found(String document, Map<String, ? extends @Nullable Object> variables) {
        return sent(document, variables, 1);
    }

    private String sent(
            String document, Map<String, ? extends @Nullable Object> variables, int times) {
        long before = responses.counts().found();
        var body = ask(document, variables).response().body();
        assertThat(responses.counts().found() - before).as(body).isEqualTo(times);
        return body;
    }

    private String named(String document, String operation) {
        return post(
                        "{\"query\": \"%s\", \"operationName\": \"%s\"}"
                                .formatted(document.replace("\"", "\\\""), operation),
                        "application/json",
                        "application/graphql-response+json")
                .response()
                .body();
    }
}
