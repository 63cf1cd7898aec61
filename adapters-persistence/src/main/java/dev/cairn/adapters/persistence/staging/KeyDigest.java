package dev.cairn.adapters.persistence.staging;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.postgresql.util.ByteConverter;

/** The first 128 bits of the SHA-256 of texts; of one thread. */
public final class KeyDigest {
    private final MessageDigest sha256;
    private final byte[] hash;

    public KeyDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
            hash = new byte[sha256.getDigestLength()];
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public UUID of(CharSequence text) {
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        return of(utf8, utf8.length);
    }

    UUID of(byte[] bytes, int length) {
        sha256.update(bytes, 0, length);
        try {
            sha256.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("the hash has its length", e);
        }
        return new UUID(ByteConverter.int8(hash, 0), ByteConverter.int8(hash, Long.BYTES));
    }
}
