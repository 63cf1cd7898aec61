package dev.cairn.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.Capabilities.Construct;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.testkit.generator.RandomPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RefusalTest {
    private static final int MANY = 100;
    private static final int WORLDS = 5;
    private static final List<AnalysisPlan> PLANS =
            Stream.concat(
                            LongStream.range(0, MANY).mapToObj(RandomPlan::of),
                            LongStream.range(0, WORLDS)
                                    .map(world -> world * Case.QUESTIONS_PER_WORLD)
                                    .boxed()
                                    .flatMap(RefusalTest::questions))
                    .toList();

    private static Stream<AnalysisPlan> questions(long first) {
        var world = Case.world(first);
        return LongStream.range(first, first + Case.QUESTIONS_PER_WORLD)
                .boxed()
                .flatMap(number -> {
                    var one = Case.of(number, world);
                    return Stream.concat(
                            Stream.of(one, StepRun.asked(number, world)),
                            UnitRun.asked(number, one).stream());
                })
                .map(Case::plan)
                .flatMap(Optional::stream);
    }

    @ParameterizedTest
    @EnumSource(value = Construct.class, mode = Mode.EXCLUDE, names = "LATER_PAGES")
    void every_construct_is_needed_by_something_generated(Construct construct) {
        var without = Capabilities.without(construct);

        assertThat(PLANS.stream().anyMatch(plan -> !without.refusals(plan).isEmpty())).isTrue();
    }

    @Test
    void nothing_generated_is_beyond_all_capabilities() {
        assertThat(PLANS.stream().allMatch(plan -> Capabilities.ALL.refusals(plan).isEmpty()))
                .isTrue();
    }
}
