package dev.cairn.domain.change;

import static dev.cairn.domain.change.Declared.AT;
import static dev.cairn.domain.change.Declared.NUMBER;
import static dev.cairn.domain.change.Declared.TRIMMED;
import static dev.cairn.domain.change.Declared.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A property of a declaration that nobody decides about fails here. */
class DeclarationPropertiesTest {
    private static final Field SCORE =
            new Field(
                    "score",
                    "Score",
                    DataType.DECIMAL,
                    null,
                    null,
                    List.of("n/a"),
                    BigDecimal.ZERO,
                    BigDecimal.TEN);
    private static final Source EVENT = event(List.of("number"), AT, NUMBER, SCORE);
    private static final Entity ACCOUNT =
            new Entity(
                    EntityRef.ACCOUNT,
                    "Account",
                    "",
                    "account_key",
                    List.of(new Attribute(SCORE, Mark.NONE)));

    /** One that is not in it is looked at by nobody: decide what its change means, in {@link DeclarationChange} and in docs/files.md. */
    private static final Map<String, Object> OTHER_SOURCE =
            Map.ofEntries(
                    Map.entry("label", "Other"),
                    Map.entry("description", "Other"),
                    Map.entry("timeField", "other"),
                    Map.entry("zone", ZoneId.of("Europe/Paris")),
                    Map.entry("coverageFrom", LocalDate.EPOCH),
                    Map.entry("coverageUntil", LocalDate.EPOCH),
                    Map.entry("key", List.of("other")),
                    Map.entry("notation", TRIMMED),
                    Map.entry("where", "number > 1"),
                    Map.entry("validity", new Validity("at", "number")),
                    Map.entry("accountVia", "other"),
                    Map.entry("isEntity", true),
                    Map.entry("history", new History.Snapshots("at")),
                    Map.entry(
                            "links",
                            and(EVENT.links(), new Link("other", "other", List.of("number")))),
                    Map.entry("rates", new Rates("number", "EUR", "number", 1)),
                    Map.entry("mapping", new Mapping("billing", "events")),
                    Map.entry(
                            "expectations",
                            new Expectations(
                                    null, 2, List.of(), List.of(), null, false, List.of(),
                                    List.of())),
                    Map.entry("fields", List.of(AT, NUMBER)));

    private static final Map<String, ChangeKind> OF_SOURCE =
            Map.ofEntries(
                    Map.entry("label", ChangeKind.SAME),
                    Map.entry("description", ChangeKind.SAME),
                    Map.entry("timeField", ChangeKind.REFUSED),
                    Map.entry("zone", ChangeKind.REFUSED),
                    Map.entry("coverageFrom", ChangeKind.SAME),
                    Map.entry("coverageUntil", ChangeKind.SAME),
                    Map.entry("key", ChangeKind.REFUSED),
                    Map.entry("notation", ChangeKind.REFUSED),
                    Map.entry("where", ChangeKind.AGAIN),
                    Map.entry("validity", ChangeKind.AGAIN),
                    Map.entry("accountVia", ChangeKind.REFUSED),
                    Map.entry("isEntity", ChangeKind.REFUSED),
                    // The day of its rows is in the key.
                    Map.entry("history", ChangeKind.SAME),
                    Map.entry("links", ChangeKind.SAME),
                    Map.entry("rates", ChangeKind.SAME),
                    Map.entry("mapping", ChangeKind.REFUSED),
                    Map.entry("expectations", ChangeKind.SAME),
                    Map.entry("fields", ChangeKind.SAME));

    private static final Map<String, Object> OTHER_FIELD =
            Map.of(
                    "label",
                    "Other",
                    "type",
                    DataType.INTEGER,
                    "currency",
                    "USD",
                    "compute",
                    "number * 2",
                    "missing",
                    List.of("n/a", "-1", "5"),
                    "min",
                    BigDecimal.ONE,
                    "max",
                    BigDecimal.ONE,
                    "notation",
                    TRIMMED,
                    "currencyField",
                    "number");

    private static final Map<String, ChangeKind> OF_FIELD =
            Map.of(
                    "label", ChangeKind.SAME,
                    "type", ChangeKind.REFUSED,
                    "currency", ChangeKind.SAME,
                    "compute", ChangeKind.AGAIN,
                    "missing", ChangeKind.REFUSED,
                    "min", ChangeKind.AGAIN,
                    "max", ChangeKind.AGAIN,
                    "notation", ChangeKind.REFUSED,
                    "currencyField", ChangeKind.SAME);

    private static final Map<String, Object> OTHER_ENTITY =
            Map.of(
                    "label",
                    "Other",
                    "description",
                    "Other",
                    "key",
                    List.of("other"),
                    "attributes",
                    List.of(),
                    "notation",
                    TRIMMED,
                    "history",
                    new History.OfFiles(),
                    "links",
                    List.of(new Link("parent", EntityRef.ACCOUNT, "number")),
                    "mapping",
                    new Mapping("crm", "customers"));

    private static final Map<String, ChangeKind> OF_ENTITY =
            Map.of(
                    "label", ChangeKind.SAME,
                    "description", ChangeKind.SAME,
                    "key", ChangeKind.REFUSED,
                    "attributes", ChangeKind.SAME,
                    "notation", ChangeKind.REFUSED,
                    "history", ChangeKind.SAME,
                    "links", ChangeKind.SAME,
                    // What facts and files brought stays, and is joined by its key.
                    "mapping", ChangeKind.SAME);

