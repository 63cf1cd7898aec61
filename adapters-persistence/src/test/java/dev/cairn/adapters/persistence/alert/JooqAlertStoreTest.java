package dev.cairn.adapters.persistence.alert;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.testkit.contract.AlertStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class JooqAlertStoreTest implements AlertStoreContract {
    @RegisterExtension private final MigratedDatabase database = new MigratedDatabase();

    @Override
    public AlertStore alerts() {
        return new JooqAlertStore(database.dataSource());
    }
}
