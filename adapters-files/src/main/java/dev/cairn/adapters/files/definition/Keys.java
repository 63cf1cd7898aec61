package dev.cairn.adapters.files.definition;

import dev.cairn.domain.problem.Article;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping that is read key by key; what nobody asked for is unknown. A key without a value (empty, {@code ~}, {@code null}) is as if it
 * were not there.
 */
final class Keys {
    private static final String NO_PARAMETERS =
            "Parameters are of metrics: a %s is the same wherever it is named. Write the condition in the formula of a metric with the parameter: count(answer where score >= goal).";

    /** Why what might be looked for is not there, by what it would stand in. */
    private static final Map<String, Map<String, String>> NOWHERE =
            Map.of(
                    "account",
                    Map.of(
                            "field",
                            "The account of a row is said by 'field' or by 'via', not by both.",
                            "fields",
                            "The account of a row is said by 'fields' or by 'via', not by both."),
                    "user",
                    Map.of(
                            "via",
                            "A user is known within an account, by a field of the row itself: user: {field: user_no}.",
                            "fields",
                            "The key of a user is one field; make it of several: user_no: {type: text, compute: \"key(a, b)\"}, and user: user_no."),
                    "slice",
                    Map.of("params", NO_PARAMETERS.formatted("slice")),
                    "cohort",
                    Map.of("params", NO_PARAMETERS.formatted("cohort")));

    private final String part;
    private final Node node;
    private final Map<String, NodeTuple> entries;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Findings findings;

    private Keys(String part, Node node, Map<String, NodeTuple> entries, Findings findings) {
        this.part = part;
        this.node = node;
        this.entries = entries;
        this.findings = findings;
    }

    static Keys of(MappingNode node, String part, Findings findings) {
        var entries = new LinkedHashMap<String, NodeTuple>();
        for (var entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                findings.report(
                        ProblemCode.BAD_VALUE, part, entry.getKeyNode(), "A key is a plain word.");
            } else if (entries.putIfAbsent(key.getValue(), entry) != null) {
                findings.report(
                        ProblemCode.CONFLICT,
                        inner(part, key.getValue()),
                        key,
                        "'%s' stands here twice.",
                        key.getValue());
            }
        }
        return new Keys(part, node, entries, findings);
    }

    Findings findings() {
        return findings;
    }

    Node node() {
        return node;
    }

    Set<String> names() {
        return entries.keySet();
    }

    String path(String key) {
        return inner(part, key);
    }

    Node keyNode(String key) {
        var entry = entries.get(key);
        return entry == null ? node : entry.getKeyNode();
    }

    /** The value as it stands, or null. */
    @Nullable Node value(String key) {
        asked.add(key);
        var entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        var value = entry.getValueNode();
        boolean nothing =
                value instanceof ScalarNode scalar
                        && scalar.isPlain()
                        && scalar.getTag().equals(Tag.NULL);
        findings.stands(path(key), nothing ? entry.getKeyNode() : value);
        return nothing ? null : value;
    }

    @Nullable ScalarNode scalar(String key) {
        var value = value(key);
        return switch (value) {
            case null -> null;
            case ScalarNode scalar -> scalar;
            default -> {
                findings.report(
                        ProblemCode.BAD_VALUE,
                        path(key),
                        value,
                        "'%s' is one value, not a list or a mapping.",
                        key);
                yield null;
            }
        };
    }

    @Nullable String text(String key) {
        var scalar = scalar(key);
        return scalar == null ? null : scalar.getValue();
    }

    String text(String key, String otherwise) {
        var text = text(key);
        return text == null ? otherwise : text;
    }

    /** The text that must be there; where it is not, that is reported and null. */
    @Nullable String required(String key) {
        int before = findings.count();
        var text = text(key);
        if (text == null || text.isBlank()) {
            if (findings.count() == before) {
                findings.report(
                        ProblemCode.MISSING, path(key), keyNode(key), "'%s' is missing.", key);
            }
            return null;
        }
        return text;
    }

    /** One of some words; null where it is not there or is none of them. */
    <E extends Enum<E>> @Nullable E choice(String key, Class<E> words) {
        var scalar = scalar(key);
        return scalar == null ? null : Words.choice(words, scalar, path(key), findings);
    }

    <E extends Enum<E>> E choice(String key, E otherwise) {
        var chosen = choice(key, otherwise.getDeclaringClass());
        return chosen == null ? otherwise : chosen;
    }

    /** The texts of a list, or the one text that stands in its place; as written. */
    List<ScalarNode> list(String key) {
        var value = value(key);
        var texts = new ArrayList<ScalarNode>();
        if (value instanceof SequenceNode sequence) {
            for (var item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    findings.stands(inner(path(key), Integer.toString(texts.size())), scalar);
                    texts.add(scalar);
                } else {
                    findings.report(
                            ProblemCode.BAD_VALUE,
                            path(key),
                            item,
                            "'%s' is a list of single values.",
                            key);
                }
            }
        } else if (value instanceof ScalarNode scalar) {
            texts.add(scalar);
        } else if (value instanceof MappingNode) {
            findings.report(
                    ProblemCode.BAD_VALUE, path(key), value, "'%s' is a list: [a, b].", key);
        }
        return List.copyOf(texts);
    }

    /** The mapping under a key, or null. */
    @Nullable Keys mapping(String key) {
        var value = value(key);
        if (value == null) {
            return null;
        }
        if (value instanceof MappingNode mapping) {
            return of(mapping, path(key), findings);
        }
        findings.report(
                ProblemCode.BAD_VALUE, path(key), value, "'%s' is a mapping: {key: value}.", key);
        return null;
    }

    /** Reports the keys that nobody asked for. */
    void finish(String what) {
        for (var entry : entries.entrySet()) {
            if (asked.contains(entry.getKey())) {
                continue;
            }
            var key = entry.getValue().getKeyNode();
            var reason = NOWHERE.getOrDefault(what, Map.of()).get(entry.getKey());
            if (reason != null) {
                findings.report(ProblemCode.INCOMPATIBLE, path(entry.getKey()), key, "%s", reason);
            } else {
                findings.unknown(
                        findings.problem(
                                ProblemCode.UNKNOWN_KEY,
                                path(entry.getKey()),
                                key,
                                "%s has no '%s'; it has: %s.",
                                Article.capitalized(what),
                                entry.getKey(),
                                String.join(", ", asked)),
                        entry.getKey(),
                        asked);
            }
        }
    }

    /** Whether it says {@code true}; anything but that and {@code false} is reported. */
    boolean truth(String key, boolean standard) {
        var scalar = scalar(key);
        if (scalar == null) {
            return standard;
        }
        return switch (scalar.getValue()) {
            case "true" -> true;
            case "false" -> false;
            default -> {
                findings.report(
                        ProblemCode.BAD_VALUE,
                        path(key),
                        scalar,
                        "'%s' is true or false, not '%s'.",
                        key,
                        scalar.getValue());
                yield standard;
            }
        };
    }

    private static String inner(String part, String key) {
        return part.isEmpty() ? key : part + "." + key;
    }
}