    /** Stored accounts are found in the table by their key, whatever its column is called there. */
    @Test
    void accounts_that_become_mapped_may_have_their_key_in_another_column() {
        var other = new Entity(EntityRef.ACCOUNT, "Account", "", "number", ACCOUNT.attributes());
        assertThat(DeclarationChange.of(ACCOUNT, Map.of(), other).obstacles()).isNotEmpty();
        var mapped = other.withMapping(new Mapping("crm", "customers"));
        assertThat(DeclarationChange.of(ACCOUNT, Map.of(), mapped).obstacles()).isEmpty();
        assertThat(DeclarationChange.of(mapped, Map.of(), ACCOUNT).obstacles()).isNotEmpty();
        assertThat(DeclarationChange.of(mapped, Map.of(), other).obstacles()).isEmpty();
    }

    @Test
    void every_property_of_a_source_is_decided() throws ReflectiveOperationException {
        decided(
                EVENT,
                "name",
                OTHER_SOURCE,
                OF_SOURCE,
                after -> DeclarationChange.of(EVENT, Map.of(), after));
    }

    private static List<Link> and(List<Link> links, Link other) {
        return Stream.concat(links.stream(), Stream.of(other)).toList();
    }

    @Test
    void who_a_fact_is_of_stays_as_it_is() {
        for (var entity : EntityRef.BUILT_IN) {
            var others =
                    EVENT.links().stream()
                            .filter(link -> !link.name().equals(entity.name()))
                            .toList();
            var after = EVENT.withLinks(and(others, new Link(entity.name(), entity, "other")));
            assertThat(ChangeKind.of(DeclarationChange.of(EVENT, Map.of(), after)))
                    .as(entity.name())
                    .isEqualTo(ChangeKind.REFUSED);
        }
    }

    @Test
    void every_property_of_a_field_is_decided() throws ReflectiveOperationException {
        decided(
                SCORE,
                "name",
                OTHER_FIELD,
                OF_FIELD,
                after ->
                        DeclarationChange.of(
                                EVENT, Map.of(), event(List.of("number"), AT, NUMBER, after)));
    }

    @Test
    void every_property_of_an_entity_is_decided() throws ReflectiveOperationException {
        decided(
                ACCOUNT,
                "entity",
                OTHER_ENTITY,
                OF_ENTITY,
                after -> DeclarationChange.of(ACCOUNT, Map.of(), after));
        assertThat(Attribute.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .containsExactly("field", "mark");
    }

    /** @param name of the component that says which declaration it is */
    private static <R extends Record> void decided(
            R before,
            String name,
            Map<String, Object> others,
            Map<String, ChangeKind> kinds,
            Function<R, DeclarationChange> change)
            throws ReflectiveOperationException {
        for (var component : before.getClass().getRecordComponents()) {
            if (!component.getName().equals(name)) {
                var after = with(before, component, others.get(component.getName()));
                assertThat(ChangeKind.of(change.apply(after)))
                        .as(component.getName())
                        .isEqualTo(kinds.get(component.getName()));
            }
        }
    }

    @Test
    void a_condition_on_rows_stays_as_it_is_and_so_does_how_its_fields_are_read()
            throws ReflectiveOperationException {
        var onScore = taking("score > 3", SCORE);
        var asRead = new HashMap<>(OF_FIELD);
        asRead.replaceAll((_, kind) -> kind == ChangeKind.SAME ? kind : ChangeKind.REFUSED);

        decided(
                SCORE,
                "name",
                OTHER_FIELD,
                asRead,
                after -> DeclarationChange.of(onScore, Map.of(), taking("score > 3", after)));
        decided(
                SCORE,
                "name",
                OTHER_FIELD,
                OF_FIELD,
                after ->
                        DeclarationChange.of(
                                taking("number > 3", SCORE),
                                Map.of(),
                                taking("number > 3", after)));
        for (var other : List.of(EVENT, taking("score > 2", SCORE))) {
            assertThat(ChangeKind.of(DeclarationChange.of(onScore, Map.of(), other)))
                    .isEqualTo(ChangeKind.REFUSED);
        }
    }

    private static Source taking(String where, Field score) {
        return new Source(
                        EVENT.name(),
                        EVENT.label(),
                        "",
                        EVENT.timeField(),
                        EVENT.zone(),
                        null,
                        null,
                        null,
                        null,
                        EVENT.key(),
                        List.of(AT, NUMBER, score))
                .withWhere(where);
    }

    @Test
    void every_mark_is_decided() {
        var day = Field.of("day", DataType.DATE);
        for (var mark : Mark.values()) {
            boolean stored =
                    switch (mark) {
                        case START, REMOVED -> true;
                        case NONE, TEST, NAME -> false;
                    };
            assertThat(
                            ChangeKind.of(
                                    DeclarationChange.of(
                                            entity(day, Mark.NONE), Map.of(), entity(day, mark))))
                    .as("added %s", mark)
                    .isEqualTo(stored ? ChangeKind.AGAIN : ChangeKind.SAME);
            assertThat(
                            ChangeKind.of(
                                    DeclarationChange.of(
                                            entity(day, mark), Map.of(), entity(day, Mark.NONE))))
                    .as("taken %s", mark)
                    .isEqualTo(stored ? ChangeKind.AGAIN : ChangeKind.SAME);
        }
    }

    private static Entity entity(Field attribute, Mark mark) {
        return new Entity(
                EntityRef.ACCOUNT, "Account", "", "key", List.of(new Attribute(attribute, mark)));
    }

    /** The record with another value of one component; a component nobody gave another value is not in the table. */
    private static <R extends Record> R with(
            R record, RecordComponent changed, @Nullable Object value)
            throws ReflectiveOperationException {
        assertThat(value).as("another value of " + changed.getName()).isNotNull();
        var components = record.getClass().getRecordComponents();
        var values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] =
                    components[i].getName().equals(changed.getName())
                            ? value
                            : components[i].getAccessor().invoke(record);
        }
        var types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        @SuppressWarnings("unchecked")
        var copy = (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
        return copy;
    }
}
