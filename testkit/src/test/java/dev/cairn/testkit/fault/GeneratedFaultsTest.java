package dev.cairn.testkit.fault;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testkit.differential.DifferentialRun;
import org.junit.jupiter.api.Test;

/** Generated questions notice the wrong reading of a field that only a declaration of its own makes possible. */
class GeneratedFaultsTest {
    private static final int CASES = 400;

    @Test
    void a_field_that_is_read_as_the_link_of_its_name_is_noticed() {
        assertThatThrownBy(() ->
                        DifferentialRun.against(Fault.FIELD_CALLED_ACCOUNT_IS_THE_LINK::over, CASES)
                                .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the answers differ");
    }
}
