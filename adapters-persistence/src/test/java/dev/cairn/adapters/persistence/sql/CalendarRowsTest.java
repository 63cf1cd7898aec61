package dev.cairn.adapters.persistence.sql;

import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.fact.JooqCalendarRows;
import dev.cairn.domain.time.CalendarDays;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CalendarRowsTest {
    private final WorldDatabases databases = new WorldDatabases(TestServer.shared());

    @AfterEach
    void dropDatabases() throws SQLException {
        databases.close();
    }

    @Test
    void rows_in_force_are_read_with_the_values_of_their_periods() {
        var world =
                World.world()
                        .source(source("day").date("ds").integer("yr").text("name").key("ds"))
                        .calendarOfRows("retail", "day", "ds", "year: yr", "period: yr, name")
                        .fact("day", "2026-01-01", 2026, "P1")
                        .fact("day", "2026-01-02", 2026, null)
                        .build();
        var rows = new JooqCalendarRows(databases.of(world));
        var calendar = world.catalog().calendar("retail").orElseThrow();
        var of = Objects.requireNonNull(calendar.rows());
        assertThat(rows.dataVersion(world.source("day"), of)).isPositive();
        assertThat(rows.days(world.source("day"), of))
                .containsExactlyInAnyOrder(
                        new CalendarDays.Day(
                                LocalDate.parse("2026-01-01"), Arrays.asList("2026", "2026 P1")),
                        new CalendarDays.Day(
                                LocalDate.parse("2026-01-02"), Arrays.asList("2026", null)));
    }
}
