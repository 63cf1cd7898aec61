package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.files.definition.DefinitionFile;
import dev.cairn.adapters.files.definition.DefinitionReader;
import dev.cairn.application.port.in.DefineUseCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/** Nothing that a question may say is accepted and ignored: each field changes the answer. */
@TestInstance(Lifecycle.PER_CLASS)
class AnalysisInputFieldsTest {
    private static final Map<String, Object> BASE =
            Map.of(
                    "metrics", List.of(key("sample_active_users")),
                    "timeRange", between("2026-01-01", "2026-07-01"));

    /** Per field: a question, and the same with that field otherwise. */
    private static final Map<String, Change> CHANGES = changes();

    private record Change(Map<String, Object> before, String field, Object value) {
        Map<String, Object> after() {
            return with(before, field, value);
        }
    }

    private RunningCairn cairn;

    @BeforeAll
    void start() {
        cairn = new RunningCairn();
        SmallCompany.fill(cairn);
        define("{calendar: fiscal, year_begins: 02-01}");
        define(
                "{baseline: nps_then, metric: sample_nps, value: 1, from: 2025-01-01, until: 2026-01-01, kept: 2026-01-01}");
    }

    private void define(String definition) {
        var read =
                DefinitionReader.read(List.of(new DefinitionFile("definitions.yaml", definition)));
        var outcome =
                cairn.bean(DefineUseCase.class)
                        .define(new DefineUseCase.Request(read.drafts(), false, false));
        assertThat(read.problems()).isEmpty();
        assertThat(outcome).isNotInstanceOf(DefineUseCase.Outcome.Rejected.class);
    }

    @AfterAll
    void stop() {
        cairn.close();
    }

    private static Map<String, Object> key(String metric) {
        return Map.of("metric", Map.of("key", metric));
    }

    private static Map<String, Object> between(String from, String to) {
        return Map.of("between", Map.of("from", from, "to", to));
    }

    private static Map<String, Object> with(
            Map<String, Object> question, String field, Object value) {
        var changed = new LinkedHashMap<>(question);
        changed.put(field, value);
        return changed;
    }

    private static Map<String, Object> where(String field, String op, String... values) {
        return Map.of("where", Map.of("field", field, "op", op, "values", List.of(values)));
    }

    private static Map<String, Change> changes() {
        var byMonth = with(BASE, "grain", "MONTH");
        var byAccount = with(BASE, "groupBy", List.of("account"));
        var oneAccount = with(byMonth, "filter", where("account", "IN", "acme-29"));
        var changes = new LinkedHashMap<String, Change>();
        changes.put("metrics", new Change(BASE, "metrics", List.of(key("sample_revenue"))));
        changes.put("groupBy", new Change(BASE, "groupBy", List.of("account.plan")));
        changes.put("grain", new Change(BASE, "grain", "QUARTER"));
        changes.put("calendarGrain", new Change(BASE, "calendarGrain", "fiscal.quarter"));
        changes.put(
                "timeRange", new Change(BASE, "timeRange", between("2026-01-01", "2026-02-01")));
        changes.put(
                "timeZone", new Change(with(byMonth, "grain", "DAY"), "timeZone", "Asia/Tokyo"));
        changes.put(
                "weekStarts", new Change(with(byMonth, "grain", "WEEK"), "weekStarts", "SUNDAY"));
        changes.put("filter", new Change(BASE, "filter", where("account.plan", "IN", "pro")));
        changes.put("where", new Change(BASE, "where", "account.plan = 'pro'"));
        changes.put("cohort", new Change(BASE, "cohort", Map.of("key", "sample_large_plans")));
        changes.put("compareTo", new Change(byMonth, "compareTo", Map.of("previous", true)));
        changes.put(
                "having", new Change(byAccount, "having", where("sample_active_users", "GT", "3")));
        changes.put("asOf", new Change(BASE, "asOf", "2026-02-03T04:05:06Z"));
        changes.put("knownAt", new Change(BASE, "knownAt", "2020-02-03T04:05:06Z"));
        changes.put("totals", new Change(byMonth, "totals", true));
        changes.put(
                "orderBy",
                new Change(
                        byAccount,
                        "orderBy",
                        List.of(Map.of("column", "sample_active_users", "order", "DESC"))));
        changes.put("first", new Change(byMonth, "first", 2));
        changes.put(
                "after",
                new Change(with(byMonth, "first", 2), "after", "the cursor of the first page"));
        changes.put(
                "fillGaps",
                new Change(with(oneAccount, "groupBy", List.of("account")), "fillGaps", false));
        changes.put(
                "targets",
                new Change(with(BASE, "metrics", List.of(key("sample_nps"))), "targets", true));
        changes.put(
                "baselines",
                new Change(with(BASE, "metrics", List.of(key("sample_nps"))), "baselines", true));
        changes.put("top", new Change(byAccount, "top", Map.of("groups", 2)));
        return changes;
    }

    private JsonNode analyze(Map<String, Object> question) {
        var answer =
                cairn.ask(
                        """
                        query($input: AnalysisInput!) { analyze(input: $input) {
                          columns { key } rows { kind cells { column text } } pageInfo { endCursor hasNextPage } } }\
                        """,
                        Map.of("input", question));
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        return answer.at("/data/analyze");
    }

    @TestFactory
    Stream<DynamicTest> changes_the_answer() {
        return CHANGES.entrySet().stream()
                .map(entry ->
                        DynamicTest.dynamicTest(
                                entry.getKey(), () -> changes_the_answer(entry.getValue())));
    }

    private void changes_the_answer(Change change) {
        var before = analyze(change.before());
        var after =
                change.field().equals("after")
                        ? analyze(
                                with(
                                        change.before(),
                                        "after",
                                        before.at("/pageInfo/endCursor").stringValue()))
                        : analyze(change.after());
        assertThat(after.get("rows")).isNotEqualTo(before.get("rows"));
    }

    @Test
    void every_field_of_the_input_has_such_a_test() {
        var fields = new TreeSet<String>();
        cairn.ask("{ __type(name: \"AnalysisInput\") { inputFields { name } } }", Map.of())
                .at("/data/__type/inputFields")
                .forEach(field -> fields.add(field.get("name").stringValue()));
        assertThat(CHANGES.keySet()).containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void pages_put_together_are_the_whole() {
        var question =
                with(
                        with(BASE, "grain", "WEEK"),
                        "groupBy",
                        List.of("account.plan", "account.region"));
        var whole = new ArrayList<JsonNode>();
        analyze(with(question, "first", 10_000)).get("rows").forEach(whole::add);
        var paged = new ArrayList<JsonNode>();
        var page = analyze(with(question, "first", 7));
        page.get("rows").forEach(paged::add);
        while (page.at("/pageInfo/hasNextPage").booleanValue()) {
            page =
                    analyze(
                            with(
                                    with(question, "first", 7),
                                    "after",
                                    page.at("/pageInfo/endCursor").stringValue()));
            page.get("rows").forEach(paged::add);
        }
        assertThat(paged).isEqualTo(whole);
    }
}
