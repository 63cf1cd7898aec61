package dev.cairn.application.port;

import dev.cairn.domain.analysis.Caller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Marks texts that callers are given and send back, cursors above all, so that nobody can make one up, change one, or use one that another caller was given. What
 * a text says can be read by who has it; only that it is Cairn's own is certain. Safe for use by several threads.
 */
public final class Seal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int FEWEST_BYTES = 32;

    /** Of the 32 of the code: to be guessed they are more than enough. */
    private static final int MARK_BYTES = 16;

    private static final char SEPARATOR = '.';

    private final SecretKeySpec key;

    /** @param key 32 bytes or more that nobody can guess */
    public Seal(byte[] key) {
        if (key.length < FEWEST_BYTES) {
            throw new IllegalArgumentException(
                    "a key has %d bytes or more".formatted(FEWEST_BYTES));
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * The text with its mark.
     *
     * @param caller who alone can use it
     * @param of what else it is bound to
     */
    public String sealed(String text, Caller caller, String... of) {
        return text + SEPARATOR + mark(text, caller, of);
    }

    /** The text that was sealed for this caller and nothing else; empty where it was not. */
    public Optional<String> opened(String sealed, Caller caller, String... of) {
        int end = sealed.lastIndexOf(SEPARATOR);
        if (end < 0) {
            return Optional.empty();
        }
        var text = sealed.substring(0, end);
        return isEqual(sealed.substring(end + 1), mark(text, caller, of))
                ? Optional.of(text)
                : Optional.empty();
    }

    private static boolean isEqual(String given, String mark) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), mark.getBytes(StandardCharsets.UTF_8));
    }

    private String mark(String text, Caller caller, String... of) {
        try {
            var code = Mac.getInstance(ALGORITHM);
            code.init(key);
            Stream.concat(
                            Stream.of(text, caller.name(), String.valueOf(caller.access())),
                            Stream.of(of))
                    .forEach(part -> update(code, part));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(code.doFinal(), MARK_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With its length, so that no two lists of parts are one. */
    private static void update(Mac code, String part) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        code.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        code.update(bytes);
    }
}
