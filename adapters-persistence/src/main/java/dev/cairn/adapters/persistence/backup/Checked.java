package dev.cairn.adapters.persistence.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** Counts and digests rows as they pass; each ends with a line feed, which stands nowhere else in PostgreSQL's text format. */
final class Checked {
    private static final int TELL_EVERY = 10_000;

    private final MessageDigest digest = sha256();
    private final LongConsumer progress;
    private long rows = 0;
    private long told = 0;

    Checked(LongConsumer progress) {
        this.progress = progress;
    }

    void pass(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                rows++;
            }
        }
        if (rows - told >= TELL_EVERY) {
            told = rows;
            progress.accept(rows);
        }
    }

    long rows() {
        return rows;
    }

    String sha256InHex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String sha256InHex(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
