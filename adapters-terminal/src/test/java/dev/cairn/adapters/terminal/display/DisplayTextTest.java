package dev.cairn.adapters.terminal.display;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, '\t', '\n', '\r', 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x200B, 0x2028, 0x202E,
                0x2066, 0xFEFF, 0xD800
            })
    void what_could_move_a_cursor_or_turn_the_direction_is_shown_as_a_question_mark(int character) {
        assertThat(DisplayText.plain("a" + Character.toString(character) + "b")).isEqualTo("a?b");
    }

    @Test
    void letters_signs_and_joined_emoji_stay() {
        var text = "Zoë, 株式会社, نص, 👩‍🚀 & co.";
        assertThat(DisplayText.plain(text)).isEqualTo(text);
    }
}
