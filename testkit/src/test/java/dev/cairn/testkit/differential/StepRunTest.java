package dev.cairn.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testkit.generator.RandomSteps;
import dev.cairn.testkit.generator.RandomWorld;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StepRunTest {
    private static final List<String> PARTS =
            List.of(
                    "steps(",
                    "conversion(",
                    " -> ",
                    " on ",
                    " inclusive",
                    " first",
                    " any",
                    " strict",
                    " unordered",
                    " same ",
                    " without ",
                    " between ",
                    " with pending",
                    " over 3 days from step_2_at",
                    " before step_1_at",
                    "step_2.",
                    "step_3.",
                    "convert(step_",
                    "survival(steps(",
                    " per user",
                    "is_pending");

    @Test
    void every_part_of_sequences_is_generated() {
        var catalog =
                LongStream.range(1, 100)
                        .mapToObj(RandomWorld::of)
                        .filter(RandomWorld::hasStates)
                        .findFirst()
                        .orElseThrow()
                        .catalog();
        var all =
                LongStream.range(0, 300)
                        .mapToObj(seed -> RandomSteps.of(seed, catalog, 3).formulas())
                        .map(formulas -> String.join("\n", formulas))
                        .collect(Collectors.joining("\n"));
        assertThat(PARTS).filteredOn(part -> !all.contains(part)).isEmpty();
    }

    @Test
    void most_generated_sequences_are_answered() {
        assertThat(StepRun.against(ReferenceExecutor::new, 15).run()).isGreaterThan(33);
    }
}
