package dev.cairn.adapters.terminal.command;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.shape.Lifecycle;
import dev.cairn.domain.shape.Shape;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks who is new, retained, back or dormant. */
@Command(
        name = "lifecycle",
        description = {
            "Shows who is active in each period: new, retained from the one before or back, and who went dormant.",
            "It stands for a question of the language, which --formulas shows."
        },
        customSynopsis = "cairn lifecycle --active FACTS --grain GRAIN --range RANGE [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "Examples, on the sample:",
            "  cairn lifecycle --active event --of user --grain month --range 2026-H1",
            "  cairn lifecycle --active event --start account.started_on --grain month --range 2026-H1"
        })
public final class LifecycleCommand extends ShapeCommand {
    @Option(
            names = "--active",
            paramLabel = "FACTS",
            description = "One is active in a period with such a fact: event where name = 'login'.")
    private @Nullable String active;

    @Option(
            names = "--active-condition",
            paramLabel = "FORMULA",
            description =
                    "One is active in a period in which the condition holds. It needs a --start.")
    private @Nullable String condition;

    @Option(
            names = "--start",
            paramLabel = "FORMULA",
            description =
                    "One is new in the period of this date. Default: in that of the first activity that the data has.")
    private @Nullable String start;

    @Option(
            names = "--of",
            paramLabel = "ENTITY",
            defaultValue = "account",
            description = "What is counted: account, user, ... Default: ${DEFAULT-VALUE}.")
    private String of;

    @Override
    void check() {
        super.check();
        exactlyOne("--active or --active-condition", active, condition);
    }

    @Override
    Shape<?> shape(AnalysisQuery inFrame) {
        return new Lifecycle(
                inFrame, of, Objects.requireNonNull(happening(active, condition)), start);
    }

    @Override
    Map<Place, Given> given() {
        return Map.of(
                Place.of("active", "facts"), new Given("--active", active),
                Place.of("active", "condition"), new Given("--active-condition", condition),
                Place.of("start"), new Given("--start", start),
                Place.of("of"), new Given("--of", of));
    }
}
