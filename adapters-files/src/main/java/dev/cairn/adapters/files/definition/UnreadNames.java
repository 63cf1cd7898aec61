package dev.cairn.adapters.files.definition;

import dev.cairn.adapters.files.definition.DefinitionDirectory.Found;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the definitions that could not be read may be called. A problem that may be told only because they are not there is left for when they
 * can be read; all else is certain.
 *
 * @param any whether they may also have names that cannot be seen
 */
record UnreadNames(Set<String> names, boolean any) {
    private static final Set<ProblemCode> MAY_FOLLOW =
            EnumSet.of(
                    ProblemCode.UNKNOWN_METRIC,
                    ProblemCode.UNKNOWN_DIMENSION,
                    ProblemCode.UNKNOWN_SOURCE,
                    ProblemCode.UNKNOWN_FIELD,
                    ProblemCode.UNKNOWN_COHORT,
                    ProblemCode.UNKNOWN_FUNCTION,
                    ProblemCode.UNKNOWN_PARAMETER,
                    ProblemCode.LEVEL_MISMATCH,
                    ProblemCode.IN_USE);

    /** {@code metric: name}, and whatever else looks like it: where YAML is broken, nobody can tell. */
    private static final Pattern NAMED =
            Pattern.compile(
                    "^[\\s{]*[\"']?\\w+[\"']?\\s*:\\s*[\"']?([a-z][a-z0-9_]*)[\"']?\\s*(?:[,}#].*)?$",
                    Pattern.MULTILINE);

    static UnreadNames of(Found found, ReadDefinitions read) {
        var names = new HashSet<String>();
        for (var problem : read.problems()) {
            var path = problem.place().path();
            if (path.size() > 1) {
                names.add(path.get(1));
            } else {
                found.files().stream()
                        .filter(file -> file.name().equals(path.getFirst()))
                        .flatMap(UnreadNames::in)
                        .forEach(names::add);
            }
        }
        // Attributes are named without their entity.
        boolean entity = EntityRef.BUILT_IN.stream().map(EntityRef::name).anyMatch(names::contains);
        return new UnreadNames(names, entity || !found.problems().isEmpty());
    }

    private static Stream<String> in(DefinitionFile file) {
        return NAMED.matcher(file.text()).results().map((MatchResult result) -> result.group(1));
    }

    boolean mayExplain(Problem problem) {
        return MAY_FOLLOW.contains(problem.code())
                && (any
                        || Arrays.stream(problem.message().split("\\W+"))
                                .anyMatch(names::contains));
    }
}
