package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import org.junit.jupiter.api.Test;

/** Questions that no executor is to see. */
class QuestionTest {
    @Test
    void question_that_reads_nothing_cannot_be_grouped() {
        var planned = ask("1 + 1").by("account").planned(Catalog.empty());
        assertThat(planned).isInstanceOf(Planned.Rejected.class);
        assertThat(((Planned.Rejected) planned).problems())
                .extracting(Problem::code)
                .containsExactly(ProblemCode.INCOMPATIBLE);
    }
}
