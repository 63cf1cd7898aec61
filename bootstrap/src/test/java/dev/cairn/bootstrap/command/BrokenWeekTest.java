package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.demo.Company;
import dev.cairn.demo.Options;
import dev.cairn.demo.Table;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.Assessment;
import dev.cairn.domain.trust.SourceFigures;
import dev.cairn.domain.trust.SourceFigures.Period;
import dev.cairn.domain.trust.SourceTrust;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The made-up company lost most of its usage in one week; nothing else of it is broken. */
class BrokenWeekTest {
    private static final Source EVENT =
            new Source(
                            "event",
                            "event",
                            "",
                            "occurred_at",
                            ZoneId.of("UTC"),
                            null,
                            null,
                            "account",
                            null,
                            List.of("event_id"),
                            List.of(
                                    Field.of("event_id", DataType.TEXT),
                                    Field.of("occurred_at", DataType.TIMESTAMP),
                                    Field.of("account", DataType.TEXT)))
                    .with(
                            new Expectations(
                                    Grain.DAY, null, List.of(), List.of(), null, true, List.of(),
                                    List.of()));

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
    private static Map<String, Map<LocalDate, Long>> events(Company company) {
        var regions = regions(company);
        var events = table(company, "event");
        int at = events.header().indexOf("occurred_at");
        int account = events.header().indexOf("account");
        var counts = new HashMap<String, Map<LocalDate, Long>>();
        events.rows()
                .get()
                .forEachRemaining(row -> {
                    var day = LocalDate.parse(String.valueOf(row.get(at)).substring(0, 10));
                    var region = regions.getOrDefault(String.valueOf(row.get(account)), "none");
                    counts.computeIfAbsent(region, _ -> new HashMap<>()).merge(day, 1L, Long::sum);
                    counts.computeIfAbsent("", _ -> new HashMap<>()).merge(day, 1L, Long::sum);
                });
        return counts;
    }

    private static SourceTrust trust(Company company) {
        var options = company.options();
        var days = options.begin().datesUntil(options.until()).toList();
        var events = events(company);
        var segments = new HashMap<String, List<Long>>();
        events.forEach((region, counts) ->
                segments.put(
                        region, days.stream().map(day -> counts.getOrDefault(day, 0L)).toList()));
        var all = segments.remove("");
        var periods = new ArrayList<Period>();
        for (int at = 0; at < days.size(); at++) {
            periods.add(new Period(days.get(at), days.get(at).plusDays(1), all.get(at), List.of()));
        }
        return Assessment.of(
                EVENT,
                new SourceFigures(days.getLast(), periods, 0, 0, List.of(), segments),
                options.until().atTime(8, 0).toInstant(ZoneOffset.UTC));
    }

    private static void findsTheBrokenWeekAlone(long seed) {
        var usual = Options.DEFAULT;
        var company = Company.of(new Options(seed, 150, usual.months(), 200_000, usual.until()));
        var begins =
                company.truths().story().stream()
                        .filter(each -> each.name().contains("broken"))
                        .findFirst()
                        .orElseThrow()
                        .on();
        assertThat(trust(company).broken())
                .as("seed %d", seed)
                .singleElement()
                .satisfies(stretch -> {
                    assertThat(stretch.from()).isBetween(begins, begins.plusDays(2));
                    assertThat(stretch.until()).isBetween(begins.plusDays(5), begins.plusDays(7));
                });
    }

    @Test
    void the_broken_week_is_found_and_nothing_else() {
        findsTheBrokenWeekAlone(Options.DEFAULT.seed());
    }

    @Test
    @Tag("long")
    void ten_other_companies_have_one_broken_week_each() {
        LongStream.rangeClosed(1, 10).forEach(BrokenWeekTest::findsTheBrokenWeekAlone);
    }
}
