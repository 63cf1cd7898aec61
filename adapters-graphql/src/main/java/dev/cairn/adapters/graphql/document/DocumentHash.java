package dev.cairn.adapters.graphql.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a document as it was written, in UTF-8.
 *
 * @param hex 64 digits, lower case
 */
record DocumentHash(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    DocumentHash {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a SHA-256: " + hex);
        }
    }

    static DocumentHash of(String document) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var bytes = digest.digest(document.getBytes(StandardCharsets.UTF_8));
            return new DocumentHash(HexFormat.of().formatHex(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing where the text has another form. */
    static Optional<DocumentHash> read(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new DocumentHash(text))
                : Optional.empty();
    }
}
