package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Questions asked on the command line, to the sample. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SampleQuestions {
    static final String AS_OF = "2026-08-01T00:00:00Z";

    RunningCairn cairn;

    @BeforeAll
    void start() {
        cairn = new RunningCairn();
        SmallCompany.fill(cairn);
    }

    @AfterAll
    void stop() {
        cairn.close();
    }

    final String answer(String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.errors()).isZero();
        assertThat(said.errors()).isEmpty();
        return said.output();
    }
}
