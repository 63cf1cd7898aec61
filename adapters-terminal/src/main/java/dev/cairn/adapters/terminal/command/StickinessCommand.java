package dev.cairn.adapters.terminal.command;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.shape.Shape;
import dev.cairn.domain.shape.Stickiness;
import dev.cairn.domain.shape.Stickiness.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks in how many units of a period one is active. */
@Command(
        name = "stickiness",
        description = {
            "Shows on how many days (or other units) of each period its active members were active.",
            "It stands for a question of the language, which --formulas shows."
        },
        customSynopsis = "cairn stickiness --active FACTS --range RANGE [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "Examples, on the sample:",
            "  cairn stickiness --active event --of user --grain week --range 2026-W10..2026-W15",
            "  cairn stickiness --active event --grain month --range 2026-H1 --counts 1-4,5-9,10-"
        })
public final class StickinessCommand extends ShapeCommand {
    private static final Pattern COUNT =
            Pattern.compile("\\s*(\\d{1,6})(?:\\s*(-)\\s*(\\d{1,6})?)?\\s*");

    @Option(
            names = "--active",
            paramLabel = "FACTS",
            description = "One is active in a unit with such a fact: event where name = 'login'.")
    private @Nullable String active;

    @Option(
            names = "--active-condition",
            paramLabel = "FORMULA",
            description =
                    "One is active in a unit in which the condition holds: count(event) >= 3.")
    private @Nullable String condition;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            defaultValue = "day",
            description =
                    "What is counted in a period: hour, day, week, month, ... Default: ${DEFAULT-VALUE}.")
    private String unit;

    @Option(
            names = "--counts",
            paramLabel = "COUNTS",
            split = ",",
            description =
                    "The columns: so many units, from one number to another, or so many and more: 1,2-4,5-. Default: 1 to 6, and 7 or more.")
    private List<String> counts = new ArrayList<>();

    @Option(
            names = "--of",
            paramLabel = "ENTITY",
            defaultValue = "account",
            description = "Who is counted: account, user, ... Default: ${DEFAULT-VALUE}.")
    private String of;

    @Override
    void check() {
        super.check();
        exactlyOne("--active or --active-condition", active, condition);
        for (var count : counts) {
            if (!COUNT.matcher(count).matches()) {
                throw notUnderstood(
                        "'%s' is no number of units: write 3, 2-4, or 5- for 5 or more.", count);
            }
        }
    }

    @Override
    Shape<?> shape(AnalysisQuery inFrame) {
        return new Stickiness(
                inFrame,
                of,
                Objects.requireNonNull(happening(active, condition)),
                unit,
                counts.isEmpty()
                        ? Stickiness.DEFAULT_COUNTS
                        : counts.stream().map(StickinessCommand::count).toList());
    }

    private static Count count(String text) {
        var parts = COUNT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("checked before: " + text);
        }
        int from = Integer.parseInt(parts.group(1));
        if (parts.group(2) == null) {
            return Count.of(from);
        }
        return new Count(from, parts.group(3) == null ? null : Integer.valueOf(parts.group(3)));
    }

    @Override
    Map<Place, Given> given() {
        return Map.of(
                Place.of("active", "facts"), new Given("--active", active),
                Place.of("active", "condition"), new Given("--active-condition", condition),
                Place.of("unit"), new Given("--unit", unit),
                Place.of("counts"), new Given("--counts", String.join(",", counts)),
                Place.of("of"), new Given("--of", of));
    }
}
