package dev.cairn.application.service;

import dev.cairn.application.port.in.CompareUseCase.Line;
import java.util.ArrayList;
import java.util.List;

/** The lines that two texts do not have in common, by the longest common subsequence; in the order of the texts, the earlier's first. */
final class TextDifference {
    private TextDifference() {}

    static List<Line> between(String before, String after) {
        var old = before.lines().toList();
        var now = after.lines().toList();
        var common = common(old, now);
        var lines = new ArrayList<Line>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
            } else if (j == now.size()
                    || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line(false, old.get(i++)));
            } else {
                lines.add(new Line(true, now.get(j++)));
            }
        }
        return List.copyOf(lines);
    }

    /** How many lines the texts from here on have in common. */
    private static int[][] common(List<String> old, List<String> now) {
        var common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] =
                        old.get(i).equals(now.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
