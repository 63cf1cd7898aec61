package dev.cairn.testkit.data;

import dev.cairn.application.port.out.AlertStore;
import dev.cairn.testkit.contract.AlertStoreContract;

class MemoryAlertStoreTest implements AlertStoreContract {
    @Override
    public AlertStore alerts() {
        return new MemoryAlertStore();
    }
}
