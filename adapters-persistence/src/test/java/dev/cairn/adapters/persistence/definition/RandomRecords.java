package dev.cairn.adapters.persistence.definition;

import dev.cairn.domain.catalog.Binding;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records with any value in any component, so that none is forgotten. */
public final class RandomRecords {
    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "plan",
                    "'; drop table definition; --",
                    "\"",
                    "\\",
                    "\\N",
                    "\t\n\r",
                    "\u0000",
                    "é 漢 \uD83D\uDE80",
                    "{\"a\":1}",
                    "null");
    private static final List<String> ZONES =
            List.of("UTC", "Z", "+05:30", "Europe/London", "America/Los_Angeles");

    private final Random random;

    public RandomRecords(long seed) {
        random = new Random(seed);
    }

    /** An instance of a record, enum, or of one of the permitted kinds of a sealed interface. */
    public <T> T any(Class<T> type) {
        return type.cast(value(type));
    }

    private @Nullable Object component(AnnotatedType type) {
        boolean nullable = type.isAnnotationPresent(Nullable.class);
        return nullable && random.nextInt(3) == 0 ? null : annotated(type);
    }

    private Object annotated(AnnotatedType type) {
        if (type instanceof AnnotatedParameterizedType generic
                && ((ParameterizedType) generic.getType()).getRawType() == List.class) {
            AnnotatedType element = generic.getAnnotatedActualTypeArguments()[0];
            var values = new ArrayList<Object>();
            for (int i = random.nextInt(4); i > 0; i--) {
                values.add(annotated(element));
            }
            return values;
        }
        return value(type.getType());
    }

    private Object value(Type type) {
        if (type == String.class) {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        } else if (type == Integer.class) {
            return random.nextInt();
        } else if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        } else if (type == BigDecimal.class) {
            return new BigDecimal(
                    new BigInteger(random.nextInt(200), random), random.nextInt(40) - 20);
        } else if (type == LocalDate.class) {
            return LocalDate.ofEpochDay(random.nextInt(1_000_000) - 500_000);
        } else if (type == int.class) {
            return random.nextInt();
        } else if (type == Long.class) {
            return random.nextLong();
        } else if (type == Instant.class) {
            return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
        } else if (type == ZoneId.class) {
            return ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        }
        Class<?> kind = (Class<?>) type;
        if (kind.isEnum()) {
            return kind.getEnumConstants()[random.nextInt(kind.getEnumConstants().length)];
        } else if (kind.isSealed()) {
            return value(
                    kind.getPermittedSubclasses()[
                            random.nextInt(kind.getPermittedSubclasses().length)]);
        } else if (kind.isRecord()) {
            return record(kind);
        }
        throw new IllegalArgumentException("say how to make a " + type);
    }

    private Object record(Class<?> kind) {
        RecordComponent[] components = kind.getRecordComponents();
        try {
            Constructor<?> constructor =
                    kind.getDeclaredConstructor(
                            Arrays.stream(components)
                                    .map(RecordComponent::getType)
                                    .toArray(Class<?>[]::new));
            Object[] values =
                    Arrays.stream(components)
                            .map(component -> component(component.getAnnotatedType()))
                            .toArray();
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(kind.toString(), e);
        }
    }

    public TreeMap<String, Binding> bindings() {
        var bindings = new TreeMap<String, Binding>();
        for (int i = random.nextInt(4); i > 0; i--) {
            bindings.put(Binding.key(any(String.class), any(String.class)), any(Binding.class));
        }
        return bindings;
    }
}
