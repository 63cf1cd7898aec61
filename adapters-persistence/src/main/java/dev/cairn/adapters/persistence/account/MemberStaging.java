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

    /** All columns beside the keys. */
    List<Field<?>> all() {
        var columns = new ArrayList<Field<?>>(List.of(START, START_ON, REMOVED, REMOVED_ON));
        columns.addAll(members.staged());
        return columns;
    }
}
