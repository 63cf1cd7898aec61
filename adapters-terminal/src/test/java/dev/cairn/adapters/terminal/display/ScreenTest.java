package dev.cairn.adapters.terminal.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {
    @Test
    void the_locale_decides_whether_more_than_ascii_is_shown() {
        assertThat(Screen.isUnicode(Map.of("LC_ALL", "C.UTF-8"))).isTrue();
        assertThat(Screen.isUnicode(Map.of("LANG", "de_DE.utf8"))).isTrue();
        assertThat(Screen.isUnicode(Map.of("LC_ALL", "", "LC_CTYPE", "C", "LANG", "C.UTF-8")))
                .isFalse();
        assertThat(Screen.isUnicode(Map.of("LANG", "POSIX"))).isFalse();
        assertThat(Screen.isUnicode(Map.of())).isTrue();
    }

    @Test
    void what_the_output_cannot_write_is_not_drawn_with() {
        assertThat(Glyphs.of(StandardCharsets.UTF_8)).isEqualTo(Glyphs.UNICODE);
        assertThat(Glyphs.of(StandardCharsets.ISO_8859_1)).isEqualTo(Glyphs.ASCII);
    }
}
