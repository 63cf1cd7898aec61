package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.TableChanged;
import dev.cairn.application.port.out.CalendarRows;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.CalendarDays;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CalendarsReadTest {
    /** Rows in memory, which say how often they were read. */
    private static final class Rows implements CalendarRows {
        private final List<CalendarDays.Day> days = new ArrayList<>();
        private int reads;
        private boolean slow;

        void add(String on, String period) {
            days.add(new CalendarDays.Day(LocalDate.parse(on), List.of(period)));
        }

        @Override
        public long dataVersion(Source source, Calendar.Rows of) {
            if (slow) {
                throw new TableChanged(
                        List.of(
                                Problem.of(
                                        ProblemCode.MAPPED_TABLE,
                                        Place.NOWHERE,
                                        "The table shop.day takes long.")),
                        new IllegalStateException("late"));
            }
            return days.size();
        }

        @Override
        public List<CalendarDays.Day> days(Source source, Calendar.Rows rows) {
            reads++;
            return List.copyOf(days);
        }
    }

    private static final Source DAY =
            new Source(
                    "day",
                    "Day",
                    "",
                    "ds",
                    ZoneOffset.UTC,
                    null,
                    null,
                    null,
                    null,
                    List.of("ds"),
                    List.of(Field.of("ds", DataType.DATE), Field.of("per", DataType.INTEGER)));
    private static final Calendar RETAIL =
            new Calendar(
                    "retail",
                    "retail",
                    "",
                    0,
                    0,
                    new Calendar.Rows(
                            "day", "ds", List.of(new Calendar.Period("period", List.of("per")))));

    private final Rows rows = new Rows();
    private final CalendarsRead calendars = new CalendarsRead(rows);

    private static Catalog catalog(Definition... definitions) {
        return Catalog.of(
                1,
                Stream.of(definitions)
                        .map(definition -> new Entry(definition, 1, Map.of()))
                        .toList(),
                List.of());
    }

    @Test
    void days_are_read_once_for_each_version_of_the_data() {
        var catalog = catalog(DAY, RETAIL);
        rows.add("2026-01-01", "1");
        var known = calendars.in(catalog);
        assertThat(calendars.in(catalog)).isSameAs(known);
        assertThat(rows.reads).isEqualTo(1);
        assertThat(known.daysOf("retail")).containsInstanceOf(CalendarDays.Known.class);

        rows.add("2026-01-03", "1");
        assertThat(calendars.in(catalog).daysOf("retail"))
                .contains(
                        new CalendarDays.Broken(
                                "there is no row of 2026-01-02, which is between 2026-01-01 and 2026-01-03"));
        assertThat(rows.reads).isEqualTo(2);
    }

    @Test
    void calendar_whose_table_takes_too_long_has_no_days_until_it_is_read() {
        var catalog = catalog(DAY, RETAIL);
        rows.add("2026-01-01", "1");
        rows.slow = true;
        assertThat(calendars.in(catalog).daysOf("retail"))
                .contains(new CalendarDays.Broken("The table shop.day takes long"));
        assertThat(rows.reads).isZero();

        rows.slow = false;
        assertThat(calendars.in(catalog).daysOf("retail"))
                .containsInstanceOf(CalendarDays.Known.class);
    }

    @Test
    void a_catalogue_without_calendars_of_rows_is_the_same() {
        var catalog = catalog(new Calendar("fiscal", "fiscal", "", 2, 1));
        assertThat(calendars.in(catalog)).isSameAs(catalog);
    }

    /** Without a deadline: a view that takes long would hold the start for as long. */
    @Test
    void no_calendar_is_read_before_somebody_asks() {
        rows.add("2026-01-01", "1");
        var catalogs = new Catalogs(new MemoryStore(catalog(DAY, RETAIL)), rows);
        var browsing =
                new BrowseCatalogService(
                        catalogs, (_, _, _) -> List.of(), BrowseCatalogServiceTest.WORKERS);
        assertThat(rows.reads).isZero();
        browsing.dependencies(List.of("none"));
        assertThat(rows.reads).isEqualTo(1);
    }
}
