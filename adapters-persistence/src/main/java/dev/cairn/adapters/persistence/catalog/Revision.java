package dev.cairn.adapters.persistence.catalog;

import static dev.cairn.adapters.persistence.generated.Tables.DEFINITION;

import dev.cairn.adapters.persistence.definition.DefinitionJson;
import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.application.port.out.DefinitionStore.Redone;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.catalog.Meanings;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes one new version of the catalogue.
 *
 * @param catalogVersion the version it becomes
 */
record Revision(DSLContext transaction, long catalogVersion) {

    /** Takes names out of force. @return whether any was in force */
    boolean retire(Set<String> names) {
        return transaction
                        .update(DEFINITION)
                        .set(DEFINITION.IN_FORCE, false)
                        .where(DEFINITION.NAME.in(names).and(DEFINITION.IN_FORCE.isTrue()))
                        .execute()
                > 0;
    }

    Step step(Entry entry) {
        var known = known(entry.name());
        return new Step(this, entry, known, tables(entry, known));
    }

    private List<Known> known(String name) {
        return transaction
                .selectFrom(DEFINITION)
                .where(DEFINITION.NAME.eq(name))
                .orderBy(DEFINITION.VERSION.desc())
                .fetch(row ->
                        new Known(
                                DefinitionJson.read(
                                        row.get(DEFINITION.PAYLOAD), row.get(DEFINITION.VERSION)),
                                row.get(DEFINITION.IN_FORCE)));
    }

    /** What becomes of members where the name is of an entity: no attribute says any more from and until when they exist. */
    Optional<TableDeclaration> retirement(String name) {
        return stored(known(name)).stream()
                .findFirst()
                .map(last -> attributes(last, Map.of(), last.with(List.of())));
    }

    static boolean hasTable(Definition definition) {
        return switch (definition) {
            case Source _, Entity _ -> true;
            case Slice _,
                    Metric _,
                    Cohort _,
                    Calendar _,
                    ConformedDimension _,
                    Target _,
                    Baseline _,
                    Success _,
                    Scope _,
                    Question _,
                    Alert _ ->
                    false;
        };
    }

    private @Nullable TableDeclaration tables(Entry entry, List<Known> known) {
        return switch (entry.definition()) {
            case Source source -> {
                var before = all(known, Source.class);
                yield new FactTableDeclaration(
                        transaction,
                        before.isEmpty() ? null : before.getFirst(),
                        earlier(before.stream().map(Source::fieldsAsRead).toList()),
                        source,
                        entry);
            }
            case Entity entity when entity.mapping() != null -> null;
            case Entity entity -> {
                var earlier = earlier(stored(known).stream().map(Entity::fieldsAsRead).toList());
                yield new AttributeTableDeclaration(
                        transaction, lastOf(known, entity), earlier, entity, wasMapped(known));
            }
            case Slice _,
                    Metric _,
                    Cohort _,
                    Calendar _,
                    ConformedDimension _,
                    Target _,
                    Baseline _,
                    Success _,
                    Scope _,
                    Question _,
                    Alert _ ->
                    null;
        };
    }

    /** The declarations that members were loaded by, the last first: what files said of them stays as it is while they are rows of a table. */
    private static List<Entity> stored(List<Known> known) {
        return all(known, Entity.class).stream()
                .filter(entity -> entity.mapping() == null)
                .toList();
    }

    private static boolean wasMapped(List<Known> known) {
        return !known.isEmpty()
                && known.getFirst().entry().definition() instanceof Entity last
                && last.mapping() != null;
    }

    /** As members were loaded last. Of a retired entity no mark is in force; links of rows of a table said nothing of what files did. */
    private static Entity lastOf(List<Known> known, Entity entity) {
        var before = stored(known);
        if (before.isEmpty()
                || !(known.getFirst().entry().definition() instanceof Entity declared)) {
            return Catalog.empty().entity(entity.entity());
        }
        var last =
                declared.mapping() == null
                        ? before.getFirst()
                        : before.getFirst().withLinks(List.of());
        return known.getFirst().inForce()
                ? last
                : last.with(
                        last.attributes().stream()
                                .map(attribute ->
                                        new Entity.Attribute(attribute.field(), Entity.Mark.NONE))
                                .toList());
    }

