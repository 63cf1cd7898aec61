package dev.cairn.adapters.graphql.account;

import dev.cairn.adapters.graphql.relay.Node;
import dev.cairn.application.port.Account;

/** A customer account. */
public record AccountOutput(Account account) implements Node {
    @Override
    public String typeName() {
        return "Account";
    }

    // Public and declared here: the schema's fields are looked up on the class itself.
    @Override
    public String id() {
        return Node.super.id();
    }

    @Override
    public String key() {
        return account.key();
    }

    public String name() {
        return account.name();
    }
}
