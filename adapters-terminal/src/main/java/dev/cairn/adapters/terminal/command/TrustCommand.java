package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.TrustData;
import dev.cairn.application.port.in.TrustUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Touched;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how far sources can be trusted. */
@Command(
        name = "trust",
        description =
                "Says how far sources can be trusted: whether their facts are as the definitions expect ('expect', 'broken').",
        footer = {
            "",
            "Exit code 1 where a source is graded below --at-least.",
            "",
            "Examples:",
            "  cairn trust",
            "  cairn trust event --all",
            "  cairn trust --at-least B"
        })
public final class TrustCommand extends DataCommand {
    /** Names of what a source touches that are listed without --all. */
    private static final int MOST_NAMES = 8;

    @Parameters(
            arity = "0..*",
            paramLabel = "SOURCE",
            description = "Only these sources. Default: all that expect something.")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "--all",
            description = "Checks that pass, too, and all names of what reads the source.")
    private boolean all;

    @Option(
            names = "--at-least",
            paramLabel = "GRADE",
            description = "A, B, C or D: the command fails where a source is graded worse.")
    private @Nullable Grade atLeast;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    int run(UseCases cairn) {
        return switch (cairn.trust()
                .trust(new LinkedHashSet<>(sources), Caller.LOCAL, cairn.deadline())) {
            case Outcome.Rejected(var problems) -> {
                Report.problems(problems, format, out(), err());
                yield 1;
            }
            case Outcome.Assessed(var assessed) -> {
                written(assessed, cairn.trust().touched(names(assessed)));
                yield assessed.stream().anyMatch(this::isBelow) ? 1 : 0;
            }
        };
    }

    private static Set<String> names(List<SourceTrust> assessed) {
        return assessed.stream().map(SourceTrust::source).collect(Collectors.toSet());
    }

    private boolean isBelow(SourceTrust trust) {
        return atLeast != null && trust.grade() != null && trust.grade().isBelow(atLeast);
    }

    private void written(List<SourceTrust> assessed, Map<String, Touched> touched) {
        switch (format) {
            case TEXT -> {
                if (assessed.isEmpty()) {
                    out().println(
                                    "Nothing is expected of any source: say what is, by 'expect' in its definition.");
                }
                assessed.forEach(trust ->
                        lines(trust, touched.getOrDefault(trust.source(), Touched.NOTHING)));
            }
            case JSON ->
                    Report.json(
                            Map.of(
                                    "sources",
                                    assessed.stream()
                                            .map(trust ->
                                                    json(
                                                            trust,
                                                            touched.getOrDefault(
                                                                    trust.source(),
                                                                    Touched.NOTHING)))
                                            .toList()),
                            out());
        }
    }

    private void lines(SourceTrust trust, Touched touched) {
        out().println(
                        trust.grade() == null
                                ? "%s  -  %s".formatted(trust.source(), withoutGrade(trust))
                                : "%s  %s".formatted(trust.source(), trust.grade()));
        for (var check : all ? trust.checks() : trust.failing()) {
            out().println(
                            "  %-4s  %s: %s"
                                    .formatted(
                                            check.status()
                                                    .name()
                                                    .toLowerCase(java.util.Locale.ROOT),
                                            check.name(),
                                            DisplayText.plain(check.found())));
            if (!check.action().isEmpty()) {
                out().println("        -> " + DisplayText.plain(check.action()));
            }
        }
        trust.broken()
                .forEach(stretch ->
                        out().println(
                                        "  broken  %s until %s%s: %s"
                                                .formatted(
                                                        stretch.from(),
                                                        stretch.until(),
                                                        stretch.declared() ? ", declared" : "",
                                                        DisplayText.plain(stretch.why()))));
        if (all || !trust.failing().isEmpty()) {
            touched("metrics", touched.metrics());
            touched("questions", touched.questions());
        }
    }

    private static String withoutGrade(SourceTrust trust) {
        return trust.checks().isEmpty()
                ? "nothing is expected of it"
                : "it has no facts, and needs none";
    }

    /** The first of them, and how many more there are. */
    private void touched(String what, List<String> names) {
        if (!names.isEmpty()) {
            int shown = all ? names.size() : Math.min(names.size(), MOST_NAMES);
            out().println(
                            "  touches %s: %s%s"
                                    .formatted(
                                            what,
                                            String.join(", ", names.subList(0, shown)),
                                            shown < names.size()
                                                    ? " and %d more".formatted(names.size() - shown)
                                                    : ""));
        }
    }

    private static Map<String, @Nullable Object> json(SourceTrust trust, Touched touched) {
        var json = TrustData.of(trust);
        json.put("touches", Map.of("metrics", touched.metrics(), "questions", touched.questions()));
        return json;
    }
}
