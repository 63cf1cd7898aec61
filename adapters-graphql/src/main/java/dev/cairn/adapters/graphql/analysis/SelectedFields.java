package dev.cairn.adapters.graphql.analysis;

import graphql.execution.conditional.ConditionalNodes;
import graphql.language.DirectivesContainer;
import graphql.language.Field;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is selected beneath a field, fragments and all, without what {@code @skip} and {@code @include} leave out. graphql-java's own selection set tells the same, but
 * makes a tree of all fields and their arguments for it, which a subscription keeps for as long as it lasts.
 */
record SelectedFields(DataFetchingEnvironment environment) {
    private static final ConditionalNodes CONDITIONS = new ConditionalNodes();

    /** Whether a field of one of these names is selected, at any depth. */
    boolean anyNamed(Set<String> names) {
        return top().anyMatch(field -> isNamed(field, names));
    }

    private boolean isNamed(Field field, Set<String> names) {
        return names.contains(field.getName())
                || in(field.getSelectionSet()).anyMatch(child -> isNamed(child, names));
    }

    /** Whether the field at a path is selected: names, from the outermost on; none: it is. */
    boolean has(List<String> path) {
        return path.isEmpty() || top().anyMatch(field -> leads(field, path));
    }

    private boolean leads(Field field, List<String> path) {
        var rest = path.subList(1, path.size());
        return field.getName().equals(path.getFirst())
                && (rest.isEmpty()
                        || in(field.getSelectionSet()).anyMatch(child -> leads(child, rest)));
    }

    private Stream<Field> top() {
        return environment.getMergedField().getFields().stream()
                .flatMap(field -> in(field.getSelectionSet()));
    }

    private Stream<Field> in(@Nullable SelectionSet selections) {
        return selections == null
                ? Stream.empty()
                : selections.getSelections().stream().flatMap(this::fields);
    }

    private Stream<Field> fields(Selection<?> selection) {
        if (!(selection instanceof DirectivesContainer<?> conditional)
                || !CONDITIONS.shouldInclude(
                        conditional,
                        environment.getVariables(),
                        environment.getGraphQLSchema(),
                        environment.getGraphQlContext())) {
            return Stream.empty();
        }
        return switch (selection) {
            case Field field -> Stream.of(field);
            case InlineFragment inline -> in(inline.getSelectionSet());
            case FragmentSpread spread ->
                    in(
                            Objects.requireNonNull(
                                            environment.getFragmentsByName().get(spread.getName()))
                                    .getSelectionSet());
            default -> throw new IllegalStateException("not a selection: " + selection);
        };
    }
}
