package dev.cairn.domain.model;

import java.util.Optional;

/** What every text of Cairn keeps to, wherever it comes from: whole characters, none of them NUL. Databases hold no other. */
public final class TextRule {
    private TextRule() {}

    /** What is wrong with a text, to be put behind its name; empty where nothing is. */
    public static Optional<String> objection(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return Optional.of("a NUL character at position %d".formatted(i + 1));
            }
            if (Character.isSurrogate(c)) {
                if (!isPair(text, i)) {
                    return Optional.of("half a character at position %d".formatted(i + 1));
                }
                i++;
            }
        }
        return Optional.empty();
    }

    private static boolean isPair(String text, int at) {
        return at + 1 < text.length()
                && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }
}
