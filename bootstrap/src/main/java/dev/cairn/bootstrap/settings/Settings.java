package dev.cairn.bootstrap.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Everything that was set. */
public final class Settings {
    /** Variables that ./cairn and the tests look at. */
    private static final Set<String> NOT_SETTINGS =
            Set.of(
                    "CAIRN_HOME",
                    "CAIRN_JAVA_HOME",
                    "CAIRN_JAVA_OPTS",
                    "CAIRN_AOT",
                    "CAIRN_DATA",
                    "CAIRN_CHROMIUM",
                    "CAIRN_BUILD_LOCKED");

    private static final String FOR_TESTS = "CAIRN_TEST_";

    /** Common settings, known without reading those of all libraries. */
    private static final List<String> USUAL =
            List.of(
                    CairnRules.DATABASE_URL,
                    "spring.datasource.username",
                    "spring.datasource.password",
                    "spring.profiles.active");

    private static final String ON_PROFILE = "spring.config.activate.on-profile";

    private final ConfigurableEnvironment environment;

    public Settings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** Reads them as a start of Cairn would, and starts nothing. */
    public static Settings read(List<String> arguments) {
        return read(arguments, null);
    }

    /** @param variables in place of those of this process */
    static Settings read(
            List<String> arguments, @Nullable SystemEnvironmentPropertySource variables) {
        var environment = new StandardEnvironment();
        if (variables != null) {
            environment.getPropertySources().replace(variables.getName(), variables);
        }
        ConfigurationPropertySources.attach(environment);
        environment
                .getPropertySources()
                .addFirst(new SimpleCommandLinePropertySource(arguments.toArray(String[]::new)));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return new Settings(environment);
    }

    /** The value of a setting; nothing where there is none, or one that it cannot have. */
    public <T> Optional<T> value(String name, Class<T> type) {
        try {
            return Optional.ofNullable(Binder.get(environment).bind(name, type).orElse(null));
        } catch (BindException told) {
            return Optional.empty();
        }
    }

    /** All values below a name, by what follows it; nothing where one of them cannot be read. */
    public Map<String, String> below(String name) {
        try {
            return Binder.get(environment)
                    .bind(name, Bindable.mapOf(String.class, String.class))
                    .orElse(Map.of());
        } catch (BindException told) {
            return Map.of();
        }
    }

    /** Everything that was set and takes effect, without Cairn's defaults. */
    public List<Given> given() {
        var names = SettingNames.all();
        var seen = new LinkedHashSet<ConfigurationPropertyName>();
        var given = new ArrayList<Given>();
        for (var source : sources()) {
            if (isOurs(source)) {
                continue;
            }
            boolean forEverybody = Given.isEnvironment(source) || isSystemProperties(source);
            Arrays.stream(source.getPropertyNames())
                    .filter(name ->
                            !forEverybody
                                    || (Given.isEnvironment(source)
                                            ? names.hasVariable(name)
                                            : names.has(name)))
                    .filter(name -> seen.add(names.key(name, Given.isEnvironment(source))))
                    .map(name -> Given.in(source, name))
                    .forEach(given::add);
        }
        return given;
    }

    /** A sentence for everything that is wrong with them; a start is refused then. */
    public List<String> problems() {
        return Stream.of(
                        unknown(),
                        badValues(),
                        badLimits(),
                        badTokens(),
                        badAlerts(),
                        unknownProfiles())
                .flatMap(List::stream)
                .toList();
    }

    /** Settings in files that nothing reads: other settings may refer to them, so they are allowed. */
    public List<String> unread() {
        var names = SettingNames.all();
        return sources().stream()
                .filter(source ->
                        !isOurs(source)
                                && !(source instanceof CommandLinePropertySource<?>)
                                && !Given.isEnvironment(source)
                                && !isSystemProperties(source))
                .flatMap(source ->
                        Arrays.stream(source.getPropertyNames())
                                .filter(name -> !isOwn(name) && !names.has(name))
                                .map(name -> unknown(Given.in(source, name), names.nearest(name))))
                .toList();
    }

    private List<String> unknown() {
        var own = SettingNames.of(CairnRules.names());
        var usual = SettingNames.of(usual());
        var problems = new ArrayList<String>();
        for (var source : sources()) {
            var unknown =
                    Arrays.stream(source.getPropertyNames())
                            .filter(isUnknown(source, own, usual))
                            .sorted()
                            .toList();
            if (unknown.isEmpty()) {
                continue;
            }
            var all = SettingNames.all();
            unknown.stream()
                    .filter(name -> Given.isEnvironment(source) || !all.has(name))
                    .map(name ->
                            unknown(
                                    Given.in(source, name),
                                    Given.isEnvironment(source)
                                            ? own.nearestVariables(name, NOT_SETTINGS)
                                            : all.nearest(name)))
                    .forEach(problems::add);
        }
        return problems;
    }

    private static Predicate<String> isUnknown(
            EnumerablePropertySource<?> source, SettingNames own, SettingNames usual) {
        if (Given.isEnvironment(source)) {
            return variable -> isOwnVariable(variable) && !own.hasVariable(variable);
        }
        if (source instanceof CommandLinePropertySource<?>) {
            return name -> !isLimit(name) && !usual.has(name);
        }
        return name -> isOwn(name) && !isLimit(name) && !own.has(name);
    }

