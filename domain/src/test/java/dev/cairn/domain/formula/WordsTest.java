package dev.cairn.domain.formula;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordsTest {
    /** Functions that came later are not reserved: a field may have had their name. */
    @Test
    void what_is_reserved_as_a_function_is_one() {
        var reserved = new HashSet<>(Words.FUNCTIONS);
        reserved.removeAll(Set.of("asof"));

        assertThat(Function.words()).containsAll(reserved);
    }
}
