package dev.cairn.adapters.terminal.command;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.question.QuestionText;
import dev.cairn.domain.shape.Shape;
import dev.cairn.domain.shape.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for metrics beside another time. */
@Command(
        name = "trend",
        description = {
            "Shows metrics over time beside another time, period by period, with what they differ by.",
            "It stands for a question that compares (query --compare), and works out the differences."
        },
        customSynopsis =
                "cairn trend METRIC... --range RANGE [--grain GRAIN] [--compare TIME] [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "Examples, on the sample:",
            "  cairn trend nps --grain month --range 2026-H1",
            "  cairn trend \"count(event)\" --grain week --range 2026-W20..2026-W23 --compare '4 weeks' --totals",
            "  cairn trend billed --range 2026-Q2 --compare 2026-Q1 --by account.segment"
        })
public final class TrendCommand extends ShapeCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "METRIC",
            description =
                    "A metric: its name, name@VERSION, or a formula; NAME=... names its column.")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--compare",
            paramLabel = "TIME",
            description = {
                "Beside which time: 1 year, 52 weeks (the same days of the week), 4 weeks, ... earlier; previous (the range before, as long); or a range of as many periods.",
                "Default: the period before each; without a grain the range before."
            })
    private @Nullable String compare;

    @Override
    void check() {
        super.check();
        if (metrics.isEmpty()) {
            throw notUnderstood("Say what to compare: a metric, or a formula.");
        }
    }

    @Override
    QuestionText read(FrameOptions frame) {
        return frame.read(metrics, compare);
    }

    @Override
    Shape<?> shape(AnalysisQuery inFrame) {
        return new Trend(
                inFrame.withMetrics(List.of()).withCompareTo(null),
                inFrame.metrics(),
                inFrame.compareTo());
    }

    @Override
    Map<Place, Given> given() {
        return Map.of();
    }
}
