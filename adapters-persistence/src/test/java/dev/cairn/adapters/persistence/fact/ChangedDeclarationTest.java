package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.Declarations.trySave;
import static dev.cairn.adapters.persistence.Declarations.where;
import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.application.port.out.DefinitionStore.Redone;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A changed declaration never leaves two meanings in one column: values by hand, and what is refused. */
class ChangedDeclarationTest {
    private static final Instant MONDAY = Instant.parse("2026-01-05T10:00:00Z");
    private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field NUMBER = Field.of("number", DataType.INTEGER);
    private static final Field CUSTOMER = Field.of("customer", DataType.TEXT);
    private static final Field A = Field.of("a", DataType.INTEGER);
    private static final Field B = Field.of("b", DataType.INTEGER);
    private static final Field NOTE = Field.of("note", DataType.TEXT);

    @RegisterExtension final MigratedDatabase database = new MigratedDatabase();
    private final Facts facts = Facts.in(database.dataSource());

    @Test
    void a_changed_formula_is_computed_again_for_all_facts_earlier_versions_too() {
        var before = keyed(computed("c", "a + b"));
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 2, 3, 5L), fact(before, 2, 4, 5, 9L));
        facts.load(before, TUESDAY, fact(before, 1, 7, 3, 10L));
        var after = keyed(computed("c", "a * b"));

        assertThat(redone(after)).isEqualTo(new Redone(3, List.of()));

        assertThat(column(after, "c", true)).containsExactly(20L, 21L);
        assertThat(column(after, "c", false)).containsExactly(6L);
        // Imported again it is known: nothing is superseded, nothing counted twice.
        assertThat(facts.load(after, TUESDAY, fact(after, 2, 4, 5, 20L)).duplicates()).isEqualTo(1);
    }

    @Test
    void a_computed_field_that_comes_is_computed_for_all_facts() {
        var before = keyed();
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 2, 3), fact(before, 2, null, 3));
        var after = keyed(computed("c", "a * b"));

        assertThat(redone(after).rows()).isEqualTo(1);

        assertThat(column(after, "c", true)).containsExactly(6L, null);
    }

    @Test
    void fields_computed_from_a_field_follow_it() {
        var before = keyed(NOTE, text("shout", "coalesce(note, 'nothing')"));
        save(database.dataSource(), before);
        facts.load(
                before,
                MONDAY,
                fact(before, 1, 2, 3, "n/a", "n/a"),
                fact(before, 2, 2, 3, "fine", "fine"));
        var after = keyed(missing(NOTE, "n/a"), text("shout", "coalesce(note, 'nothing')"));

        assertThat(redone(after).rows()).isEqualTo(1);

        assertThat(column(after, "note", true)).containsExactly("fine", null);
        assertThat(column(after, "shout", true)).containsExactly("fine", "nothing");
    }

    @Test
    void a_range_that_comes_empties_what_is_outside_and_its_end_is_refused() {
        var before = keyed();
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 11, 1), fact(before, 2, 10, 1));
        var bounded = new Source[] {with(before, range(A, 0, 10)), before};

        assertThat(redone(bounded[0]).rows()).isEqualTo(1);

        assertThat(column(before, "a", true)).containsExactly(10L, null);
        assertRefused(bounded[1], "1 stored row stands against it: a is empty there");
        assertThat(column(before, "a", true)).containsExactly(10L, null);
    }

    @Test
    void a_code_of_a_number_is_taken_in_where_no_fact_holds_it_and_refused_where_one_does() {
        var before = keyed();
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 99, 1));

        assertRefused(with(before, missing(A, "099")), "a is 99 there");
        assertThat(redone(with(before, missing(A, "98"))).rows()).isZero();
    }

    @Test
    void facts_move_in_time_with_their_computed_time_and_all_that_follows_from_it_moves_too() {
        var day = Field.of("day", DataType.TIMESTAMP);
        var later = Field.of("later", DataType.TIMESTAMP);
        var before = keyed(day, later, time("day"));
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 2, 3, MONDAY, TUESDAY, MONDAY));
        long version = SourceStates.dataVersion(facts.dsl(), "event");
        var after = keyed(day, later, time("later"));

        assertThat(redone(after).rows()).isEqualTo(1);

        var table = new FactTable("event");
        assertThat(facts.dsl().select(table.occurred()).from(table.table()).fetchSingle().value1())
                .isEqualTo(TUESDAY);
        assertThat(facts.firstFact("acme")).isEqualTo(TUESDAY);
        var state = facts.dsl().fetchSingle(SOURCE_STATE, SOURCE_STATE.SOURCE.eq("event"));
        assertThat(state.get(SOURCE_STATE.FROM_DATE)).isEqualTo("2026-01-06");
        assertThat(state.get(SOURCE_STATE.UNTIL_DATE)).isEqualTo("2026-01-07");
        assertThat(SourceStates.dataVersion(facts.dsl(), "event")).isGreaterThan(version);
        assertThat(SourceStates.dataVersion(facts.dsl(), "account")).isPositive();
    }

    @Test
    void a_fact_that_would_have_no_time_is_refused() {
        var day = Field.of("day", DataType.TIMESTAMP);
        var before = keyed(day, time("coalesce(day, day)"));
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 2, 3, MONDAY, MONDAY));

        assertRefused(keyed(day, time("case when a > 5 then day end")), "happened, would be empty");
    }

    @Test
    void a_fact_that_would_be_anothers_is_refused() {
        var before = keyed();
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 2, 3));

        assertRefused(with(before, missing(CUSTOMER, "acme")), "customer, which says whose it is,");
        assertThat(redone(with(before, missing(CUSTOMER, "bolt"))).rows()).isZero();
    }

    @Test
    void a_fact_that_cannot_be_computed_is_refused() {
        var before = keyed();
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 1, 2));

        assertRefused(keyed(computed("c", "a / b")), "c: not a whole number");
    }

    @Test
    void without_a_key_what_is_read_stays_and_what_is_computed_follows() {
        var before = source("event", List.of(), AT, NUMBER, CUSTOMER, A, B, NOTE);
        save(database.dataSource(), before);
        facts.load(
                before,
                MONDAY,
                Facts.fact(before, MONDAY, 1L, "acme", 2L, 3L, "n/a"),
                Facts.fact(before, MONDAY, 1L, "acme", 2L, 3L, "n/a"));
        var after =
                source(
                        "event",
                        List.of(),
                        AT,
                        NUMBER,
                        CUSTOMER,
                        A,
                        B,
                        NOTE,
                        computed("c", "a + b"));

        assertThat(redone(after).rows()).isEqualTo(2);
        assertThat(column(after, "c", true)).containsExactly(5L, 5L);
        assertThat(
                        facts.load(
                                        after,
                                        TUESDAY,
                                        Facts.fact(after, MONDAY, 1L, "acme", 2L, 3L, "n/a", 5L))
                                .duplicates())
                .isEqualTo(1);
        assertRefused(with(after, missing(NOTE, "n/a")), "note, which identifies it, would be");
        assertThat(redone(with(after, missing(NOTE, "none"))).rows()).isZero();
    }

    @Test
    void a_column_nobody_read_so_far_is_told() {
        var before = keyed();
        save(database.dataSource(), before);
        var after = keyed(NOTE);
        assertThat(redone(after)).isEqualTo(Redone.NOTHING);
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 2, 3));

        assertThat(redone(after)).isEqualTo(new Redone(0, List.of("note")));
    }

    @Test
    void a_field_that_comes_back_is_not_what_it_was_under_another_declaration() {
        var before = keyed(missing(NOTE, "n/a"));
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 2, 3, (Object) null));
        save(database.dataSource(), keyed());

        assertRefused(keyed(NOTE), "note is empty there");
    }

    @Test
    void what_other_columns_hold_outlives_it() {
        var before = keyed(NOTE);
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 2, 3, "kept"));
        save(database.dataSource(), keyed());

        assertThat(redone(keyed(computed("c", "a + b"))).rows()).isEqualTo(1);

        assertThat(column(before, "note", true)).containsExactly("kept");
    }

    @Test
    void a_rehearsal_says_the_same_and_changes_nothing() {
        var before = keyed(computed("c", "a + b"));
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 2, 3, 5L));
        var store = new JooqDefinitionStore(database.dataSource());
        var after = new Entry(keyed(computed("c", "a * b")), 2, Map.of());

        var saved = store.rehearse(store.version(), List.of(after), Set.of());

        assertThat(((Saved.Done) saved).redone()).containsEntry("event", new Redone(1, List.of()));
        assertThat(column(before, "c", true)).containsExactly(5L);
        assertThat(store.load().source("event")).contains(before);
    }

    @Test
    void rows_of_an_import_that_waits_are_read_again_with_the_declaration_of_the_import() {
        var before = keyed(computed("c", "a + b"));
        save(database.dataSource(), before);
        try (var load = new JooqFactStore(database.dataSource(), 1).begin(before, MONDAY)) {
            load.add(fact(before, 1, 2, 3, 5L));
        }
        var after = keyed(computed("c", "a * b"));
        save(database.dataSource(), after);

        facts.load(after, TUESDAY, fact(after, 1, 2, 3, 6L));

        assertThat(column(after, "c", true)).containsExactly(6L);
    }

    @Test
    void a_condition_that_comes_leaves_rows_out_earlier_versions_too() {
        var before = keyed();
        save(database.dataSource(), before);
        facts.load(
                before,
                MONDAY,
                fact(before, 1, 2, 3),
                fact(before, 2, 7, 3),
                fact(before, 3, null, 3),
                fact(before, 4, 0, 3));
        facts.load(before, TUESDAY, fact(before, 2, 1, 3), fact(before, 4, 9, 3));
        var after = where(keyed(), "a > 1");

        // In force 1 and none go, and of the earlier versions 0.
        assertThat(redone(after)).isEqualTo(new Redone(0, 3, List.of()));

        assertThat(column(after, "a", true)).containsExactly(2L, 9L);
        assertThat(column(after, "a", false)).containsExactly(7L);
        assertThat(facts.firstFact("acme")).isEqualTo(MONDAY);
        assertRefused(before, "rows that were left out, as 'a > 1' was not true of them");
        assertRefused(where(keyed(), "a > 0"), "is now 'a > 0'");
        assertThat(redone(where(keyed(), "a > 1"))).isEqualTo(Redone.NOTHING);
    }

    @Test
    void accounts_whose_facts_all_go_exist_no_more_by_them() {
        var before = keyed();
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 2, 3));

        assertThat(redone(where(before, "a > 2")).leftOut()).isEqualTo(1);

        assertThat(facts.firstFact("acme")).isNull();
        assertThat(facts.rows(before)).isZero();
    }

    @Test
    void a_field_that_says_which_rows_are_in_is_not_read_in_another_way() {
        var before = where(keyed(computed("c", "a + b")), "c > 4");
        save(database.dataSource(), before);
        facts.load(before, MONDAY, fact(before, 1, 2, 3, 5L));

        assertRefused(where(keyed(computed("c", "a * b")), "c > 4"), "reads c, which is read or");
        assertRefused(with(before, missing(A, "7")), "reads a, which is read or");
        var unread = where(keyed(NOTE, computed("c", "a + b")), "c > 4");
        assertThat(redone(unread)).isEqualTo(new Redone(0, List.of("note")));
    }

    @Test
    void a_condition_on_a_column_nobody_read_so_far_is_refused() {
        save(database.dataSource(), keyed());
        facts.load(keyed(), MONDAY, fact(keyed(), 1, 2, 3));

        assertRefused(
                where(keyed(NOTE), "note != 'x'"), "reads note, which they were read without");
    }

    private static Source keyed(Field... more) {
        var fields = new ArrayList<>(List.of(AT, NUMBER, CUSTOMER, A, B));
        boolean computesTime = Arrays.stream(more).anyMatch(field -> field.name().equals("at"));
        if (computesTime) {
            fields.remove(AT);
        }
        fields.addAll(List.of(more));
        return source("event", List.of("number"), fields.toArray(Field[]::new));
    }

    private static Source with(Source source, Field changed) {
        return where(
                source(
                        source.name(),
                        source.key(),
                        source.fields().stream()
                                .map(field -> field.name().equals(changed.name()) ? changed : field)
                                .toArray(Field[]::new)),
                source.where());
    }

    private static dev.cairn.application.port.out.FactStore.Fact fact(
            Source source, long number, @Nullable Integer a, @Nullable Integer b, Object... more) {
        var values = new ArrayList<@Nullable Object>();
        if (source.fields().contains(AT)) {
            values.add(MONDAY);
        }
        values.add(number);
        values.add("acme");
        values.add(a == null ? null : Long.valueOf(a));
        values.add(b == null ? null : Long.valueOf(b));
        values.addAll(Arrays.asList(more));
        return Facts.fact(source, values.toArray());
    }

    /** The values of a field in its order, empty ones last: of facts in force, or of all others. */
    private List<@Nullable Object> column(Source source, String field, boolean inForce) {
        var table = new FactTable(source.name());
        var column = table.column(source.field(field).orElseThrow());
        return facts.dsl()
                .select(column)
                .from(table.table())
                .where(inForce ? table.inForce() : table.inForce().not())
                .orderBy(column)
                .fetch(row -> (Object) row.value1());
    }

    private Redone redone(Source after) {
        return switch (trySave(database.dataSource(), after)) {
            case Saved.Done(_, var redone) -> redone.getOrDefault("event", Redone.NOTHING);
            case Saved.Conflict conflict -> throw new AssertionError(conflict);
            case Saved.Refused(var reasons) -> throw new AssertionError(reasons);
        };
    }

    private void assertRefused(Source after, String because) {
        assertThat(trySave(database.dataSource(), after))
                .isInstanceOfSatisfying(
                        Saved.Refused.class,
                        refused ->
                                assertThat(String.join(" ", refused.reasons().get("event")))
                                        .contains(because)
                                        .contains("import"));
    }

    private static Field computed(String name, String formula) {
        return new Field(name, name, DataType.INTEGER, null, formula, List.of(), null, null);
    }

    private static Field text(String name, String formula) {
        return new Field(name, name, DataType.TEXT, null, formula, List.of(), null, null);
    }

    private static Field time(String formula) {
        return new Field("at", "at", DataType.TIMESTAMP, null, formula, List.of(), null, null);
    }

    private static Field missing(Field field, String code) {
        return new Field(
                field.name(), field.label(), field.type(), null, null, List.of(code), null, null);
    }

    private static Field range(Field field, long min, long max) {
        return new Field(
                field.name(),
                field.label(),
                field.type(),
                null,
                null,
                List.of(),
                BigDecimal.valueOf(min),
                BigDecimal.valueOf(max));
    }
}
