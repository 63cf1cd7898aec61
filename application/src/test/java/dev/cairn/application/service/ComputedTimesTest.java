package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Computed fields of times and texts, in the zone of the source, where its clocks are put on and back. */
class ComputedTimesTest extends ImportScenario {
    private static Field computed(String name, DataType type, String formula) {
        return new Field(name, name, type, null, formula, List.of(), null, null);
    }

    private static Source berlin(List<Field> computed) {
        var fields = new ArrayList<Field>();
        fields.add(Field.of("rang", DataType.TIMESTAMP));
        fields.add(Field.of("due", DataType.DATE));
        fields.add(Field.of("name", DataType.TEXT));
        fields.addAll(computed);
        return new Source(
                "call",
                "",
                "",
                "rang",
                ZoneId.of("Europe/Berlin"),
                null,
                null,
                null,
                null,
                List.of(),
                fields);
    }

    /** The values of computed fields of one row after the other. */
    private List<String> computed(List<Field> computed, String... rows) {
        facts.clear();
        imported("call", Rows.of(List.of("rang", "due", "name"), rows), berlin(computed));
        assertThat(rejects).isEmpty();
        return facts.stream().map(ComputedTimesTest::after).toList();
    }

    private static String after(Fact fact) {
        return fact.values().subList(3, fact.values().size()).stream()
                .map(value -> Objects.toString(value, "none"))
                .collect(Collectors.joining(" "));
    }

    @Test
    void parts_of_an_instant_are_of_the_clock_of_the_source() {
        // 00:30 UTC is 01:30 in winter, 02:30 in summer; 23:30 UTC of the last day of a year is of
        // the next one.
        assertThat(
                        computed(
                                List.of(
                                        computed("a", DataType.DATE, "date(rang)"),
                                        computed("b", DataType.DATE, "trunc(rang, week)"),
                                        computed("c", DataType.DATE, "trunc(rang, quarter)"),
                                        computed("d", DataType.INTEGER, "weekday(rang)"),
                                        computed("e", DataType.INTEGER, "day_of_month(rang)"),
                                        computed("f", DataType.INTEGER, "day_of_year(rang)"),
                                        computed("g", DataType.INTEGER, "month_of_year(rang)"),
                                        computed("h", DataType.INTEGER, "quarter_of_year(rang)"),
                                        computed("i", DataType.INTEGER, "calendar_year(rang)"),
                                        computed("j", DataType.INTEGER, "hour_of_day(rang)")),
                                "2026-03-29T00:30:00Z,,",
                                "2026-10-24T00:30:00Z,,",
                                "2026-12-31T23:30:00Z,,",
                                "2026-06-30T22:00:00Z,,"))
                .containsExactly(
                        "2026-03-29 2026-03-23 2026-01-01 7 29 88 3 1 2026 1",
                        "2026-10-24 2026-10-19 2026-10-01 6 24 297 10 4 2026 2",
                        "2027-01-01 2026-12-28 2027-01-01 5 1 1 1 1 2027 0",
                        "2026-07-01 2026-06-29 2026-07-01 3 1 182 7 3 2026 0");
    }

    @Test
    void days_move_the_clock_of_the_source_and_hours_elapse() {
        // 02:30 of 29 March never was: the instant after it, 03:00; 02:30 of 25 October was twice:
        // the earlier.
        assertThat(
                        computed(
                                List.of(
                                        computed("a", DataType.TIMESTAMP, "rang + 1 day"),
                                        computed("b", DataType.TIMESTAMP, "rang + 24 hours"),
                                        computed("c", DataType.DATE, "due + 1 month"),
                                        computed("d", DataType.DATE, "due - 3 days")),
                                "2026-03-28T01:30:00Z,2024-01-31,",
                                "2026-10-24T00:30:00Z,2026-12-31,",
                                "2026-03-29T00:30:00Z,,"))
                .containsExactly(
                        "2026-03-29T01:00:00Z 2026-03-29T01:30:00Z 2024-02-29 2024-01-28",
                        "2026-10-25T00:30:00Z 2026-10-25T00:30:00Z 2027-01-31 2026-12-28",
                        "2026-03-29T23:30:00Z 2026-03-30T00:30:00Z none none");
    }

    @Test
    void texts_are_trimmed_and_joined_and_nothing_is_joined_to_none() {
        assertThat(
                        computed(
                                List.of(
                                        computed(
                                                "a",
                                                DataType.TEXT,
                                                "concat(trim(name), '-', lower(name), '.')"),
                                        computed("b", DataType.INTEGER, "day_of_year(due)")),
                                "2026-01-01T00:00:00Z,2026-02-28, \u00c4 b ",
                                "2026-01-01T00:00:00Z,2024-12-31,",
                                "2026-01-01T00:00:00Z,,x"))
                .containsExactly("\u00c4 b- \u00e4 b . 59", "none 366", "x-x. none");
    }
}
