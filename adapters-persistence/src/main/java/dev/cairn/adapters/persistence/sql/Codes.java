package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import java.util.Arrays;
import org.jooq.Field;

/** How kinds of rows and of group values stand in the statement: as numbers in the order in which they come. */
final class Codes {
    private Codes() {}

    static int of(RowKind kind) {
        return switch (kind) {
            case CELL -> 0;
            case TOTAL_OVER_GROUPS -> 1;
            case TOTAL_OVER_TIME -> 2;
            case GRAND_TOTAL -> 3;
        };
    }

    static int of(GroupValue.Kind kind) {
        return switch (kind) {
            case VALUE -> 0;
            case NONE -> 1;
            case NO_ACCOUNT -> 2;
            case TOTAL -> 3;
            case OTHER -> 4;
        };
    }

    static Field<Integer> field(RowKind kind) {
        return inline(of(kind));
    }

    static Field<Integer> field(GroupValue.Kind kind) {
        return inline(of(kind));
    }

    static RowKind rowKind(int code) {
        return Arrays.stream(RowKind.values())
                .filter(kind -> of(kind) == code)
                .findFirst()
                .orElseThrow();
    }

    static GroupValue.Kind groupKind(int code) {
        return Arrays.stream(GroupValue.Kind.values())
                .filter(kind -> of(kind) == code)
                .findFirst()
                .orElseThrow();
    }
}
