package dev.cairn.adapters.persistence.audit;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.application.port.out.AuditLog;
import dev.cairn.testkit.contract.AuditLogContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class JooqAuditLogTest implements AuditLogContract {
    @RegisterExtension private final MigratedDatabase database = new MigratedDatabase();

    @Override
    public AuditLog log() {
        return new JooqAuditLog(database.dataSource());
    }
}
