package dev.cairn.domain.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeclarationChangeTest {
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field NUMBER = Field.of("number", DataType.INTEGER);
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
    private static final Source EVENT =
            new Source(
                    "event",
                    "Event",
                    "",
                    "at",
                    ZoneId.of("UTC"),
                    null,
                    null,
                    null,
                    null,
                    List.of("number"),
                    List.of(AT, NUMBER, SCORE));
    private static final Entity ACCOUNT =
            new Entity(
                    EntityKind.ACCOUNT,
                    "Account",
                    "",
                    "account_key",
                    List.of(new Attribute(SCORE, Mark.NONE)));

    private static final Notation TRIMMED =
            new Notation(
                    null, List.of(), null, null, null, null, List.of(), null, null, true, null);

    /** What a changed property comes to. */
    private enum Kind {
        SAME,
        AGAIN,
        REFUSED
    }

    /** One that is not in it is looked at by nobody: decide what its change means, in {@link DeclarationChange} and in docs/files.md. */
    private static final Map<String, Object> OTHER_SOURCE =
            Map.ofEntries(
                    Map.entry("label", "Other"),
                    Map.entry("description", "Other"),
                    Map.entry("timeField", "other"),
                    Map.entry("zone", ZoneId.of("Europe/Paris")),
                    Map.entry("coverageFrom", LocalDate.EPOCH),
                    Map.entry("coverageUntil", LocalDate.EPOCH),
                    Map.entry("accountField", "other"),
                    Map.entry("userField", "other"),
                    Map.entry("key", List.of("other")),
                    Map.entry("notation", TRIMMED),
                    Map.entry("where", "number > 1"),
                    Map.entry("fields", List.of(AT, NUMBER)));

    private static final Map<String, Kind> OF_SOURCE =
            Map.ofEntries(
                    Map.entry("label", Kind.SAME),
                    Map.entry("description", Kind.SAME),
                    Map.entry("timeField", Kind.REFUSED),
                    Map.entry("zone", Kind.REFUSED),
                    Map.entry("coverageFrom", Kind.SAME),
                    Map.entry("coverageUntil", Kind.SAME),
                    Map.entry("accountField", Kind.REFUSED),
                    Map.entry("userField", Kind.REFUSED),
                    Map.entry("key", Kind.REFUSED),
                    Map.entry("notation", Kind.REFUSED),
                    Map.entry("where", Kind.REFUSED),
                    Map.entry("fields", Kind.SAME));

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
                    TRIMMED);

    private static final Map<String, Kind> OF_FIELD =
            Map.of(
                    "label", Kind.SAME,
                    "type", Kind.REFUSED,
                    "currency", Kind.SAME,
                    "compute", Kind.AGAIN,
                    "missing", Kind.REFUSED,
                    "min", Kind.AGAIN,
                    "max", Kind.AGAIN,
                    "notation", Kind.REFUSED);

    private static final Map<String, Object> OTHER_ENTITY =
            Map.of(
                    "label",
                    "Other",
                    "description",
                    "Other",
                    "keyColumn",
                    "other",
                    "attributes",
                    List.of(),
                    "notation",
                    TRIMMED);

    private static final Map<String, Kind> OF_ENTITY =
            Map.of(
                    "label", Kind.SAME,
                    "description", Kind.SAME,
                    "keyColumn", Kind.REFUSED,
                    "attributes", Kind.SAME,
                    "notation", Kind.REFUSED);

    @Test
    void every_property_of_a_source_is_decided() throws ReflectiveOperationException {
        for (var component : Source.class.getRecordComponents()) {
            if (!component.getName().equals("name")) {
                var after = with(EVENT, component, OTHER_SOURCE.get(component.getName()));
                assertThat(kind(DeclarationChange.of(EVENT, Map.of(), after)))
                        .as(component.getName())
                        .isEqualTo(OF_SOURCE.get(component.getName()));
            }
        }
    }

    @Test
    void every_property_of_a_field_is_decided() throws ReflectiveOperationException {
        for (var component : Field.class.getRecordComponents()) {
            if (!component.getName().equals("name")) {
                var after = with(SCORE, component, OTHER_FIELD.get(component.getName()));
                assertThat(kind(DeclarationChange.of(EVENT, Map.of(), source(after))))
                        .as(component.getName())
                        .isEqualTo(OF_FIELD.get(component.getName()));
            }
        }
    }

    @Test
    void every_property_of_an_entity_is_decided() throws ReflectiveOperationException {
        for (var component : Entity.class.getRecordComponents()) {
            if (!component.getName().equals("entity")) {
                var after = with(ACCOUNT, component, OTHER_ENTITY.get(component.getName()));
                assertThat(kind(DeclarationChange.of(ACCOUNT, Map.of(), after)))
                        .as(component.getName())
                        .isEqualTo(OF_ENTITY.get(component.getName()));
            }
        }
        assertThat(Attribute.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .containsExactly("field", "mark");
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
                            kind(
                                    DeclarationChange.of(
                                            entity(day, Mark.NONE), Map.of(), entity(day, mark))))
                    .as("added %s", mark)
                    .isEqualTo(stored ? Kind.AGAIN : Kind.SAME);
            assertThat(
                            kind(
                                    DeclarationChange.of(
                                            entity(day, mark), Map.of(), entity(day, Mark.NONE))))
                    .as("taken %s", mark)
                    .isEqualTo(stored ? Kind.AGAIN : Kind.SAME);
        }
    }

    @Test
    void a_narrower_range_is_read_again_and_a_wider_one_is_refused_where_a_value_is_empty() {
        assertThat(change(range("1", "10"), range("2", "9")).again()).isTrue();
        assertThat(change(range("1", "10"), range("2", "9")).obstacles()).isEmpty();
        assertThat(change(range(null, null), range("2", null)).obstacles()).isEmpty();
        for (var wider :
                List.of(
                        range("0", "10"),
                        range("1", "11"),
                        range(null, "10"),
                        range("1", null),
                        range("2", "11"))) {
            assertThat(change(range("1", "10"), wider).obstacles())
                    .extracting(DeclarationChange.Obstacle::rows)
                    .containsExactly(new StoredRows.Empty(range("1", "10")));
        }
        assertThat(kind(change(range("1", "10"), range("1.0", "10.00")))).isEqualTo(Kind.SAME);
    }

    @Test
    void a_new_code_of_a_text_is_read_again_and_that_of_a_number_is_refused_where_it_is_stored() {
        assertThat(kind(change(codes(DataType.TEXT, "a"), codes(DataType.TEXT, "a", "b"))))
                .isEqualTo(Kind.AGAIN);
        assertThat(
                        change(
                                        codes(DataType.INTEGER, "1"),
                                        codes(DataType.INTEGER, "1", "07", "x"))
                                .obstacles())
                .extracting(DeclarationChange.Obstacle::rows)
                .containsExactly(new StoredRows.Holding(codes(DataType.INTEGER, "1"), 7L));
        assertThat(kind(change(codes(DataType.INTEGER, "1"), codes(DataType.INTEGER, "x", "1"))))
                .isEqualTo(Kind.SAME);
    }

    @Test
    void a_new_code_of_a_text_that_is_trimmed_is_refused_where_it_is_stored() {
        var before = codes(DataType.TEXT, "a").with(TRIMMED);
        assertThat(change(before, codes(DataType.TEXT, "a", "b").with(TRIMMED)).obstacles())
                .extracting(DeclarationChange.Obstacle::rows)
                .containsExactly(new StoredRows.Holding(before, "b"));
    }

    @Test
    void a_text_that_is_trimmed_or_of_one_case_from_now_on_follows_from_what_is_stored() {
        var raw = codes(DataType.TEXT);
        var lower = cased(Notation.LetterCase.LOWER);

        assertThat(kind(change(raw, raw.with(TRIMMED)))).isEqualTo(Kind.AGAIN);
        assertThat(kind(change(raw, raw.with(lower)))).isEqualTo(Kind.AGAIN);
        assertThat(kind(change(raw.with(lower), raw.with(TRIMMED.over(lower)))))
                .isEqualTo(Kind.AGAIN);
        assertThat(kind(change(raw.with(TRIMMED), raw))).isEqualTo(Kind.REFUSED);
        assertThat(kind(change(raw.with(lower), raw))).isEqualTo(Kind.REFUSED);
        assertThat(kind(change(raw.with(lower), raw.with(cased(Notation.LetterCase.UPPER)))))
                .isEqualTo(Kind.REFUSED);
        assertThat(kind(change(codes(DataType.TEXT, "a"), codes(DataType.TEXT, "a").with(TRIMMED))))
                .as("' a' was a text, and is missing now")
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void
            what_is_said_of_numbers_does_not_touch_texts_and_dates_nor_what_is_said_of_dates_numbers() {
        var comma =
                new Notation(
                        null, List.of(), null, null, ",", ".", List.of(), null, null, null, null);
        var german =
                new Notation(
                        null,
                        List.of("dd.MM.yyyy"),
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        null);

        assertThat(read(DataType.TEXT, comma)).isEqualTo(Kind.SAME);
        assertThat(read(DataType.DATE, comma)).isEqualTo(Kind.SAME);
        assertThat(read(DataType.DECIMAL, comma)).isEqualTo(Kind.REFUSED);
        assertThat(read(DataType.TEXT, german)).isEqualTo(Kind.SAME);
        assertThat(read(DataType.INTEGER, german)).isEqualTo(Kind.SAME);
        assertThat(read(DataType.DATE, german)).isEqualTo(Kind.REFUSED);
        assertThat(read(DataType.TIMESTAMP, german)).isEqualTo(Kind.REFUSED);
    }

    /** What it comes to when an entity with one attribute of the type says so of all its values. */
    private static Kind read(DataType type, Notation all) {
        var attributes = List.of(new Attribute(Field.of("x", type), Mark.NONE));
        return kind(
                DeclarationChange.of(
                        new Entity(EntityKind.ACCOUNT, "", "", "key", attributes),
                        Map.of(),
                        new Entity(EntityKind.ACCOUNT, "", "", "key", attributes, all)));
    }

    private static Notation cased(Notation.LetterCase letters) {
        return new Notation(
                null, List.of(), null, null, null, null, List.of(), null, null, null, letters);
    }

    @Test
    void a_code_that_is_none_any_more_is_refused_where_a_value_is_empty() {
        assertThat(change(codes(DataType.TEXT, "a"), codes(DataType.TEXT)).obstacles())
                .extracting(DeclarationChange.Obstacle::rows)
                .containsExactly(new StoredRows.Empty(codes(DataType.TEXT, "a")));
    }

    @Test
    void decimals_and_money_are_read_alike() {
        assertThat(
                        kind(
                                change(
                                        Field.of("score", DataType.DECIMAL),
                                        Field.of("score", DataType.MONEY))))
                .isEqualTo(Kind.SAME);
    }

    @Test
    void a_field_is_computed_again_whatever_it_was_and_never_made_up_where_it_is_now_read() {
        var read = Field.of("score", DataType.DECIMAL);

        assertThat(kind(change(read, computed("number * 2")))).isEqualTo(Kind.AGAIN);
        assertThat(kind(change(computed("number * 2"), computed("number * 3"))))
                .isEqualTo(Kind.AGAIN);
        assertThat(kind(change(computed("number * 2"), computed("number * 2"))))
                .isEqualTo(Kind.SAME);
        assertThat(change(computed("number * 2"), read).obstacles())
                .extracting(DeclarationChange.Obstacle::rows)
                .containsExactly(new StoredRows.Filled(computed("number * 2")));
    }

    @Test
    void a_field_that_comes_is_told_where_it_is_read_and_computed_where_it_is_not() {
        var before = source(Field.of("score", DataType.DECIMAL));
        var region = Field.of("region", DataType.TEXT);

        var read = DeclarationChange.of(before, Map.of(), with(before, region));
        assertThat(read.unread()).containsExactly("region");
        assertThat(read.again()).isFalse();
        assertThat(read.obstacles()).isEmpty();

        var computed =
                DeclarationChange.of(
                        before, Map.of(), with(before, computed("twice", "number * 2")));
        assertThat(computed.again()).isTrue();
        assertThat(computed.unread()).isEmpty();
    }

    @Test
    void a_field_that_comes_back_is_compared_with_what_it_was() {
        var before = source(Field.of("score", DataType.DECIMAL));
        var earlier = Map.of("region", codesOf("region", DataType.TEXT, "none"));

        var change =
                DeclarationChange.of(
                        before, earlier, with(before, codesOf("region", DataType.TEXT)));
        assertThat(change.obstacles())
                .extracting(DeclarationChange.Obstacle::rows)
                .containsExactly(new StoredRows.Empty(earlier.get("region")));
        assertThat(change.unread()).containsExactly("region");

        var twice = computed("twice", "number * 2");
        assertThat(
                        DeclarationChange.of(before, Map.of("twice", twice), with(before, twice))
                                .again())
                .isTrue();
    }

    @Test
    void what_is_read_of_facts_without_a_key_identifies_them() {
        var region = Field.of("region", DataType.TEXT);
        var narrow = keyless(AT, NUMBER);
        var wide = keyless(AT, NUMBER, region);

        assertThat(DeclarationChange.of(narrow, Map.of(), wide).obstacles())
                .extracting(DeclarationChange.Obstacle::rows)
                .containsExactly(new StoredRows.All());
        assertThat(DeclarationChange.of(wide, Map.of(), narrow).obstacles())
                .extracting(DeclarationChange.Obstacle::rows)
                .containsExactly(new StoredRows.Filled(region));
        assertThat(
                        kind(
                                DeclarationChange.of(
                                        narrow,
                                        Map.of(),
                                        keyless(AT, NUMBER, computed("twice", "number * 2")))))
                .isEqualTo(Kind.AGAIN);
    }

    private static Kind kind(DeclarationChange change) {
        if (!change.obstacles().isEmpty()) {
            return Kind.REFUSED;
        }
        return change.again() ? Kind.AGAIN : Kind.SAME;
    }

    private static DeclarationChange change(Field before, Field after) {
        return DeclarationChange.of(source(before), Map.of(), source(after));
    }

    private static Source source(Field field) {
        return new Source(
                "event",
                "Event",
                "",
                "at",
                ZoneId.of("UTC"),
                null,
                null,
                null,
                null,
                List.of("number"),
                List.of(AT, NUMBER, field));
    }

    private static Source keyless(Field... fields) {
        return new Source(
                "event",
                "Event",
                "",
                "at",
                ZoneId.of("UTC"),
                null,
                null,
                null,
                null,
                List.of(),
                List.of(fields));
    }

    private static Source with(Source source, Field added) {
        var fields = new ArrayList<>(source.fields());
        fields.add(added);
        return new Source(
                source.name(),
                source.label(),
                source.description(),
                source.timeField(),
                source.zone(),
                null,
                null,
                null,
                null,
                source.key(),
                fields);
    }

    private static Entity entity(Field attribute, Mark mark) {
        return new Entity(
                EntityKind.ACCOUNT, "Account", "", "key", List.of(new Attribute(attribute, mark)));
    }

    private static Field range(@Nullable String min, @Nullable String max) {
        return new Field(
                "score",
                "score",
                DataType.DECIMAL,
                null,
                null,
                List.of(),
                min == null ? null : new BigDecimal(min),
                max == null ? null : new BigDecimal(max));
    }

    private static Field codes(DataType type, String... codes) {
        return codesOf("score", type, codes);
    }

    private static Field codesOf(String name, DataType type, String... codes) {
        return new Field(name, name, type, null, null, List.of(codes), null, null);
    }

    private static Field computed(String formula) {
        return computed("score", formula);
    }

    private static Field computed(String name, String formula) {
        return new Field(name, name, DataType.DECIMAL, null, formula, List.of(), null, null);
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
