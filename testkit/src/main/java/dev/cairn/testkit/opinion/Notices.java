package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compares what is remarked about an answer with what should be: by code, column and number; texts are for people. */
final class Notices {
    private static final int FEW = 30;
    private static final Pattern UNDECIDED = Pattern.compile("false for (\\d+) ");
    private static final Pattern SMALL_SAMPLE = Pattern.compile("^(\\d+) of (\\d+) values");

    private final AnalysisResult result;

    private Notices(AnalysisResult result) {
        this.result = result;
    }

    /** @param undecided of each measure the numbers of rows that one of its conditions leaves undecided; null: no opinion */
    static Optional<String> difference(
            AnalysisResult result, AnalysisQuery query, List<@Nullable List<Long>> undecided) {
        return new Notices(result).difference(query.after() == null, undecided);
    }

    private Optional<String> difference(boolean isFirstPage, List<@Nullable List<Long>> undecided) {
        if (of("CUT_PAGE", null).size() != (result.hasNextPage() ? 1 : 0)) {
            return Optional.of("a next page %s, but %s".formatted(result.hasNextPage(), told()));
        }
        var measures = result.columns().stream().filter(one -> one.role() == Role.MEASURE).toList();
        for (int at = 0; at < measures.size(); at++) {
            var found = ofSamples(measures.get(at), at);
            var counts = undecided.get(at);
            if (found.isEmpty() && counts != null) {
                found = ofUndecided(measures.get(at), isFirstPage ? counts : List.of());
            }
            if (found.isPresent()) {
                return found;
            }
        }
        var known =
                List.of(
                        "CUT_PAGE",
                        "SMALL_SAMPLE",
                        "UNDECIDED",
                        "MEMBERS_AS_NOW",
                        "DEFINED_SINCE",
                        "NOT_RECORDED",
                        "NO_RATE",
                        "WITHOUT_WEIGHT",
                        "TOTALS_OF_ALL",
                        "MIXED_INSTANTS",
                        "NON_STANDARD",
                        "DEPRECATED");
        return result.notices().stream()
                .filter(notice -> !known.contains(notice.code()))
                .findFirst()
                .map(notice -> "no such notice: " + notice);
    }

    private Optional<String> ofSamples(Column column, int at) {
        long few =
                result.rows().stream()
                        .map(row ->
                                row.cells().stream()
                                        .filter(Cell.Value.class::isInstance)
                                        .map(cell -> ((Cell.Value) cell).value())
                                        .toList()
                                        .get(at))
                        .filter(value -> value.denominator() != null)
                        .map(value -> value.sampleSize())
                        .filter(size -> size != null && size > 0 && size < FEW)
                        .count();
        var told = of("SMALL_SAMPLE", column.key());
        boolean fits =
                few == 0
                        ? told.isEmpty()
                        : told.size() == 1
                                && numbers(SMALL_SAMPLE, told.getFirst())
                                        .equals(List.of(few, (long) result.rows().size()));
        return fits
                ? Optional.empty()
                : Optional.of(
                        "%d small samples of '%s', but %s".formatted(few, column.key(), told()));
    }

    /** Of the same words in several places the largest number is told. */
    private Optional<String> ofUndecided(Column column, List<Long> expected) {
        var told =
                of("UNDECIDED", column.key()).stream()
                        .map(notice -> numbers(UNDECIDED, notice).getFirst())
                        .toList();
        long most = expected.stream().mapToLong(count -> count).max().orElse(0);
        long mostTold = told.stream().mapToLong(count -> count).max().orElse(0);
        return most == mostTold && new HashSet<>(expected).containsAll(told)
                ? Optional.empty()
                : Optional.of(
                        "undecided in '%s': %s, but %s".formatted(column.key(), expected, told()));
    }

    private List<Notice> of(String code, @Nullable String column) {
        return result.notices().stream()
                .filter(notice ->
                        notice.code().equals(code)
                                && (column == null
                                        ? notice.column() == null
                                        : column.equals(notice.column())))
                .toList();
    }

    private static List<Long> numbers(Pattern pattern, Notice notice) {
        var matcher = pattern.matcher(notice.message());
        if (!matcher.find()) {
            return List.of();
        }
        return IntStream.rangeClosed(1, matcher.groupCount())
                .mapToObj(group -> new BigDecimal(matcher.group(group)).longValueExact())
                .toList();
    }

    private List<Notice> told() {
        return result.notices();
    }
}
