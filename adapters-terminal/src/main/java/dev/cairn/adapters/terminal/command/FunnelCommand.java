package dev.cairn.adapters.terminal.command;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.shape.Funnel;
import dev.cairn.domain.shape.Funnel.Attempt;
import dev.cairn.domain.shape.Funnel.Order;
import dev.cairn.domain.shape.Funnel.Step;
import dev.cairn.domain.shape.Funnel.StepField;
import dev.cairn.domain.shape.Funnel.Without;
import dev.cairn.domain.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks how far one gets in a sequence of steps. */
@Command(
        name = "funnel",
        description = {
            "Shows how many get from each step to the next, and how long it takes, as GraphQL's funnel does.",
            "It stands for a question of the language, which --formulas shows."
        },
        customSynopsis = "cairn funnel STEP STEP... --within SPAN --range RANGE [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "Examples, on the sample:",
            "  cairn funnel \"login: event where name = 'login'\" \\",
            "               \"shared: event where name = 'report_shared'\" --within '14 days' --range 2026-H1",
            "  cairn funnel survey_invitation survey --within '7 days' --inclusive --range 2026-Q1 --by account.plan"
        })
public final class FunnelCommand extends ShapeCommand {
    private static final Pattern STEP =
            Pattern.compile("(?:(?<label>[^:'\"@]{1,80}?)\\s*:\\s*)?(?<facts>.*)", Pattern.DOTALL);
    private static final Pattern WITHOUT =
            Pattern.compile(
                    "(?<facts>.*?)(?:\\s+between\\s+(?<from>\\d{1,4})\\s+and\\s+(?<to>\\d{1,4}))?",
                    Pattern.DOTALL);
    private static final Pattern FIELD =
            Pattern.compile("(?:(?<at>first|last|each)\\s+)?(?<field>.+)");

    @Parameters(
            arity = "1..*",
            paramLabel = "STEP",
            description =
                    "The facts that are a step, after a name and a colon if it is to have one.")
    private List<String> steps;

    @Option(
            names = "--within",
            required = true,
            paramLabel = "SPAN",
            description = "How long an attempt may take, from its first step: 14 days.")
    private String within;

    @Option(names = "--inclusive", description = "The end of that counts.")
    private boolean inclusive;

    @Option(
            names = "--of",
            paramLabel = "ENTITY",
            defaultValue = "account",
            description = "Whose attempts: account, user, ... Default: ${DEFAULT-VALUE}.")
    private String of;

    @Option(
            names = "--strict",
            description = "Nothing else of the sources that are read happens between two steps.")
    private boolean strict;

    @Option(names = "--unordered", description = "The steps may be taken in any order.")
    private boolean unordered;

    @Option(
            names = "--furthest",
            description = "Of each the attempt that gets furthest counts, not the first one.")
    private boolean furthest;

    @Option(
            names = "--same",
            paramLabel = "FIELD",
            split = ",",
            description = "All steps have the value of the first in these fields.")
    private List<String> same = new ArrayList<>();

    @Option(
            names = "--without",
            paramLabel = "FACTS",
            description =
                    "Attempts that such facts lie in do not count; between two steps: FACTS between 1 and 2. May be repeated.")
    private List<String> without = new ArrayList<>();

    @Option(
            names = "--by-step",
            paramLabel = "FIELD",
            description =
                    "Groups by a field of the rows of steps: first page, last page, each page.")
    private @Nullable String byStep;

    @Override
    void check() {
        super.check();
        if (strict && unordered) {
            throw notUnderstood("--strict cannot be combined with --unordered.");
        }
    }

    @Override
    Shape<?> shape(AnalysisQuery inFrame) {
        return new Funnel(
                inFrame,
                of,
                steps.stream().map(FunnelCommand::step).toList(),
                within,
                inclusive,
                strict ? Order.STRICT : unordered ? Order.UNORDERED : Order.ORDERED,
                furthest ? Attempt.FURTHEST : Attempt.FIRST,
                same,
                without.stream().map(FunnelCommand::without).toList(),
                byStep == null ? null : field(byStep));
    }

    private static Step step(String text) {
        var parts = STEP.matcher(text);
        return parts.matches()
                ? new Step(parts.group("facts"), parts.group("label"))
                : new Step(text, null);
    }

    private static Without without(String text) {
        var parts = WITHOUT.matcher(text);
        return parts.matches() && parts.group("from") != null
                ? new Without(
                        parts.group("facts"),
                        Integer.valueOf(parts.group("from")),
                        Integer.valueOf(parts.group("to")))
                : new Without(text, null, null);
    }

    private static StepField field(String text) {
        var parts = FIELD.matcher(text);
        return parts.matches() && parts.group("at") != null
                ? new StepField(
                        parts.group("field"),
                        StepField.At.valueOf(parts.group("at").toUpperCase(Locale.ROOT)))
                : new StepField(text, StepField.At.FIRST);
    }

    @Override
    Map<Place, Given> given() {
        var given = new HashMap<Place, Given>();
        for (int at = 0; at < steps.size(); at++) {
            given.put(
                    Place.of("steps", Integer.toString(at), "facts"),
                    new Given("", step(steps.get(at)).facts()));
        }
        for (int at = 0; at < without.size(); at++) {
            var place = Place.of("without", Integer.toString(at));
            given.put(place, new Given("--without", without.get(at)));
            given.put(place.then("facts"), new Given("--without", without.get(at)));
        }
        for (int at = 0; at < same.size(); at++) {
            given.put(Place.of("same", Integer.toString(at)), new Given("--same", same.get(at)));
        }
        given.put(Place.of("within"), new Given("--within", within));
        given.put(Place.of("of"), new Given("--of", of));
        given.put(Place.of("breakdown", "field"), new Given("--by-step", byStep));
        return given;
    }
}
