package dev.cairn.testkit.data;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of a key between slashes; a slash or a percent sign within a part is written by its number, as in an address. */
public final class JoinedKey {
    private JoinedKey() {}

    public static String of(List<?> parts) {
        var key = new StringBuilder();
        for (int at = 0; at < parts.size(); at++) {
            var part = parts.get(at);
            var text =
                    part instanceof BigDecimal whole
                            ? whole.stripTrailingZeros().toPlainString()
                            : String.valueOf(part);
            key.append(at == 0 ? "" : "/");
            for (int letterAt = 0; letterAt < text.length(); letterAt++) {
                char letter = text.charAt(letterAt);
                key.append(letter == '/' ? "%2F" : letter == '%' ? "%25" : letter);
            }
        }
        return key.toString();
    }

    /** Null where there are fewer. */
    public static @Nullable String part(String key, int number) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        for (int at = 0; at < key.length(); at++) {
            char letter = key.charAt(at);
            if (letter == '/') {
                parts.add(part.toString());
                part.setLength(0);
            } else if (key.startsWith("%2F", at) || key.startsWith("%25", at)) {
                part.append(key.charAt(at + 2) == 'F' ? '/' : '%');
                at += 2;
            } else {
                part.append(letter);
            }
        }
        parts.add(part.toString());
        return number > parts.size() ? null : parts.get(number - 1);
    }
}
