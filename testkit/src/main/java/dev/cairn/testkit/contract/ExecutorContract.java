package dev.cairn.testkit.contract;

import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.shape.Shape;
import dev.cairn.domain.shape.Shaped;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import dev.cairn.testkit.differential.Refusal;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What the contracts of an {@link AnalysisExecutor} share. The test of an adapter extends {@link AnalysisExecutorContract}. */
public interface ExecutorContract {
    Duration LIMIT = Duration.ofSeconds(60);

    /** An executor over exactly this world. */
    AnalysisExecutor executorOver(World world);

    /**
     * A source {@code event} of (happened, customer, person, name, amount), complete from January to March 2026, and accounts with a plan and seats, users with
     * a role.
     */
    default WorldBuilder events() {
        return World.world()
                .entity(accounts().text("plan").integer("seats").date("signed_on"))
                .entity(users().text("role"))
                .source(
                        source("event")
                                .timestamp("happened")
                                .account("customer")
                                .user("person")
                                .text("name")
                                .decimal("amount")
                                .coverage("2026-01-01", "2026-04-01"));
    }

    /**
     * The answer to a plan. Where the plan is beyond the executor's capabilities, that it is refused cleanly is all that is asked of the executor; what else
     * the test says is then said of the reference executor.
     */
    default Answer answer(World world, AnalysisPlan plan) {
        var executor = executorOver(world);
        if (Refusal.isDue(executor, plan)) {
            assertThat(Refusal.fault(executor, plan)).isEmpty();
            return new ReferenceExecutor(world).execute(plan, LIMIT);
        }
        return executor.execute(plan, LIMIT);
    }

    default Answer answer(WorldBuilder world, Question question) {
        var built = world.build();
        return answer(built, plan(question, built));
    }

    /** What is planned for a question; a test whose question is refused says so. Overridden where a planner is tried that gets a rule wrong. */
    default Planned.Ready ready(Question question, Catalog catalog) {
        return question.ready(catalog);
    }

    private AnalysisPlan plan(Question question, World world) {
        return ready(question, world.catalog()).plan();
    }

    /** The answer in the shape of the question. */
    default AnalysisResult result(WorldBuilder world, Question question) {
        var built = world.build();
        var ready = ready(question, built.catalog());
        return ResultAssembler.assemble(
                ready, answer(built, ready.plan()), question.query().zone());
    }

    /** Why the values of the only row may still change, a column each. */
    default List<Set<Incomplete>> incomplete(WorldBuilder world, Question question) {
        var rows = result(world, question).rows();
        assertThat(rows).hasSize(1);
        return rows.getFirst().cells().stream()
                .filter(Cell.Value.class::isInstance)
                .map(cell -> ((Cell.Value) cell).incomplete())
                .toList();
    }

    /** The rows of the answer as text. */
    default List<String> rows(WorldBuilder world, Question question) {
        var built = world.build();
        var plan = plan(question, built);
        return Lines.of(answer(built, plan), plan, question.query());
    }

    /** The same, with numerators, denominators and sample sizes. */
    default List<String> rowsWithParts(WorldBuilder world, Question question) {
        var built = world.build();
        var plan = plan(question, built);
        return Lines.withParts(answer(built, plan), plan, question.query());
    }

    /** The same, with how far each value may be off. */
    default List<String> rowsWithUncertainty(WorldBuilder world, Question question) {
        var built = world.build();
        var asked = question.withUncertainty();
        var plan = plan(asked, built);
        return Lines.withUncertainty(answer(built, plan), plan, asked.query());
    }

    /** That the question has exactly these rows, in this order. */
    default void expect(WorldBuilder world, Question question, String... rows) {
        assertThat(rows(world, question)).containsExactly(rows);
    }

    /** That each formula, alone, has this one value. */
    default void expectValue(WorldBuilder world, String formula, String value) {
        assertThat(rows(world, Question.ask(formula))).as(formula).containsExactly(value);
    }

    /** What is remarked about the answer: column, code and text. */
    default List<String> notices(WorldBuilder world, Question question) {
        return result(world, question).notices().stream()
                .map(notice ->
                        "%s %s: %s".formatted(notice.column(), notice.code(), notice.message()))
                .toList();
    }

    /** The answer to a question of fixed shape, asked when the question says. */
    default <A extends Shaped> A shaped(WorldBuilder world, Shape<A> shape, Question asking) {
        var asked = shape.asked();
        assertThat(asked.problems()).isEmpty();
        return shape.folded(result(world, asking.of(asked.query())));
    }

    /** That the table of a question of fixed shape has exactly these rows. */
    default void expect(WorldBuilder world, Shape<?> shape, String... rows) {
        expect(world, shape, Question.frame(), rows);
    }

    /** The same, asked by the caller of a question and when it is. */
    default void expect(WorldBuilder world, Shape<?> shape, Question question, String... rows) {
        assertThat(ShapeLines.of(shaped(world, shape, question).table())).containsExactly(rows);
    }
}
