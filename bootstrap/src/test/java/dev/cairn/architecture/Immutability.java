package dev.cairn.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Whether what a type hands out can be changed behind its back. */
final class Immutability {
    private static final Set<String> MUTABLE =
            Set.of(
                    "ArrayList",
                    "LinkedList",
                    "ArrayDeque",
                    "HashMap",
                    "LinkedHashMap",
                    "TreeMap",
                    "HashSet",
                    "LinkedHashSet",
                    "TreeSet");

    private Immutability() {}

    static boolean handsOutNoMutableCollections(JavaClass type) {
        return !isPublic(type)
                || (returnsNoMutableType(type) && (!type.isRecord() || copiesWhatItIsGiven(type)));
    }

    private static boolean returnsNoMutableType(JavaClass type) {
        return type.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(method -> !method.getName().equals("values"))
                .map(method -> method.getRawReturnType())
                .noneMatch(returned ->
                        returned.isArray()
                                || (returned.getPackageName().equals("java.util")
                                        && MUTABLE.contains(returned.getSimpleName())));
    }

    /** A record's accessor gives what its constructor was given, so the constructor has to copy it. */
    private static boolean copiesWhatItIsGiven(JavaClass type) {
        long collections =
                type.getFields().stream()
                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field ->
                                field.getRawType().isAssignableTo(Collection.class)
                                        || field.getRawType().isAssignableTo(Map.class))
                        .count();
        long copies =
                type.getConstructors().stream().mapToLong(Immutability::copies).max().orElse(0);
        return copies >= collections;
    }

    private static long copies(JavaConstructor constructor) {
        return constructor.getMethodCallsFromSelf().stream()
                .filter(call ->
                        call.getTarget().getName().equals("copyOf")
                                || call.getTarget().getName().startsWith("unmodifiable"))
                .count();
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(Immutability::isPublic).orElse(true);
    }
}
