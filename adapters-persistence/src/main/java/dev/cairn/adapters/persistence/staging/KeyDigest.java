package dev.cairn.adapters.persistence.staging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The first 128 bits of the SHA-256 of texts; of one thread. */
public final class KeyDigest {
    private final MessageDigest sha256;

    public KeyDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public UUID of(CharSequence text) {
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        var hash = ByteBuffer.wrap(sha256.digest(utf8));
        return new UUID(hash.getLong(), hash.getLong());
    }
}
