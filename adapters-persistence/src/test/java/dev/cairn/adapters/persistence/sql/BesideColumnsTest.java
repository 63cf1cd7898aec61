package dev.cairn.adapters.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Which values of groups a target names. */
class BesideColumnsTest {
    @Test
    void a_number_is_named_as_answers_write_it_and_no_other_way() {
        assertThat(BesideColumns.number("12.5")).hasValue(new BigDecimal("12.5"));
        assertThat(BesideColumns.number("12.50")).isEmpty();
        assertThat(BesideColumns.number("1e2147483647")).isEmpty();
    }
}
