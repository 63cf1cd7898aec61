package dev.cairn.domain.inference;

import dev.cairn.domain.inference.HashSample.Added;
import dev.cairn.domain.model.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for columns that identify a row together: pairs, and where there is none, triples. In bounded memory: all are tried over the first
 * rows, and the likeliest of those that are left over all others. Columns that identify a row by themselves are none of them.
 */
public final class KeySearch {
    private static final int MOST_COLUMNS = 16;
    private static final int FIRST_ROWS = 100_000;
    private static final int MOST_KEYS = 3;
    private static final int MOST_ROWS = 1 << 21;

    private final List<ColumnProfile> profiles;

    /** By number, those first that are likelier to be part of a key. */
    private final List<Integer> columns;

    private final List<long[]> first = new ArrayList<>();
    private List<Tried> left = List.of();
    private boolean searched = false;

    /** A combination that has identified each row so far. */
    private record Tried(List<Integer> columns, HashSample seen) {}

    /** @param profiles of the columns of the first row */
    public KeySearch(List<ColumnProfile> profiles) {
        this.profiles = List.copyOf(profiles);
        this.columns =
                IntStream.range(0, profiles.size())
                        .boxed()
                        .filter(column -> !profiles.get(column).name().isBlank())
                        .sorted(Comparator.comparing(this::rank))
                        .limit(MOST_COLUMNS)
                        .toList();
    }

    private Integer rank(int column) {
        var name = SourceProposal.nameOf(profiles.get(column).name());
        if (Names.isIdentifier(name) || Names.isAccount(name) || Names.isUser(name)) {
            return 0;
        }
        return Names.isTime(name) ? 1 : 2;
    }

    /** The next row, which the profiles have been given already. */
    public void add(List<@Nullable String> cells) {
        var hashes = new long[columns.size()];
        for (int i = 0; i < hashes.length; i++) {
            int column = columns.get(i);
            var cell = column < cells.size() ? cells.get(column) : null;
            hashes[i] = HashSample.hash(cell == null ? "" : cell);
        }
        if (!searched) {
            first.add(hashes);
            if (first.size() == FIRST_ROWS) {
                search();
            }
        } else {
            left =
                    left.stream()
                            .filter(tried -> addTo(tried.seen(), tried.columns(), hashes))
                            .toList();
        }
    }

    /** Numbers of the columns of each combination that identifies every row; the likeliest first, none where a column does by itself. */
    public List<List<Integer>> found() {
        if (!searched) {
            search();
        }
        return left.stream()
                .map(Tried::columns)
                .filter(key -> key.stream().allMatch(this::isPlausible))
                .map(key -> key.stream().map(columns::get).toList())
                .toList();
    }

    private void search() {
        searched = true;
        var plausible =
                IntStream.range(0, columns.size()).boxed().filter(this::isPlausible).toList();
        var pairs =
                plausible.stream()
                        .flatMap(one -> behind(plausible, one).map(other -> List.of(one, other)));
        left = unique(pairs);
        if (left.isEmpty()) {
            var triples =
                    plausible.stream()
                            .flatMap(one ->
                                    behind(plausible, one)
                                            .flatMap(two ->
                                                    behind(plausible, two)
                                                            .map(three ->
                                                                    List.of(one, two, three))));
            left = unique(triples);
        }
        first.clear();
    }

    private static Stream<Integer> behind(List<Integer> columns, int one) {
        return columns.stream().filter(other -> other > one);
    }

    /** By what is known of it so far: it has a value in every row, as values of a key look, and does not identify rows by itself. */
    private boolean isPlausible(int at) {
        var report = profiles.get(columns.get(at)).report();
        return report.isFull()
                && !report.key()
                && report.readings().stream()
                        .noneMatch(as ->
                                as.type() == DataType.DECIMAL || as.type() == DataType.BOOLEAN);
    }

    private List<Tried> unique(Stream<List<Integer>> combinations) {
        return combinations
                .sorted(
                        Comparator.comparing(
                                key -> key.stream().mapToInt(at -> rank(columns.get(at))).sum()))
                .map(key -> new Tried(key, new HashSample(MOST_ROWS)))
                .filter(tried ->
                        first.stream()
                                .allMatch(hashes -> addTo(tried.seen(), tried.columns(), hashes)))
                .limit(MOST_KEYS)
                .toList();
    }

    private static boolean addTo(HashSample seen, List<Integer> key, long[] hashes) {
        long hash = 1;
        for (int at : key) {
            hash = HashSample.both(hash, hashes[at]);
        }
        return seen.add(hash) == Added.NEW;
    }
}