    private static boolean isOwnVariable(String variable) {
        var name = variable.toUpperCase(Locale.ROOT);
        return name.startsWith("CAIRN_")
                && !name.startsWith("CAIRN_LIMITS_")
                && !name.startsWith(FOR_TESTS)
                && !NOT_SETTINGS.contains(name);
    }

    private static boolean isOwn(String name) {
        var key = ConfigurationPropertyName.adapt(name, '.');
        var cairn = ConfigurationPropertyName.of("cairn");
        return key.equals(cairn) || cairn.isAncestorOf(key);
    }

    /** Settings that report themselves what is wrong with them. */
    private static boolean isLimit(String name) {
        return ConfigurationPropertyName.of(CairnRules.LIMITS)
                .isAncestorOf(ConfigurationPropertyName.adapt(name, '.'));
    }

    private static String unknown(Given given, List<String> nearest) {
        return "There is no setting %s (%s).%s"
                .formatted(
                        given.name(),
                        given.place(),
                        nearest.isEmpty() ? "" : " Did you mean %s?".formatted(nearest.getFirst()));
    }

    private List<String> usual() {
        return Stream.of(
                        CairnRules.names().stream(),
                        USUAL.stream(),
                        sources().stream()
                                .filter(Settings::isOurs)
                                .flatMap(source -> Arrays.stream(source.getPropertyNames())))
                .flatMap(names -> names)
                .toList();
    }

    private List<String> badValues() {
        var binder = Binder.get(environment);
        return CairnRules.RULES.stream()
                .flatMap(rule ->
                        find(rule.name()).stream()
                                .filter(given -> given.value().isBlank() || !rule.isKept(binder))
                                .map(given -> BadValue.text(given, rule.allowed())))
                .toList();
    }

    private Optional<Given> find(String name) {
        var key = ConfigurationPropertyName.of(name);
        return find(key).or(() -> find(key.append("[0]")).map(first -> list(first, name)));
    }

    private Given list(Given first, String name) {
        var values = Binder.get(environment).bind(name, Bindable.listOf(String.class));
        return new Given(name, String.join(",", values.orElse(List.of())), first.place());
    }

    private Optional<Given> find(ConfigurationPropertyName key) {
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .map(source -> source.getConfigurationProperty(key))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Given::of);
    }

    private List<String> badLimits() {
        try {
            return LimitSettings.problems(
                    Binder.get(environment)
                            .bind(CairnRules.LIMITS, Bindable.mapOf(String.class, String.class))
                            .orElse(Map.of()));
        } catch (BindException noNames) {
            return List.of(BadValue.text(noNames));
        }
    }

    /** Settings of tokens that mean nothing without another. */
    private List<String> badTokens() {
        if (find(CairnRules.ISSUER).isPresent()) {
            return find(CairnRules.AUDIENCE).isPresent()
                    ? List.of()
                    : List.of(
                            "%s is set and %s is not: a token that the provider made for any other application would let in. Set it to what tokens for Cairn have in 'aud'."
                                    .formatted(CairnRules.ISSUER, CairnRules.AUDIENCE));
        }
        return CairnRules.names().stream()
                .filter(name -> name.startsWith(CairnRules.OIDC))
                .flatMap(name -> find(name).stream())
                .map(given ->
                        "%s is set (%s), and %s is not: no tokens are taken."
                                .formatted(given.name(), given.place(), CairnRules.ISSUER))
                .toList();
    }

    /** Settings of alerts that mean nothing without another. */
    private List<String> badAlerts() {
        return Stream.of(
                        List.of(CairnRules.WEBHOOK, CairnRules.WEBHOOK_SECRET),
                        List.of(CairnRules.WEBHOOK_SECRET, CairnRules.WEBHOOK),
                        List.of(CairnRules.MAIL_TO, CairnRules.MAIL_FROM),
                        List.of(CairnRules.MAIL_TO, CairnRules.MAIL_HOST),
                        List.of(CairnRules.MAIL_FROM, CairnRules.MAIL_TO))
                .filter(pair -> find(pair.getFirst()).isPresent() && find(pair.getLast()).isEmpty())
                .map(pair ->
                        "%s is set and %s is not: alerts would not be told by it. Set both or neither."
                                .formatted(pair.getFirst(), pair.getLast()))
                .toList();
    }

    /** A profile that changes nothing is misspelt. */
    private List<String> unknownProfiles() {
        return Arrays.stream(environment.getActiveProfiles())
                .filter(profile -> sources().stream().noneMatch(source -> isOf(profile, source)))
                .map(profile ->
                        "There is no profile %s (spring.profiles.active); Cairn has 'production'."
                                .formatted(profile))
                .toList();
    }

    private static boolean isOf(String profile, PropertySource<?> source) {
        var condition = source.getProperty(ON_PROFILE);
        return source.getName().contains("application-" + profile + ".")
                || (condition != null && condition.toString().contains(profile));
    }

    private List<EnumerablePropertySource<?>> sources() {
        var sources = new ArrayList<EnumerablePropertySource<?>>();
        for (var source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> readable) {
                sources.add(readable);
            }
        }
        return sources;
    }

    /** Whether it is a default of Cairn. */
    private static boolean isOurs(PropertySource<?> source) {
        return source.getName().contains("class path resource");
    }

    private static boolean isSystemProperties(PropertySource<?> source) {
        return source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    }
}
