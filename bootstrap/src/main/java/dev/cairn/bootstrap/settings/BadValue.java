package dev.cairn.bootstrap.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** Reports which setting has an impossible value, and which values are possible. */
public final class BadValue {
    private BadValue() {}

    static String text(Given given, String allowed) {
        return "%s is '%s' (%s); it must be %s."
                .formatted(given.name(), given.value(), given.place(), allowed);
    }

    public static String text(BindException failure) {
        var property = failure.getProperty();
        var type = ClassUtils.resolvePrimitiveIfNecessary(failure.getTarget().getType().toClass());
        return property == null
                ? "%s cannot be read; it must be %s.".formatted(failure.getName(), allowed(type))
                : text(Given.of(property), allowed(type));
    }

    private static String allowed(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == Long.class || type == Short.class) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type == Duration.class) {
            return "a time such as 90s or 2m";
        }
        return type == DataSize.class ? "a size such as 512KB" : "a " + type.getSimpleName();
    }
}
