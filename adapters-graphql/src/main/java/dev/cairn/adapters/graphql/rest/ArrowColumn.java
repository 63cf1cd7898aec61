package dev.cairn.adapters.graphql.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.expression.Type.Kind;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;
import org.jspecify.annotations.Nullable;

/** The values of one column of a batch, as Arrow lays them out: which there are, where texts end, and the values themselves. */
final class ArrowColumn {
    /** Digits after the point of an exact number; {@value #DIGITS} in all. */
    static final int SCALE = 9;

    static final int DIGITS = 38;

    private static final int DECIMAL_BYTES = 16;
    private static final long MICROS = 1_000_000;

    private final Column column;
    private final Kind kind;
    private final BitSet present = new BitSet();
    private final BitSet truths = new BitSet();
    private final ByteArrayOutputStream ends = new ByteArrayOutputStream();
    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private int rows;

    ArrowColumn(Column column, Kind kind) {
        this.column = column;
        this.kind = kind;
        clear();
    }

    /** What does not fit is not rounded. */
    static final class DoesNotFit extends ArithmeticException {
        private static final long serialVersionUID = 1L;

        DoesNotFit(Column column) {
            super(
                    "A value of '%s' has more digits than Arrow holds here (decimal128(%d, %d), int64); take it as CSV."
                            .formatted(column.key(), DIGITS, SCALE));
        }
    }

    void clear() {
        present.clear();
        truths.clear();
        ends.reset();
        values.reset();
        rows = 0;
        if (isText()) {
            put(ends, Integer.BYTES, bytes -> bytes.putInt(0));
        }
    }

    void add(@Nullable Object value) {
        present.set(rows, value != null);
        switch (kind) {
            case BOOLEAN -> truths.set(rows, Boolean.TRUE.equals(value));
            case TEXT, NONE, BROKEN -> {
                if (value != null) {
                    values.writeBytes(value.toString().getBytes(UTF_8));
                }
                put(ends, Integer.BYTES, bytes -> bytes.putInt(values.size()));
            }
            case INTEGER -> put(values, Long.BYTES, bytes -> bytes.putLong(whole(value)));
            case DECIMAL -> putDecimal(value);
            case DOUBLE ->
                    put(
                            values,
                            Double.BYTES,
                            bytes ->
                                    bytes.putDouble(
                                            value instanceof Number number
                                                    ? number.doubleValue()
                                                    : 0));
            case DATE ->
                    put(
                            values,
                            Integer.BYTES,
                            bytes ->
                                    bytes.putInt(
                                            value instanceof LocalDate date
                                                    ? Math.toIntExact(date.toEpochDay())
                                                    : 0));
            case TIMESTAMP -> put(values, Long.BYTES, bytes -> bytes.putLong(micros(value)));
        }
        rows++;
    }

    private static void put(ByteArrayOutputStream to, int length, Consumer<ByteBuffer> value) {
        var bytes = ByteBuffer.allocate(length);
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        value.accept(bytes);
        to.writeBytes(bytes.array());
    }

    private long whole(@Nullable Object value) {
        try {
            return value == null ? 0 : new BigDecimal(value.toString()).longValueExact();
        } catch (ArithmeticException _) {
            throw new DoesNotFit(column);
        }
    }

    private void putDecimal(@Nullable Object value) {
        var bytes = unscaled(value).toByteArray();
        var filled = new byte[DECIMAL_BYTES];
        byte sign = (byte) (bytes[0] < 0 ? -1 : 0);
        for (int at = 0; at < DECIMAL_BYTES; at++) {
            filled[at] = at < bytes.length ? bytes[bytes.length - 1 - at] : sign;
        }
        values.writeBytes(filled);
    }

    private BigInteger unscaled(@Nullable Object value) {
        if (value == null) {
            return BigInteger.ZERO;
        }
        try {
            var exact = new BigDecimal(value.toString()).setScale(SCALE, RoundingMode.UNNECESSARY);
            if (exact.precision() <= DIGITS) {
                return exact.unscaledValue();
            }
        } catch (ArithmeticException _) {
            throw new DoesNotFit(column);
        }
        throw new DoesNotFit(column);
    }

    private static long micros(@Nullable Object value) {
        return value instanceof Instant instant
                ? Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), MICROS),
                        instant.getNano() / 1_000)
                : 0;
    }

    private boolean isText() {
        return switch (kind) {
            case TEXT, NONE, BROKEN -> true;
            case BOOLEAN, INTEGER, DECIMAL, DOUBLE, DATE, TIMESTAMP -> false;
        };
    }

    int rows() {
        return rows;
    }

    int absent() {
        return rows - present.cardinality();
    }

    /** In the order in which a batch has them. */
    List<byte[]> buffers() {
        var valid = bits(present);
        if (kind == Kind.BOOLEAN) {
            return List.of(valid, bits(truths));
        }
        return isText()
                ? List.of(valid, ends.toByteArray(), values.toByteArray())
                : List.of(valid, values.toByteArray());
    }

    private byte[] bits(BitSet set) {
        var bits = new byte[(rows + Byte.SIZE - 1) / Byte.SIZE];
        var known = set.toByteArray();
        System.arraycopy(known, 0, bits, 0, known.length);
        return bits;
    }

    /** Its place in the schema. */
    int field(FlatBufferBuilder builder) {
        int name = builder.createString(column.key());
        int zone = kind == Kind.TIMESTAMP ? builder.createString("UTC") : 0;
        int type = type(builder, zone);
        int children = Field.createChildrenVector(builder, new int[0]);
        return Field.createField(builder, name, true, typeCode(), type, 0, children, 0);
    }

    private int type(FlatBufferBuilder builder, int zone) {
        return switch (kind) {
            case BOOLEAN -> {
                Bool.startBool(builder);
                yield Bool.endBool(builder);
            }
            case TEXT, NONE, BROKEN -> {
                Utf8.startUtf8(builder);
                yield Utf8.endUtf8(builder);
            }
            case INTEGER -> Int.createInt(builder, Long.SIZE, true);
            case DECIMAL ->
                    Decimal.createDecimal(builder, DIGITS, SCALE, DECIMAL_BYTES * Byte.SIZE);
            case DOUBLE -> FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE);
            case DATE -> Date.createDate(builder, DateUnit.DAY);
            case TIMESTAMP -> Timestamp.createTimestamp(builder, TimeUnit.MICROSECOND, zone);
        };
    }

    private byte typeCode() {
        return switch (kind) {
            case BOOLEAN -> Type.Bool;
            case TEXT, NONE, BROKEN -> Type.Utf8;
            case INTEGER -> Type.Int;
            case DECIMAL -> Type.Decimal;
            case DOUBLE -> Type.FloatingPoint;
            case DATE -> Type.Date;
            case TIMESTAMP -> Type.Timestamp;
        };
    }
}
