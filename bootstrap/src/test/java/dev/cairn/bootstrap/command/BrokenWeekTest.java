package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.files.definition.ClassPathPacks;
import dev.cairn.bootstrap.demo.Demo;
import dev.cairn.demo.Company;
import dev.cairn.demo.Options;
import dev.cairn.demo.Table;
import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.Assessment;
import dev.cairn.domain.trust.SourceFigures;
import dev.cairn.domain.trust.SourceFigures.Period;
import dev.cairn.domain.trust.SourceTrust;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The made-up company lost most of the usage of a region in one week, and nothing else of it is broken: so say the pack's own expectations of how many facts
 * come, by counts that are made here, and of what values they have, looked at row by row.
 */
class BrokenWeekTest {
    private static final List<Source> SOURCES = sources();

    private static List<Source> sources() {
        var packs = new ClassPathPacks();
        var pack =
                packs.all().stream()
                        .filter(each -> each.name().equals(Demo.PACK))
                        .findFirst()
                        .orElseThrow();
        return packs
                .read(pack, Map.of("currency", "USD", "freshness", "any"))
                .definitions()
                .stream()
                .map(placed -> placed.definition())
                .filter(Source.class::isInstance)
                .map(Source.class::cast)
                .toList();
    }

    private static Table table(Company company, String target) {
        return company.tables().stream()
                .filter(table -> table.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> regions(Company company) {
        var accounts = table(company, "account");
        int key = accounts.header().indexOf("account_key");
        int region = accounts.header().indexOf("region");
        var regions = new HashMap<String, String>();
        accounts.rows()
                .get()
                .forEachRemaining(row ->
                        regions.put(String.valueOf(row.get(key)), String.valueOf(row.get(region))));
        return regions;
    }

    /** By region; and all of them together under no name. */
    private static Map<String, Map<LocalDate, Long>> counts(
            Company company, Source source, Grain grain) {
        var regions = regions(company);
        var facts = table(company, source.name());
        int at = facts.header().indexOf(source.placing());
        int account = facts.header().indexOf("account");
        var counts = new HashMap<String, Map<LocalDate, Long>>();
        facts.rows()
                .get()
                .forEachRemaining(row -> {
                    var day = LocalDate.parse(String.valueOf(row.get(at)).substring(0, 10));
                    var period = grain.floor(day);
                    counts.computeIfAbsent("", _ -> new HashMap<>()).merge(period, 1L, Long::sum);
                    if (source.expectations().volumeBy() != null) {
                        var region = regions.getOrDefault(String.valueOf(row.get(account)), "none");
                        counts.computeIfAbsent(region, _ -> new HashMap<>())
                                .merge(period, 1L, Long::sum);
                    }
                });
        return counts;
    }

    private static SourceTrust volume(Company company, Source source) {
        var until = company.options().until();
        var expected = source.expectations();
        var grain = Objects.requireNonNull(expected.cadence());
        var counts = counts(company, source, grain);
        var begins = counts.get("").keySet().stream().min(LocalDate::compareTo).orElseThrow();
        var starts =
                Stream.iterate(begins, day -> day.isBefore(until), day -> grain.plus(day, 1))
                        .toList();
        var segments = new HashMap<String, List<Long>>();
        counts.forEach((region, found) ->
                segments.put(
                        region, starts.stream().map(day -> found.getOrDefault(day, 0L)).toList()));
        var all = segments.remove("");
        var periods = new ArrayList<Period>();
        for (int at = 0; at < starts.size(); at++) {
            var ends = grain.plus(starts.get(at), 1);
            periods.add(
                    new Period(starts.get(at), ends, all.get(at), List.of(), !ends.isAfter(until)));
        }
        return Assessment.of(
                source.with(
                        new Expectations(
                                grain,
                                expected.freshDays(),
                                List.of(),
                                List.of(),
                                null,
                                expected.volume(),
                                List.of(),
                                List.of(),
                                expected.volumeBy(),
                                true)),
                new SourceFigures(until.minusDays(1), periods, 0, 0, List.of(), segments),
                until.plusDays(40).atTime(8, 0).toInstant(ZoneOffset.UTC));
    }

    private static Company company(long seed) {
        var usual = Options.DEFAULT;
        return Company.of(new Options(seed, 150, usual.months(), 200_000, usual.until()));
    }

    private static void findsTheBrokenWeekAlone(long seed) {
        var company = company(seed);
        var begins =
                company.truths().story().stream()
                        .filter(each -> each.name().contains("broken"))
                        .findFirst()
                        .orElseThrow()
                        .on();
        var broken =
                SOURCES.stream()
                        .filter(source -> source.expectations().volume())
                        .flatMap(source -> volume(company, source).broken().stream())
                        .toList();
        assertThat(broken)
                .as("seed %d", seed)
                .singleElement()
                .satisfies(stretch -> {
                    assertThat(stretch.source()).isEqualTo("event");
                    assertThat(stretch.from()).isBetween(begins, begins.plusDays(2));
                    assertThat(stretch.until()).isBetween(begins.plusDays(5), begins.plusDays(7));
                });
    }

    @Test
    void the_broken_week_is_found_and_nothing_else() {
        findsTheBrokenWeekAlone(Options.DEFAULT.seed());
    }

    /** That of sixty customers, which is there at the start: with few facts a day, one without any is chance. */
    @Test
    void the_sample_has_no_day_that_chance_emptied() {
        var company = Company.of(Options.SMALL);
        assertThat(
                        SOURCES.stream()
                                .filter(source -> source.expectations().volume())
                                .flatMap(source -> volume(company, source).broken().stream()))
                .isEmpty();
    }

    @Test
    @Tag("long")
    void ten_other_companies_have_one_broken_week_each() {
        LongStream.rangeClosed(1, 10).forEach(BrokenWeekTest::findsTheBrokenWeekAlone);
    }

    /** Empty texts are no value; what is computed, and whether there is such an account, is not looked at here. */
    private static void isAsExpected(Table table, Source source) {
        for (var expected : source.expectations().fields()) {
            int at = table.header().indexOf(expected.field());
            if (at < 0) {
                continue;
            }
            long rows = 0;
            long empty = 0;
            for (var each = table.rows().get(); each.hasNext(); ) {
                var value = Objects.toString(each.next().get(at), "");
                rows++;
                empty += value.isEmpty() ? 1 : 0;
                if (!value.isEmpty()) {
                    assertThat(expected.values().isEmpty() || expected.values().contains(value))
                            .as("%s.%s = '%s'", source.name(), expected.field(), value)
                            .isTrue();
                    assertThat(
                                    expected.min() == null
                                            || new BigDecimal(value).compareTo(expected.min()) >= 0)
                            .as("%s.%s = %s", source.name(), expected.field(), value)
                            .isTrue();
                }
            }
            if (expected.empty() != null) {
                assertThat((double) empty)
                        .as("%s.%s", source.name(), expected.field())
                        .isLessThanOrEqualTo(expected.empty().doubleValue() * rows);
            }
        }
    }

    @Test
    void the_pack_says_of_each_source_what_is_expected_and_the_company_is_so() {
        var company = Company.of(Options.SMALL);
        assertThat(SOURCES).hasSizeGreaterThan(18);
        for (var source : SOURCES) {
            assertThat(source.expectations().isNone()).as(source.name()).isFalse();
            isAsExpected(table(company, source.name()), source);
        }
    }
}
