package dev.cairn.domain.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Chances of many tests, so that they can be read as those of one. */
public final class ManyTests {
    private ManyTests() {}

    /**
     * With these, at most so many of a hundred whole families of tests have any false alarm (S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6, 1979).
     *
     * @param chances from 0 to 1, in any order; NaN: there was no test, and none is counted
     * @return in the same order; NaN where there was no test
     */
    public static List<Double> holm(List<Double> chances) {
        var order = order(chances);
        var adjusted = none(chances.size());
        double most = 0;
        for (int at = 0; at < order.size(); at++) {
            most = Math.max(most, Math.min(1, (order.size() - at) * chances.get(order.get(at))));
            adjusted.set(order.get(at), most);
        }
        return List.copyOf(adjusted);
    }

    private static List<Integer> order(List<Double> chances) {
        return IntStream.range(0, chances.size())
                .boxed()
                .filter(at -> !chances.get(at).isNaN())
                .sorted(Comparator.comparing(chances::get))
                .toList();
    }

    private static List<Double> none(int size) {
        return new ArrayList<>(Collections.nCopies(size, Double.NaN));
    }
}
