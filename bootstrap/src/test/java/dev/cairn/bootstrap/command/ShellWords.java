package dev.cairn.bootstrap.command;

import java.util.ArrayList;
import java.util.List;

/** Takes a command line apart as a shell does: at blanks, outside of quotes. */
final class ShellWords {
    private ShellWords() {}

    static List<String> of(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (char letter : line.toCharArray()) {
            if (quote == 0 && (letter == '\'' || letter == '"')) {
                quote = letter;
                inWord = true;
            } else if (letter == quote) {
                quote = 0;
            } else if (quote == 0 && letter == ' ') {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else {
                word.append(letter);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote is not closed: " + line);
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
