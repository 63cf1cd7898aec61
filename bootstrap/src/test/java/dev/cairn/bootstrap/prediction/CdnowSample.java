package dev.cairn.bootstrap.prediction;

import dev.cairn.domain.prediction.PurchaseHistory;
import dev.cairn.domain.prediction.Spending;
import dev.cairn.testkit.data.RealData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tenth of CDNOW's customers that the papers are about, counted by hand from the raw file. */
final class CdnowSample {
    static final LocalDate LAST_DAY = LocalDate.parse("1997-09-30");

    /** By customer, what was spent on each day. */
    private final Map<String, NavigableMap<LocalDate, Double>> spent = new TreeMap<>();

    private CdnowSample(List<String> lines) {
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            spent.computeIfAbsent(cells[0], _ -> new TreeMap<>())
                    .merge(LocalDate.parse(cells[2]), Double.valueOf(cells[4]), Double::sum);
        }
    }

    static Path file() {
        return RealData.require("cdnow").resolve("cdnow_sample.csv");
    }

    static CdnowSample read() {
        try {
            return new CdnowSample(Files.readAllLines(file()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Only customers whose key begins so. */
    CdnowSample startingWith(String beginning) {
        var some = new CdnowSample(List.of(""));
        spent.forEach((key, days) -> {
            if (key.startsWith(beginning)) {
                some.spent.put(key, days);
            }
        });
        return some;
    }

    List<PurchaseHistory.Counted> histories() {
        return spent.values().stream()
                .map(CdnowSample::history)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .map(counted -> new PurchaseHistory.Counted(counted.getKey(), counted.getValue()))
                .toList();
    }

    static PurchaseHistory history(NavigableMap<LocalDate, Double> days) {
        var known = days.headMap(LAST_DAY, true);
        return new PurchaseHistory(
                known.size() - 1,
                weeks(known.firstKey(), known.lastKey()),
                weeks(known.firstKey(), LAST_DAY));
    }

    private static double weeks(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to) / 7.0;
    }

    /** Of customers who bought again for more than nothing. */
    List<Spending.Counted> spendings() {
        return spent.values().stream()
                .map(days -> days.headMap(LAST_DAY, true))
                .map(days -> days.tailMap(days.firstKey(), false))
                .filter(repeats ->
                        repeats.values().stream().mapToDouble(Double::doubleValue).sum() > 0)
                .map(repeats ->
                        new Spending.Counted(
                                new Spending(
                                        repeats.size(),
                                        repeats.values().stream()
                                                        .mapToDouble(Double::doubleValue)
                                                        .sum()
                                                / repeats.size()),
                                1))
                .toList();
    }
}
