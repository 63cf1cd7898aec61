package dev.cairn.adapters.graphql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library's own selection set is the second opinion. */
class SelectedFieldsTest {
    private static final String SCHEMA =
            "type Query { top: Node } type Node { rows: Node cells: Node key: String error: String }";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ top { key } }",
                "{ top { rows { key } } }",
                "{ top { rows { cells { key error } } } }",
                "{ top { cells { rows { key } } } }",
                "{ top { a: rows { b: key c: error } } }",
                "{ top { rows { cells { key } } } top { rows { key } } }",
                "{ top { ... { rows { ... on Node { key } } } } }",
                "{ top { ...A } } fragment A on Node { rows { ...B } } fragment B on Node { key error }",
                "{ top { rows { key @skip(if: true) } } }",
                "{ top { ...A @include(if: false) } } fragment A on Node { rows { key error } }",
                "query Q($yes: Boolean! = true) { top { rows @include(if: $yes) { error @skip(if: $yes) key } } }"
            })
    void tells_what_the_selection_set_tells(String document) {
        var wasAsked = new AtomicBoolean();
        var wiring =
                RuntimeWiring.newRuntimeWiring()
                        .type(
                                "Query",
                                type ->
                                        type.dataFetcher(
                                                "top",
                                                environment -> {
                                                    var own = new SelectedFields(environment);
                                                    var set = environment.getSelectionSet();
                                                    assertThat(own.has(List.of("rows", "key")))
                                                            .isEqualTo(set.contains("rows/key"));
                                                    assertThat(own.anyNamed(Set.of("error", "key")))
                                                            .isEqualTo(
                                                                    set.containsAnyOf(
                                                                            "**/error",
                                                                            "**/key",
                                                                            "error",
                                                                            "key"));
                                                    wasAsked.set(true);
                                                    return Map.of();
                                                }))
                        .build();
        var schema =
                new SchemaGenerator()
                        .makeExecutableSchema(new SchemaParser().parse(SCHEMA), wiring);
        var result =
                GraphQL.newGraphQL(schema)
                        .build()
                        .execute(ExecutionInput.newExecutionInput(document));
        assertThat(result.getErrors()).isEmpty();
        assertThat(wasAsked).isTrue();
    }
}
