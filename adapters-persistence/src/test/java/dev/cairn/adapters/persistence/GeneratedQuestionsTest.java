package dev.cairn.adapters.persistence;

import dev.cairn.testkit.differential.DifferentialRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Generated questions, through the real planner and stores, have the same answers from PostgreSQL as from the reference executor. */
class GeneratedQuestionsTest {
    /** Of all that the testkit generates and judges: each is asked of a database here, which takes the most of the time. */
    private static final int SOME = 400;

    private static final int MANY = 12_000;

    @Test
    void postgres_and_the_reference_executor_give_the_same_answers() {
        try (var worlds = new StoredWorlds()) {
            DifferentialRun.against(worlds::onlyExecutorOver, SOME).run();
        }
    }

    @Tag("long")
    @Test
    void postgres_and_the_reference_executor_give_the_same_answers_to_many_more() {
        try (var worlds = new StoredWorlds()) {
            DifferentialRun.against(worlds::onlyExecutorOver, MANY).run();
        }
    }
}
