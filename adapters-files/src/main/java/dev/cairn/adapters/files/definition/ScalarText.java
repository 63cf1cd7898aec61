package dev.cairn.adapters.files.definition;

import java.util.Arrays;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The text of one scalar, and where in the file each of its characters stands: quotes, escapes, folds and indents looked through. */
final class ScalarText {
    private final Page page;
    private final int[] value;
    private final int[] offsets;
    private final int end;
    private int known = 0;

    private ScalarText(Page page, ScalarNode node) {
        this.page = page;
        this.value = node.getValue().codePoints().toArray();
        this.offsets = new int[value.length];
        int start = node.getStartMark().getIndex();
        this.end = Math.min(node.getEndMark().getIndex(), page.length());
        switch (node.getScalarStyle()) {
            case PLAIN, JSON_SCALAR_STYLE -> flow(start, end, '\0');
            case SINGLE_QUOTED -> flow(start + 1, end - 1, '\'');
            case DOUBLE_QUOTED -> flow(start + 1, end - 1, '"');
            case LITERAL -> block(start, false);
            case FOLDED -> block(start, true);
        }
        Arrays.fill(offsets, known, offsets.length, known == 0 ? start : offsets[known - 1]);
    }

    static ScalarText of(Page page, ScalarNode node) {
        return new ScalarText(page, node);
    }

    /** Index in the file of the character at a line and column of the value, both from 1; past the end: of its last character. */
    int offset(int line, int column) {
        int at = 0;
        for (int passed = 1; passed < line && at < value.length; at++) {
            if (value[at] == '\n') {
                passed++;
            }
        }
        at += column - 1;
        if (value.length == 0) {
            return end;
        }
        return at < value.length ? offsets[at] : offsets[value.length - 1] + 1;
    }

    private void add(int offset) {
        if (known < offsets.length) {
            offsets[known++] = offset;
        }
    }

    private void flow(int from, int to, char quote) {
        int at = from;
        while (at < to) {
            int c = page.at(at);
            if (isBlank(c) || isBreak(c)) {
                at = blanks(at, to);
            } else if (c == '\\' && quote == '"') {
                at = escape(at, to);
            } else {
                add(at);
                at += c == '\'' && quote == '\'' ? 2 : 1;
            }
        }
    }

    /** A run of white space: as it is within a line, folded where it has a line break. */
    private int blanks(int from, int to) {
        int breaks = 0;
        int at = from;
        while (at < to && (isBlank(page.at(at)) || isBreak(page.at(at)))) {
            breaks += isBreak(page.at(at)) ? 1 : 0;
            at = next(at);
        }
        int characters = breaks == 0 ? at - from : Math.max(1, breaks - 1);
        for (int i = 0; i < characters; i++) {
            add(breaks == 0 ? from + i : from);
        }
        return at;
    }

    private int escape(int from, int to) {
        int escaped = from + 1 < to ? page.at(from + 1) : 'n';
        if (isBreak(escaped)) {
            int at = next(from + 1);
            while (at < to && (isBlank(page.at(at)) || isBreak(page.at(at)))) {
                if (isBreak(page.at(at))) {
                    add(at);
                }
                at = next(at);
            }
            return at;
        }
        add(from);
        return from
                + switch (escaped) {
                    case 'x' -> 4;
                    case 'u' -> 6;
                    case 'U' -> 10;
                    default -> 2;
                };
    }

    private void block(int start, boolean folded) {
        int at = afterLine(start);
        int indent = indent(at);
        while (at < end && known < offsets.length) {
            int next = afterLine(at);
            int stop = next;
            while (stop > at && isBreak(page.at(stop - 1))) {
                stop--;
            }
            int content = at;
            while (content < stop && content < at + indent && page.at(content) == ' ') {
                content++;
            }
            if (folded) {
                skipFold(content, stop);
            }
            for (int i = content; i < stop; i++) {
                add(i);
            }
            if (!folded) {
                add(stop);
            }
            at = next;
        }
    }

    /** Spaces that the block is set in: those of its first line with text, less those that are part of the value. */
    private int indent(int firstLine) {
        int at = firstLine;
        int spaces = 0;
        while (at < end && (page.at(at) == ' ' || isBreak(page.at(at)))) {
            spaces = page.at(at) == ' ' ? spaces + 1 : 0;
            at++;
        }
        int own = 0;
        for (int i = 0; i < value.length && (value[i] == ' ' || value[i] == '\n'); i++) {
            own = value[i] == ' ' ? own + 1 : 0;
        }
        return Math.max(0, spaces - own);
    }

    /** What folding made of the line breaks before a line of text. */
    private void skipFold(int from, int to) {
        if (from == to) {
            return;
        }
        while (known < value.length
                && (value[known] == ' ' || value[known] == '\n')
                && !stands(from, to)) {
            add(from);
        }
    }

    private boolean stands(int from, int to) {
        for (int i = 0; i < to - from; i++) {
            if (known + i >= value.length || value[known + i] != page.at(from + i)) {
                return false;
            }
        }
        return true;
    }

    private int afterLine(int from) {
        int at = from;
        while (at < end && !isBreak(page.at(at))) {
            at++;
        }
        return at < end ? next(at) : end;
    }

    private int next(int at) {
        return page.at(at) == '\r' && at + 1 < page.length() && page.at(at + 1) == '\n'
                ? at + 2
                : at + 1;
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isBreak(int c) {
        return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }
}
