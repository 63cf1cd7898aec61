package dev.cairn.domain.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.problem.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputedAttributesTest {
    private static final Attribute PLAN = attribute("plan", DataType.TEXT, null);
    private static final Attribute SEATS = attribute("seats", DataType.INTEGER, null);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    seats >= 10 | BOOLEAN
                    account.seats >= 10 | BOOLEAN
                    starts(account, 'x') | BOOLEAN
                    coalesce(plan, 'none') | TEXT
                    seats + 1 | INTEGER
                    seats / 3 | DECIMAL
                    none | DATE
                    """)
    void formulas_over_the_key_and_earlier_attributes_have_no_problem(
            String formula, DataType type) {
        assertThat(problems(PLAN, SEATS, attribute("x", type, formula))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    seats >= 10 | TEXT | TYPE_MISMATCH
                    seats / 3 | INTEGER | TYPE_MISMATCH
                    x | TEXT | UNKNOWN_FIELD
                    later | TEXT | UNKNOWN_FIELD
                    count(account) | INTEGER | LEVEL_MISMATCH
                    bucket.start | TIMESTAMP | LEVEL_MISMATCH
                    seats + | INTEGER | SYNTAX
                    plan + 1 | INTEGER | TYPE_MISMATCH
                    """)
    void what_is_wrong_is_told_at_its_place(String formula, DataType type, String code) {
        assertThat(
                        problems(
                                PLAN,
                                SEATS,
                                attribute("x", type, formula),
                                attribute("later", DataType.TEXT, null)))
                .contains(code + " file.yaml/attributes/x/compute");
    }

    @Test
    void formula_of_users_knows_nothing_of_their_account() {
        var entity = entity(EntityRef.USER, attribute("x", DataType.TEXT, "account.plan"));
        assertThat(problems(entity))
                .containsExactly("UNKNOWN_FIELD file.yaml/attributes/x/compute");
    }

    @Test
    void each_of_a_chain_that_names_the_one_before_twice_is_computed_once() {
        var chain = new ArrayList<Attribute>();
        chain.add(SEATS);
        for (int at = 0; at < 30; at++) {
            String before = at == 0 ? "seats" : "x" + (at - 1);
            chain.add(
                    attribute(
                            "x" + at,
                            DataType.INTEGER,
                            "case when %s > 3 then %s + 1 else 0 end".formatted(before, before)));
        }
        assertThat(problems(entity(EntityRef.ACCOUNT, chain.toArray(Attribute[]::new)))).isEmpty();
    }

    @Test
    void computed_attribute_is_not_stored() {
        assertThat(
                        entity(
                                        EntityRef.ACCOUNT,
                                        PLAN,
                                        attribute("x", DataType.TEXT, "plan"),
                                        SEATS)
                                .stored()
                                .attributes())
                .containsExactly(PLAN, SEATS);
    }

    private static List<String> problems(Attribute... attributes) {
        return problems(entity(EntityRef.ACCOUNT, attributes));
    }

    private static List<String> problems(Entity entity) {
        return ComputedAttributes.of(entity, Place.of("file.yaml")).problems().stream()
                .map(problem -> problem.code() + " " + String.join("/", problem.place().path()))
                .toList();
    }

    private static Entity entity(EntityRef kind, Attribute... attributes) {
        return new Entity(kind, kind.name(), "", kind.name() + "_key", Arrays.asList(attributes));
    }

    private static Attribute attribute(String name, DataType type, @Nullable String formula) {
        return new Attribute(
                new Field(name, name, type, null, formula, List.of(), null, null), Mark.NONE);
    }
}
