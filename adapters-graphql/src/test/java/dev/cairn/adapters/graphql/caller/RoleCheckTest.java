package dev.cairn.adapters.graphql.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.domain.analysis.Role;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;
import tools.jackson.databind.json.JsonMapper;

class RoleCheckTest extends SliceTest {
    /** What each field of an operation needs, where that is more than VIEWER. */
    private static final Map<String, Role> NEEDED =
            Map.of(
                    "defineMetric", Role.ANALYST,
                    "reviseMetric", Role.ANALYST,
                    "defineSlice", Role.ANALYST,
                    "defineCohort", Role.ANALYST,
                    "keepBaseline", Role.ANALYST,
                    "removeBaseline", Role.ANALYST,
                    "setTarget", Role.ANALYST,
                    "auditLog", Role.ADMIN,
                    "scopes", Role.ADMIN,
                    "defineSource", Role.ADMIN);

    private static final String TWO =
            """
            mutation($both: Boolean = true) {
              defineCohort(input: {key: "c", label: "C", members: {rule: "true"}}) { problems { code } }
              ...More @include(if: $both) }
            fragment More on Mutation { again: defineSource(input: {yaml: "x"}) { problems { code } } }
            """;

    @Autowired private GraphQlSource source;

    @Test
    void every_field_that_needs_a_role_and_no_other_has_it_here() {
        var schema = source.schema();
        var fields =
                Stream.of(
                                schema.getQueryType(),
                                schema.getMutationType(),
                                schema.getSubscriptionType())
                        .filter(type -> type != null)
                        .flatMap(type -> type.getFieldDefinitions().stream());

        assertThat(
                        fields.filter(field -> field.getAppliedDirective("requiresRole") != null)
                                .map(GraphQLFieldDefinition::getName))
                .containsExactlyInAnyOrderElementsOf(NEEDED.keySet());
        assertThat(schema.getMutationType().getFieldDefinitions())
                .extracting(GraphQLFieldDefinition::getName)
                .isSubsetOf(NEEDED.keySet());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void each_field_that_writes_is_answered_to_those_who_have_its_role(Role role) {
        for (var field : source.schema().getMutationType().getFieldDefinitions()) {
            var needed = NEEDED.get(field.getName());
            var reply = asked(role, document(field), Map.of("input", input(field)));

            if (role.includes(needed)) {
                assertThat(reply.json().has("data")).as(reply.response().body()).isTrue();
                assertThat(reply.response().body()).doesNotContain("FORBIDDEN");
            } else {
                assertForbidden(reply, field.getName(), needed, role);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void a_field_that_reads_may_need_a_role_too(Role role) {
        var reply = asked(role, "{ auditLog { edges { cursor } } }", Map.of());

        if (role == Role.ADMIN) {
            assertThat(reply.json().has("errors")).isFalse();
        } else {
            assertForbidden(reply, "auditLog", Role.ADMIN, role);
        }
    }

    @Test
    void all_fields_are_looked_at_before_the_first_is_answered() {
        var reply = asked(Role.ANALYST, TWO, Map.of());

        assertForbidden(reply, "defineSource", Role.ADMIN, Role.ANALYST);
        assertThat(definitions.requests).isEmpty();
    }

    @Test
    void each_field_that_is_refused_is_told() {
        var reply = asked(Role.VIEWER, TWO, Map.of());

        assertThat(reply.json().path("errors").valueStream())
                .extracting(error -> error.at("/extensions/needs").asString())
                .containsExactly("ANALYST", "ADMIN");
    }

    @Test
    void a_field_that_is_left_out_needs_no_role() {
        var reply = asked(Role.ANALYST, TWO, Map.of("both", false));

        assertThat(reply.json().has("errors")).isFalse();
        assertThat(definitions.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ metrics { totalCount } }", "{ __schema { mutationType { name } } }"})
    void what_reads_is_answered_to_everybody(String document) {
        assertThat(asked(Role.VIEWER, document, Map.of()).json().has("errors")).isFalse();
    }

    private static void assertForbidden(Reply reply, String field, Role needed, Role had) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().has("data")).isFalse();
        assertThat(reply.code()).isEqualTo("FORBIDDEN");
        var extensions = reply.error().path("extensions");
        assertThat(extensions.path("field").asString()).isEqualTo(field);
        assertThat(extensions.path("needs").asString()).isEqualTo(needed.name());
        assertThat(extensions.path("has").asString()).isEqualTo(had.name());
        assertThat(extensions.path("classification").asString()).isEqualTo("FORBIDDEN");
    }

    private Reply asked(Role role, String document, Map<String, ?> variables) {
        return send(
                HttpRequest.newBuilder(url())
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/graphql-response+json")
                        .header("Role", role.name())
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        JsonMapper.shared()
                                                .writeValueAsString(
                                                        Map.of(
                                                                "query",
                                                                document,
                                                                "variables",
                                                                variables))))
                        .build());
    }

    private static String document(GraphQLFieldDefinition field) {
        return "mutation($input: %s!) { %s(input: $input) { problems { code } } }"
                .formatted(
                        GraphQLTypeUtil.unwrapAll(field.getArgument("input").getType()).getName(),
                        field.getName());
    }

    private static Object input(GraphQLFieldDefinition field) {
        return value(field.getArgument("input").getType());
    }

    /** The least that can be read as a value of a type. */
    private static @Nullable Object value(GraphQLType type) {
        var bare = GraphQLTypeUtil.unwrapNonNull(type);
        if (GraphQLTypeUtil.isList(bare)) {
            return List.of();
        }
        return switch (bare) {
            case GraphQLInputObjectType input ->
                    input.isOneOf() ? fields(input, 1) : fields(input, Integer.MAX_VALUE);
            case GraphQLEnumType words -> words.getValues().getFirst().getName();
            default ->
                    switch (GraphQLTypeUtil.simplePrint(bare)) {
                        case "Int" -> 1;
                        case "Boolean" -> true;
                        case "Float", "Decimal" -> "1";
                        case "Date" -> "2026-01-01";
                        case "DateTime" -> "2026-01-01T00:00:00Z";
                        case "TimeZone" -> "UTC";
                        default -> "x";
                    };
        };
    }

    private static Map<String, Object> fields(GraphQLInputObjectType input, int most) {
        var fields = new HashMap<String, Object>();
        input.getFieldDefinitions().stream()
                .filter(field -> input.isOneOf() || isNeeded(field))
                .limit(most)
                .forEach(field -> fields.put(field.getName(), value(field.getType())));
        return fields;
    }

    private static boolean isNeeded(GraphQLInputObjectField field) {
        return GraphQLTypeUtil.isNonNull(field.getType()) && !field.hasSetDefaultValue();
    }
}
