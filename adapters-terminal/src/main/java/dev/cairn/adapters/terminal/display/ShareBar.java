package dev.cairn.adapters.terminal.display;

import org.jspecify.annotations.Nullable;

/** A share with its interval as a line from 0 to 100 %, for a column of a table. */
final class ShareBar {
    static final String HEADER = "0% to 100%";
    private static final int WIDTH = 20;

    private ShareBar() {}

    /** The interval as dashes, the share as a plus; empty where there is none. */
    static String of(@Nullable Double low, @Nullable Double share, @Nullable Double high) {
        if (share == null || low == null || high == null) {
            return "";
        }
        var bar = new StringBuilder();
        long at = Math.round(share * WIDTH);
        for (int column = 0; column <= Math.round(high * WIDTH); column++) {
            bar.append(column == at ? '+' : column >= Math.round(low * WIDTH) ? '-' : '.');
        }
        return bar.toString();
    }
}
