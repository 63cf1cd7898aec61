package dev.cairn.domain.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.overview.AttributeOfAccount.Held;
import dev.cairn.domain.overview.AttributeOfAccount.Interval;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributeOfAccountTest {
    private static final Entity ACCOUNT =
            new Entity(
                    EntityRef.ACCOUNT,
                    "Account",
                    "",
                    "account_key",
                    List.of(
                            new Attribute(Field.of("plan", DataType.TEXT), Mark.NONE),
                            new Attribute(Field.of("region", DataType.TEXT), Mark.NONE)));
    private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
    private static final LocalDate APRIL = LocalDate.of(2026, 4, 1);
    private static final LocalDate MAY = LocalDate.of(2026, 5, 1);

    private static List<AttributeOfAccount> on(LocalDate day, Interval... history) {
        return AttributeOfAccount.on(
                day, ACCOUNT, Map.of("plan", "pro", "region", "EMEA"), List.of(history));
    }

    @Test
    void without_a_history_a_value_is_what_is_known() {
        assertThat(on(MARCH))
                .containsExactly(
                        new AttributeOfAccount("plan", "plan", "pro", List.of()),
                        new AttributeOfAccount("region", "region", "EMEA", List.of()));
    }

    @Test
    void a_value_is_that_of_the_day_and_its_history_has_it_once() {
        var history =
                new Interval[] {
                    new Interval(MARCH, APRIL, Map.of("plan", "free")),
                    new Interval(APRIL, MAY, Map.of("plan", "free", "region", "EMEA")),
                    new Interval(MAY, null, Map.of("plan", "pro", "region", "EMEA"))
                };

        assertThat(on(APRIL, history))
                .containsExactly(
                        new AttributeOfAccount(
                                "plan",
                                "plan",
                                "free",
                                List.of(new Held(MARCH, MAY, "free"), new Held(MAY, null, "pro"))),
                        new AttributeOfAccount(
                                "region",
                                "region",
                                "EMEA",
                                List.of(
                                        new Held(MARCH, APRIL, null),
                                        new Held(APRIL, null, "EMEA"))));
        assertThat(on(MAY, history)).extracting(AttributeOfAccount::value).contains("pro");
    }

    @Test
    void before_its_first_day_an_account_has_its_first_value_and_after_the_last_none() {
        var march = new Interval(MARCH, APRIL, Map.of("plan", "free"));

        assertThat(on(MARCH.minusDays(1), march).getFirst().value()).isEqualTo("free");
        assertThat(on(APRIL, march).getFirst().value()).isNull();
    }

    @Test
    void a_gap_is_no_value_and_two_equal_values_around_it_are_two() {
        var known =
                on(
                                APRIL,
                                new Interval(null, APRIL, Map.of("plan", "pro")),
                                new Interval(MAY, null, Map.of("plan", "pro")))
                        .getFirst();

        assertThat(known.value()).isNull();
        assertThat(known.history())
                .containsExactly(new Held(null, APRIL, "pro"), new Held(MAY, null, "pro"));
    }
}
