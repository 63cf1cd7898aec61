package dev.cairn.domain.trust;

import dev.cairn.domain.model.Grade;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one check of a source found.
 *
 * @param name unique within the source: "freshness", "empty:score", "control:ledger"
 * @param field that it is of; null: of the facts as such
 * @param figure what was measured, in the unit of {@code allowed}: days, or a share of 0..1; null: nothing could be measured, or it is not told
 * @param allowed what it may be at most; null: that is not one number, or it is not told
 * @param from first local day that it touches; null: it touches none, or cannot say which
 * @param until the day after the last
 * @param found in words, without figures where those are not told
 * @param action what to do about it; empty where it passes
 */
public record Check(
        String name,
        Kind kind,
        @Nullable String field,
        Status status,
        @Nullable Double figure,
        @Nullable Double allowed,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        String found,
        String action) {
    private static final List<Grade> BY_FAILURES = List.of(Grade.A, Grade.C, Grade.D, Grade.F);

    /** What is looked at. */
    public enum Kind {
        /** It could be counted at all. */
        NOT_MEASURED("it could not be looked at"),
        /** There are facts. */
        NO_FACTS("has no facts"),
        /** The newest fact is not too old. */
        FRESHNESS("its newest fact is old"),
        /** No period is without facts. */
        COMPLETENESS("periods are without facts"),
        /** As many facts a period as around it. */
        VOLUME("periods have far fewer or far more facts than those around them"),
        /** Not too many facts without a value. */
        EMPTY("values are missing"),
        /** No value that stands for a missing one. */
        SENTINEL("codes for missing values are among the values"),
        /** Values are among those that are named, or within bounds. */
        RANGE("values are beyond what is expected"),
        /** No two facts of one key. */
        UNIQUE("facts are there more than once"),
        /** Facts are of accounts. */
        ORPHANS("facts are of no account"),
        /** What the facts say is what they must say. */
        CONTROL("a control total differs"),
        /** No declared broken stretch. */
        BROKEN("it is declared broken");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What is wrong where it does not pass, without any figure. */
        public String words() {
            return words;
        }

        /** Whether nothing can be said for the source where it fails. */
        boolean isFatal() {
            return this == NOT_MEASURED || this == NO_FACTS;
        }
    }

    /** What came of it. */
    public enum Status {
        PASS,
        /** Beyond what is allowed, by little or long ago. */
        WARN,
        FAIL
    }

    /** The grade that checks make together. */
    public static Grade grade(Collection<Check> checks) {
        if (checks.stream()
                .anyMatch(check -> check.kind().isFatal() && check.status() == Status.FAIL)) {
            return Grade.F;
        }
        long failing = checks.stream().filter(check -> check.status() == Status.FAIL).count();
        boolean warns = checks.stream().anyMatch(check -> check.status() == Status.WARN);
        return failing == 0 && warns
                ? Grade.B
                : BY_FAILURES.get((int) Math.min(failing, BY_FAILURES.size() - 1));
    }

    /** The same, without what says how much there is. */
    public Check withoutFigures() {
        return new Check(
                name,
                kind,
                field,
                status,
                null,
                null,
                null,
                null,
                status == Status.PASS ? "" : words(),
                "");
    }

    /** What is wrong with it, without figures. */
    public String words() {
        return field == null ? kind.words() : "'%s': %s".formatted(field, kind.words());
    }
}
