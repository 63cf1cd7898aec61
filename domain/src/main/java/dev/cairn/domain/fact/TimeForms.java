package dev.cairn.domain.fact;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Notation;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms that dates or timestamps of one field are written in. */
record TimeForms(DataType type, List<TimeForm> forms) {
    /** Sample days: forms with different orders of day, month and year read some of them differently. */
    private static final LocalDate FIRST_SAMPLE = LocalDate.of(2001, 1, 1);

    private static final LocalDate LAST_SAMPLE = LocalDate.of(2003, 12, 31);
    private static final int SAMPLED_HOUR = 3;
    private static final int SAMPLED_MINUTE = 4;

    TimeForms {
        forms = List.copyOf(forms);
    }

    /** @throws IllegalArgumentException where a format is none */
    static TimeForms of(DataType type, Notation notation) {
        var locale =
                notation.locale() == null
                        ? Locale.ENGLISH
                        : Locale.forLanguageTag(notation.locale());
        return new TimeForms(
                type,
                notation.formats().stream()
                        .map(format -> TimeForm.of(format, locale, notation.pivot()))
                        .toList());
    }

    /** Those that the type can be read by. */
    TimeForms fitting() {
        return new TimeForms(
                type, forms.stream().filter(form -> form.refusal(type) == null).toList());
    }

    Reading read(String text, ZoneId zone) {
        if (forms.size() == 1) {
            return forms.getFirst().read(text, type, zone);
        }
        Reading found = null;
        var reasons = new ArrayList<String>();
        for (var form : forms) {
            switch (form.read(text, type, zone)) {
                case Reading.Value value -> {
                    if (found != null && !found.equals(value)) {
                        return new Reading.Wrong(
                                "it fits two of the declared formats, with different results");
                    }
                    found = value;
                }
                case Reading.Wrong(var reason) -> reasons.add(reason);
                case Reading.OutOfRange _ -> {}
            }
        }
        return found == null
                ? new Reading.Wrong(
                        reasons.stream()
                                .filter(reason -> !reason.startsWith("not "))
                                .findFirst()
                                .orElse(
                                        "of none of the formats "
                                                + forms.stream().map(TimeForm::text).toList()))
                : found;
    }

    /** A text that two of the forms read with different results. */
    Optional<String> contradiction() {
        for (var one : forms) {
            for (var other : forms) {
                if (one != other) {
                    for (var day = FIRST_SAMPLE; !day.isAfter(LAST_SAMPLE); day = day.plusDays(1)) {
                        var found =
                                contradiction(one, other, day.atTime(SAMPLED_HOUR, SAMPLED_MINUTE));
                        if (found.isPresent()) {
                            return found;
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> contradiction(TimeForm one, TimeForm other, LocalDateTime time) {
        var text = one.write(time);
        boolean differ =
                one.read(text, type, ZoneOffset.UTC) instanceof Reading.Value left
                        && other.read(text, type, ZoneOffset.UTC) instanceof Reading.Value right
                        && !left.equals(right);
        return differ
                ? Optional.of(
                        "'%s' fits both %s and %s, with different results"
                                .formatted(text, one.text(), other.text()))
                : Optional.empty();
    }
}
