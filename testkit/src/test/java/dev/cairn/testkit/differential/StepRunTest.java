package dev.cairn.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testkit.generator.RandomSteps;
import dev.cairn.testkit.generator.RandomWorld;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StepRunTest {
    @Test
    void every_part_of_sequences_is_generated() {
        var all =
                LongStream.range(0, 200)
                        .mapToObj(seed ->
                                RandomSteps.of(seed, RandomWorld.of(seed).catalog(), 3).formulas())
                        .flatMap(List::stream)
                        .toList();
        assertThat(
                        Stream.of(
                                "steps(",
                                "conversion(",
                                " -> ",
                                " on ",
                                " inclusive",
                                " per user",
                                " first",
                                " any",
                                " strict",
                                " unordered",
                                " same ",
                                " without ",
                                " between ",
                                " with pending",
                                "step_2.",
                                "step_3."))
                .allSatisfy(part ->
                        assertThat(all).anySatisfy(text -> assertThat(text).contains(part)));
    }

    @Test
    void most_generated_sequences_are_answered() {
        assertThat(StepRun.against(ReferenceExecutor::new, 15).run()).isGreaterThan(5);
    }
}
