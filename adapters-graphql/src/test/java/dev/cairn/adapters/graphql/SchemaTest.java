package dev.cairn.adapters.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.cohort.CohortOutput;
import dev.cairn.application.port.AuditEntry;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.ProblemDetails;
import dev.cairn.domain.time.Grain;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.SchemaReport;

class SchemaTest extends SliceTest {
    @Autowired private GraphQlSource source;

    @Autowired private AtomicReference<SchemaReport> reports;

    @Test
    void every_field_has_a_fetcher_and_every_fetcher_a_field() {
        var report = reports.get();

        assertThat(report.unmappedFields()).isEmpty();
        assertThat(report.unmappedRegistrations()).isEmpty();
        assertThat(report.unmappedArguments()).isEmpty();
        assertThat(report.skippedTypes()).isEmpty();
        assertThat(report.fieldNullnessErrors()).isEmpty();
        assertThat(report.argumentNullnessErrors()).isEmpty();
    }

    @Test
    void the_file_is_what_is_served() throws IOException {
        var file =
                new ClassPathResource("graphql/cairn.graphqls")
                        .getContentAsString(StandardCharsets.UTF_8);
        var written =
                UnExecutableSchemaGenerator.makeUnExecutableSchema(new SchemaParser().parse(file));

        assertThat(print(source.schema())).isEqualTo(print(written));
    }

    @Test
    void a_problem_has_the_same_members_as_in_json() {
        assertThat(source.schema().getObjectType("Problem").getFieldDefinitions())
                .extracting(GraphQLFieldDefinition::getName)
                .containsExactlyElementsOf(
                        Stream.of(ProblemDetails.class.getRecordComponents())
                                .map(RecordComponent::getName)
                                .toList());
    }

    static List<Arguments> words() {
        return List.of(
                Arguments.of("ProblemCode", ProblemCode.values()),
                Arguments.of("Role", Role.values()),
                Arguments.of("AuditKind", AuditEntry.Kind.values()),
                Arguments.of("Absence", Absence.values()),
                Arguments.of("IncompleteReason", Incomplete.values()),
                Arguments.of("RowKind", RowKind.values()),
                Arguments.of("KeyKind", GroupValue.Kind.values()),
                Arguments.of("ColumnRole", AnalysisResult.Role.values()),
                Arguments.of("ValueType", AnalysisResult.ValueType.values()),
                Arguments.of("TimeGrain", Grain.values()),
                Arguments.of("PredicateOp", AnalysisQuery.Operator.values()),
                Arguments.of("MetricDomain", Metric.MetricDomain.values()),
                Arguments.of("Unit", Metric.MetricUnit.values()),
                Arguments.of("MetricLevel", Metric.Level.values()),
                Arguments.of("RollUp", Metric.RollUp.values()),
                Arguments.of("DefinitionStatus", Metric.Status.values()),
                Arguments.of("CohortMembership", CohortOutput.Membership.values()));
    }

    @ParameterizedTest
    @MethodSource("words")
    void words_are_those_of_the_domain(String type, Enum<?>[] words) {
        assertThat(valuesOf(type)).isEqualTo(Arrays.stream(words).map(Enum::name).toList());
    }

    @Test
    void the_schema_says_what_each_code_means() {
        var type = (GraphQLEnumType) source.schema().getType("ProblemCode");

        assertThat(Arrays.stream(ProblemCode.values()))
                .allSatisfy(code ->
                        assertThat(type.getValue(code.name()).getDescription())
                                .isEqualTo(code.meaning()));
    }

    @Test
    void every_direction_of_the_domain_has_a_word() {
        var type = (GraphQLEnumType) source.schema().getType("MetricDirection");

        assertThat(type.getValues().stream().map(GraphQLEnumValueDefinition::getValue))
                .containsExactlyInAnyOrder((Object[]) Metric.Direction.values());
    }

    private List<String> valuesOf(String type) {
        return ((GraphQLEnumType) source.schema().getType(type))
                .getValues().stream().map(GraphQLEnumValueDefinition::getName).toList();
    }

    private static String print(GraphQLSchema schema) {
        return new SchemaPrinter(
                        SchemaPrinter.Options.defaultOptions()
                                .includeScalarTypes(true)
                                .includeDirectiveDefinitions(true))
                .print(schema);
    }
}
