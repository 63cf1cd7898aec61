package dev.cairn.domain.fact;

import static dev.cairn.domain.fact.Notations.formats;
import static dev.cairn.domain.fact.Notations.value;
import static dev.cairn.domain.fact.Notations.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates and times as exports of other tools write them. */
class TimeNotationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd.MM.yyyy | 31.01.2026 | 2026-01-31",
                "dd/MM/yyyy | 31/01/2026 | 2026-01-31",
                "dd/MM/yyyy | 01/02/2026 | 2026-02-01",
                "MM/dd/yyyy | 01/02/2026 | 2026-01-02",
                "MM/dd/yyyy | 01/31/2026 | 2026-01-31",
                "yyyy/MM/dd | 2026/01/31 | 2026-01-31",
                "yyyy-M-d | 2026-1-31 | 2026-01-31",
                "yyyy-M-d | 2026-01-05 | 2026-01-05",
                "yyyyMMdd | 20260131 | 2026-01-31",
                "d-MMM-yy | 31-Jan-26 | 2026-01-31",
                "d-MMM-yy | 1-JAN-70 | 1970-01-01",
                "d-MMM-yy | 1-sep-69 | 2069-09-01",
                "d MMMM yyyy | 29 February 2024 | 2024-02-29",
                "excel | 46053 | 2026-01-31",
                "excel | 1 | 1900-01-01",
                "excel | 59 | 1900-02-28",
                "excel | 61 | 1900-03-01",
                "excel | 46053.0 | 2026-01-31",
                "yyyy-MM-dd HH:mm:ss | 2026-01-31 00:00:00 | 2026-01-31"
            })
    void dates_are_read_as_declared(String format, String raw, LocalDate date) {
        assertThat(value(DataType.DATE, formats("en", 70, format), raw)).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yyyy-MM-dd H:mm | 2023-07-28 3:00 | 2023-07-28T01:00:00Z",
                "yyyy-MM-dd H:mm | 2023-07-28 13:00 | 2023-07-28T11:00:00Z",
                "M/d/yyyy h:mm a | 1/31/2026 9:05 PM | 2026-01-31T20:05:00Z",
                "M/d/yyyy h:mm a | 1/31/2026 12:05 am | 2026-01-30T23:05:00Z",
                "yyyy-MM-dd HH:mm:ss 'UTC' | 2026-01-31 08:26:00 UTC | 2026-01-31T08:26:00Z",
                "yyyy-MM-dd HH:mm:ss '(UTC)' | 2026-01-31 08:26:00 (UTC) | 2026-01-31T08:26:00Z",
                "yyyy-MM-dd HH:mm:ss '['XXX']' | 2026-01-31 08:26:00 [+01:00] | 2026-01-31T07:26:00Z",
                "yyyy-MM-dd HH:mm VV | 2026-01-31 08:26 America/New_York | 2026-01-31T13:26:00Z",
                "dd.MM.yyyy HH:mm XXX | 31.01.2026 08:26 +02:00 | 2026-01-31T06:26:00Z",
                "dd.MM.yyyy HH:mm:ss[.SSS] | 31.01.2026 08:26:00.250 | 2026-01-31T07:26:00.250Z",
                "dd.MM.yyyy HH:mm:ss[.SSS] | 31.01.2026 08:26:00 | 2026-01-31T07:26:00Z",
                "epoch seconds | 1769848000 | 2026-01-31T08:26:40Z",
                "epoch seconds | 1769848000.5 | 2026-01-31T08:26:40.500Z",
                "epoch seconds | -1 | 1969-12-31T23:59:59Z",
                "epoch millis | 1769848000123 | 2026-01-31T08:26:40.123Z",
                "excel | 46053.354166666664 | 2026-01-31T07:30:00Z"
            })
    void instants_are_read_as_declared(String format, String raw, Instant instant) {
        assertThat(value(DataType.TIMESTAMP, formats("en", null, format), raw)).isEqualTo(instant);
    }

    @Test
    void the_blank_before_pm_may_be_a_narrow_one() {
        assertThat(
                        value(
                                DataType.TIMESTAMP,
                                formats("en", null, "M/d/yyyy h:mm a"),
                                "1/31/2026 9:05\u202fPM"))
                .isEqualTo(Instant.parse("2026-01-31T20:05:00Z"));
    }

    @Test
    void months_are_named_in_the_declared_language_with_or_without_a_dot() {
        var german = formats("de", null, "dd. MMM yyyy");

        assertThat(value(DataType.DATE, german, "05. Okt. 2026"))
                .isEqualTo(LocalDate.of(2026, 10, 5));
        assertThat(value(DataType.DATE, german, "05. Okt 2026"))
                .isEqualTo(LocalDate.of(2026, 10, 5));
        assertThat(value(DataType.DATE, german, "05. Mai 2026"))
                .isEqualTo(LocalDate.of(2026, 5, 5));
        wrong(DataType.DATE, german, "05. Oct 2026", "not of the format");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd.MM.yyyy | 31.02.2026 | there is no such day",
                "dd.MM.yyyy | 29.02.2025 | there is no such day",
                "dd/MM/yyyy | 01/31/2026 | there is no such day",
                "dd.MM.yyyy | 1.1.2026 | not of the format dd.MM.yyyy",
                "dd.MM.yyyy | 31.01.2026 00:00 | not of the format",
                "dd.MM.yyyy | 31.01.26 | not of the format",
                "d.M.yyyy | 001.1.2026 | not of the format",
                "d.M.yyyy | -1.1.2026 | not of the format",
                "dd.MM.yyyy | 31.01.0000 | there is no such day",
                "yyyyMMdd | 20261301 | there is no such day",
                "excel | 60 | there is no such day",
                "excel | 0 | there is no such day",
                "excel | 46053.5 | time of day",
                "excel | 4,6 | not a number"
            })
    void a_text_that_does_not_fit_wholly_is_rejected(String format, String raw, String reason) {
        wrong(DataType.DATE, formats(null, null, format), raw, reason);
    }

    @Test
    void of_several_formats_the_one_that_fits_is_taken_and_two_that_differ_are_rejected() {
        var both = formats(null, null, "dd.MM.yyyy", "yyyy-MM-dd");
        assertThat(value(DataType.DATE, both, "31.01.2026")).isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(value(DataType.DATE, both, "2026-01-31")).isEqualTo(LocalDate.of(2026, 1, 31));
        wrong(DataType.DATE, both, "2026-02-31", "there is no such day");
        wrong(DataType.DATE, both, "Jan 31", "of none of the formats");

        var contrary = formats(null, null, "dd/MM/yyyy", "MM/dd/yyyy");
        wrong(DataType.DATE, contrary, "01/02/2026", "fits two");
        assertThat(value(DataType.DATE, contrary, "31/01/2026"))
                .isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(value(DataType.DATE, contrary, "03/03/2026"))
                .isEqualTo(LocalDate.of(2026, 3, 3));
    }
}
