package dev.cairn.adapters.persistence.catalog;

import java.util.Optional;

/** Makes or widens a table as a definition asks. */
sealed interface TableDeclaration permits FactTableDeclaration, AttributeTableDeclaration {
    /** Why what is in the table stands against it. */
    Optional<String> refusal();

    void carryOut();
}
