package dev.cairn.domain.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notations of one property or a few, and what a field of one reads, in Berlin. */
final class Notations {
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private Notations() {}

    static Notation formats(@Nullable String locale, @Nullable Integer pivot, String... formats) {
        return new Notation(
                null,
                List.of(formats),
                locale,
                pivot,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null);
    }

    static Notation numbers(
            @Nullable String decimal,
            @Nullable String thousands,
            Notation.@Nullable Negative negative,
            Notation.@Nullable Percent percent,
            String... strip) {
        return new Notation(
                null,
                List.of(),
                null,
                null,
                decimal,
                thousands,
                List.of(strip),
                negative,
                percent,
                null,
                null,
                null);
    }

    static Notation texts(@Nullable Boolean trim, Notation.@Nullable LetterCase letterCase) {
        return new Notation(
                null,
                List.of(),
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                trim,
                letterCase,
                null);
    }

    static Reading read(DataType type, Notation notation, String raw) {
        return new FieldReader(Field.of("f", type).with(notation), BERLIN).read(raw);
    }

    static @Nullable Object value(DataType type, Notation notation, String raw) {
        var reading = read(type, notation, raw);
        assertThat(reading).as(raw).isInstanceOf(Reading.Value.class);
        return ((Reading.Value) reading).value();
    }

    static void wrong(DataType type, Notation notation, String raw, String reason) {
        assertThat(read(type, notation, raw))
                .as(raw)
                .isInstanceOfSatisfying(
                        Reading.Wrong.class, wrong -> assertThat(wrong.reason()).contains(reason));
    }
}
