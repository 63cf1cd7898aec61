package dev.cairn.adapters.persistence.key;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.application.port.out.KeyStore;
import dev.cairn.testkit.contract.KeyStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class JooqKeyStoreTest implements KeyStoreContract {
    @RegisterExtension private final MigratedDatabase database = new MigratedDatabase();

    @Override
    public KeyStore store() {
        return new JooqKeyStore(database.dataSource());
    }
}
