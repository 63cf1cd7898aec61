package dev.cairn.adapters.graphql.catalog;

import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.MetricNotes;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.problem.Place;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A metric of a new key. */
public record DefineMetricInput(
        String key,
        String label,
        @Nullable String summary,
        Metric.@Nullable MetricDomain domain,
        Metric.@Nullable MetricUnit unit,
        Metric.Direction direction,
        Metric.Level of,
        Metric.@Nullable RollUp rollUp,
        String formula,
        @Nullable Boolean emptyIsNone,
        @Nullable String owner,
        @Nullable String counter,
        @Nullable NotesInput notes,
        @Nullable List<ParameterInput> params,
        @Nullable List<BandInput> bands,
        @Nullable Integer minSample,
        @Nullable Boolean clusteredByAccount,
        @Nullable Grade trustAtLeast,
        @Nullable String entity,
        @Nullable Boolean validateOnly) {
    /** A parameter of a metric. */
    public record ParameterInput(String name, DataType type, String defaultValue) {
        Parameter toDomain() {
            return new Parameter(name, type, defaultValue);
        }
    }

    /** A band of a metric's values. */
    public record BandInput(String name, @Nullable BigDecimal below) {
        Band toDomain() {
            return new Band(name, below);
        }
    }

    /** What is said of a metric. */
    public record NotesInput(
            MetricNotes.@Nullable Timing timing,
            @Nullable String decision,
            @Nullable List<String> rules,
            @Nullable List<String> pitfalls,
            @Nullable String example,
            @Nullable List<String> sources,
            @Nullable String noCounter,
            MetricNotes.@Nullable RowOrder accountList) {
        MetricNotes toDomain() {
            return new MetricNotes(
                    timing,
                    decision,
                    rules == null ? List.of() : rules,
                    pitfalls == null ? List.of() : pitfalls,
                    example,
                    sources == null ? List.of() : sources,
                    noCounter,
                    accountList);
        }
    }

    /** Where parts of the definition stand here, if not under the same name. */
    static final Map<String, List<String>> PARTS =
            Map.of(
                    "name",
                    List.of("key"),
                    "rollup",
                    List.of("rollUp"),
                    "no_counter",
                    List.of("notes", "noCounter"));

    private static final int NEW = 0;

    Metric toDomain() {
        return new Metric(
                key,
                label,
                summary == null ? "" : summary,
                of,
                rollUp,
                formula,
                unit,
                direction,
                domain,
                owner,
                counter,
                emptyIsNone != null && emptyIsNone,
                Metric.Status.PUBLISHED,
                params == null ? List.of() : params.stream().map(ParameterInput::toDomain).toList(),
                new Metric.Sample(
                        minSample,
                        clusteredByAccount != null && clusteredByAccount
                                ? Metric.Cluster.ACCOUNT
                                : null,
                        trustAtLeast),
                entity,
                notes == null ? MetricNotes.NONE : notes.toDomain(),
                bands == null ? List.of() : bands.stream().map(BandInput::toDomain).toList());
    }

    boolean isCheck() {
        return validateOnly != null && validateOnly;
    }

    Request toRequest() {
        return new Request(List.of(new Draft(toDomain(), Place.NOWHERE, NEW)), false, isCheck());
    }
}
