package dev.cairn.bootstrap.settings;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * A setting as it was set.
 *
 * @param name as it is spelt there
 * @param value without secrets
 * @param place where it was set, in words
 */
public record Given(String name, String value, String place) {
    private static final Pattern RESOURCE = Pattern.compile(".*\\[(?:file:)?(.*)].*");

    static Given in(PropertySource<?> source, String name) {
        return new Given(
                name, shown(name, String.valueOf(source.getProperty(name))), place(source, name));
    }

    /** As Spring found it. */
    static Given of(ConfigurationProperty property) {
        var origin = property.getOrigin();
        var name =
                switch (origin) {
                    case PropertySourceOrigin found -> found.getPropertyName();
                    case SystemEnvironmentOrigin found -> found.getProperty();
                    case null, default -> property.getName().toString();
                };
        var source = property.getSource();
        return new Given(
                name,
                shown(name, String.valueOf(property.getValue())),
                source != null && source.getUnderlyingSource() instanceof PropertySource<?> under
                        ? place(under, name)
                        : "somewhere");
    }

    /** Passwords stay out of logs, also those within a URL. */
    static String shown(String name, String value) {
        var plain = name.toLowerCase(Locale.ROOT);
        return Stream.of("password", "secret", "token", "credential").anyMatch(plain::contains)
                ? "***"
                : value.replaceAll("(jdbc:[^?]*)\\?.*", "$1?***")
                        .replaceAll("//[^/@\\s]*:[^/@\\s]*@", "//***@");
    }

    private static String place(PropertySource<?> source, String name) {
        if (source instanceof CommandLinePropertySource<?>) {
            return "on the command line";
        }
        if (isEnvironment(source)) {
            return "in the environment";
        }
        if (source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
            return "with -D";
        }
        return OriginLookup.getOrigin(source, name) instanceof TextResourceOrigin origin
                ? place(origin)
                : "in " + source.getName();
    }

    private static String place(TextResourceOrigin origin) {
        var resource = origin.getResource();
        var file = resource == null ? "" : resource.getDescription();
        return "in %s:%s"
                .formatted(RESOURCE.matcher(file).replaceFirst("$1"), origin.getLocation());
    }

    static boolean isEnvironment(PropertySource<?> source) {
        return source instanceof SystemEnvironmentPropertySource;
    }
}
