package dev.cairn.adapters.persistence.sql;

import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.fact.JooqCalendarRows;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.TableChanged;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.time.CalendarDays;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
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

    /** The view sleeps for as long as no test lasts; what is waited for is half of the deadline. */
    @Test
    void table_that_takes_half_of_the_time_of_a_question_is_named_and_given_up() {
        var dsl = databases.of(World.world().build());
        dsl.execute("create schema shop");
        dsl.execute(
                "create view shop.slow as select date '2026-01-01' as ds, '1' as per, pg_sleep(900)::text as nap");
        var rows = new JooqCalendarRows(dsl);
        for (var version : Arrays.asList(null, "nap")) {
            var calendar =
                    new Calendar.Rows(
                            "slow",
                            "ds",
                            List.of(new Calendar.Period("period", List.of("per", "nap"))),
                            new Mapping("shop", "slow", version, null));
            var source = calendar.mapped().orElseThrow();
            assertThatThrownBy(() -> soon().during(() -> rows.dataVersion(source, calendar)))
                    .isInstanceOf(TableChanged.class)
                    .hasMessageStartingWith("The table shop.slow was not read within ")
                    .hasMessageContaining("its view a materialized one");
            assertThatThrownBy(() -> soon().during(() -> rows.days(source, calendar)))
                    .isInstanceOf(TableChanged.class);
        }
    }

    /** Two seconds that never end whole, however long the machine takes: only half of them does. */
    private static Deadline soon() {
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        return new Deadline(() -> Math.min(System.nanoTime(), end - 1), end);
    }
}
