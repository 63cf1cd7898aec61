package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as text. */
final class CellText {
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);
    private static final DateTimeFormatter QUARTER =
            DateTimeFormatter.ofPattern("uuuu-'Q'Q", Locale.ROOT);
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("uuuu", Locale.ROOT);
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mmXXX", Locale.ROOT);

    private CellText() {}

    /** A bucket, as a range is written; a week by its Monday. */
    static String bucket(@Nullable Object label, @Nullable AskedGrain grain, ZoneId zone) {
        return switch (label) {
            case null -> "(all)";
            case LocalDate date when grain instanceof Grain ofLanguage ->
                    switch (ofLanguage) {
                        case HOUR, DAY, WEEK -> date.toString();
                        case MONTH -> MONTH.format(date);
                        case QUARTER -> QUARTER.format(date);
                        case YEAR -> YEAR.format(date);
                    };
            case Instant instant -> instant(instant, zone);
            default -> label.toString();
        };
    }

    static String instant(Instant instant, ZoneId zone) {
        return INSTANT.format(instant.atZone(zone));
    }

    /** A missing value, no account and the empty text look different; a text that looks like one of them is quoted. */
    static String group(GroupValue group, ZoneId zone) {
        return switch (group.kind()) {
            case VALUE -> {
                var text = value(group.value(), zone);
                yield text.isBlank() || text.startsWith("(") || text.startsWith("'")
                        ? "'" + text + "'"
                        : text;
            }
            case NONE -> "(none)";
            case NO_ACCOUNT -> "(no account)";
            case TOTAL -> "(all)";
            case OTHER -> "(other)";
        };
    }

    static String value(@Nullable Object value, ZoneId zone) {
        return switch (value) {
            case null -> "";
            case Instant instant -> instant(instant, zone);
            case BigDecimal number -> number.toPlainString();
            case Double number -> BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            default -> DisplayText.plain(value.toString());
        };
    }

    static @Nullable BigDecimal number(@Nullable Object value) {
        return switch (value) {
            case BigDecimal number -> number;
            case Double number -> BigDecimal.valueOf(number);
            case Number number -> new BigDecimal(number.toString());
            case null, default -> null;
        };
    }
}
