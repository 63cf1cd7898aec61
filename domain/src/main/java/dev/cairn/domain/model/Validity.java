package dev.cairn.domain.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From when until when a row of a source holds. Both fields are of one type, date or timestamp.
 *
 * @param from field that says when it begins; never empty in a row
 * @param until field that says when it ends; empty in a row that has no end. A row that ends where it begins is taken in and is never valid
 * @param per fields of what one row is valid for at a time: rows of equal values that overlap are reported by an import; empty: rows may overlap
 */
public record Validity(String from, String until, List<String> per) {
    public Validity {
        // What is stored may leave it out.
        per = per == null ? List.of() : List.copyOf(per);
    }

    public Validity(String from, String until) {
        this(from, until, List.of());
    }

    /** Whether both read the same fields, so that rows that suit one suit the other. */
    public boolean readsAs(@Nullable Validity other) {
        return other != null && from.equals(other.from) && until.equals(other.until);
    }

    String meaning() {
        return " validity %s..%s%s".formatted(from, until, per.isEmpty() ? "" : " per " + per);
    }
}
