package dev.cairn.domain.check;

import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.problem.Place;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselineCheckTest {
    private static Baseline baseline(
            String name,
            String metric,
            String from,
            String until,
            boolean level,
            long sampleSize,
            ScopeKey... scope) {
        return new Baseline(
                name,
                name,
                "",
                metric,
                1,
                BigDecimal.TEN,
                sampleSize,
                BigDecimal.valueOf(sampleSize),
                LocalDate.parse(from),
                LocalDate.parse(until),
                ZoneOffset.UTC,
                List.of(scope),
                level,
                Instant.parse("2026-06-01T00:00:00Z"),
                null);
    }

    private static Baseline january(String name, boolean level) {
        return baseline(name, "events", "2026-01-01", "2026-02-01", level, 1);
    }

    private static Baseline in(String zone, Baseline baseline) {
        return new Baseline(
                baseline.name(),
                baseline.label(),
                "",
                baseline.metric(),
                1,
                baseline.value(),
                null,
                null,
                baseline.from(),
                baseline.until(),
                ZoneId.of(zone),
                baseline.scope(),
                baseline.level(),
                baseline.kept(),
                null);
    }

    private static List<String> problems(Baseline checked, Baseline... others) {
        var builder = shop();
        for (var other : others) {
            builder.define(other);
        }
        var catalog = builder.define(checked).build();
        return DefinitionChecker.check(catalog, new Entry(checked, 1, Map.of()), Place.of("a.yaml"))
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
    void a_sound_one_has_no_problems() {
        assertThat(problems(january("b", false))).isEmpty();
        assertThat(problems(january("b", true), january("other", false))).isEmpty();
        assertThat(
                        problems(
                                january("b", false),
                                baseline("q", "events", "2026-01-01", "2026-04-01", false, 1)))
                .isEmpty();
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        assertThat(
                        problems(
                                baseline(
                                        "b",
                                        "evnts",
                                        "2026-02-01",
                                        "2026-02-01",
                                        false,
                                        -1,
                                        new ScopeKey("account.pln", "pro"))))
                .containsExactly(
                        "UNKNOWN_DIMENSION a.yaml.for.account.pln No dimension 'account.pln'; a scope names each by its full name, for example account.plan. Did you mean 'account.plan'?",
                        "UNKNOWN_METRIC a.yaml.metric No metric 'evnts'. Did you mean 'events'?",
                        "BAD_RANGE a.yaml.until The period ends (2026-02-01, out) before it starts (2026-02-01, in).",
                        "BAD_VALUE a.yaml.n 'n' is not below zero: -1.",
                        "BAD_VALUE a.yaml.error 'error' is not below zero: -1.");
    }

    @Test
    void it_is_of_a_time_that_had_passed_when_it_was_kept() {
        assertThat(problems(baseline("b", "events", "2026-05-01", "2026-06-02", false, 1)))
                .containsExactly(
                        "BAD_RANGE a.yaml.until The period was not over when the value was measured (2026-06-01T00:00:00Z): a baseline is of a time that has passed.");
    }

    @Test
    void a_value_has_one_to_stand_beside() {
        var february = baseline("feb", "events", "2026-02-01", "2026-03-01", false, 1);
        assertThat(problems(january("b", false), february))
                .containsExactly(
                        "CONFLICT a.yaml.metric 'feb' is a baseline of 'events' for the company already, of a time as long (from 2026-02-01 until 2026-03-01): a value has one to stand beside. Replace it, or remove it first.");
        // Days of another zone are no time as long; UTC is the same under another name.
        assertThat(problems(january("b", false), in("Asia/Tokyo", february))).isEmpty();
        assertThat(problems(january("b", false), in("Etc/UTC", february))).hasSize(1);
        // Four weeks are as many days as February has.
        assertThat(
                        problems(
                                baseline("b", "events", "2026-01-05", "2026-02-02", false, 1),
                                february))
                .hasSize(1);
    }
}
