package dev.cairn.bootstrap.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cairn.application.port.AuditSearch;
import dev.cairn.application.port.in.AuditUseCase;
import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.execution.GraphQlSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may see some accounts is answered as where there are no others. There are two companies: one has the accounts of two callers, the other those
 * of one; what that one is told must be the same in both, and nothing in it may be of the other.
 */
class ScopeTest {
    private static final List<String> SETTINGS =
            List.of(
                    "cairn.limits.cost=1000000",
                    "cairn.limits.repeats=100000",
                    "cairn.limits.depth=30",
                    // Both companies say of guards what was not measured yet: GuardedAnswersTest
                    // looks at what was.
                    "cairn.statistics.guards-every=1d");

    /** When it was asked; and what stands in a cursor or an estimate is looked at, but not the same. */
    private static final Set<String> DIFFER =
            Set.of(
                    "asOf",
                    "cursor",
                    "startCursor",
                    "endCursor",
                    "keptAt",
                    "sql",
                    "plan",
                    "rowsToRead",
                    "cost");

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/_=-]{12,}");

    private static RunningCairn whole;
    private static RunningCairn alone;
    private static Selections selections;

    @BeforeAll
    static void start() {
        whole = new RunningCairn(SETTINGS);
        ScopedCompany.fill(whole, true);
        alone = new RunningCairn(SETTINGS);
        ScopedCompany.fill(alone, false);
        selections = new Selections(whole.bean(GraphQlSource.class).schema());
    }

    @AfterAll
    static void stop() {
        whole.close();
        alone.close();
    }

    @Test
    void every_field_that_gives_data_is_asked_for() {
        Probes.all().forEach(selections::document);

        var unasked = new TreeSet<>(selections.selectable());
        unasked.removeAll(selections.selected());
        unasked.removeAll(Probes.EXEMPT.keySet());
        assertThat(unasked).as("fields without a probe: add one to Probes").isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> nothing_is_told_of_others() {
        return Probes.all().stream().map(probe -> dynamicTest(probe.name(), () -> check(probe)));
    }

    /** A cursor holds the last row had, and what its question was planned for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "analyze(input: {metrics: [{metric: {key: \"sample_revenue\"}}] groupBy: [\"account\"] first: 1 after: AFTER timeRange: {between: {from: \"2026-01-01\", to: \"2026-07-01\"}}}) { records pageInfo { endCursor } }",
                "accounts(first: 2, after: AFTER) { edges { node { key } } pageInfo { endCursor } }"
            })
    void a_cursor_of_others_gives_nothing_of_them(String field) {
        var first =
                whole.ask(
                        "{ answer: %s }".formatted(field).replace("AFTER", "null"),
                        Map.of(),
                        ScopedCompany.OTHERS);
        var cursor = first.at("/data/answer/pageInfo/endCursor").asString();
        assertThat(readable(cursor)).isNotEmpty();

        var answer =
                whole.ask(
                        "{ answer: %s }".formatted(field).replace("AFTER", "\"" + cursor + "\""),
                        Map.of(),
                        ScopedCompany.MINE);

        assertSilent("", answer, ScopedCompany.OTHER_WORD);
        if (field.startsWith("analyze")) {
            assertThat(answer.at("/errors/0/extensions/code").asString()).isEqualTo("BAD_QUERY");
        }
    }

    private static void check(Probe probe) {
        var document = selections.document(probe);
        // Asked by one who sees everything first: whatever is kept of answers is warm.
        assertThat(ask(whole, probe, document, ScopedCompany.ALL).toString())
                .doesNotContain("INTERNAL_ERROR");
        var mine = ask(whole, probe, document, ScopedCompany.MINE);
        var others = ask(whole, probe, document, ScopedCompany.OTHERS);
        var reader = new Caller("reader of " + probe.name(), Role.ADMIN, null);
        var expected = ask(alone, probe, document, reader);

        assertSilent(document, mine, ScopedCompany.OTHER_WORD);
        assertSilent(document, others, ScopedCompany.MINE_WORD);
        assertThat(mine.toString()).doesNotContain("INTERNAL_ERROR", "GRAPHQL_VALIDATION_FAILED");
        assertThat(isWrittenDown(reader))
                .as("the audit log has that data was read")
                .isEqualTo(!Probes.NO_DATA.contains(probe.field()));
        if (probe.isSame()) {
            assertThat(differences("", expected, mine)).isEmpty();
        }
    }

    private static boolean isWrittenDown(Caller reader) {
        var search = new AuditSearch(null, null, reader.name(), null);
        var found = alone.bean(AuditUseCase.class).latest(search, 1, Caller.LOCAL);
        return found instanceof AuditUseCase.Outcome.Page(var entries, _) && !entries.isEmpty();
    }

    private static JsonNode ask(RunningCairn cairn, Probe probe, String document, Caller caller) {
        if (probe.operation().equals("subscription")) {
            return cairn.firstAnswer(document, caller);
        }
        if (probe.before() == null) {
            return cairn.ask(document, Map.of(), caller);
        }
        var before = cairn.ask(probe.before(), Map.of(), caller);
        var key = before.at(probe.at()).asString();
        assertThat(key).as(before.toString()).isNotEmpty();
        return cairn.ask(
                document.replace("KEY", key.replace("\\", "\\\\").replace("\"", "\\\"")),
                Map.of(),
                caller);
    }

    /** The word is nowhere in it but where it was asked for. */
    private static void assertSilent(String document, JsonNode answer, String word) {
        texts(answer)
                .filter(text -> readable(text).toLowerCase(Locale.ROOT).contains(word))
                .filter(text -> !document.contains(word) || !isEcho(document, text, word))
                .forEach(text -> {
                    throw new AssertionError("tells of others: " + text + "\n" + answer);
                });
    }

    /** Whether each word of a text that has the word in it was in the question. */
    private static boolean isEcho(String document, String text, String word) {
        return Stream.of(readable(text).split("[\\s'\"(),:;\\[\\]]+"))
                .filter(part -> part.toLowerCase(Locale.ROOT).contains(word))
                .allMatch(document::contains);
    }

    private static Stream<String> texts(JsonNode node) {
        return switch (node) {
            case ObjectNode object ->
                    object.properties().stream()
                            .flatMap(member ->
                                    Stream.concat(
                                            Stream.of(member.getKey()), texts(member.getValue())));
            case ArrayNode list -> list.valueStream().flatMap(ScopeTest::texts);
            default -> Stream.of(node.asString());
        };
    }

    /** With what is written in Base64 in it. */
    private static String readable(String text) {
        var all = new StringBuilder(text);
        TOKEN.matcher(text)
                .results()
                .forEach(match -> {
                    var token = match.group().replace('+', '-').replace('/', '_').replace("=", "");
                    try {
                        all.append(' ')
                                .append(
                                        new String(
                                                Base64.getUrlDecoder().decode(token),
                                                StandardCharsets.ISO_8859_1));
                    } catch (IllegalArgumentException _) {
                        // No Base64.
                    }
                });
        return all.toString();
    }

    /** Where two answers differ, in words. */
    private static List<String> differences(String place, JsonNode expected, JsonNode actual) {
        if (expected instanceof ObjectNode one && actual instanceof ObjectNode other) {
            var names = new TreeSet<>(one.propertyNames());
            names.addAll(other.propertyNames());
            names.removeAll(DIFFER);
            return names.stream()
                    .flatMap(name ->
                            differences(place + "." + name, one.path(name), other.path(name))
                                    .stream())
                    .toList();
        }
        if (expected instanceof ArrayNode one
                && actual instanceof ArrayNode other
                && one.size() == other.size()) {
            return IntStream.range(0, one.size())
                    .boxed()
                    .flatMap(at ->
                            differences(place + "[" + at + "]", one.get(at), other.get(at))
                                    .stream())
                    .toList();
        }
        return expected.equals(actual)
                        || isRowKey(expected) && isRowKey(actual)
                        || isNear(expected, actual)
                ? List.of()
                : List.of(
                        "%s: %s, where there are no others %s".formatted(place, actual, expected));
    }

    /** Sums of doubles depend on the order of the rows. */
    private static boolean isNear(JsonNode expected, JsonNode actual) {
        try {
            double one = Double.parseDouble(expected.asString(""));
            double other = Double.parseDouble(actual.asString(""));
            return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), 1);
        } catch (NumberFormatException _) {
            return false;
        }
    }

    /** It holds what it was made for: the caller's scope too. */
    private static boolean isRowKey(JsonNode value) {
        return value.asString("").startsWith("azE");
    }
}
