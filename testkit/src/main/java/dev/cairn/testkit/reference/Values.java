package dev.cairn.testkit.reference;

import dev.cairn.domain.expression.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of expressions: BigDecimal (exact), Double, String, Boolean, LocalDate, Instant; null is empty. */
final class Values {
    private Values() {}

    /** As it is stored, but whole numbers are BigDecimals. */
    static @Nullable Object exact(@Nullable Object stored) {
        return stored instanceof Long whole ? BigDecimal.valueOf(whole) : stored;
    }

    /** Equal numbers are equal objects afterwards. */
    static BigDecimal plain(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    static double number(Object value) {
        return value instanceof BigDecimal exact ? Doubles.of(exact) : (Double) value;
    }

    static BigDecimal decimal(Object value) {
        return value instanceof BigDecimal exact ? exact : BigDecimal.valueOf(number(value));
    }

    /** A number as the type says: double, or exact as it is. */
    static @Nullable Object as(@Nullable Object value, Type type) {
        return type.kind() == Type.Kind.DOUBLE && value instanceof BigDecimal exact
                ? (Object) Doubles.of(exact)
                : value;
    }

    /** Numbers by amount, as doubles where one is; text by code point; false before true. */
    static int compare(Object left, Object right) {
        return switch (left) {
            case BigDecimal a when right instanceof BigDecimal b -> a.compareTo(b);
            case Number a -> Double.compare(number(a) + 0.0, number(right) + 0.0);
            case String a -> compareCodePoints(a, (String) right);
            case Boolean a -> a.compareTo((Boolean) right);
            case LocalDate a -> a.compareTo((LocalDate) right);
            case Instant a -> a.compareTo((Instant) right);
            default -> throw new IllegalArgumentException("not a value: " + left);
        };
    }

    private static int compareCodePoints(String left, String right) {
        Iterator<Integer> a = left.codePoints().iterator();
        Iterator<Integer> b = right.codePoints().iterator();
        while (a.hasNext() && b.hasNext()) {
            int order = Integer.compare(a.next(), b.next());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(a.hasNext(), b.hasNext());
    }

    /** The first that is not 0. */
    static int first(IntSupplier... orders) {
        return Stream.of(orders)
                .mapToInt(IntSupplier::getAsInt)
                .filter(order -> order != 0)
                .findFirst()
                .orElse(0);
    }
}
