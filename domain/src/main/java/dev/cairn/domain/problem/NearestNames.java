package dev.cairn.domain.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names somebody may have meant. */
public final class NearestNames {
    private static final int MOST = 3;

    private NearestNames() {}

    /** At most three known names near to what was wanted, nearest first; ties by name. */
    public static List<String> nearest(String wanted, Collection<String> known) {
        record Candidate(String name, int distance) {}
        int allowed = Math.max(1, wanted.length() / 3);
        return known.stream()
                .distinct()
                .map(name -> new Candidate(name, distance(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance() <= allowed
                        || candidate.name().endsWith("." + wanted)
                        || (wanted.length() >= 3 && candidate.name().startsWith(wanted)))
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(MOST)
                .map(Candidate::name)
                .toList();
    }

    /** Damerau-Levenshtein, adjacent transpositions. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], 1 + cost[i - 2][j - 2]);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
