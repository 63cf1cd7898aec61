package dev.cairn.bootstrap.doctor;

import dev.cairn.bootstrap.database.FolderLook;
import dev.cairn.bootstrap.doctor.Finding.Check;
import dev.cairn.bootstrap.settings.Settings;
import dev.cairn.bootstrap.wiring.StartFailures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks everything that Cairn needs; starts and changes nothing, and continues where something is wrong. */
public final class Doctor {
    /** Reads no files of the user. */
    private static final String STANDARD = "--spring.config.location=classpath:/";

    private static final String DATABASE_URL = "spring.datasource.url";

    private Doctor() {}

    /**
     * In the order of {@link Check}.
     *
     * @param arguments settings of the command line, as Spring takes them
     */
    public static List<Finding> examine(List<String> arguments) {
        return examine(Machine.current(), System.getenv(), arguments);
    }

    static List<Finding> examine(
            Machine current, Map<String, String> environment, List<String> arguments) {
        var findings = new ArrayList<Finding>();
        var settings = settings(arguments, findings);
        var machine = new MachineChecks(current, environment);
        findings.add(machine.java());
        findings.add(machine.cairn());
        findings.add(machine.memory());
        findings.add(machine.startCache());
        findings.add(new PortChecks(settings).page());
        new DocumentChecks(settings).look().ifPresent(findings::add);
        var url = settings.value(DATABASE_URL, String.class);
        if (url.isPresent()) {
            configured(url.get(), settings, findings);
        } else {
            embedded(settings, machine, findings);
        }
        findings.sort(Comparator.comparing(Finding::check));
        return findings;
    }

    /** Where a file of settings cannot be read, the others are left out too. */
    private static Settings settings(List<String> arguments, List<Finding> findings) {
        Settings settings;
        try {
            settings = Settings.read(arguments);
        } catch (RuntimeException unreadable) {
            var refused = StartFailures.explain(unreadable).orElseThrow(() -> unreadable);
            findings.add(Finding.wrong(Check.SETTINGS, refused));
            settings = Settings.read(List.of(STANDARD));
        }
        findings.addAll(new SettingChecks(settings).findings());
        return settings;
    }

    private static void configured(String url, Settings settings, List<Finding> findings) {
        findings.add(Finding.ok(Check.DATA_DIRECTORY, "not used: " + DATABASE_URL + " is set"));
        findings.add(
                Finding.unknown(
                        Check.SERVICE,
                        "whether one runs is not known: " + DATABASE_URL + " is set"));
        findings.add(new PortChecks(settings).service(Optional.empty()));
        findings.addAll(
                DatabaseChecks.configured(
                        url,
                        settings.value("spring.datasource.username", String.class).orElse(null),
                        settings.value("spring.datasource.password", String.class).orElse(null),
                        views(settings)));
    }

    /** The schema of the SQL face. */
    private static String views(Settings settings) {
        return settings.value("cairn.sql-face.schema", String.class).orElse("cairn_sql");
    }

    private static void embedded(Settings settings, MachineChecks machine, List<Finding> findings) {
        var dataDir = settings.value("cairn.data-dir", Path.class).orElse(Path.of("data"));
        var folder = new FolderChecks(dataDir, machine);
        Optional<FolderLook> seen = folder.look(findings);
        var ports = new PortChecks(settings);
        findings.add(ports.service(seen.flatMap(FolderLook::service)));
        if (seen.flatMap(FolderLook::server).isEmpty()) {
            findings.add(ports.postgres());
        }
        findings.addAll(
                seen.map(look -> DatabaseChecks.embedded(look, views(settings)))
                        .orElseGet(DatabaseChecks::withoutFolder));
    }
}
