package dev.cairn.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    private static final int CASES = 200;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** The first difference of many cases; a case that cannot be answered has none. */
    private static Optional<String> found(UnaryOperator<AnalysisPlan> reading) {
        return found(reading, UnaryOperator.identity());
    }

    private static Optional<String> found(
            UnaryOperator<AnalysisPlan> reading, UnaryOperator<Answer> telling) {
        var worlds = new HashMap<Long, World>();
        return LongStream.range(0, CASES)
                .mapToObj(number -> {
                    var world =
                            worlds.computeIfAbsent(Case.worldOf(number), _ -> Case.world(number));
                    return Neighbours.difference(
                            Case.of(number, world), executor(world, reading, telling), LIMIT);
                })
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static AnalysisExecutor executor(
            World world, UnaryOperator<AnalysisPlan> reading, UnaryOperator<Answer> telling) {
        var underneath = new ReferenceExecutor(world);
        return new AnalysisExecutor() {
            @Override
            public Map<String, LocalDate> coverageStarts(
                    Set<String> sources, @Nullable Instant knownAt) {
                return Map.of();
            }

            @Override
            public Capabilities capabilities() {
                return Capabilities.ALL;
            }

            @Override
            public Answer execute(AnalysisPlan plan, Duration limit) {
                return telling.apply(underneath.execute(reading.apply(plan), limit));
            }

            @Override
            public String describe(AnalysisPlan plan) {
                return underneath.describe(plan);
            }
        };
    }

    @Test
    void no_column_changes_by_those_beside_it() {
        assertThat(found(UnaryOperator.identity())).isEmpty();
    }

    @Test
    void a_source_that_is_read_by_the_first_time_for_all_columns_is_noticed() {
        assertThat(found(NeighboursTest::readByTheFirstTime)).isPresent();
    }

    private static AnalysisPlan readByTheFirstTime(AnalysisPlan plan) {
        var times = new HashMap<String, Placing>();
        return withScans(
                plan, plan.scans().stream().map(scan -> readByTheFirst(times, scan)).toList());
    }

    private static Scan readByTheFirst(Map<String, Placing> times, Scan scan) {
        return scan.relation() instanceof Relation.Facts(var source, var placing, var own, _)
                ? new Scan(
                        new Relation.Facts(
                                source, times.computeIfAbsent(source, _ -> placing), own),
                        scan.reach(),
                        scan.where(),
                        scan.keys())
                : scan;
    }

    @Test
    void a_reason_that_the_last_column_takes_from_the_first_is_noticed() {
        assertThat(found(UnaryOperator.identity(), NeighboursTest::withTheReasonOfTheFirst))
                .isPresent();
    }

    private static Answer withTheReasonOfTheFirst(Answer answer) {
        var rows = answer.rows().stream().map(NeighboursTest::withTheReasonOfTheFirst).toList();
        return new Answer(
                rows,
                answer.hasMore(),
                answer.coverage(),
                answer.tallies(),
                answer.engine(),
                answer.catalogVersion());
    }

    private static Answer.Row withTheReasonOfTheFirst(Answer.Row row) {
        var reason = row.values().getFirst().absence();
        var values = new ArrayList<>(row.values());
        var last = values.removeLast();
        values.add(
                reason == null || last.absence() == null
                        ? last
                        : new Measured(
                                null,
                                last.numerator(),
                                last.denominator(),
                                last.sampleSize(),
                                reason));
        return new Answer.Row(row.kind(), row.bucket(), row.keys(), values);
    }

    private static AnalysisPlan withScans(AnalysisPlan plan, List<Scan> scans) {
        return new AnalysisPlan(
                plan.time(),
                plan.keys(),
                new Block(scans, plan.leaves()),
                plan.outputs(),
                plan.kinds(),
                plan.having(),
                plan.fillGaps(),
                plan.page(),
                plan.tallies());
    }
}
