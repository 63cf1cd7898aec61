package dev.cairn.domain.change;

import static dev.cairn.domain.change.Declared.AT;
import static dev.cairn.domain.change.Declared.NUMBER;
import static dev.cairn.domain.change.Declared.TRIMMED;
import static dev.cairn.domain.change.Declared.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import dev.cairn.domain.problem.Place;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeclarationChangeTest {
    @Test
    void a_history_that_is_declared_no_more_is_refused_and_its_form_does_not_matter() {
        var plain = new Entity(EntityRef.ACCOUNT, "", "", "key", List.of());
        var history = plain.with(new History.OfFiles());

        assertThat(ChangeKind.of(DeclarationChange.of(history, Map.of(), plain)))
                .isEqualTo(ChangeKind.REFUSED);
        assertThat(
                        ChangeKind.of(
                                DeclarationChange.of(
                                        history,
                                        Map.of(),
                                        plain.with(new History.Snapshots("ds")))))
                .isEqualTo(ChangeKind.SAME);
    }

    private static final Field UNTIL = Field.of("until", DataType.TIMESTAMP);

    @Test
    void rates_that_are_stored_lead_to_no_other_currency() {
        var plain = event(List.of("number"), AT, NUMBER);
        var dollars = plain.withRates(new Rates("coin", "USD", "number", 7));

        assertThat(
                        ChangeKind.of(
                                between(
                                        dollars,
                                        plain.withRates(new Rates("coin", "EUR", "number", 7)))))
                .isEqualTo(ChangeKind.REFUSED);
        assertThat(
                        ChangeKind.of(
                                between(
                                        dollars,
                                        plain.withRates(new Rates("coin", "USD", "number", 9)))))
                .isEqualTo(ChangeKind.SAME);
    }

    @Test
    void rows_are_looked_at_again_where_they_hold_for_another_time_and_not_where_for_none() {
        var plain = event(List.of("number"), AT, NUMBER, UNTIL);
        var valid = plain.with(new Validity("at", "until"));

        assertThat(ChangeKind.of(between(plain, valid))).isEqualTo(ChangeKind.AGAIN);
        assertThat(ChangeKind.of(between(valid, plain))).isEqualTo(ChangeKind.SAME);
        assertThat(
                        ChangeKind.of(
                                between(
                                        valid,
                                        plain.with(
                                                new Validity("at", "until", List.of("number"))))))
                .isEqualTo(ChangeKind.SAME);
    }

    /** They would all be without an end, which nobody said. */
    @Test
    void rows_that_were_read_without_the_end_of_their_validity_stand_against_it() {
        var change =
                between(
                        event(List.of("number"), AT, NUMBER),
                        event(List.of("number"), AT, NUMBER, UNTIL)
                                .with(new Validity("at", "until")));

        assertThat(change.obstacles())
                .containsExactly(
                        new DeclarationChange.Obstacle(
                                new StoredRows.All(),
                                "the validity reads until, which they were read without"));
    }

    @Test
    void a_row_that_holds_for_a_time_begins_and_does_not_end_before() {
        var source =
                event(List.of("number"), AT, NUMBER, Field.of("since", DataType.TIMESTAMP), UNTIL)
                        .with(new Validity("since", "until"));
        var rereading =
                Rereading.of(source, RowFormulas.of(source, Map.of(), Place.of("file.yaml")));
        var one = Instant.parse("2026-01-01T00:00:00Z");
        var two = Instant.parse("2026-01-02T00:00:00Z");

        assertThat(rereading.read(Arrays.asList(two, 1L, null, two)))
                .isEqualTo(
                        new Rereading.Row.Impossible(
                                "since, which says from when it holds, would be empty"));
        assertThat(rereading.read(Arrays.asList(two, 1L, two, one)))
                .isEqualTo(new Rereading.Row.Impossible("it would end before it begins"));
        for (var until : Arrays.asList(null, two)) {
            assertThat(rereading.read(Arrays.asList(one, 1L, two, until)))
                    .isInstanceOf(Rereading.Row.Read.class);
        }
    }

    private static DeclarationChange between(Source before, Source after) {
        return DeclarationChange.of(before, Map.of(), after);
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
        assertThat(ChangeKind.of(change(range("1", "10"), range("1.0", "10.00"))))
                .isEqualTo(ChangeKind.SAME);
    }

    @Test
    void a_new_code_of_a_text_is_read_again_and_that_of_a_number_is_refused_where_it_is_stored() {
        assertThat(ChangeKind.of(change(codes(DataType.TEXT, "a"), codes(DataType.TEXT, "a", "b"))))
                .isEqualTo(ChangeKind.AGAIN);
        assertThat(
                        change(
                                        codes(DataType.INTEGER, "1"),
                                        codes(DataType.INTEGER, "1", "07", "x"))
                                .obstacles())
                .extracting(DeclarationChange.Obstacle::rows)
                .containsExactly(new StoredRows.Holding(codes(DataType.INTEGER, "1"), 7L));
        assertThat(
                        ChangeKind.of(
                                change(
                                        codes(DataType.INTEGER, "1"),
                                        codes(DataType.INTEGER, "x", "1"))))
                .isEqualTo(ChangeKind.SAME);
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

        assertThat(ChangeKind.of(change(raw, raw.with(TRIMMED)))).isEqualTo(ChangeKind.AGAIN);
        assertThat(ChangeKind.of(change(raw, raw.with(lower)))).isEqualTo(ChangeKind.AGAIN);
        assertThat(ChangeKind.of(change(raw.with(lower), raw.with(TRIMMED.over(lower)))))
                .isEqualTo(ChangeKind.AGAIN);
        assertThat(ChangeKind.of(change(raw.with(TRIMMED), raw))).isEqualTo(ChangeKind.REFUSED);
        assertThat(ChangeKind.of(change(raw.with(lower), raw))).isEqualTo(ChangeKind.REFUSED);
        assertThat(
                        ChangeKind.of(
                                change(
                                        raw.with(lower),
                                        raw.with(cased(Notation.LetterCase.UPPER)))))
                .isEqualTo(ChangeKind.REFUSED);
        assertThat(
                        ChangeKind.of(
                                change(
                                        codes(DataType.TEXT, "a"),
                                        codes(DataType.TEXT, "a").with(TRIMMED))))
                .as("' a' was a text, and is missing now")
                .isEqualTo(ChangeKind.REFUSED);
    }

    @Test
    void
            what_is_said_of_numbers_does_not_touch_texts_and_dates_nor_what_is_said_of_dates_numbers() {
        var comma =
                new Notation(
                        null, List.of(), null, null, ",", ".", List.of(), null, null, null, null,
                        null);
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
                        null,
                        null);

        assertThat(read(DataType.TEXT, comma)).isEqualTo(ChangeKind.SAME);
        assertThat(read(DataType.DATE, comma)).isEqualTo(ChangeKind.SAME);
        assertThat(read(DataType.DECIMAL, comma)).isEqualTo(ChangeKind.REFUSED);
        assertThat(read(DataType.TEXT, german)).isEqualTo(ChangeKind.SAME);
        assertThat(read(DataType.INTEGER, german)).isEqualTo(ChangeKind.SAME);
        assertThat(read(DataType.DATE, german)).isEqualTo(ChangeKind.REFUSED);
        assertThat(read(DataType.TIMESTAMP, german)).isEqualTo(ChangeKind.REFUSED);
    }

    /** What it comes to when an entity with one attribute of the type says so of all its values. */
    private static ChangeKind read(DataType type, Notation all) {
        var attributes = List.of(new Attribute(Field.of("x", type), Mark.NONE));
        return ChangeKind.of(
                DeclarationChange.of(
                        new Entity(EntityRef.ACCOUNT, "", "", "key", attributes),
                        Map.of(),
                        new Entity(EntityRef.ACCOUNT, "", "", "key", attributes, all)));
    }

    private static Notation cased(Notation.LetterCase letters) {
        return new Notation(
                null, List.of(), null, null, null, null, List.of(), null, null, null, letters,
                null);
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
                        ChangeKind.of(
                                change(
                                        Field.of("score", DataType.DECIMAL),
                                        Field.of("score", DataType.MONEY))))
                .isEqualTo(ChangeKind.SAME);
    }

    @Test
    void a_field_is_computed_again_whatever_it_was_and_never_made_up_where_it_is_now_read() {
        var read = Field.of("score", DataType.DECIMAL);

        assertThat(ChangeKind.of(change(read, computed("number * 2")))).isEqualTo(ChangeKind.AGAIN);
        assertThat(ChangeKind.of(change(computed("number * 2"), computed("number * 3"))))
                .isEqualTo(ChangeKind.AGAIN);
        assertThat(ChangeKind.of(change(computed("number * 2"), computed("number * 2"))))
                .isEqualTo(ChangeKind.SAME);
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
                        ChangeKind.of(
                                DeclarationChange.of(
                                        narrow,
                                        Map.of(),
                                        keyless(AT, NUMBER, computed("twice", "number * 2")))))
                .isEqualTo(ChangeKind.AGAIN);
    }

    private static DeclarationChange change(Field before, Field after) {
        return DeclarationChange.of(source(before), Map.of(), source(after));
    }

    private static Source source(Field field) {
        return event(List.of("number"), AT, NUMBER, field);
    }

    private static Source keyless(Field... fields) {
        return event(List.of(), fields);
    }

    private static Source with(Source source, Field added) {
        var fields = new ArrayList<>(source.fields());
        fields.add(added);
        return event(source.key(), fields.toArray(Field[]::new));
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
}
