package dev.cairn.adapters.files.definition;

import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Names, and words of closed families as files write them: in lower case. */
final class Words {
    /** Leaves room for a prefix within the 63 bytes of a column's name. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,49}");

    /** What people write out of habit. */
    private static final Map<String, String> HABITS =
            Map.ofEntries(
                    Map.entry("string", "text"),
                    Map.entry("varchar", "text"),
                    Map.entry("int", "integer"),
                    Map.entry("long", "integer"),
                    Map.entry("bigint", "integer"),
                    Map.entry("float", "decimal"),
                    Map.entry("double", "decimal"),
                    Map.entry("number", "decimal"),
                    Map.entry("numeric", "decimal"),
                    Map.entry("bool", "boolean"),
                    Map.entry("datetime", "timestamp"),
                    Map.entry("time", "timestamp"),
                    Map.entry("currency", "money"),
                    Map.entry("mean", "avg"),
                    Map.entry("average", "avg"),
                    Map.entry("percent", "ratio"),
                    Map.entry("up", "higher"),
                    Map.entry("down", "lower"));

    private Words() {}

    static String of(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** The word's value; null where there is none of it, which is reported. */
    static <E extends Enum<E>> @Nullable E choice(
            Class<E> words, ScalarNode written, String part, Findings findings) {
        var constants = List.of(words.getEnumConstants());
        for (var constant : constants) {
            if (of(constant).equals(written.getValue())) {
                return constant;
            }
        }
        var known = constants.stream().map(Words::of).toList();
        findings.add(
                findings.problem(
                                ProblemCode.BAD_VALUE,
                                part,
                                written,
                                "'%s' is none of: %s.",
                                written.getValue(),
                                String.join(", ", known))
                        .suggesting(near(written.getValue(), known)));
        return null;
    }

    private static List<String> near(String wanted, List<String> known) {
        var habit = HABITS.get(wanted.toLowerCase(Locale.ROOT));
        return habit != null && known.contains(habit)
                ? List.of(habit)
                : NearestNames.nearest(wanted, known);
    }

    /** Whether it can be a name; reported where not. */
    static boolean isName(String text, String part, Node node, Findings findings) {
        if (NAME.matcher(text).matches()) {
            return true;
        }
        var problem =
                findings.problem(
                        ProblemCode.BAD_VALUE,
                        part,
                        node,
                        "'%s' cannot be a name: a lower-case letter, then at most 49 lower-case letters, digits and underscores.",
                        text.length() > 80 ? text.substring(0, 80) + "..." : text);
        var snake = snake(text);
        findings.add(NAME.matcher(snake).matches() ? problem.suggesting(List.of(snake)) : problem);
        return false;
    }

    private static String snake(String text) {
        var words =
                text.strip()
                        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .toLowerCase(Locale.ROOT)
                        .split("[^a-z0-9]+");
        return String.join("_", Arrays.stream(words).filter(word -> !word.isEmpty()).toList());
    }
}
