package dev.cairn.domain.fact;

import static dev.cairn.domain.fact.Notations.formats;
import static dev.cairn.domain.fact.Notations.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotationCheckTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DATE | dd/MM/yy | two digits need a pivot",
                "DATE | dd/MM | needs a year, a month and a day",
                "DATE | dd/mm/yyyy | needs a year, a month and a day",
                "DATE | DD/MM/yyyy | the letter 'D'",
                "DATE | yyyy-MM-ddTHH:mm | the letter 'T'",
                "DATE | yyyy-MM-dd 'at | a quote is not closed",
                "DATE | epoch seconds | the field is a timestamp",
                "DATE | yyyy-MM-dd HH:mm 'UTC' | the field is a timestamp",
                "TIMESTAMP | yyyy-MM-dd HH:mm[' UTC'] | write two formats",
                "DATE | yyyy-MM-dd] | a ']' has no '['",
                "TIMESTAMP | dd/MM/yyyy | has no time of day",
                "TIMESTAMP | dd/MM/yyyy h:mm | stand together",
                "TIMESTAMP | dd/MM/yyyy HH:mm a | stand together",
                "TEXT | dd/MM/yyyy | format is of dates and timestamps"
            })
    void a_format_that_cannot_be_read_by_is_found(DataType type, String format, String message) {
        assertThat(
                        NotationCheck.ofField(
                                Field.of("f", type).with(formats(null, null, format)),
                                Notation.STANDARD))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.property()).isEqualTo("format");
                    assertThat(finding.message()).contains(message);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd/MM/yyyy | MM/dd/yyyy",
                "d.M.yyyy | M.d.yyyy",
                "dd-MM-yy | yy-MM-dd",
                "yyyy-MM-dd | yyyy-dd-MM"
            })
    void formats_that_read_one_text_differently_cannot_stand_together(String one, String other) {
        assertThat(
                        NotationCheck.ofField(
                                Field.of("f", DataType.DATE).with(formats(null, 70, one, other)),
                                Notation.STANDARD))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("fits both"));
        assertThat(NotationCheck.ofAll(formats(null, 70, one, other))).isNotEmpty();
    }

    @Test
    void formats_that_agree_wherever_both_fit_stand_together() {
        assertThat(
                        NotationCheck.ofField(
                                Field.of("f", DataType.DATE)
                                        .with(
                                                formats(
                                                        null,
                                                        null,
                                                        "dd.MM.yyyy",
                                                        "d.M.yyyy",
                                                        "yyyy-MM-dd",
                                                        "excel")),
                                Notation.STANDARD))
                .isEmpty();
        assertThat(
                        NotationCheck.ofField(
                                Field.of("f", DataType.TIMESTAMP)
                                        .with(formats(null, null, "epoch seconds", "epoch millis")),
                                Notation.STANDARD))
                .hasSize(1);
    }

    @Test
    void separators_that_cannot_be_told_apart_are_found() {
        assertThat(NotationCheck.ofAll(numbers(null, ".", null, null)))
                .extracting(NotationCheck.Finding::message)
                .containsExactly(
                        "Thousands by '.' need another separator of decimals: decimal: ','.");
        assertThat(NotationCheck.ofAll(numbers(",", ",", null, null))).hasSize(1);
        assertThat(NotationCheck.ofAll(numbers(";", null, null, null))).hasSize(1);
        assertThat(NotationCheck.ofAll(numbers(",", "..", null, null))).hasSize(1);
        assertThat(NotationCheck.ofAll(numbers(null, null, null, null, "5"))).hasSize(1);
        assertThat(NotationCheck.ofAll(formats("xx-tlh", null))).hasSize(1);
        assertThat(
                        NotationCheck.ofField(
                                Field.of("f", DataType.DATE).with(numbers(",", null, null, null)),
                                Notation.STANDARD))
                .hasSize(1);
    }

    @Test
    void what_is_said_of_formats_needs_one() {
        var french = Field.of("f", DataType.DATE).with(formats("fr", null));

        assertThat(NotationCheck.ofField(french, Notation.STANDARD))
                .containsExactly(
                        new NotationCheck.Finding(
                                "locale", "locale is of a format, and 'f' has none."));
        assertThat(
                        NotationCheck.ofField(
                                Field.of("f", DataType.DATE).with(formats(null, 70)),
                                Notation.STANDARD))
                .extracting(NotationCheck.Finding::property)
                .containsExactly("pivot");
        assertThat(NotationCheck.ofField(french, formats(null, null, "d MMMM yyyy"))).isEmpty();
        assertThat(NotationCheck.ofAll(formats("fr", 70))).isEmpty();
    }
}
