package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.generated.Tables.DELETION;
import static dev.cairn.adapters.persistence.generated.Tables.DELETION_FACT;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.staging.Staging;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Facts that were deleted and wait to be restored or purged: what is imported does not bring them back. */
final class DeletedFacts {
    private DeletedFacts() {}

    /** Takes out staged rows of their keys, whatever they say; what withdraws a fact finds none in force. @return how many */
    static long takeOut(DSLContext transaction, Staging staging, String source) {
        var facts = new FactTable(source);
        var pending =
                DSL.select(DELETION.DELETED_AT)
                        .from(DELETION)
                        .join(DELETION_FACT)
                        .using(DELETION.DELETION_ID)
                        .where(DELETION_FACT.SOURCE.eq(source))
                        .and(DELETION.RESTORED_AT.isNull())
                        .and(DELETION.PURGED_AT.isNull());
        if (!transaction.fetchExists(pending)) {
            return 0;
        }
        return transaction
                .deleteFrom(staging.table())
                .where(FactStaging.OCCURRED.isNotNull())
                .and(
                        DSL.exists(
                                DSL.selectOne()
                                        .from(facts.table())
                                        .where(facts.sourceKey().eq(Staging.KEY))
                                        .and(facts.superseded().in(pending))))
                .execute();
    }
}
