package dev.cairn.application.port;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A key as it is presented: {@code cairn_}, 43 letters and digits by chance, and 6 that follow from all before. So whoever finds one knows what
 * it is, and one that was not copied whole is told from one that there is not. Never written by {@link #toString}.
 */
public final class KeyText {
    /** What every key begins with, and no token. */
    public static final String PREFIX = "cairn_";

    /** Bytes by chance in a key: nobody guesses it, so a plain hash of it keeps it as well as a slow one would. */
    public static final int RANDOM_BYTES = 32;

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_DIGITS = 43;
    private static final int CHECK_DIGITS = 6;
    private static final Pattern FORM =
            Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (RANDOM_DIGITS + CHECK_DIGITS) + "}");

    private final String text;

    private KeyText(String text) {
        this.text = text;
    }

    /**
     * A new key.
     *
     * @param random as many as {@link #RANDOM_BYTES}, by chance
     */
    public static KeyText of(byte[] random) {
        if (random.length != RANDOM_BYTES) {
            throw new IllegalArgumentException("A key is made of " + RANDOM_BYTES + " bytes.");
        }
        var beginning = PREFIX + digits(new BigInteger(1, random), RANDOM_DIGITS);
        return new KeyText(beginning + check(beginning));
    }

    /** Whether a text is meant as a key. */
    public static boolean isMeant(String text) {
        return text.startsWith(PREFIX);
    }

    /** Empty where it is no whole key: a letter is wrong or missing. */
    public static Optional<KeyText> read(String text) {
        int end = PREFIX.length() + RANDOM_DIGITS;
        return FORM.matcher(text).matches()
                        && check(text.substring(0, end)).equals(text.substring(end))
                ? Optional.of(new KeyText(text))
                : Optional.empty();
    }

    private static String check(String beginning) {
        var sum = new CRC32();
        sum.update(beginning.getBytes(StandardCharsets.US_ASCII));
        return digits(BigInteger.valueOf(sum.getValue()), CHECK_DIGITS);
    }

    private static String digits(BigInteger number, int length) {
        var base = BigInteger.valueOf(DIGITS.length());
        var written = new StringBuilder();
        var left = number;
        for (int i = 0; i < length; i++) {
            var parts = left.divideAndRemainder(base);
            written.append(DIGITS.charAt(parts[1].intValue()));
            left = parts[0];
        }
        return written.reverse().toString();
    }

    /** SHA-256 in hexadecimal digits: what is kept of it. */
    public String hash() {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key itself: for whom it is made for, once. */
    public String secret() {
        return text;
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
