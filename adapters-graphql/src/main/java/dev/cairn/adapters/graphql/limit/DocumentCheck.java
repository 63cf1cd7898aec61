package dev.cairn.adapters.graphql.limit;

import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures a document that is not validated yet. Each fragment is measured once, however often it is spread, so that a small document with a
 * large meaning is cheap to refuse; a fragment that spreads itself counts as empty there, and is for validation to refuse.
 */
public final class DocumentCheck {
    private static final Depth FLAT = new Depth(0, 0);

    /** How deep selections are, with what lies beneath {@code __schema} apart. */
    private record Depth(int ordinary, int introspection) {
        private Depth or(Depth other) {
            return new Depth(
                    Math.max(ordinary, other.ordinary),
                    Math.max(introspection, other.introspection));
        }

        private Depth under(String field) {
            return field.startsWith("__")
                    ? new Depth(0, Math.max(ordinary, introspection) + 1)
                    : new Depth(ordinary + 1, introspection);
        }
    }

    private record Measured(Depth depth, FieldCounts counts) {}

    private final Limits limits;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Map<String, Measured> measured = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    private DocumentCheck(Document document, Limits limits) {
        this.limits = limits;
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(fragment -> fragments.put(fragment.getName(), fragment));
    }

    /** @throws OverLimit where one of the operations is over a limit */
    public static void check(Document document, Limits limits) {
        var check = new DocumentCheck(document, limits);
        for (var operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            check.check(operation.getSelectionSet());
        }
    }

    private void check(SelectionSet operation) {
        var counts = new FieldCounts();
        var depth = depth(operation, counts);
        limits.check(Limit.DEPTH, depth.ordinary());
        limits.check(Limit.INTROSPECTION_DEPTH, depth.introspection());
        counts.check(limits);
    }

    private Depth depth(@Nullable SelectionSet selections, FieldCounts counts) {
        var deepest = FLAT;
        if (selections != null) {
            for (Selection<?> selection : selections.getSelections()) {
                deepest = deepest.or(depth(selection, counts));
            }
        }
        return deepest;
    }

    private Depth depth(Selection<?> selection, FieldCounts counts) {
        return switch (selection) {
            case Field field -> {
                counts.add(field.getName(), field.getAlias() != null);
                yield depth(field.getSelectionSet(), counts).under(field.getName());
            }
            case InlineFragment inline -> depth(inline.getSelectionSet(), counts);
            case FragmentSpread spread -> depth(spread, counts);
            default -> throw new IllegalStateException("not a selection: " + selection);
        };
    }

    private Depth depth(FragmentSpread spread, FieldCounts counts) {
        var name = spread.getName();
        var fragment = fragments.get(name);
        if (fragment == null || open.contains(name)) {
            return FLAT;
        }
        limits.check(Limit.FRAGMENT_DEPTH, open.size() + 1L);
        open.add(name);
        var size = measured.get(name);
        if (size == null) {
            var own = new FieldCounts();
            size = new Measured(depth(fragment.getSelectionSet(), own), own);
            measured.put(name, size);
        }
        open.remove(name);
        counts.addAll(size.counts());
        return size.depth();
    }
}
