package dev.cairn.adapters.persistence.audit;

import static dev.cairn.adapters.persistence.generated.Tables.AUDIT_LOG;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.AuditEntry;
import dev.cairn.application.port.AuditEntry.Kept;
import dev.cairn.application.port.AuditSearch;
import dev.cairn.application.port.out.AuditLog;
import dev.cairn.domain.analysis.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The audit log in a table. Entries that are added together go in one statement. */
public final class JooqAuditLog implements AuditLog {
    private final DSLContext dsl;

    public JooqAuditLog(DataSource dataSource) {
        this.dsl = Postgres.dsl(dataSource);
    }

    @Override
    public void append(List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        var insert =
                dsl.insertInto(
                        AUDIT_LOG,
                        AUDIT_LOG.AT,
                        AUDIT_LOG.CALLER,
                        AUDIT_LOG.ROLE,
                        AUDIT_LOG.KIND,
                        AUDIT_LOG.DONE_BY,
                        AUDIT_LOG.SUBJECT,
                        AUDIT_LOG.VERSION,
                        AUDIT_LOG.ROW_COUNT);
        for (var entry : entries) {
            insert =
                    insert.values(
                            entry.at(),
                            entry.caller(),
                            entry.role() == null ? null : word(entry.role()),
                            word(entry.kind()),
                            entry.by(),
                            entry.subject(),
                            entry.version(),
                            entry.rows());
        }
        insert.execute();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Kept> latest(AuditSearch search, int most) {
        return dsl.selectFrom(AUDIT_LOG)
                .where(conditions(search))
                .orderBy(AUDIT_LOG.ENTRY_ID.desc())
                .limit(most)
                .fetch(JooqAuditLog::kept);
    }

    private static List<Condition> conditions(AuditSearch search) {
        var conditions = new ArrayList<Condition>();
        if (search.since() != null) {
            conditions.add(AUDIT_LOG.AT.ge(search.since()));
        }
        if (search.until() != null) {
            conditions.add(AUDIT_LOG.AT.lt(search.until()));
        }
        if (search.caller() != null) {
            conditions.add(AUDIT_LOG.CALLER.eq(search.caller()));
        }
        if (search.before() != null) {
            conditions.add(AUDIT_LOG.ENTRY_ID.lt(search.before()));
        }
        return conditions;
    }

    private static Kept kept(Record row) {
        var role = row.get(AUDIT_LOG.ROLE);
        return new Kept(
                row.get(AUDIT_LOG.ENTRY_ID),
                new AuditEntry(
                        row.get(AUDIT_LOG.AT),
                        row.get(AUDIT_LOG.CALLER),
                        role == null ? null : Role.valueOf(role.toUpperCase(Locale.ROOT)),
                        AuditEntry.Kind.valueOf(row.get(AUDIT_LOG.KIND).toUpperCase(Locale.ROOT)),
                        row.get(AUDIT_LOG.DONE_BY),
                        row.get(AUDIT_LOG.SUBJECT),
                        row.get(AUDIT_LOG.VERSION),
                        row.get(AUDIT_LOG.ROW_COUNT)));
    }

    @Override
    public long forget(Instant before) {
        return dsl.deleteFrom(AUDIT_LOG).where(AUDIT_LOG.AT.lt(before)).execute();
    }
}
