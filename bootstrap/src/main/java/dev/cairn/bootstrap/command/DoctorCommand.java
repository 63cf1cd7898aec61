package dev.cairn.bootstrap.command;

import dev.cairn.adapters.terminal.command.Format;
import dev.cairn.adapters.terminal.command.Report;
import dev.cairn.adapters.terminal.command.Subcommand;
import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.bootstrap.doctor.Doctor;
import dev.cairn.bootstrap.doctor.Finding;
import dev.cairn.bootstrap.doctor.Finding.Grade;
import dev.cairn.bootstrap.wiring.LogsToStandardError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Reports whether Cairn can work as it is set up. */
@Command(
        name = "doctor",
        description =
                "Checks JDK, settings, data directory, disk, ports and database, and reports what is wrong and what to do. Starts nothing and changes nothing.",
        footer = {
            "",
            "Examples:",
            "  cairn doctor",
            "  cairn doctor --data-dir /srv/cairn --set server.port=9000",
            "  cairn doctor --format json",
            "",
            "Exit code 1 where Cairn could not start or work; warnings alone give 0."
        })
final class DoctorCommand extends Subcommand {
    private static final String BELOW = "\n" + " ".repeat(25);

    @ParentCommand private CairnCommand cairn;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    public Integer call() {
        LogsToStandardError.warnings();
        var findings = Doctor.examine(cairn.arguments());
        switch (format) {
            case TEXT -> text(findings);
            case JSON ->
                    Report.json(
                            Map.of("findings", findings.stream().map(DoctorCommand::json).toList()),
                            out());
        }
        return count(findings, Grade.WRONG) == 0 ? 0 : 1;
    }

    private void text(List<Finding> findings) {
        findings.forEach(finding -> out().println(line(finding)));
        out().println();
        out().println(
                        "%s, %s."
                                .formatted(
                                        count(findings, Grade.WRONG) == 0
                                                ? "Nothing is wrong"
                                                : count(findings, Grade.WRONG) + " wrong",
                                        Report.counted(count(findings, Grade.WARNING), "warning")));
    }

    private static String line(Finding finding) {
        var said = finding.found().lines().map(DisplayText::plain).toList();
        var remedy = finding.remedy();
        return "%-8s %-15s %s%s"
                .formatted(
                        finding.grade(),
                        finding.check(),
                        String.join(BELOW, said),
                        remedy == null ? "" : BELOW + "-> " + DisplayText.plain(remedy));
    }

    private static Map<String, @Nullable Object> json(Finding finding) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("check", finding.check().name());
        said.put("grade", finding.grade().name());
        said.put("found", finding.found());
        said.put("remedy", finding.remedy());
        return said;
    }

    private static long count(List<Finding> findings, Grade grade) {
        return findings.stream().filter(finding -> finding.grade() == grade).count();
    }
}
