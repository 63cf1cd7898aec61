package dev.cairn.adapters.persistence.sql;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.testkit.data.Pages;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** Generated plans over generated worlds have the same answers in SQL as in memory. */
class RandomPlansTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int WORLDS = Integer.getInteger("cairn.worlds", 8);
    private static final int PLANS = 20;
    private static final long SEED = Long.getLong("cairn.seed", 20261);

    @Test
    void the_same_plan_over_the_same_world_has_the_same_answer() throws SQLException {
        for (long seed = SEED; seed < SEED + WORLDS; seed++) {
            var world = new RandomWorld(new Random(seed)).next();
            try (var database =
                            TestServer.shared()
                                    .databaseLike("changelog", MigratedDatabase::migrate);
                    var connection = database.connect()) {
                var dsl = DSL.using(connection, SQLDialect.POSTGRES);
                WorldTables.write(dsl, world);
                var executor = new JooqAnalysisExecutor(dsl);
                for (int plan = 0; plan < PLANS; plan++) {
                    long planSeed = seed * 1000 + plan;
                    check(executor, world, new RandomPlan(new Random(planSeed)).next(), planSeed);
                }
            }
        }
    }

    private static void check(
            JooqAnalysisExecutor executor, World world, AnalysisPlan plan, long seed) {
        List<String> differences;
        var expected = answer(new ReferenceExecutor(world), plan);
        try {
            differences = AnswerText.differences(expected, answer(executor, plan));
        } catch (RuntimeException failure) {
            throw new AssertionError(
                    "seed %d%n%s%n%s".formatted(seed, plan, executor.describe(plan)), failure);
        }
        if (!differences.isEmpty()) {
            throw new AssertionError(
                    "seed %d%n%s%n%s%n%s%n%s%nseed %d: %s"
                            .formatted(
                                    seed,
                                    plan,
                                    world.report(),
                                    executor.describe(plan),
                                    String.join("\n", differences),
                                    seed,
                                    differences.getFirst()));
        }
        if (expected.hasMore()) {
            check(executor, world, following(plan, expected), seed);
        }
    }

    /** An answer without rows where a number got too large on the way. */
    private static Answer answer(AnalysisExecutor executor, AnalysisPlan plan) {
        try {
            return executor.execute(plan, LIMIT);
        } catch (AnalysisFailed outOfRange) {
            return new Answer(List.of(), false, Map.of(), List.of(), outOfRange.reason().name(), 0);
        }
    }

    private static AnalysisPlan following(AnalysisPlan plan, Answer answer) {
        var cells = answer.rows().stream().filter(row -> row.kind() == RowKind.CELL).toList();
        return Pages.page(plan, plan.limit() * 3, Pages.position(plan, cells.getLast()));
    }
}
