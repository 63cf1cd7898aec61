package dev.cairn.testkit.data;

import dev.cairn.application.port.out.KeyStore;
import dev.cairn.testkit.contract.KeyStoreContract;

class MemoryKeyStoreTest implements KeyStoreContract {
    @Override
    public KeyStore store() {
        return new MemoryKeyStore();
    }
}
