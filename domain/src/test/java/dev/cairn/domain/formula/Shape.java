package dev.cairn.domain.formula;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A tree as text with everything that is in it but the spans; made without the printer, so that it can test it. */
final class Shape {
    private Shape() {}

    static String of(@Nullable Object part) {
        return switch (part) {
            case null -> "-";
            case Record piece ->
                    piece.getClass().getSimpleName()
                            + Arrays.stream(piece.getClass().getRecordComponents())
                                    .filter(component -> component.getType() != Span.class)
                                    .map(component -> of(valueOf(component, piece)))
                                    .collect(Collectors.joining(", ", "(", ")"));
            case List<?> parts ->
                    parts.stream().map(Shape::of).collect(Collectors.joining(", ", "[", "]"));
            default -> part.toString();
        };
    }

    private static @Nullable Object valueOf(RecordComponent component, Record piece) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(piece);
        } catch (ReflectiveOperationException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
