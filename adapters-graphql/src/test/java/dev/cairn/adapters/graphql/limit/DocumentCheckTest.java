package dev.cairn.adapters.graphql.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import graphql.introspection.IntrospectionQueryBuilder;
import graphql.parser.Parser;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DocumentCheckTest {
    private static final DocumentLimits LIMITS = DocumentLimits.DEFAULT;

    @Test
    void selections_may_be_as_deep_as_the_limit() {
        accepts(nested("a", LIMITS.depth()));
    }

    @Test
    void selections_may_not_be_deeper_than_the_limit() {
        refuses(nested("a", LIMITS.depth() + 1), "13 levels deep");
    }

    @Test
    void depth_goes_on_in_fragments() {
        var inner = nested("a", LIMITS.depth() - 1);
        accepts("{ a { ...F } } fragment F on Q " + inner);
        refuses("{ a { a { ...F } } } fragment F on Q " + inner, "levels deep");
    }

    @Test
    void depth_goes_on_in_inline_fragments() {
        var inner = nested("a", LIMITS.depth() - 1);
        accepts("{ a { ... on Q " + inner + " } }");
        refuses("{ a { a { ... " + inner + " } } }", "levels deep");
    }

    @Test
    void every_operation_of_a_document_counts() {
        refuses("query one { a } query two " + nested("a", LIMITS.depth() + 1), "levels deep");
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
        accepts("{ __schema " + nested("ofType", LIMITS.introspectionDepth() - 1) + " }");
        refuses(
                "{ __schema " + nested("ofType", LIMITS.introspectionDepth()) + " }",
                "introspection");
    }

    @Test
    void a_field_may_have_as_many_aliases_as_the_limit() {
        accepts("{" + aliases("metric", LIMITS.aliases()) + "}");
    }

    @Test
    void a_field_may_not_have_more_aliases_than_the_limit() {
        refuses(
                "{" + aliases("metric", LIMITS.aliases() + 1) + "}",
                "'metric' is selected under too many aliases");
    }

    @Test
    void aliases_of_different_fields_are_counted_apart() {
        accepts("{" + aliases("one", LIMITS.aliases()) + aliases("other", LIMITS.aliases()) + "}");
    }

    @Test
    void aliases_on_different_levels_are_counted_together() {
        refuses("{" + aliases("a", LIMITS.aliases()) + " b { last: a } }", "aliases");
    }

    @Test
    void a_field_may_be_repeated_as_often_as_the_limit() {
        accepts("{" + repeats("a", LIMITS.repeats()) + "}");
    }

    @Test
    void a_field_may_not_be_repeated_more_often_than_the_limit() {
        refuses("{" + repeats("a", LIMITS.repeats() + 1) + "}", "'a' is selected too often");
    }

    @Test
    void a_fragment_counts_each_time_it_is_spread() {
        refuses("{ b {...F} c {...F} } fragment F on Q {" + repeats("a", 251) + "}", "too often");
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
                Duration.ofSeconds(20),
                () -> refuses("{ ...F0 } " + fragments + " fragment F40 on Q { a }", "too often"));
    }

    @Test
    void fragments_may_not_be_spread_in_fragments_without_end() {
        refuses("{ ...F0 } " + chain(LIMITS.fragmentDepth() + 1), "too deep");
        accepts("{ ...F0 } " + chain(LIMITS.fragmentDepth()));
    }

    @Test
    void a_fragment_that_spreads_itself_is_left_to_validation() {
        accepts("{ ...A } fragment A on Q { a ...B } fragment B on Q { ...A }");
    }

    @Test
    void a_refusal_says_that_nothing_was_executed() {
        assertThat(new OverLimit("Too much", 3))
                .hasMessage("Too much; at most 3 are allowed. Nothing was executed.");
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
        assertThatCode(() -> DocumentCheck.check(Parser.parse(document), LIMITS))
                .doesNotThrowAnyException();
    }

    private static void refuses(String document, String why) {
        assertThatThrownBy(() -> DocumentCheck.check(Parser.parse(document), LIMITS))
                .isInstanceOf(OverLimit.class)
                .hasMessageContaining(why);
    }
}
