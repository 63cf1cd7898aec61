package dev.cairn.adapters.persistence.definition;

import static dev.cairn.adapters.persistence.generated.Tables.DEFINITION;

import dev.cairn.application.port.out.FactStore.DeclaredAnew;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.MappedRows;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Definitions as they are stored now, for whoever writes beneath them. */
public final class StoredDefinitions {
    private static final String SOURCE = "source";
    private static final String ENTITY = "entity";

    private StoredDefinitions() {}

    /** The word that a definition is stored under: entities that somebody declared are sources, whose rows they are. */
    public static String kind(Definition definition) {
        return definition instanceof Source ? SOURCE : definition.kind();
    }

    /** Names of all sources that have a table, retired ones too. */
    public static List<String> sources(DSLContext dsl) {
        return dsl.selectDistinct(DEFINITION.NAME)
                .from(DEFINITION)
                .where(DEFINITION.KIND.eq(SOURCE))
                .orderBy(DEFINITION.NAME)
                .fetch(DEFINITION.NAME);
    }

    /** All sources that have a table, as they were declared last, retired ones too. */
    public static List<Source> declared(DSLContext dsl) {
        return dsl
                .select(DEFINITION.PAYLOAD, DEFINITION.VERSION)
                .distinctOn(DEFINITION.NAME)
                .from(DEFINITION)
                .where(DEFINITION.KIND.eq(SOURCE))
                .orderBy(DEFINITION.NAME, DEFINITION.VERSION.desc())
                .fetch(row -> DefinitionJson.read(row.value1(), row.value2()).definition())
                .stream()
                .map(Source.class::cast)
                .toList();
    }

    /** The sources in force whose rows stay in tables of their own, and the accounts that do. */
    public static List<MappedRows> mapped(DSLContext dsl) {
        return dsl
                .select(DEFINITION.PAYLOAD, DEFINITION.VERSION)
                .from(DEFINITION)
                .where(DEFINITION.KIND.in(SOURCE, ENTITY))
                .and(DEFINITION.IN_FORCE.isTrue())
                .and(DEFINITION.PAYLOAD.contains("\"mapping\":{"))
                .orderBy(DEFINITION.NAME)
                .fetch(row -> DefinitionJson.read(row.value1(), row.value2()))
                .stream()
                .flatMap(entry -> mapped(dsl, entry).stream())
                .toList();
    }

    private static Optional<MappedRows> mapped(DSLContext dsl, Entry entry) {
        return switch (entry.definition()) {
            case Source source when source.mapping() != null ->
                    Optional.of(RowFormulas.mapped(source, entry, name -> source(dsl, name)));
            case Entity entity when entity.mapping() != null ->
                    Optional.of(RowFormulas.mapped(entity));
            default -> Optional.empty();
        };
    }

    /** What is in force for an entity; what is built in where nothing was declared. */
    public static Entity entity(DSLContext dsl, EntityRef kind) {
        return find(dsl, kind.name())
                .filter(Entity.class::isInstance)
                .map(Entity.class::cast)
                .orElseGet(() -> Catalog.empty().entity(kind));
    }

    /**
     * What is in force now for an entity.
     *
     * @param used what a file was read by
     * @throws DeclaredAnew where it would be read in another way now
     */
    public static Entity inForce(DSLContext dsl, Entity used) {
        return Optional.of(entity(dsl, used.entity()))
                .filter(entity -> entity.meaning().equals(used.meaning()))
                .orElseThrow(() -> new DeclaredAnew(used.name()));
    }

    /** What is in force for a source; empty where it is retired. */
    public static Optional<Source> source(DSLContext dsl, String name) {
        return find(dsl, name).filter(Source.class::isInstance).map(Source.class::cast);
    }

    /**
     * The declaration that is in force now.
     *
     * @param used the one that facts were read by
     * @throws DeclaredAnew where facts would be read in another way now, or the source is retired; labels and coverage do not matter
     */
    public static Source inForce(DSLContext dsl, Source used) {
        return source(dsl, used.name())
                .filter(source -> readsAs(source).equals(readsAs(used)))
                .orElseThrow(() -> new DeclaredAnew(used.name()));
    }

    private static Optional<Definition> find(DSLContext dsl, String name) {
        return dsl.select(DEFINITION.PAYLOAD, DEFINITION.VERSION)
                .from(DEFINITION)
                .where(DEFINITION.NAME.eq(name))
                .and(DEFINITION.IN_FORCE.isTrue())
                .fetchOptional(row -> DefinitionJson.read(row.value1(), row.value2()).definition());
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
                .withNotation(source.notation())
                .withWhere(source.where())
                .with(source.validity())
                .with(source.accountLink().map(List::of).orElse(List.of()))
                .withAccountVia(source.accountVia())
                .withRates(source.rates())
                .meaning();
    }
}
