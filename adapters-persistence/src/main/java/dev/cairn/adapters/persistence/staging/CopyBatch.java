package dev.cairn.adapters.persistence.staging;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ByteConverter;

/**
 * Rows that are stored together, in the binary format of COPY: for each row the number of its columns, then for each column the number of
 * its bytes (-1: null) and these.
 */
final class CopyBatch {
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final byte[] TRAILER = {-1, -1};
    private static final int FIRST_SIZE = 1 << 12;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    /** PostgreSQL counts from 2000-01-01. */
    private static final long EPOCH_DAY = 10_957;

    private static final long EPOCH_SECOND = EPOCH_DAY * 86_400;

    /** A long holds that many and three zeros more. */
    private static final int FEW_DIGITS = 15;

    private static final long GROUP = 10_000;
    private static final long[] POWERS = {1, 10, 100, 1_000};
    private static final int NEGATIVE = 0x4000;

    private byte[] bytes = Arrays.copyOf(HEADER, FIRST_SIZE);
    private int length = HEADER.length;

    /** Adds a row of values that {@link Storable} let through. */
    void add(long line, UUID key, String account, String user, List<@Nullable Object> values) {
        room(2);
        ByteConverter.int2(bytes, length, values.size() + 4);
        length += 2;
        put(line);
        put(key);
        put(account);
        put(user);
        for (Object value : values) {
            put(value);
        }
    }

    /** Adds a row of values that {@link Storable} let through, or of keys. */
    void add(List<@Nullable Object> values) {
        room(2);
        ByteConverter.int2(bytes, length, values.size());
        length += 2;
        values.forEach(this::put);
    }

    private void put(@Nullable Object value) {
        switch (value) {
            case null -> putNull();
            case UUID key -> put(key);
            case String text -> put(text);
            case Long number -> put(number.longValue());
            case BigDecimal number -> put(number);
            case Boolean truth -> put(new byte[] {(byte) (truth ? 1 : 0)});
            case LocalDate day -> put((int) (day.toEpochDay() - EPOCH_DAY));
            case Instant instant ->
                    put(
                            (instant.getEpochSecond() - EPOCH_SECOND) * 1_000_000
                                    + instant.getNano() / 1_000);
            default -> throw new IllegalArgumentException("no column takes a " + value.getClass());
        }
    }

    private void putNull() {
        putLength(-1);
    }

    private void put(long number) {
        putLength(Long.BYTES);
        ByteConverter.int8(bytes, length, number);
        length += Long.BYTES;
    }

    private void put(int number) {
        putLength(Integer.BYTES);
        ByteConverter.int4(bytes, length, number);
        length += Integer.BYTES;
    }

    /** Four digits a group: how many groups, how many before the point less one, the sign, the digits behind the point, the groups. */
    private void put(BigDecimal number) {
        int scale = number.scale();
        if (scale < 0 || scale > FEW_DIGITS || number.precision() > FEW_DIGITS) {
            put(ByteConverter.numeric(scale < 0 ? number.setScale(0) : number));
            return;
        }
        long unscaled = number.unscaledValue().longValue();
        int behind = (scale + 3) / 4;
        long rest = Math.abs(unscaled) * POWERS[behind * 4 - scale];
        int groups = groups(rest);
        putLength(4 * Short.BYTES + groups * Short.BYTES);
        putShort(groups);
        putShort(groups - behind - 1);
        putShort(unscaled < 0 ? NEGATIVE : 0);
        putShort(scale);
        for (int group = groups - 1; group >= 0; group--) {
            ByteConverter.int2(bytes, length + group * Short.BYTES, (int) (rest % GROUP));
            rest /= GROUP;
        }
        length += groups * Short.BYTES;
    }

    private static int groups(long number) {
        int groups = 0;
        for (long rest = number; rest > 0; rest /= GROUP) {
            groups++;
        }
        return groups;
    }

    private void putShort(int number) {
        ByteConverter.int2(bytes, length, number);
        length += Short.BYTES;
    }

    private void put(UUID uuid) {
        putLength(2 * Long.BYTES);
        ByteConverter.int8(bytes, length, uuid.getMostSignificantBits());
        ByteConverter.int8(bytes, length + Long.BYTES, uuid.getLeastSignificantBits());
        length += 2 * Long.BYTES;
    }

    private void put(String text) {
        put(text.getBytes(StandardCharsets.UTF_8));
    }

    private void put(byte[] value) {
        putLength(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    private void putLength(int value) {
        room(Integer.BYTES + Math.max(0, value));
        ByteConverter.int4(bytes, length, value);
        length += Integer.BYTES;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            long wanted = Math.max((long) bytes.length * 2, (long) length + more);
            if ((long) length + more > LARGEST) {
                throw new OutOfMemoryError("a batch of more than two gigabytes");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, LARGEST));
        }
    }

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == HEADER.length;
    }

    /** Identifies the rows. */
    UUID digest(KeyDigest digest) {
        return digest.of(bytes, length);
    }

    /** All of it as COPY reads it; nothing can be added then until it is cleared. */
    InputStream complete() {
        room(TRAILER.length);
        System.arraycopy(TRAILER, 0, bytes, length, TRAILER.length);
        return new ByteArrayInputStream(bytes, 0, length + TRAILER.length);
    }

    /** Makes it empty; its memory is used again. */
    void clear() {
        length = HEADER.length;
    }
}
