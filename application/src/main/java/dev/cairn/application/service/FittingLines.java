package dev.cairn.application.service;

import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * On which lines of a file the rows stand that were taken in. Only where the distance of a row's number and its line changes, which rejected rows and values
 * of several lines make it do, something is kept; of a file with more of these than that, the lines are not known.
 */
final class FittingLines {
    private static final int MOST = 200_000;

    private final TreeMap<Long, Long> distances = new TreeMap<>();
    private long rows = 0;

    /** One more row that fits, which begins on this line. */
    void add(long line) {
        rows++;
        var last = distances.lastEntry();
        if (distances.size() < MOST && (last == null || last.getValue() != line - rows)) {
            distances.put(rows, line - rows);
        }
    }

    /** @param number of a row among those that fit, from 1 */
    OptionalLong line(long number) {
        var from = distances.floorEntry(number);
        return from == null || distances.size() >= MOST
                ? OptionalLong.empty()
                : OptionalLong.of(number + from.getValue());
    }
}
