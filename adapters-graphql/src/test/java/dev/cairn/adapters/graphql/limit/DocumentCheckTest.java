package dev.cairn.adapters.graphql.limit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import graphql.introspection.IntrospectionQueryBuilder;
import graphql.parser.Parser;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DocumentCheckTest {
    private static final int DEPTH = Limit.DEPTH.standard();
    private static final int INTROSPECTION_DEPTH = Limit.INTROSPECTION_DEPTH.standard();
    private static final int FRAGMENT_DEPTH = Limit.FRAGMENT_DEPTH.standard();
    private static final int ALIASES = Limit.ALIASES.standard();
    private static final int REPEATS = Limit.REPEATS.standard();

    @Test
    void selections_may_be_as_deep_as_the_limit() {
        accepts(nested("a", DEPTH));
    }

    @Test
    void selections_may_not_be_deeper_than_the_limit() {
        refuses(nested("a", DEPTH + 1), "13 levels of selections;");
    }

    @Test
    void depth_goes_on_in_fragments() {
        var inner = nested("a", DEPTH - 1);
        accepts("{ a { ...F } } fragment F on Q " + inner);
        refuses("{ a { a { ...F } } } fragment F on Q " + inner, "levels of selections;");
    }

    @Test
    void depth_goes_on_in_inline_fragments() {
        var inner = nested("a", DEPTH - 1);
        accepts("{ a { ... on Q " + inner + " } }");
        refuses("{ a { a { ... " + inner + " } } }", "levels of selections;");
    }

    @Test
    void every_operation_of_a_document_counts() {
        refuses("query one { a } query two " + nested("a", DEPTH + 1), "levels of selections;");
    }

    @Test
    void the_usual_introspection_query_is_no_question_of_depth() {
        accepts(
                IntrospectionQueryBuilder.build(
                        IntrospectionQueryBuilder.Options.defaultOptions()
                                .isOneOf(true)
                                .inputValueDeprecation(true)
                                .directiveIsRepeatable(true)
                                .typeRefFragmentDepth(9)));
    }

    @Test
    void introspection_has_a_bound_of_its_own() {
        accepts("{ __schema " + nested("ofType", INTROSPECTION_DEPTH - 1) + " }");
        refuses(
                "{ __schema " + nested("ofType", INTROSPECTION_DEPTH) + " }",
                "21 levels of selections beneath __schema");
    }

    @Test
    void a_field_may_have_as_many_aliases_as_the_limit() {
        accepts("{" + aliases("metric", ALIASES) + "}");
    }

    @Test
    void a_field_may_not_have_more_aliases_than_the_limit() {
        refuses("{" + aliases("metric", ALIASES + 1) + "}", "31 aliases of one field ('metric')");
    }

    @Test
    void aliases_of_different_fields_are_counted_apart() {
        accepts("{" + aliases("one", ALIASES) + aliases("other", ALIASES) + "}");
    }

    @Test
    void aliases_on_different_levels_are_counted_together() {
        refuses("{" + aliases("a", ALIASES) + " b { last: a } }", "31 aliases of one field ('a')");
    }

    @Test
    void a_field_may_be_repeated_as_often_as_the_limit() {
        accepts("{" + repeats("a", REPEATS) + "}");
    }

    @Test
    void a_field_may_not_be_repeated_more_often_than_the_limit() {
        refuses("{" + repeats("a", REPEATS + 1) + "}", "501 selections of one field ('a')");
    }

    @Test
    void a_fragment_counts_each_time_it_is_spread() {
        refuses(
                "{ b {...F} c {...F} } fragment F on Q {" + repeats("a", 251) + "}",
                "502 selections");
        accepts("{ b {...F} c {...F} } fragment F on Q {" + repeats("a", 250) + "}");
    }

    @Test
    void a_small_document_of_a_large_meaning_is_refused_at_once() {
        var fragments =
                IntStream.range(0, 40)
                        .mapToObj(i ->
                                "fragment F%d on Q { ...F%d ... on Q { ...F%d } }"
                                        .formatted(i, i + 1, i + 1))
                        .collect(Collectors.joining(" "));
        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () ->
                        refuses(
                                "{ ...F0 } " + fragments + " fragment F40 on Q { a }",
                                "2,147,483,647 selections"));
    }

    @Test
    void fragments_may_not_be_spread_in_fragments_without_end() {
        refuses("{ ...F0 } " + chain(FRAGMENT_DEPTH + 1), "51 levels of fragments");
        accepts("{ ...F0 } " + chain(FRAGMENT_DEPTH));
    }

    @Test
    void a_fragment_that_spreads_itself_is_left_to_validation() {
        accepts("{ ...A } fragment A on Q { a ...B } fragment B on Q { ...A }");
    }

    @Test
    void a_limit_that_is_set_holds() {
        var strict = new Limits(Map.of(Limit.DEPTH, 2));

        assertThatThrownBy(() -> DocumentCheck.check(Parser.parse(nested("a", 3)), strict))
                .hasMessage(
                        "3 levels of selections; at most 2 are allowed. Ask for the deeper levels in a request of their own. Nothing was executed.");
    }

    private static String chain(int length) {
        return IntStream.range(0, length)
                .mapToObj(i ->
                        i == length - 1
                                ? "fragment F%d on Q { a }".formatted(i)
                                : "fragment F%d on Q { ...F%d }".formatted(i, i + 1))
                .collect(Collectors.joining(" "));
    }

    /** {@code { a { a { a } } }} */
    static String nested(String field, int depth) {
        return ("{ " + field + " ").repeat(depth) + "}".repeat(depth);
    }

    static String aliases(String field, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "%s%d: %s ".formatted(field, i, field))
                .collect(Collectors.joining());
    }

    private static String repeats(String field, int count) {
        return (field + " ").repeat(count);
    }

    private static void accepts(String document) {
        assertThatCode(() -> DocumentCheck.check(Parser.parse(document), Limits.STANDARD))
                .doesNotThrowAnyException();
    }

    private static void refuses(String document, String why) {
        assertThatThrownBy(() -> DocumentCheck.check(Parser.parse(document), Limits.STANDARD))
                .isInstanceOf(OverLimit.class)
                .hasMessageContaining(why);
    }
}
