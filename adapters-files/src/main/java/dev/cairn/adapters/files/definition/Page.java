package dev.cairn.adapters.files.definition;

import java.util.Arrays;

/** The text of a file, by code point; knows line and column (both from 1) of each. */
final class Page {
    private final String file;
    private final int[] codePoints;
    private final int[] lineStarts;

    Page(String file, String text) {
        this.file = file;
        this.codePoints = text.codePoints().toArray();
        this.lineStarts = lineStarts(codePoints);
    }

    String file() {
        return file;
    }

    int length() {
        return codePoints.length;
    }

    int at(int index) {
        return codePoints[index];
    }

    int line(int index) {
        int found = Arrays.binarySearch(lineStarts, index);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int column(int index) {
        return index - lineStarts[line(index) - 1] + 1;
    }

    private static int[] lineStarts(int[] text) {
        var starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length; i++) {
            boolean ends =
                    text[i] == '\n'
                            || (text[i] == '\r' && (i + 1 == text.length || text[i + 1] != '\n'));
            if (ends) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }
}
