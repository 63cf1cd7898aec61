package dev.cairn.adapters.files.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Expectations.Broken;
import dev.cairn.domain.model.Expectations.Control;
import dev.cairn.domain.model.Expectations.OfField;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpectationsFormTest {
    private static final String SOURCE =
            """
            source: event
            time: {field: at}
            fields:
              at: date
              name: text
              amount: integer
            """;

    private static ReadDefinitions read(String expect) {
        return DefinitionReader.read(List.of(new DefinitionFile("a.yaml", SOURCE + expect)));
    }

    private static final String ALL =
            """
            expect:
              cadence: day
              freshness: 3 days
              fields:
                name: {values: [login, export], empty: 0.02}
                amount: {min: 0, max: 100, sentinels: [11]}
              unique: [at, name]
              orphans: 0.01
              volume: false
              optional: true
              controls:
                ledger:
                  formula: sum(event.amount)
                  expected: sum(ledger.amount)
                  tolerance: 0.005
                  per: month
                march:
                  formula: count(event)
                  expected: '1200'
                  from: 2026-03-01
                  until: 2026-04-01
            broken:
            - {from: 2026-03-02, until: 2026-03-09, why: the tracker was down}
            """;

    @Test
    void what_is_expected_is_read() {
        var read = read(ALL);
        assertThat(read.problems()).isEmpty();
        assertThat(((Source) read.drafts().getFirst().definition()).expectations())
                .isEqualTo(
                        new Expectations(
                                Grain.DAY,
                                3,
                                List.of(
                                        new OfField(
                                                "name",
                                                List.of("login", "export"),
                                                null,
                                                null,
                                                new BigDecimal("0.02"),
                                                List.of()),
                                        new OfField(
                                                "amount",
                                                List.of(),
                                                BigDecimal.ZERO,
                                                new BigDecimal("100"),
                                                null,
                                                List.of("11"))),
                                List.of("at", "name"),
                                new BigDecimal("0.01"),
                                false,
                                List.of(
                                        new Control(
                                                "ledger",
                                                "sum(event.amount)",
                                                "sum(ledger.amount)",
                                                new BigDecimal("0.005"),
                                                Grain.MONTH,
                                                null,
                                                null),
                                        new Control(
                                                "march",
                                                "count(event)",
                                                "1200",
                                                BigDecimal.ZERO,
                                                null,
                                                LocalDate.parse("2026-03-01"),
                                                LocalDate.parse("2026-04-01"))),
                                List.of(
                                        new Broken(
                                                LocalDate.parse("2026-03-02"),
                                                LocalDate.parse("2026-03-09"),
                                                "the tracker was down")),
                                null,
                                true));
    }

    private static @Nullable Integer freshness(String written) {
        var read = read("expect: {cadence: week, freshness: %s}\n".formatted(written));
        var source = (Source) read.drafts().getFirst().definition();
        var again =
                DefinitionReader.read(
                        List.of(new DefinitionFile("a.yaml", DefinitionWriter.text(source))));
        assertThat(again.drafts().getFirst().definition()).isEqualTo(source);
        return source.expectations().freshDays();
    }

    @Test
    void how_old_facts_may_be_is_days_or_a_word() {
        assertThat(freshness("10 days")).isEqualTo(10);
        assertThat(freshness("usual")).isNull();
        assertThat(freshness("any")).isEqualTo(Expectations.ANY_AGE);
    }

    @Test
    void what_is_written_is_read_as_the_same() {
        var first = read(ALL).drafts().getFirst().definition();
        var again =
                DefinitionReader.read(
                        List.of(new DefinitionFile("a.yaml", DefinitionWriter.text(first))));
        assertThat(again.problems()).isEmpty();
        assertThat(again.drafts().getFirst().definition()).isEqualTo(first);
    }

    @Test
    void percent_is_a_share() {
        var read = read("expect: {orphans: 1.5%}\n");
        assertThat(((Source) read.drafts().getFirst().definition()).expectations().orphans())
                .isEqualByComparingTo("0.015");
    }

    @Test
    void everything_wrong_is_told_at_once() {
        var read =
                read(
                        """
                        expect:
                          cadence: dayly
                          freshness: soon
                          orphans: 150%
                          volume: perhaps
                          optional: maybe
                          fresh: 2 days
                          fields: {amount: {min: low, empty: much, least: 3}}
                          controls:
                            a: {formula: count(event), expected: 5}
                            b: {expected: 5, per: month, from: 2026-01-01, until: 2025-01-01}
                        broken: [{from: 2026-03-09, until: 2026-03-02, why: x}, soon, {from: March, until: 2026-03-02}]
                        """);
        assertThat(read.problems())
                .extracting(problem -> problem.place().path().getLast() + " " + problem.code())
                .containsExactlyInAnyOrder(
                        "expect.cadence BAD_VALUE",
                        "expect.freshness BAD_VALUE",
                        "expect.orphans BAD_VALUE",
                        "expect.volume BAD_VALUE",
                        "expect.optional BAD_VALUE",
                        "expect.fresh UNKNOWN_KEY",
                        "expect.fields.amount.min BAD_VALUE",
                        "expect.fields.amount.empty BAD_VALUE",
                        "expect.fields.amount.least UNKNOWN_KEY",
                        "expect.controls.a.per CONFLICT",
                        "expect.controls.b.formula MISSING",
                        "expect.controls.b.per CONFLICT",
                        "broken.0.until BAD_RANGE",
                        "broken BAD_VALUE",
                        "broken.2.from BAD_VALUE",
                        "broken.2.why MISSING");
    }
}
