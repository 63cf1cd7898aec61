package dev.cairn.adapters.graphql.account;

import dev.cairn.adapters.graphql.analysis.CellOutput;
import dev.cairn.domain.overview.AttributeOfAccount;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attribute of an account. */
record AccountAttributeOutput(AttributeOfAccount attribute) {
    public String key() {
        return attribute.name();
    }

    public String label() {
        return attribute.label();
    }

    public @Nullable String value() {
        return CellOutput.text(attribute.value());
    }

    public List<HeldOutput> history() {
        return attribute.history().stream()
                .map(held ->
                        new HeldOutput(held.from(), held.until(), CellOutput.text(held.value())))
                .toList();
    }

    /** A value while it held. */
    record HeldOutput(
            @Nullable LocalDate from, @Nullable LocalDate until, @Nullable String value) {}
}
