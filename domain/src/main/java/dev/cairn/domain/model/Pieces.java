package dev.cairn.domain.model;

import java.util.ArrayList;
import java.util.List;

/** Splits a list at its commas, except those in parentheses and quotes. */
final class Pieces {
    private Pieces() {}

    static List<String> of(List<String> texts) {
        return texts.stream().flatMap(text -> of(text).stream()).toList();
    }

    private static List<String> of(String text) {
        var pieces = new ArrayList<String>();
        int depth = 0;
        char quote = 0;
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (quote != 0) {
                quote = letter == quote ? 0 : quote;
            } else if (letter == '\'' || letter == '"') {
                quote = letter;
            } else if (letter == '(') {
                depth++;
            } else if (letter == ')') {
                depth--;
            } else if (letter == ',' && depth <= 0) {
                pieces.add(text.substring(start, at).strip());
                start = at + 1;
            }
        }
        pieces.add(text.substring(start).strip());
        return pieces;
    }
}
