package dev.cairn.adapters.graphql.scalar;

import dev.cairn.adapters.graphql.scalar.TextCoercing.BadText;
import dev.cairn.domain.problem.NearestNames;
import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The custom scalars; their descriptions stand in the schema. */
public final class Scalars {
    private static final Pattern DATE_FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern INSTANT_FORM =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");
    private static final Pattern DECIMAL_FORM = Pattern.compile("-?[0-9]{1,500}(\\.[0-9]{1,500})?");

    /** Made once: the JDK copies all of them for whoever asks. */
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private static final DateTimeFormatter DATE_FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter INSTANT_FORMAT =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);

    private Scalars() {}

    public static List<GraphQLScalarType> all() {
        return List.of(
                scalar(
                        "Date",
                        new TextCoercing<>(
                                "Date", LocalDate.class, Scalars::readDate, LocalDate::toString)),
                scalar(
                        "DateTime",
                        new TextCoercing<>(
                                "DateTime",
                                Instant.class,
                                Scalars::readInstant,
                                Instant::toString)),
                scalar(
                        "Decimal",
                        new TextCoercing<>(
                                "Decimal",
                                BigDecimal.class,
                                Scalars::readDecimal,
                                BigDecimal::toPlainString)),
                scalar("Record", new RecordCoercing()),
                scalar(
                        "TimeZone",
                        new TextCoercing<>(
                                "TimeZone", ZoneId.class, Scalars::readZone, ZoneId::getId)));
    }

    private static GraphQLScalarType scalar(String name, Coercing<?, ?> coercing) {
        return GraphQLScalarType.newScalar().name(name).coercing(coercing).build();
    }

    private static LocalDate readDate(String text) {
        if (!DATE_FORM.matcher(text).matches()) {
            throw new BadText("'%s' is not a date; write YYYY-MM-DD.".formatted(text));
        }
        try {
            return inYears(LocalDate.parse(text, DATE_FORMAT), text);
        } catch (DateTimeException _) {
            throw new BadText("There is no date '%s'.".formatted(text));
        }
    }

    private static Instant readInstant(String text) {
        if (!INSTANT_FORM.matcher(text).matches()) {
            throw new BadText(
                    "'%s' is not an instant; write it with an offset, as in 2026-01-31T10:00:00Z."
                            .formatted(text));
        }
        try {
            var instant = OffsetDateTime.parse(text, INSTANT_FORMAT);
            inYears(instant.toLocalDate(), text);
            return instant.toInstant();
        } catch (DateTimeException _) {
            throw new BadText("There is no instant '%s'.".formatted(text));
        }
    }

    private static LocalDate inYears(LocalDate date, String text) {
        if (date.get(ChronoField.YEAR) < 1) {
            throw new BadText("'%s' is before the year 0001.".formatted(text));
        }
        return date;
    }

    private static BigDecimal readDecimal(String text) {
        if (!DECIMAL_FORM.matcher(text).matches()) {
            throw new BadText("'%s' is not a decimal; write digits, as in 12.50.".formatted(text));
        }
        return new BigDecimal(text);
    }

    /** Only names of the zone database: an offset is no zone, its days are never cut otherwise. */
    private static ZoneId readZone(String text) {
        if (!ZONES.contains(text)) {
            var near = NearestNames.nearest(text, ZONES);
            var hint =
                    near.isEmpty()
                            ? "write an IANA name, as in Europe/Paris."
                            : "did you mean '%s'?".formatted(near.getFirst());
            throw new BadText("'%s' is not a time zone; %s".formatted(text, hint));
        }
        return ZoneId.of(text);
    }
}
