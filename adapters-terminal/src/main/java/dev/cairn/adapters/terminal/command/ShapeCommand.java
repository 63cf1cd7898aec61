package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.AnswerData;
import dev.cairn.adapters.terminal.display.AnswerTable;
import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.application.port.Reads;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.application.port.in.AnalyzeUseCase.ShapeOutcome;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.question.QuestionText;
import dev.cairn.domain.question.QuestionText.Spot;
import dev.cairn.domain.shape.Asked;
import dev.cairn.domain.shape.Happening;
import dev.cairn.domain.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a question of fixed shape. */
abstract class ShapeCommand extends DataCommand {
    private static final String SMALL_SAMPLE = "SMALL_SAMPLE";

    @Mixin private FrameOptions frame;

    @Mixin private DrillOptions drill;

    @Option(
            names = "--details",
            description = "Adds numerators, denominators and the number of observations (n).")
    private boolean details;

    @Option(
            names = "--formulas",
            description =
                    "Shows the formulas that the question stands for, as query takes them, in place of the answer.")
    private boolean formulas;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "text (default), or for programs csv, json or ndjson, with unrounded numbers.")
    private AnswerFormat format = AnswerFormat.TEXT;

    /** What all questions have, as it was given. */
    QuestionText read(FrameOptions frame) {
        return frame.read();
    }

    /** The question, in its frame. */
    abstract Shape<?> shape(AnalysisQuery inFrame);

    /** What was written behind an option, by the place in the input that it is of; where it was not given, nothing. */
    abstract Map<Place, Given> given();

    /** An option as it was given. */
    record Given(String option, @Nullable String text) {}

    @Override
    void check() {
        if (format == AnswerFormat.TEXT && drill.keys()) {
            throw notUnderstood(
                    "--keys needs --format csv, json or ndjson: keys are too long for a table.");
        }
        if (drill.isAsked() && drill.key().isEmpty()) {
            throw notUnderstood(
                    "--drill needs --cell KEY, with a key that --keys shows in csv, json and ndjson.");
        }
        drill.objection()
                .ifPresent(why -> {
                    throw notUnderstood(why);
                });
    }

    final void exactlyOne(String options, @Nullable String... given) {
        if (count(given) != 1) {
            throw notUnderstood("Give one of %s.", options);
        }
    }

    final void atMostOne(String options, @Nullable String... given) {
        if (count(given) > 1) {
            throw notUnderstood("Give only one of %s.", options);
        }
    }

    private static long count(@Nullable String... given) {
        return Arrays.stream(given).filter(Objects::nonNull).count();
    }

    /** What one does, by facts of it or a condition on a period; null: neither is given. */
    static @Nullable Happening happening(@Nullable String facts, @Nullable String condition) {
        if (facts != null) {
            return new Happening.Facts(facts);
        }
        return condition == null ? null : new Happening.Condition(condition);
    }

    @Override
    int run(UseCases cairn) {
        var read = read(frame);
        var shape = shape(read.query().withKeys(drill.keys() || drill.isAsked()));
        var analyses = cairn.analyses();
        if (!read.problems().isEmpty()) {
            return refused(
                    read,
                    Stream.concat(
                                    read.problems().stream().map(Asked::inFrame),
                                    shape.asked().problems().stream())
                            .toList());
        }
        if (formulas) {
            return formulas(read, shape.asked());
        }
        if (drill.isAsked()) {
            return opened(read, shape.asked(), cairn);
        }
        var answer = Reads.during(() -> analyses.answer(shape, Caller.LOCAL, cairn.deadline()));
        return switch (answer.answer()) {
            case ShapeOutcome.Answered<?>(var query, var found) ->
                    answered(query, found.table(), answer.sources(), cairn);
            case ShapeOutcome.Rejected<?>(var problems) -> refused(read, problems);
        };
    }

    private int formulas(QuestionText read, Asked asked) {
        if (!asked.problems().isEmpty()) {
            return refused(read, asked.problems());
        }
        asked.query().metrics().stream()
                .map(ShapeCommand::formula)
                .flatMap(String::lines)
                .map(DisplayText::plain)
                .forEach(out()::println);
        return 0;
    }

    private static String formula(AskedMetric metric) {
        return switch (metric.metric()) {
            case MetricReference.Inline(var formula) -> metric.as() + " = " + formula;
            case MetricReference.ByKey(var key) -> key;
            case MetricReference.Pinned(var key, var version) -> key + "@" + version;
        };
    }

    private int opened(QuestionText read, Asked asked, UseCases cairn) {
        if (!asked.problems().isEmpty()) {
            return refused(read, asked.problems());
        }
        var query = drill.query(asked.query(), drill.key().orElseThrow(), AnalysisQuery.ROWS, null);
        return switch (cairn.analyses().members(query, Caller.LOCAL, cairn.deadline())) {
            case Outcome.Answered(var result) ->
                    answered(asked.query(), result, result.sources(), cairn);
            case Outcome.Rejected(var problems) -> refused(read, asked.placed(problems));
        };
    }

    private int answered(
            AnalysisQuery query, AnalysisResult table, Set<String> sources, UseCases cairn) {
        var data = new AnswerData(table, new AnswerData.Shown(true, details, false, drill.keys()));
        switch (format) {
            case TEXT ->
                    new AnswerTable(query, details ? table : withoutSamples(table), details)
                            .lines(Screen.current())
                            .forEach(out()::println);
            case CSV -> out().print(data.csv());
            case JSON -> out().println(data.json(ReadTrust.beside(table, sources, cairn)));
            case NDJSON -> data.ndjson().forEach(out()::println);
        }
        out().flush();
        return 0;
    }

    /** How many observations are under each of many columns would hide the values. */
    private static AnalysisResult withoutSamples(AnalysisResult table) {
        var notices =
                table.notices().stream()
                        .filter(notice -> !notice.code().equals(SMALL_SAMPLE))
                        .collect(Collectors.toCollection(ArrayList::new));
        if (notices.size() < table.notices().size()) {
            notices.add(
                    new Notice(
                            SMALL_SAMPLE,
                            "Some values rest on fewer than %d observations; --details shows on how many."
                                    .formatted(Measured.SMALL_SAMPLE),
                            null));
        }
        return new AnalysisResult(
                table.columns(),
                table.rows().stream().map(ShapeCommand::withoutSamples).toList(),
                table.hasNextPage(),
                table.cursor(),
                table.asOf(),
                table.knownAt(),
                notices);
    }

    private static Row withoutSamples(Row row) {
        return new Row(
                row.kind(),
                row.cells().stream().map(ShapeCommand::withoutSample).toList(),
                row.group(),
                row.key());
    }

    private static Cell withoutSample(Cell cell) {
        return switch (cell) {
            case Cell.Value(var value, var incomplete) ->
                    new Cell.Value(value.ofSample(null), incomplete);
            case Cell.Time _, Cell.Group _, Cell.KeyKind _, Cell.Standing _ -> cell;
        };
    }

    private int refused(QuestionText read, List<Problem> problems) {
        switch (format) {
            case TEXT, CSV, NDJSON ->
                    QuestionReport.problems(problems, problem -> spot(read, problem), err());
            case JSON -> Report.problems(problems, Format.JSON, out(), err());
        }
        return 1;
    }

    private Optional<Spot> spot(QuestionText read, Problem problem) {
        var place = problem.place();
        var path = place.path();
        if (!path.isEmpty() && path.getFirst().equals(Asked.FRAME)) {
            var inFrame = new Place(path.subList(1, path.size()), place.line(), place.column());
            return read.spot(problem.in(inFrame));
        }
        var given = given().get(new Place(path, 0, 0));
        if (given == null) {
            return read.spot(problem);
        }
        return Optional.ofNullable(given.text())
                .map(text ->
                        new Spot(
                                given.option().replaceFirst("^--", ""),
                                text,
                                place.line(),
                                place.column()));
    }
}
