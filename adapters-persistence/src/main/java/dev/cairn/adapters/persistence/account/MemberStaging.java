package dev.cairn.adapters.persistence.account;

import dev.cairn.adapters.persistence.staging.Staging;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** The columns of the staging table of a load of accounts or users. */
record MemberStaging(LoadedMembers members) {
    static final Field<Instant> START = Staging.column("declared_start", SQLDataType.INSTANT);
    static final Field<LocalDate> START_ON =
            Staging.column("declared_start_on", SQLDataType.LOCALDATE);
    static final Field<Instant> REMOVED = Staging.column("removed_at", SQLDataType.INSTANT);
    static final Field<LocalDate> REMOVED_ON = Staging.column("removed_on", SQLDataType.LOCALDATE);

    /** First day on which the row holds; null: from ever. Of entities with a history only. */
    static final Field<LocalDate> HOLDS_FROM = Staging.column("holds_from", SQLDataType.LOCALDATE);

    /** First day on which it holds no more; null: it has no end. */
    static final Field<LocalDate> HOLDS_UNTIL =
            Staging.column("holds_until", SQLDataType.LOCALDATE);

    /** Whether it holds until the next day that is known of the member. */
    static final Field<Boolean> SNAPSHOT = Staging.column("snapshot", SQLDataType.BOOLEAN);

    /** All columns beside the keys. */
    List<Field<?>> all() {
        var columns = new ArrayList<Field<?>>(List.of(START, START_ON, REMOVED, REMOVED_ON));
        if (members.entity().history() != null) {
            columns.addAll(List.of(HOLDS_FROM, HOLDS_UNTIL, SNAPSHOT));
        }
        columns.addAll(members.staged());
        return columns;
    }
}
