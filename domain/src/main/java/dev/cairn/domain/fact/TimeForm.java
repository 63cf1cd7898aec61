package dev.cairn.domain.fact;

import dev.cairn.domain.model.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One form that dates and timestamps of a field are written in. */
sealed interface TimeForm permits TimeForm.Counted, TimePattern {
    /** The form as it is declared. */
    String text();

    /** @param type date or timestamp */
    Reading read(String text, DataType type, ZoneId zone);

    /** A time as this form writes it, of UTC where it has a zone. */
    String write(LocalDateTime time);

    /** Whether a type can be read by it; the reason why not, or null. */
    @Nullable String refusal(DataType type);

    /** @throws IllegalArgumentException where it is no form; the message says why */
    static TimeForm of(String text, Locale locale, @Nullable Integer pivot) {
        for (var counted : Counted.values()) {
            if (counted.text().equals(text)) {
                return counted;
            }
        }
        return TimePattern.of(text, locale, pivot);
    }

    /** Numbers that count from a day on. */
    enum Counted implements TimeForm {
        /** Seconds since 1970 in UTC. */
        EPOCH_SECONDS("epoch seconds"),
        /** Milliseconds since 1970 in UTC. */
        EPOCH_MILLIS("epoch millis"),
        /**
         * Days since the end of 1899, with a fraction for the time of day, to the millisecond, local. 60 is the 29th of February 1900, which
         * did not exist: it is rejected, and smaller numbers count from one day later.
         */
        EXCEL("excel");

        private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{0,20})?");
        private static final LocalDate EXCEL_ZERO = LocalDate.of(1899, 12, 30);
        private static final int EXCEL_NO_DAY = 60;
        private static final BigDecimal MILLIS_OF_DAY = new BigDecimal(86_400_000);
        private static final long LAST_EXCEL_DAY = 2_958_465;
        private static final int MICROS = 6;

        private final String text;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public String text() {
            return text;
        }

        @Override
        public Reading read(String written, DataType type, ZoneId zone) {
            if (!NUMBER.matcher(written).matches()) {
                return new Reading.Wrong("not a number, as the format '%s' wants".formatted(text));
            }
            var number = new BigDecimal(written);
            return switch (this) {
                case EPOCH_SECONDS -> instant(number);
                case EPOCH_MILLIS -> instant(number.movePointLeft(3));
                case EXCEL -> excel(number, type, zone);
            };
        }

        private static Reading instant(BigDecimal seconds) {
            var micros = seconds.setScale(MICROS, RoundingMode.FLOOR).unscaledValue();
            var parts = micros.divideAndRemainder(BigInteger.valueOf(1_000_000));
            long whole = parts[0].longValue();
            long rest = parts[1].longValue();
            if (Math.abs(whole) > 400_000_000_000L) {
                return new Reading.Wrong("beyond the years 1 to 9999");
            }
            return TimestampText.ofInstant(Instant.ofEpochSecond(whole, rest * 1_000));
        }

        private static Reading excel(BigDecimal number, DataType type, ZoneId zone) {
            var day = number.setScale(0, RoundingMode.FLOOR);
            var millis =
                    number.subtract(day)
                            .multiply(MILLIS_OF_DAY)
                            .setScale(0, RoundingMode.HALF_EVEN)
                            .longValueExact();
            long days = day.longValueExact();
            if (days < 1 || days == EXCEL_NO_DAY || days > LAST_EXCEL_DAY) {
                return new Reading.Wrong("there is no such day in a spreadsheet");
            }
            var date = EXCEL_ZERO.plusDays(days < EXCEL_NO_DAY ? days + 1 : days);
            if (type == DataType.DATE) {
                return millis == 0
                        ? new Reading.Value(date)
                        : new Reading.Wrong("a day with a time of day; the field is a date");
            }
            var local = date.atStartOfDay().plusNanos(millis * 1_000_000);
            return TimestampText.ofInstant(local.atZone(zone).toInstant());
        }

        @Override
        public String write(LocalDateTime time) {
            long seconds = time.toEpochSecond(ZoneOffset.UTC);
            return switch (this) {
                case EPOCH_SECONDS -> String.valueOf(seconds);
                case EPOCH_MILLIS -> String.valueOf(seconds * 1000);
                case EXCEL ->
                        String.valueOf(time.toLocalDate().toEpochDay() - EXCEL_ZERO.toEpochDay());
            };
        }

        @Override
        public @Nullable String refusal(DataType type) {
            return switch (this) {
                case EXCEL -> null;
                case EPOCH_SECONDS, EPOCH_MILLIS ->
                        type == DataType.TIMESTAMP
                                ? null
                                : "'%s' is an instant: the field is a timestamp".formatted(text);
            };
        }
    }
}
