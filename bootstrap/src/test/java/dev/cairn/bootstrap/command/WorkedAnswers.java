package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a service answers to worked examples: each is asked once, whatever is tried of its answer. */
final class WorkedAnswers {
    private static final String UNCERTAINTY =
            "rows { cells { column standardError effectiveN interval { low high } change { z p } contributions { name value } } }";

    private final Map<String, JsonNode> answers = new HashMap<>();

    /** What is under {@code analyze}. */
    JsonNode of(WorkedExample example, RunningCairn service) {
        return answers.computeIfAbsent(example.file(), _ -> ask(example, service));
    }

    private static JsonNode ask(WorkedExample example, RunningCairn service) {
        var answer =
                service.ask(
                        "query($input: AnalysisInput!) { analyze(input: $input) { records columns { key role } rows { kind key cells { column number } } %s pageInfo { hasNextPage } } }"
                                .formatted(example.uncertainty() ? UNCERTAINTY : ""),
                        Map.of("input", example.question()));
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        return answer.at("/data/analyze");
    }
}
