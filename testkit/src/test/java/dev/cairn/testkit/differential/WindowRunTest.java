package dev.cairn.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowRunTest {
    @Test
    void windows_of_the_reference_have_the_values_of_the_window_asked_alone() {
        assertThat(WindowRun.against(ReferenceExecutor::new, 180).run()).isGreaterThan(220);
    }

    @Test
    void a_window_that_begins_a_day_late_is_noticed() {
        assertNoticed(stretch ->
                stretch.start() == null || stretch.startDate() == null
                        ? stretch
                        : new Stretch(
                                stretch.of(),
                                earlier(stretch.start().plus(Duration.ofDays(1)), stretch.end()),
                                stretch.end(),
                                earlier(stretch.startDate().plusDays(1), stretch.endDate()),
                                stretch.endDate(),
                                stretch.mustBeOver()));
    }

    @Test
    void a_window_that_is_the_bucket_is_noticed() {
        assertNoticed(stretch -> Stretch.of(stretch.of()));
    }

    private static void assertNoticed(UnaryOperator<Stretch> change) {
        assertThatThrownBy(() -> WindowRun.against(world -> changed(world, change), 60).run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dcairn.seed=");
    }

    private static <T extends Comparable<? super T>> T earlier(T one, T other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static AnalysisExecutor changed(World world, UnaryOperator<Stretch> change) {
        var reference = new ReferenceExecutor(world);
        return new AnalysisExecutor() {
            @Override
            public Map<String, LocalDate> coverageStarts(
                    Set<String> sources, @Nullable Instant knownAt) {
                return Map.of();
            }

            @Override
            public Capabilities capabilities() {
                return reference.capabilities();
            }

            @Override
            public Answer execute(AnalysisPlan plan, Duration limit) {
                return reference.execute(changed(plan, change), limit);
            }

            @Override
            public String describe(AnalysisPlan plan) {
                return reference.describe(plan);
            }
        };
    }

    private static AnalysisPlan changed(AnalysisPlan plan, UnaryOperator<Stretch> change) {
        var time = plan.time();
        var reaches = new ArrayList<Reach>();
        reaches.add(time.reaches().getFirst());
        for (var reach : time.reaches().subList(1, time.reaches().size())) {
            reaches.add(
                    new Reach(
                            reach.ofBuckets().stream().map(change).toList(),
                            change.apply(reach.ofWhole())));
        }
        return new AnalysisPlan(
                new Timeline(
                        time.buckets(),
                        time.axis(),
                        time.whole(),
                        time.asOf(),
                        time.asOfDate(),
                        time.knownAt(),
                        reaches),
                plan.keys(),
                plan.cells(),
                plan.outputs(),
                plan.kinds(),
                plan.having(),
                plan.fillGaps(),
                plan.page(),
                plan.tallies());
    }
}
