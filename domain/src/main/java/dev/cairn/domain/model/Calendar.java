package dev.cairn.domain.model;

import dev.cairn.domain.time.FiscalPeriods;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import dev.cairn.domain.time.RowPeriods;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A calendar whose year begins on another day than January 1, from where its months and quarters are counted; or one whose periods stand in the rows of a
 * source or a table.
 *
 * @param beginsMonth of the first day of its year; 0 where rows say it
 * @param beginsDay of the first day of its year and of each of its months; 0 where rows say it
 * @param rows null: its year begins on a day
 */
public record Calendar(
        String name,
        String label,
        String description,
        int beginsMonth,
        int beginsDay,
        @Nullable Rows rows)
        implements Definition {
    /** One whose year begins on a day. */
    public Calendar(String name, String label, String description, int beginsMonth, int beginsDay) {
        this(name, label, description, beginsMonth, beginsDay, null);
    }

    /**
     * One row a day.
     *
     * @param source whose rows they are; that of the calendar itself where it is mapped
     * @param day the field that says of which
     * @param mapping the table that the rows stay in, of whose columns day and periods are then; null: they are those of a source
     */
    public record Rows(String source, String day, List<Period> grains, @Nullable Mapping mapping) {
        public Rows {
            grains = List.copyOf(grains);
        }

        /** Of a source. */
        public Rows(String source, String day, List<Period> grains) {
            this(source, day, grains, null);
        }

        /** As a source has them that is mapped on the table: a date, and the columns of periods as texts. Empty where they are those of a source. */
        public Optional<Source> mapped() {
            if (mapping == null) {
                return Optional.empty();
            }
            var fields =
                    Stream.concat(
                                    Stream.of(Field.of(day, DataType.DATE)),
                                    grains.stream()
                                            .flatMap(grain -> grain.fields().stream())
                                            .filter(name -> !name.equals(day))
                                            .distinct()
                                            .map(name -> Field.of(name, DataType.TEXT)))
                            .toList();
            return Optional.of(
                    new Source(
                                    source,
                                    source,
                                    "",
                                    day,
                                    ZoneOffset.UTC,
                                    null,
                                    null,
                                    null,
                                    null,
                                    List.of(day),
                                    fields)
                            .withMapping(mapping));
        }

        /** What formulas name its periods. */
        public List<String> names() {
            return grains.stream().map(Period::name).toList();
        }
    }

    /**
     * What a calendar of rows is cut into.
     *
     * @param fields whose values together tell one from another
     */
    public record Period(String name, List<String> fields) {
        public Period {
            fields = List.copyOf(fields);
        }
    }

    /** The last day that each month has. */
    public static final int LAST_DAY = 28;

    private static final List<Grain> PERIODS = List.of(Grain.MONTH, Grain.QUARTER, Grain.YEAR);

    /** Whether there is such a day, and each month has it. */
    public boolean isSound() {
        return rows != null
                || (beginsMonth >= 1
                        && beginsMonth <= 12
                        && beginsDay >= 1
                        && beginsDay <= LAST_DAY);
    }

    /** What it is cut into, as formulas name it. */
    public List<String> periods() {
        return rows == null ? PERIODS.stream().map(Grain::text).toList() : rows.names();
    }

    /** Empty where it has no such period, or is not sound. Of rows it is not known here which days are in each. */
    public Optional<Periods> periods(String period) {
        if (rows != null) {
            return rows.names().contains(period)
                    ? Optional.of(RowPeriods.unknown(name, period))
                    : Optional.empty();
        }
        return PERIODS.stream()
                .filter(_ -> isSound())
                .filter(grain -> grain.text().equals(period))
                .findFirst()
                .map(grain -> new FiscalPeriods(name, grain, MonthDay.of(beginsMonth, beginsDay)));
    }

    @Override
    public String meaning() {
        return rows == null
                ? "begins %02d-%02d".formatted(beginsMonth, beginsDay)
                : "rows of %s by %s: %s"
                        .formatted(
                                rows.mapping() == null
                                        ? rows.source()
                                        : rows.mapping().meaning().strip(),
                                rows.day(),
                                rows.grains().stream()
                                        .map(grain ->
                                                grain.name()
                                                        + " "
                                                        + String.join(", ", grain.fields()))
                                        .collect(Collectors.joining("; ")));
    }
}