    private TableDeclaration attributes(Entity before, Map<String, Field> earlier, Entity after) {
        return new AttributeTableDeclaration(transaction, before, earlier, after, false);
    }

    private static <D extends Definition> List<D> all(List<Known> known, Class<D> kind) {
        return known.stream()
                .map(version -> version.entry().definition())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Fields that the last declaration does not have, as the last one that has them says. */
    private static Map<String, Field> earlier(List<List<Field>> declared) {
        var earlier = new HashMap<String, Field>();
        declared.stream()
                .flatMap(List::stream)
                .forEach(field -> earlier.putIfAbsent(field.name(), field));
        if (!declared.isEmpty()) {
            declared.getFirst().forEach(field -> earlier.remove(field.name()));
        }
        return earlier;
    }

    /** A version that is stored. */
    record Known(Entry entry, boolean inForce) {}

    /**
     * Puts one entry in force.
     *
     * @param known all versions stored under its name, last first
     * @param tables null where it needs none
     */
    record Step(
            Revision revision, Entry entry, List<Known> known, @Nullable TableDeclaration tables) {
        String name() {
            return entry.name();
        }

        List<String> refusals() {
            return tables == null ? List.of() : tables.refusals();
        }

        Redone redone() {
            return tables == null ? Redone.NOTHING : tables.redone();
        }

        void prepare() {
            if (tables != null) {
                tables.prepare();
            }
        }

        void carryOut() {
            put(resolved());
            if (tables != null) {
                tables.carryOut();
            }
            if (entry.definition() instanceof Source source) {
                refreshCoverage(source);
            }
        }

        /** The entry with the version and the bindings that it is stored with. */
        private Entry resolved() {
            if (known.isEmpty()) {
                return entry;
            }
            Known last = known.getFirst();
            if (last.entry().version() == entry.version() && last.inForce()) {
                if (!sameMeaning(last.entry())) {
                    throw new IllegalArgumentException(
                            "%s version %d is in force with another meaning"
                                    .formatted(name(), entry.version()));
                }
                return entry.with(last.entry().bindings());
            }
            if (entry.version() > last.entry().version()) {
                return entry;
            }
            if (last.inForce()) {
                throw new IllegalArgumentException(
                        "%s version %d is older than what is in force"
                                .formatted(name(), entry.version()));
            }
            // Retired before, and defined again by somebody who knows nothing of that: its history
            // goes on.
            boolean again =
                    sameMeaning(last.entry()) && last.entry().bindings().equals(entry.bindings());
            return new Entry(
                    entry.definition(),
                    last.entry().version() + (again ? 0 : 1),
                    entry.bindings(),
                    entry.origin());
        }

        private boolean sameMeaning(Entry other) {
            return Meanings.areSame(other.definition(), entry.definition());
        }

        private void put(Entry resolved) {
            revision.retire(Set.of(name()));
            String payload = DefinitionJson.write(resolved);
            revision.transaction()
                    .insertInto(DEFINITION)
                    .set(DEFINITION.NAME, name())
                    .set(DEFINITION.VERSION, resolved.version())
                    .set(DEFINITION.KIND, StoredDefinitions.kind(resolved.definition()))
                    .set(DEFINITION.IN_FORCE, true)
                    .set(DEFINITION.PAYLOAD, payload)
                    .set(DEFINITION.SAVED_IN, revision.catalogVersion())
                    .onConflict(DEFINITION.NAME, DEFINITION.VERSION)
                    .doUpdate()
                    .set(DEFINITION.IN_FORCE, true)
                    .set(DEFINITION.PAYLOAD, payload)
                    .execute();
        }

        /** Where the declaration now says another end than before, that counts, and not what an import said under the old one. */
        private void refreshCoverage(Source source) {
            var sources = all(known, Source.class);
            Source before = sources.isEmpty() ? null : sources.getFirst();
            if (before != null && !Objects.equals(before.coverageUntil(), source.coverageUntil())) {
                SourceStates.moveUntil(revision.transaction(), source.name(), null);
            }
            SourceStates.redeclareCoverage(revision.transaction(), source);
        }
    }
}
