package dev.cairn.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "é", "😀", "a😀b", "\u0001\uffff\ufffd"})
    void whole_characters_are_text(String text) {
        assertThat(TextRule.objection(text)).isEmpty();
    }

    @Test
    void nul_is_no_text() {
        assertThat(TextRule.objection("a\0")).contains("a NUL character at position 2");
    }

    @ParameterizedTest
    @CsvSource({
        "'\ud83d', 1",
        "'a\ude00', 2",
        "'\ude00\ud83d', 1",
        "'\ud83d\ud83d\ude00', 1",
        "'\ud83d\ude00\ud83d', 3"
    })
    void half_a_character_is_no_text(String text, int position) {
        assertThat(TextRule.objection(text)).contains("half a character at position " + position);
    }
}
