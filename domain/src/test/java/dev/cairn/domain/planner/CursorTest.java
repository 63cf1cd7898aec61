package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Page.Position;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final Instant AS_OF = Instant.parse("2026-06-30T23:59:59.123456Z");

    private static Question byPlanAndMonth() {
        return ask("events")
                .by("account.plan")
                .each(Grain.MONTH)
                .between("2026-01-01", "2026-04-01")
                .down("events");
    }

    private static String cursor(@Nullable Object... position) {
        var ready = byPlanAndMonth().ready(shop());
        return new Cursor(ready.fingerprint(), AS_OF, new Position(Arrays.asList(position)))
                .encode();
    }

    // ---- values

    static List<@Nullable Object> values() {
        var values = new ArrayList<@Nullable Object>();
        values.add(null);
        values.addAll(
                List.of(
                        0,
                        9_999,
                        "",
                        "pro",
                        "it's \u001f a \" b \n \uD83D\uDE00",
                        new BigDecimal("0"),
                        new BigDecimal("-12.500"),
                        new BigDecimal("123456789012345678901234567890.123456789"),
                        0.1,
                        -0.0,
                        Double.MAX_VALUE,
                        true,
                        false,
                        LocalDate.of(2024, 2, 29),
                        Instant.parse("2026-01-31T10:00:00.000001Z"),
                        GroupValue.NONE,
                        GroupValue.NO_ACCOUNT,
                        GroupValue.of(""),
                        GroupValue.of("pro"),
                        GroupValue.of(new BigDecimal("1.50")),
                        GroupValue.of(true),
                        GroupValue.of(LocalDate.of(2026, 1, 1)),
                        GroupValue.of(Instant.EPOCH)));
        return values;
    }

    @ParameterizedTest
    @MethodSource("values")
    void every_value_comes_back_as_it_was(@Nullable Object value) {
        var cursor = new Cursor("abc", AS_OF, new Position(Arrays.asList(1, value, "end")));
        assertThat(Cursor.decode(cursor.encode())).contains(cursor);
    }

    @Test
    void a_position_may_be_empty() {
        var cursor = new Cursor("abc", AS_OF, new Position(List.of()));
        assertThat(Cursor.decode(cursor.encode())).contains(cursor);
    }

    // ---- pages

    @Test
    void the_cursor_after_a_row_names_its_place_in_the_order() {
        var ready = byPlanAndMonth().ready(shop());
        var row =
                new Answer.Row(
                        RowKind.CELL,
                        2,
                        List.of(GroupValue.NO_ACCOUNT),
                        List.of(new Measured(new BigDecimal("7"), null, null, 7L, null)));
        String cursor = Cursor.after(ready, row);
        assertThat(byPlanAndMonth().after(cursor).planned(shop()).page().after())
                .isEqualTo(new Position(List.of(new BigDecimal("7"), 2, GroupValue.NO_ACCOUNT)));
    }

    @Test
    void a_later_page_is_of_the_moment_of_the_first() {
        var plan = byPlanAndMonth().after(cursor(null, 0, GroupValue.of("pro"))).planned(shop());
        assertThat(plan.time().asOf()).isEqualTo(AS_OF);
    }

    @Test
    void a_later_page_may_have_another_size() {
        var cursor = cursor(null, 0, GroupValue.of("pro"));
        assertThat(byPlanAndMonth().first(7).after(cursor).planned(shop()).page().limit())
                .isEqualTo(7);
    }

    @Test
    void a_later_page_may_say_the_moment_of_the_first_and_no_other() {
        var cursor = cursor(null, 0, GroupValue.of("pro"));
        var same = byPlanAndMonth().asOf(AS_OF.toString());
        var plan = same.after(cursor).planned(shop());
        assertThat(plan.time().asOf()).isEqualTo(AS_OF);
        assertThat(
                        byPlanAndMonth()
                                .asOf(AS_OF.plusNanos(1_000).toString())
                                .after(cursor)
                                .told(shop()))
                .containsExactly("BAD_PAGE after");
    }

    // ---- other questions

    static Stream<Question> otherQuestions() {
        return Stream.of(
                byPlanAndMonth().and("y", "1"),
                byPlanAndMonth().by("account.region"),
                byPlanAndMonth().each(Grain.QUARTER),
                byPlanAndMonth().between("2026-01-01", "2026-05-01"),
                byPlanAndMonth().in("Europe/Berlin"),
                byPlanAndMonth().filter("event.name", Operator.IN, "login"),
                byPlanAndMonth().where("event.beta"),
                byPlanAndMonth().cohort("pilots"),
                byPlanAndMonth().having(Question.where("events", Operator.GT, "1")),
                byPlanAndMonth().asOf("2026-05-01T00:00:00Z"),
                byPlanAndMonth().withTotals(),
                byPlanAndMonth().up("account.plan"),
                byPlanAndMonth().sparse(),
                byPlanAndMonth().scopedTo("plan = 'pro'"));
    }

    @ParameterizedTest
    @MethodSource("otherQuestions")
    void a_cursor_of_another_question_is_refused(Question other) {
        assertThat(other.after(cursor(null, 0, GroupValue.of("pro"))).told(shop()))
                .containsExactly("BAD_PAGE after");
    }

    // ---- what is no cursor

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "abc", "%%%", "YzE", "Y2Fpcm4", "100"})
    void what_is_no_cursor_is_refused(String after) {
        assertThat(byPlanAndMonth().after(after).told(shop())).containsExactly("BAD_PAGE after");
    }

    @Test
    void a_cursor_with_one_letter_changed_is_refused() {
        String good = cursor(new BigDecimal("10"), 1, GroupValue.of("pro"));
        for (int at = 0; at < good.length() - 1; at++) {
            char other = good.charAt(at) == 'A' ? 'B' : 'A';
            String bad = good.substring(0, at) + other + good.substring(at + 1);
            assertThat(byPlanAndMonth().after(bad).told(shop()))
                    .as(bad)
                    .containsExactly("BAD_PAGE after");
        }
    }

    static Stream<List<@Nullable Object>> madeUp() {
        return Stream.of(
                List.of(),
                Arrays.asList(null, 0),
                Arrays.asList(null, 0, GroupValue.NONE, 1),
                Arrays.asList("text", 0, GroupValue.NONE),
                Arrays.asList(true, 0, GroupValue.NONE),
                Arrays.asList(Double.NaN, 0, GroupValue.NONE),
                Arrays.asList(Double.POSITIVE_INFINITY, 0, GroupValue.NONE),
                Arrays.asList(new BigDecimal("1E+999999999"), 0, GroupValue.NONE),
                Arrays.asList(null, -1, GroupValue.NONE),
                Arrays.asList(null, 3, GroupValue.NONE),
                Arrays.asList(null, null, GroupValue.NONE),
                Arrays.asList(null, "0", GroupValue.NONE),
                Arrays.asList(null, 0, "pro"),
                Arrays.asList(null, 0, null),
                Arrays.asList(null, 0, GroupValue.TOTAL),
                Arrays.asList(null, 0, GroupValue.of(new BigDecimal("1"))),
                Arrays.asList(null, 0, GroupValue.of("a\0b")),
                Arrays.asList(null, 0, new GroupValue(GroupValue.Kind.NONE, "pro")),
                Arrays.asList(null, 0, new GroupValue(GroupValue.Kind.VALUE, null)));
    }

    @ParameterizedTest
    @MethodSource("madeUp")
    void a_position_that_no_row_has_is_refused(List<@Nullable Object> position) {
        assertThat(byPlanAndMonth().after(cursor(position.toArray())).told(shop()))
                .containsExactly("BAD_PAGE after");
    }

    @Test
    void a_moment_beyond_our_era_is_refused() {
        var ready = byPlanAndMonth().ready(shop());
        var position = new Position(Arrays.asList(null, 0, GroupValue.NONE));
        String cursor = new Cursor(ready.fingerprint(), Instant.MAX, position).encode();
        assertThat(byPlanAndMonth().after(cursor).told(shop())).containsExactly("BAD_RANGE asOf");
    }

    @Test
    void any_bytes_are_a_cursor_or_none_and_never_an_accident() {
        long seed = 20261128;
        var random = new Random(seed);
        for (int run = 0; run < 2_000; run++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            String text = Base64.getUrlEncoder().encodeToString(bytes);
            assertThat(Cursor.decode(text)).as("seed " + seed).isEmpty();
            assertThat(Cursor.decode(new String(bytes, StandardCharsets.ISO_8859_1))).isEmpty();
        }
    }

    @Test
    void a_cursor_is_refused_together_with_all_else() {
        assertThat(ask("evnts").by("event.nam").after("x").first(0).told(shop()))
                .containsExactlyInAnyOrder(
                        "UNKNOWN_METRIC metrics/0/metric/key",
                        "UNKNOWN_DIMENSION groupBy/0 1:1",
                        "BAD_PAGE after",
                        "BAD_PAGE first");
    }
}
