package dev.cairn.domain.check;

import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.problem.Place;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SuccessCheckTest {
    private static final Window SPRING =
            new Window.Dates(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 6, 1));

    private static List<String> problems(
            String rule, @Nullable Window window, @Nullable String size) {
        var success = new Success("s", "S", "", null, rule, window, size);
        var catalog = shop().define(success).build();
        return DefinitionChecker.check(catalog, new Entry(success, 1, Map.of()), Place.of("a.yaml"))
                .problems()
                .stream()
                .map(problem ->
                        problem.code()
                                + " "
                                + String.join(".", problem.place().path())
                                + " "
                                + problem.message())
                .toList();
    }

    @Test
    void sound_ones_have_no_problems() {
        assertThat(problems("count(event) > 3", SPRING, "seats")).isEmpty();
        assertThat(problems("plan = 'pro'", null, null)).isEmpty();
        assertThat(problems("count(event) > 3", new Window.Days("signed", 0, 90), null)).isEmpty();
        assertThat(problems("plan = 'pro'", new Window.Days("signed", 28, 90), null)).isEmpty();
    }

    @Test
    void what_is_decided_at_no_time_is_a_state() {
        assertThat(problems("count(event) > 3", null, null))
                .singleElement()
                .asString()
                .startsWith("MISSING a.yaml.rule");
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        assertThat(
                        problems(
                                "sum(event)",
                                new Window.Dates(
                                        LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 1)),
                                "plan"))
                .hasSize(3)
                .contains(
                        "BAD_RANGE a.yaml.until Success is decided until 2026-03-01 (out), which is not after 2026-03-01 (in).",
                        "TYPE_MISMATCH a.yaml.size How large an account is, is a number, not text.");
        assertThat(problems("count(event) > 3", new Window.Days("plan", -1, -1), null))
                .containsExactly(
                        "BAD_VALUE a.yaml.from_day Success is decided from day 0 or a later one, not -1.",
                        "BAD_RANGE a.yaml.until_day Success is decided until a day after -1, and by day 3660 at the latest, not -1.",
                        "TYPE_MISMATCH a.yaml.after 'plan' is no date: days are counted from a date or an instant of the account.");
        assertThat(problems("plan = 'pro'", new Window.Days("signd", 0, 9), null))
                .containsExactly(
                        "UNKNOWN_FIELD a.yaml.after The account has no attribute 'signd'. Did you mean 'signed'?");
    }

    @Test
    void facts_are_not_read_from_a_later_day_on() {
        assertThat(problems("count(event) > 3", new Window.Days("signed", 28, 90), null))
                .singleElement()
                .asString()
                .startsWith("INCOMPATIBLE a.yaml.from_day");
    }
}
