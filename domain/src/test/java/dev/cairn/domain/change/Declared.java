package dev.cairn.domain.change;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import java.time.ZoneId;
import java.util.List;

/** Declarations before a change. */
final class Declared {
    static final Field AT = Field.of("at", DataType.TIMESTAMP);
    static final Field NUMBER = Field.of("number", DataType.INTEGER);
    static final Notation TRIMMED =
            new Notation(
                    null, List.of(), null, null, null, null, List.of(), null, null, true, null,
                    null);

    private Declared() {}

    static Source event(List<String> key, Field... fields) {
        return new Source(
                "event",
                "Event",
                "",
                "at",
                ZoneId.of("UTC"),
                null,
                null,
                null,
                null,
                key,
                List.of(fields));
    }
}
