package dev.cairn.adapters.persistence.catalog;

import static dev.cairn.adapters.persistence.generated.Tables.DEFINITION;

import dev.cairn.domain.model.Source;
import java.util.List;
import org.jooq.DSLContext;

/** Sources as they are stored now, for whoever writes beneath them. */
public final class StoredSources {
    private static final String SOURCE = "source";

    private StoredSources() {}

    /** Names of all sources that have a table, retired ones too. */
    public static List<String> allNames(DSLContext dsl) {
        return dsl.selectDistinct(DEFINITION.NAME)
                .from(DEFINITION)
                .where(DEFINITION.KIND.eq(SOURCE))
                .orderBy(DEFINITION.NAME)
                .fetch(DEFINITION.NAME);
    }

    /**
     * The declaration that is in force now.
     *
     * @param used the one that facts were read by
     * @throws IllegalStateException where facts would be read in another way now; labels and coverage do not matter
     */
    public static Source inForce(DSLContext dsl, Source used) {
        return dsl.select(DEFINITION.PAYLOAD, DEFINITION.VERSION)
                .from(DEFINITION)
                .where(DEFINITION.NAME.eq(used.name()))
                .and(DEFINITION.IN_FORCE.isTrue())
                .fetchOptional(row -> DefinitionJson.read(row.value1(), row.value2()).definition())
                .filter(Source.class::isInstance)
                .map(Source.class::cast)
                .filter(source -> readsAs(source).equals(readsAs(used)))
                .orElseThrow(() ->
                        new IllegalStateException(
                                "source %s was declared anew while facts were read by its old declaration"
                                        .formatted(used.name())));
    }

    private static String readsAs(Source source) {
        return new Source(
                        source.name(),
                        "",
                        "",
                        source.timeField(),
                        source.zone(),
                        null,
                        null,
                        source.accountField(),
                        source.userField(),
                        source.key(),
                        source.fields())
                .meaning();
    }
}
