package dev.cairn.domain.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {
    private static boolean found(String pattern, String text) {
        return TextPattern.compile(pattern).isFoundIn(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "ab          ~ xaby        ~ true",
                "ab          ~ a-b         ~ false",
                "^ab         ~ xab         ~ false",
                "^ab         ~ abx         ~ true",
                "ab$         ~ abx         ~ false",
                "ab$         ~ xab         ~ true",
                "^ab$        ~ ab          ~ true",
                "a.c         ~ abc         ~ true",
                "a.c         ~ ac          ~ false",
                "[abc]x      ~ bx          ~ true",
                "[abc]x      ~ dx          ~ false",
                "[^abc]x     ~ dx          ~ true",
                "[^abc]x     ~ ax          ~ false",
                "[a-cx-z]1   ~ y1          ~ true",
                "[a-cx-z]1   ~ m1          ~ false",
                "[-a]b       ~ -b          ~ true",
                "[a-]b       ~ -b          ~ true",
                "[a\\-c]z    ~ bz          ~ false",
                "[\\]]       ~ ]           ~ true",
                "[.]b        ~ xb          ~ false",
                "a|b         ~ b           ~ true",
                "^(a|bc)$    ~ bc          ~ true",
                "^(a|bc)$    ~ abc         ~ false",
                "^(a|)b$     ~ b           ~ true",
                "^()b$       ~ b           ~ true",
                "^a*$        ~ ``          ~ true",
                "^a*b$       ~ aaab        ~ true",
                "^a+$        ~ ``          ~ false",
                "^a+$        ~ aaa         ~ true",
                "^a?b$       ~ b           ~ true",
                "^a?b$       ~ aab         ~ false",
                "^a{2}$      ~ aa          ~ true",
                "^a{2}$      ~ aaa         ~ false",
                "^a{2,}$     ~ aaaa        ~ true",
                "^a{2,3}$    ~ aaa         ~ true",
                "^a{2,3}$    ~ aaaa        ~ false",
                "^a{0}b$     ~ b           ~ true",
                "^a{0,1}b$   ~ ab          ~ true",
                "^(ab){2}$   ~ abab        ~ true",
                "^(ab)+$     ~ aba         ~ false",
                "^(a*)*$     ~ aaa         ~ true",
                "^(a|b)*c$   ~ abbac       ~ true",
                "\\d+        ~ x42         ~ true",
                "^\\d+$      ~ 4x          ~ false",
                "^\\w+$      ~ a_9         ~ true",
                "^\\w+$      ~ a-9         ~ false",
                "^[\\d.]+$   ~ 4.2         ~ true",
                "^[^\\d]+$   ~ 4           ~ false",
                "a\\.b       ~ axb         ~ false",
                "a\\.b       ~ a.b         ~ true",
                "\\(\\)      ~ f()         ~ true",
                "\\$         ~ 5$          ~ true",
                "a}b         ~ a}b         ~ true",
                "é           ~ café        ~ true",
                "^.$         ~ é           ~ true",
                "^.$         ~ 😀          ~ true",
                "^[😀-😂]$   ~ 😁          ~ true",
                "x           ~ XYZ         ~ false",
            })
    void a_pattern_means_what_it_always_does(String pattern, String text, boolean found) {
        assertThat(found(pattern, text == null ? "" : text)).isEqualTo(found);
    }

    @Test
    void blanks_and_line_breaks() {
        assertThat(found("^\\s+$", " \t\r\n")).isTrue();
        assertThat(found("a b", "a b")).isTrue();
        assertThat(found("a\\nb\\tc\\rd", "a\nb\tc\rd")).isTrue();
        assertThat(found("a.b", "a\nb")).isTrue();
        assertThat(found("a$", "a\n")).isFalse();
        assertThat(found("^b", "a\nb")).isFalse();
    }

    @Test
    void an_empty_pattern_is_found_in_every_text() {
        assertThat(found("", "")).isTrue();
        assertThat(found("", "abc")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "a)",
                "[",
                "[a",
                "[]",
                "[^]",
                "*",
                "+a",
                "?",
                "{2}",
                "^*",
                "$+",
                "(*a)",
                "a|*",
                "a**",
                "a*+",
                "a+?",
                "a{2}{3}",
                "a{2}?",
                "a{",
                "a{,2}",
                "a{x}",
                "a{2",
                "a{3,2}",
                "a{256}",
                "a{1,9999999999}",
                "(?i)a",
                "(?:a)",
                "(?=a)",
                "\\",
                "a\\",
                "\\1",
                "\\b",
                "\\p{L}",
                "\\D",
                "[[:alpha:]]",
                "[a&&b]",
                "[z-a]",
                "[a-c-e]",
                "[\\d-z]",
                "[a-\\d]",
                "[a",
                "a\0",
                "[\0]",
                "\\\0",
            })
    void what_is_outside_of_the_subset_is_refused(String pattern) {
        assertThat(TextPattern.faultOf(pattern)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> TextPattern.compile(pattern));
    }

    @Test
    void a_refusal_says_why() {
        assertThat(TextPattern.faultOf("(?i)a")).contains("'(?' is not known");
        assertThat(TextPattern.faultOf("a**")).contains("'**' is not known");
        assertThat(TextPattern.faultOf("*a")).contains("'*' has nothing to repeat");
        assertThat(TextPattern.faultOf("[ab")).contains("'[' is not closed");
        assertThat(TextPattern.faultOf("\\b")).contains("'\\b' is not known");
        assertThat(TextPattern.faultOf("a".repeat(501))).contains("longer than 500 characters");
    }

    @Test
    void a_pattern_that_grows_beyond_measure_is_refused() {
        assertThat(TextPattern.faultOf("((a{200}){200}){200}"))
                .contains("too large when its repetitions are written out");
        assertThat(TextPattern.faultOf("a{255}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(a+)+$",
                "^(a|a)*$",
                "^(a*)*b$",
                "^(.*)*x$",
                "^(a|aa)+$",
                "^((a*)*)*c$",
                "^(a?){200}a{200}$",
                "(.*a){20}b",
            })
    void no_pattern_takes_for_ever(String pattern) {
        var text = "a".repeat(5_000) + "!";
        Assertions.assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> assertThat(found(pattern, text)).isFalse());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "abc         ~ abc",
                "\\d+        ~ [0-9]+",
                "[\\w.]      ~ [A-Za-z0-9_.]",
                "^a(b|c)*$   ~ ^a(b|c)*$",
                "a{2,}       ~ a{2,}",
                "a{1,1}      ~ a{1}",
                "a{0,}       ~ a*",
                "a|b         ~ a|b",
                "a\\.b}      ~ a\\.b\\}",
                "[-a]        ~ [\\-a]",
                "[^\\]]      ~ [^\\]]",
                "a\\/b       ~ a/b",
            })
    void a_pattern_is_written_as_all_engines_read_it(String pattern, String written) {
        assertThat(TextPattern.normalise(pattern)).isEqualTo(written);
        assertThat(TextPattern.normalise(written)).isEqualTo(written);
    }

    @Test
    void a_pattern_finds_what_the_platforms_own_engine_finds() {
        long seed = 20261128;
        var random = new Random(seed);
        for (int run = 0; run < 5_000; run++) {
            String pattern = pattern(random, 3);
            if (TextPattern.faultOf(pattern).isEmpty()) {
                String text = text(random);
                boolean expected =
                        Pattern.compile(
                                        TextPattern.normalise(pattern).replace("$", "\\z"),
                                        Pattern.DOTALL)
                                .matcher(text)
                                .find();
                assertThat(found(pattern, text))
                        .as("seed %d: '%s' in '%s'", seed, pattern, text)
                        .isEqualTo(expected);
            }
        }
    }

    private static String pattern(Random random, int depth) {
        var pattern = new StringBuilder();
        for (int part = random.nextInt(4); part >= 0; part--) {
            pattern.append(
                    switch (random.nextInt(depth > 0 ? 9 : 7)) {
                        case 0 -> "a";
                        case 1 -> "b";
                        case 2 -> ".";
                        case 3 -> "[ab]";
                        case 4 -> "[^a]";
                        case 5 -> "^";
                        case 6 -> "c$";
                        default ->
                                "("
                                        + pattern(random, depth - 1)
                                        + "|"
                                        + pattern(random, depth - 1)
                                        + ")";
                    });
            pattern.append(
                    switch (random.nextInt(9)) {
                        case 0 -> "*";
                        case 1 -> "+";
                        case 2 -> "?";
                        case 3 -> "{2}";
                        case 4 -> "{1,2}";
                        default -> "";
                    });
        }
        return pattern.toString();
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int at = random.nextInt(8); at > 0; at--) {
            text.append("abc\n".charAt(random.nextInt(4)));
        }
        return text.toString();
    }
}
