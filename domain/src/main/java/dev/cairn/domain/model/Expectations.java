package dev.cairn.domain.model;

import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of the facts of a source, and when they are known to be broken. It changes no fact and no value: it says how far values can be trusted.
 *
 * @param cadence how often facts come; null: nothing is expected of that
 * @param freshDays days that the newest fact may be old; null: as the cadence says, or nothing where there is none; {@link #ANY_AGE}: however old it is
 * @param unique fields whose values together no two facts have; empty: nothing is expected
 * @param orphans greatest share of facts of no account, 0..1; null: nothing is expected
 * @param volume whether the number of facts a period is compared with that of the periods around it
 * @param broken stretches in which the facts are known to be wrong
 * @param volumeBy dimension whose values are compared each by themselves too, as what is lost may be of one of them; null: none
 * @param optional whether there need be no fact at all: without any, the source has no grade
 */
public record Expectations(
        @Nullable Grain cadence,
        @Nullable Integer freshDays,
        List<OfField> fields,
        List<String> unique,
        @Nullable BigDecimal orphans,
        boolean volume,
        List<Control> controls,
        List<Broken> broken,
        @Nullable String volumeBy,
        boolean optional) {
    /** Facts to which none are added, as of an export that was made once. */
    public static final int ANY_AGE = Integer.MAX_VALUE;

    /** Nothing is expected. */
    public static final Expectations NONE =
            new Expectations(null, null, List.of(), List.of(), null, false, List.of(), List.of());

    /** Of a source that is to have facts. */
    public Expectations(
            @Nullable Grain cadence,
            @Nullable Integer freshDays,
            List<OfField> fields,
            List<String> unique,
            @Nullable BigDecimal orphans,
            boolean volume,
            List<Control> controls,
            List<Broken> broken,
            @Nullable String volumeBy) {
        this(
                cadence, freshDays, fields, unique, orphans, volume, controls, broken, volumeBy,
                false);
    }

    /** Whose volume is looked at as a whole. */
    public Expectations(
            @Nullable Grain cadence,
            @Nullable Integer freshDays,
            List<OfField> fields,
            List<String> unique,
            @Nullable BigDecimal orphans,
            boolean volume,
            List<Control> controls,
            List<Broken> broken) {
        this(cadence, freshDays, fields, unique, orphans, volume, controls, broken, null);
    }

    public Expectations {
        fields = List.copyOf(Objects.requireNonNullElse(fields, List.of()));
        unique = List.copyOf(Objects.requireNonNullElse(unique, List.of()));
        controls = List.copyOf(Objects.requireNonNullElse(controls, List.of()));
        broken = List.copyOf(Objects.requireNonNullElse(broken, List.of()));
    }

    /**
     * What is expected of the values of a field.
     *
     * @param values that it may have, as text; empty: any
     * @param min least value; null: any
     * @param max greatest value; null: any
     * @param empty greatest share of facts without a value, 0..1; null: any
     * @param sentinels values that stand for a missing one and must not be among the values, as text
     */
    public record OfField(
            String field,
            List<String> values,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            @Nullable BigDecimal empty,
            List<String> sentinels) {
        public OfField {
            values = List.copyOf(Objects.requireNonNullElse(values, List.of()));
            sentinels = List.copyOf(Objects.requireNonNullElse(sentinels, List.of()));
        }
    }

    /**
     * A control total.
     *
     * @param formula what the facts say, in the formula language
     * @param expected what it must be: a number, or a formula over another source
     * @param tolerance greatest difference as a share of what is expected, 0..1
     * @param per periods that are compared one by one; null: the time from {@code from} until {@code until}
     */
    public record Control(
            String name,
            String formula,
            String expected,
            BigDecimal tolerance,
            @Nullable Grain per,
            @Nullable LocalDate from,
            @Nullable LocalDate until) {}

    /**
     * A stretch in which facts are known to be wrong.
     *
     * @param from first local day of it
     * @param until the day after it
     * @param why in words
     */
    public record Broken(LocalDate from, LocalDate until, String why) {}

    /** Whether anything is said at all. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** What is expected of a field. */
    public Optional<OfField> field(String name) {
        return fields.stream().filter(each -> each.field().equals(name)).findFirst();
    }
}
