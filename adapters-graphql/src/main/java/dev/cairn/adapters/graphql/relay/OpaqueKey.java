package dev.cairn.adapters.graphql.relay;

import dev.cairn.domain.model.TextRule;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A key that clients keep and give back unread: a global id or a cursor. Its form has a version, so that it can change without being misread.
 *
 * @param of what the key is of
 */
public record OpaqueKey(String of, String key) {
    private static final String VERSION = "1";

    public String text() {
        var plain = String.join(":", VERSION, of, key);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** What {@link #text()} gave; nothing where it never gave that. */
    public static Optional<OpaqueKey> read(String text) {
        return decode(text)
                .map(plain -> plain.split(":", 3))
                .filter(parts -> parts.length == 3 && parts[0].equals(VERSION))
                .map(parts -> new OpaqueKey(parts[1], parts[2]))
                .filter(key -> key.text().equals(text))
                .filter(key -> TextRule.objection(key.key()).isEmpty());
    }

    private static Optional<String> decode(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException | CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
