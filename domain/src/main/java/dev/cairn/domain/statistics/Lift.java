package dev.cairn.domain.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * How often a tenth succeeds, beside how often all do.
 *
 * @param tenth from 1, those with the least values, to 10
 * @param size how many are in it: a tenth of all, not always whole
 * @param successes of them
 * @param rate successes over size
 * @param lift rate over that of all; NaN where nobody succeeds
 */
public record Lift(int tenth, double size, double successes, double rate, double lift) {
    private static final int TENTHS = 10;

    /** Tenths by value. Those of one value that lie in two tenths are in each by part, with the same share of successes in both: no order among equals changes anything. */
    public static List<Lift> byTenth(Groups groups) {
        var succeeded = groups.succeeded();
        var others = groups.others();
        var successes = new double[TENTHS];
        double size = groups.size() / (double) TENTHS;
        double taken = 0;
        int s = 0;
        int o = 0;
        while (s < succeeded.length || o < others.length) {
            double value =
                    Math.min(
                            s < succeeded.length ? succeeded[s] : Double.POSITIVE_INFINITY,
                            o < others.length ? others[o] : Double.POSITIVE_INFINITY);
            int before = s;
            int start = s + o;
            while (s < succeeded.length && succeeded[s] == value) {
                s++;
            }
            while (o < others.length && others[o] == value) {
                o++;
            }
            double equal = s + o - start;
            spread(successes, size, taken, equal, (s - before) / equal);
            taken += equal;
        }
        double all = succeeded.length / (double) groups.size();
        var tenths = new ArrayList<Lift>();
        for (int tenth = 0; tenth < TENTHS; tenth++) {
            double rate = successes[tenth] / size;
            tenths.add(new Lift(tenth + 1, size, successes[tenth], rate, rate / all));
        }
        return tenths;
    }

    private static void spread(
            double[] successes, double size, double from, double equal, double share) {
        for (int tenth = 0; tenth < TENTHS; tenth++) {
            double overlap =
                    Math.min(from + equal, (tenth + 1) * size) - Math.max(from, tenth * size);
            if (overlap > 0) {
                successes[tenth] += overlap * share;
            }
        }
    }
}
