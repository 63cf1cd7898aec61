package dev.cairn.domain.fact;

import static dev.cairn.domain.fact.Notations.BERLIN;
import static dev.cairn.domain.fact.Notations.numbers;
import static dev.cairn.domain.fact.Notations.read;
import static dev.cairn.domain.fact.Notations.texts;
import static dev.cairn.domain.fact.Notations.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts, and what a field takes from its source. */
class FieldNotationTest {
    @Test
    void texts_are_trimmed_and_cased_and_a_blank_one_is_empty() {
        var key = texts(true, Notation.LetterCase.LOWER);
        assertThat(value(DataType.TEXT, key, " ACME\u00a0")).isEqualTo("acme");
        assertThat(read(DataType.TEXT, key, "  ")).isEqualTo(Reading.EMPTY);
        assertThat(read(DataType.DECIMAL, key, " ")).isEqualTo(Reading.EMPTY);
        assertThat(value(DataType.TEXT, texts(null, Notation.LetterCase.UPPER), " de "))
                .isEqualTo(" DE ");
    }

    @Test
    void missing_codes_are_compared_with_the_trimmed_text_where_it_is_trimmed() {
        var field =
                new Field(
                        "f",
                        "f",
                        DataType.DECIMAL,
                        null,
                        null,
                        List.of("N/A"),
                        null,
                        null,
                        texts(true, null));
        assertThat(new FieldReader(field, BERLIN).read(" N/A ")).isEqualTo(Reading.EMPTY);
        assertThat(new FieldReader(field.with(Notation.STANDARD), BERLIN).read(" N/A "))
                .isInstanceOf(Reading.Wrong.class);
    }

    @Test
    void what_a_field_leaves_open_its_source_says() {
        var source = numbers(",", ".", null, null, "\u20ac");
        var field = numbers(".", ",", null, null);

        assertThat(field.over(source)).isEqualTo(numbers(".", ",", null, null, "\u20ac"));
        assertThat(numbers(".", null, null, null).over(source))
                .isEqualTo(numbers(".", null, null, null, "\u20ac"));
        assertThat(Notation.STANDARD.over(source)).isEqualTo(source);
        assertThat(source.over(Notation.STANDARD)).isEqualTo(source);
    }
}
