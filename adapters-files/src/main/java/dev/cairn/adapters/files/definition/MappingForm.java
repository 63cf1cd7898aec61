package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The table that a source or an entity is mapped on, as written: {@code table: billing.invoices}, with {@code version: {max: updated_at}}. */
record MappingForm(Keys keys) {
    /**
     * The mapping; null where there is none.
     *
     * @param completeUntil the column that says until when rows are complete; null: none does
     */
    @Nullable Mapping read(@Nullable String completeUntil) {
        var written = keys.scalar("table");
        var version = greatest(keys, "version");
        if (written == null) {
            if (version != null || completeUntil != null) {
                keys.findings()
                        .report(
                                ProblemCode.CONFLICT,
                                version == null ? "coverage.until" : "version",
                                keys.keyNode(version == null ? "coverage" : "version"),
                                "A greatest value is that of a column of a table; this has none: write table: schema.name, or leave it out.");
            }
            return null;
        }
        var parts = List.of(written.getValue().split("\\.", -1));
        if (parts.size() != 2 || parts.stream().anyMatch(String::isBlank)) {
            keys.findings()
                    .report(
                            ProblemCode.BAD_VALUE,
                            "table",
                            written,
                            "'%s' is no table: write its schema and its name, as billing.invoices.",
                            written.getValue());
            return null;
        }
        return new Mapping(parts.getFirst(), parts.getLast(), version, completeUntil);
    }

    /** {@code {max: column}}; null where nothing is written. */
    static @Nullable String greatest(Keys keys, String key) {
        if (keys.value(key) instanceof ScalarNode scalar) {
            keys.findings()
                    .report(
                            ProblemCode.BAD_VALUE,
                            keys.path(key),
                            scalar,
                            "'%s' is the greatest value of a column: write {max: %s}.",
                            key,
                            scalar.getValue());
            return null;
        }
        var written = keys.mapping(key);
        if (written == null) {
            return null;
        }
        var column = written.required("max");
        written.finish(key);
        return column;
    }
}
