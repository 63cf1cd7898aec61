package dev.cairn.testkit.data;

import dev.cairn.application.port.out.AuditLog;
import dev.cairn.testkit.contract.AuditLogContract;

class MemoryAuditLogTest implements AuditLogContract {
    @Override
    public AuditLog log() {
        return new MemoryAuditLog();
    }
}
