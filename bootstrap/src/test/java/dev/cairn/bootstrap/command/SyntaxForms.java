package dev.cairn.bootstrap.command;

import dev.cairn.domain.formula.DimensionText;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.Span;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The forms that the grammar has, derived from the syntax tree: each of its records, each choice that a flag or a constant says, each part that may be left
 * out, and each function. So that a new one is noticed where it is not shown.
 */
final class SyntaxForms {
    private final SortedSet<String> forms = new TreeSet<>();
    private final Set<Class<?>> passed = new HashSet<>();

    private SyntaxForms() {}

    /** All that there are. */
    static SortedSet<String> all() {
        var all = new SyntaxForms();
        all.family(Formula.class);
        all.family(DimensionText.class);
        Function.words().stream().map(SyntaxForms::function).forEach(all.forms::add);
        return all.forms;
    }

    /** Those of a formula or dimension. */
    static SortedSet<String> in(Object tree) {
        var found = new SyntaxForms();
        found.note(tree);
        return found.forms;
    }

    // ---- what there is

    private void family(Class<?> kind) {
        if (kind.equals(Span.class) || !passed.add(kind)) {
            return;
        }
        if (kind.isSealed()) {
            Arrays.stream(kind.getPermittedSubclasses()).forEach(this::family);
        } else if (kind.isEnum()) {
            Arrays.stream(kind.getEnumConstants())
                    .map(Enum.class::cast)
                    .forEach(constant -> forms.add(name((Enum<?>) constant)));
        } else if (kind.isRecord()) {
            forms.add(name(kind));
            Arrays.stream(kind.getRecordComponents()).forEach(part -> part(kind, part));
        }
    }

    private void part(Class<?> kind, RecordComponent part) {
        if (part.getType().equals(boolean.class)) {
            forms.add(with(kind, part));
            forms.add(without(kind, part));
        } else if (Collection.class.isAssignableFrom(part.getType())) {
            forms.add(with(kind, part));
            type(((ParameterizedType) part.getGenericType()).getActualTypeArguments()[0]);
        } else {
            if (part.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                forms.add(with(kind, part));
            }
            type(part.getType());
        }
    }

    private void type(Type type) {
        if (type instanceof Class<?> kind) {
            family(kind);
        }
    }

    // ---- what is there

    private void note(@Nullable Object value) {
        switch (value) {
            case Enum<?> constant -> forms.add(name(constant));
            case List<?> many -> many.forEach(this::note);
            case Record whole when !(whole instanceof Span) -> {
                forms.add(name(whole.getClass()));
                if (whole instanceof Formula.Call(var called, _, _)) {
                    Function.named(called)
                            .map(Function::word)
                            .map(SyntaxForms::function)
                            .ifPresent(forms::add);
                }
                for (var part : whole.getClass().getRecordComponents()) {
                    note(whole, part);
                }
            }
            case null, default -> {}
        }
    }

    private void note(Record whole, RecordComponent part) {
        var value = read(whole, part);
        if (value instanceof Boolean flag) {
            forms.add(flag ? with(whole.getClass(), part) : without(whole.getClass(), part));
        } else if (value instanceof List<?> many) {
            if (!many.isEmpty()) {
                forms.add(with(whole.getClass(), part));
            }
        } else if (value != null && part.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            forms.add(with(whole.getClass(), part));
        }
        note(value);
    }

    private static @Nullable Object read(Record whole, RecordComponent part) {
        try {
            var accessor = part.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(whole);
        } catch (ReflectiveOperationException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    // ---- names

    private static String function(String word) {
        return "function " + word;
    }

    private static String name(Enum<?> constant) {
        return name(constant.getDeclaringClass()) + "." + constant.name();
    }

    private static String name(Class<?> kind) {
        var outer = kind.getEnclosingClass();
        return outer == null ? kind.getSimpleName() : name(outer) + "." + kind.getSimpleName();
    }

    private static String with(Class<?> kind, RecordComponent part) {
        return name(kind) + " with " + part.getName();
    }

    private static String without(Class<?> kind, RecordComponent part) {
        return name(kind) + " without " + part.getName();
    }
}
