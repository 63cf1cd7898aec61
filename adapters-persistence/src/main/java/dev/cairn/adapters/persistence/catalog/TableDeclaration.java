package dev.cairn.adapters.persistence.catalog;

import dev.cairn.application.port.out.DefinitionStore.Redone;
import java.util.List;

/** Makes or widens a table as a definition asks. */
sealed interface TableDeclaration permits FactTableDeclaration, AttributeTableDeclaration {
    /** Why what is in the table stands against it. Reads all rows again where the change asks for it, and changes none. */
    List<String> refusals();

    /** Does what may take long and is in nobody's way. */
    void prepare();

    /** Gives the table its new form. */
    void carryOut();

    /** What comes of it for the rows; known when there are no refusals. */
    Redone redone();
}
