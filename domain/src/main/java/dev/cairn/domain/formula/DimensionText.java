package dev.cairn.domain.formula;

import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.DatePart;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a question groups by, as written: names are not looked up yet. */
public sealed interface DimensionText {
    Span span();

    /** {@code month}: time at a grain. */
    record ByGrain(AskedGrain grain, Span span) implements DimensionText {}

    /** {@code weekday}, {@code weekday of paid_on}: all Mondays together. A field of that name is quoted. */
    record ByDatePart(DatePart part, Formula.@Nullable Path of, Span span)
            implements DimensionText {}

    /** {@code account.plan}, {@code contract.due_at by month}, {@code account.plan as of now}. */
    record ByPath(Formula.Path path, @Nullable AskedGrain by, @Nullable Moment asOf, Span span)
            implements DimensionText {}

    /** {@code age month}, {@code age month from signed_on}: how long ago the member's period began. */
    record ByAge(AskedGrain grain, Formula.@Nullable Path from, Span span)
            implements DimensionText {}

    /** {@code (score >= 9) as promoter}. */
    record ByFormula(Formula formula, String name, Span span) implements DimensionText {}

    static Optional<DatePart> datePart(String word) {
        return Arrays.stream(DatePart.values())
                .filter(part -> part.text().equals(word))
                .findFirst();
    }

    static boolean isDatePart(String word) {
        return datePart(word).isPresent();
    }
}
