package dev.cairn.bootstrap.settings;

import dev.cairn.domain.problem.NearestNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names of settings, however they are spelt: with dashes, in camel case, in capitals. */
final class SettingNames {
    /** Written by annotation processors into the jars whose classes have settings. */
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    private final List<String> names;
    private final Set<ConfigurationPropertyName> known = new HashSet<>();

    /** Settings with names of the user's choice below them. */
    private final Set<ConfigurationPropertyName> open = new HashSet<>();

    private SettingNames(Collection<String> names, Collection<String> open) {
        this.names = List.copyOf(names);
        names.forEach(name -> known.add(ConfigurationPropertyName.adapt(name, '.')));
        open.forEach(name -> this.open.add(ConfigurationPropertyName.adapt(name, '.')));
    }

    /** @param names Cairn's own among them */
    static SettingNames of(Collection<String> names) {
        return new SettingNames(names, List.of(CairnRules.HOSTS, CairnRules.SCHEMAS));
    }

    /** The settings of everything on the class path, Cairn's own included. */
    static SettingNames all() {
        var names = new TreeSet<>(CairnRules.names());
        var open = new ArrayList<>(List.of(CairnRules.HOSTS, CairnRules.SCHEMAS));
        try {
            var files = SettingNames.class.getClassLoader().getResources(METADATA);
            while (files.hasMoreElements()) {
                for (var property : read(files.nextElement()).path("properties")) {
                    var name = property.path("name").asString();
                    if (isGone(property)) {
                        continue;
                    }
                    names.add(name);
                    if (isOpen(property.path("type").asString(""))) {
                        open.add(name);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SettingNames(names, open);
    }

    private static JsonNode read(URL file) throws IOException {
        try (InputStream content = file.openStream()) {
            return JsonMapper.shared().readTree(content);
        }
    }

    /** A removed setting, listed only to name its replacement. */
    private static boolean isGone(JsonNode property) {
        return property.path("deprecation").path("level").asString("").equals("error");
    }

    private static boolean isOpen(String type) {
        return Stream.of("java.util.Map<", "java.util.List<", "java.util.Set<")
                        .anyMatch(type::startsWith)
                || type.equals("java.util.Properties")
                || type.endsWith("[]");
    }

    boolean has(String name) {
        var key = ConfigurationPropertyName.adapt(name, '.');
        if (known.contains(key)) {
            return true;
        }
        for (var above = key.getParent(); !above.isEmpty(); above = above.getParent()) {
            if (open.contains(above)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an environment variable sets one of them. */
    boolean hasVariable(String variable) {
        var name = variable.toUpperCase(Locale.ROOT);
        return names.stream().anyMatch(known -> variables(known).anyMatch(name::equals))
                || open.stream()
                        .flatMap(above -> variables(above.toString()))
                        .anyMatch(above -> name.startsWith(above + "_"));
    }

    /** An environment variable has no dashes; older versions of Spring took underscores for them. */
    private static Stream<String> variables(String name) {
        return Stream.of(name.replace("-", ""), name.replace('-', '_'))
                .map(variable -> variable.replace('.', '_').toUpperCase(Locale.ROOT));
    }

    /** The same text for every spelling of a setting. */
    ConfigurationPropertyName key(String name, boolean variable) {
        return names.stream()
                .filter(known ->
                        variable
                                && variables(known).anyMatch(name.toUpperCase(Locale.ROOT)::equals))
                .findFirst()
                .map(known -> ConfigurationPropertyName.adapt(known, '.'))
                .orElseGet(() -> ConfigurationPropertyName.adapt(name, variable ? '_' : '.'));
    }

    List<String> nearest(String name) {
        return NearestNames.nearest(name, names);
    }

    /** @param others variables that are no settings */
    List<String> nearestVariables(String name, Collection<String> others) {
        return NearestNames.nearest(
                name,
                Stream.concat(
                                names.stream().flatMap(known -> variables(known).limit(1)),
                                others.stream())
                        .toList());
    }
}
