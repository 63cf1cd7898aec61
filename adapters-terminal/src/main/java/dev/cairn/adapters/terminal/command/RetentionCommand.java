package dev.cairn.adapters.terminal.command;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.shape.Happening;
import dev.cairn.domain.shape.Retention;
import dev.cairn.domain.shape.Retention.Ages;
import dev.cairn.domain.shape.Retention.Bracket;
import dev.cairn.domain.shape.Retention.Occurrence;
import dev.cairn.domain.shape.Retention.Retained;
import dev.cairn.domain.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks who comes back. */
@Command(
        name = "retention",
        description = {
            "Shows how many of those who start in a period come back in later ones, as GraphQL's retention does.",
            "It stands for a question of the language, which --formulas shows."
        },
        customSynopsis = "cairn retention --start FACTS --grain GRAIN --range RANGE [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "Examples, on the sample:",
            "  cairn retention --start \"event where name = 'login'\" --grain month --range 2026-H1",
            "  cairn retention --start-date account.started_on --return event \\",
            "                  --grain month --range 2026-Q1 --by account.plan",
            "  cairn retention --start event --brackets 1-7,8-14 --grain day --range 2026-01",
            "  cairn retention --start-condition 'mrr_start > 0' --net mrr \\",
            "                  --grain month --range 2026-H1"
        })
public final class RetentionCommand extends ShapeCommand {
    private static final int LAST_AGE = 6;
    private static final Pattern BRACKET =
            Pattern.compile("\\s*(\\d{1,6})(?:\\s*-\\s*(\\d{1,6}))?\\s*");

    @Option(
            names = "--start",
            paramLabel = "FACTS",
            description = "One starts with a fact: event where name = 'login'.")
    private @Nullable String start;

    @Option(
            names = "--start-condition",
            paramLabel = "FORMULA",
            description = "One starts in each period in which the condition holds: mrr_start > 0.")
    private @Nullable String startCondition;

    @Option(
            names = "--start-date",
            paramLabel = "FORMULA",
            description = "One starts in the period of a date: account.started_on.")
    private @Nullable String startDate;

    @Option(
            names = "--recurring",
            description = "One starts in each period with such a fact, not the first time only.")
    private boolean recurring;

    @Option(
            names = "--return",
            paramLabel = "FACTS",
            description = "What counts as coming back. Default: as one starts.")
    private @Nullable String back;

    @Option(
            names = "--return-condition",
            paramLabel = "FORMULA",
            description = "The same as a condition.")
    private @Nullable String backCondition;

    @Option(
            names = "--of",
            paramLabel = "ENTITY",
            defaultValue = "account",
            description = "What is counted: account, user, ... Default: ${DEFAULT-VALUE}.")
    private String of;

    @Option(
            names = "--net",
            paramLabel = "FORMULA",
            description = "Of a value: that of each age, of that at the start.")
    private @Nullable String net;

    @Option(
            names = "--gross",
            paramLabel = "FORMULA",
            description = "The same, of each member at most its value at the start.")
    private @Nullable String gross;

    @Option(
            names = "--ages",
            paramLabel = "N",
            description = "The last age, in periods. Default: " + LAST_AGE + ".")
    private @Nullable Integer ages;

    @Option(
            names = "--or-later",
            description = "Back in the period of an age or in any later one, not in just that.")
    private boolean orLater;

    @Option(
            names = "--brackets",
            paramLabel = "AGES",
            split = ",",
            description = "Back in any period of a stretch of ages: 1-7,8-14.")
    private List<String> brackets = new ArrayList<>();

    @Override
    void check() {
        super.check();
        exactlyOne("--start, --start-condition or --start-date", start, startCondition, startDate);
        atMostOne("--return or --return-condition", back, backCondition);
        atMostOne("--net or --gross", net, gross);
        if (!brackets.isEmpty() && (orLater || ages != null)) {
            throw notUnderstood("--brackets cannot be combined with --ages or --or-later.");
        }
        for (var bracket : brackets) {
            if (!BRACKET.matcher(bracket).matches()) {
                throw notUnderstood("'%s' is no bracket of ages: write 1-7, or 3.", bracket);
            }
        }
    }

    @Override
    Shape<?> shape(AnalysisQuery inFrame) {
        var value = net == null ? gross : net;
        return new Retention(
                inFrame,
                of,
                starting(),
                recurring ? Occurrence.RECURRING : null,
                happening(back, backCondition),
                value == null
                        ? Retained.HEADS
                        : net == null ? Retained.GROSS_VALUE : Retained.NET_VALUE,
                value,
                columns());
    }

    private Happening starting() {
        return startDate != null
                ? new Happening.Date(startDate)
                : Objects.requireNonNull(happening(start, startCondition));
    }

    private Ages columns() {
        if (!brackets.isEmpty()) {
            return new Ages.Brackets(brackets.stream().map(RetentionCommand::bracket).toList());
        }
        int last = ages == null ? LAST_AGE : ages;
        return orLater ? new Ages.OnOrAfter(last) : new Ages.Exact(last);
    }

    private static Bracket bracket(String text) {
        var parts = BRACKET.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("checked before: " + text);
        }
        int from = Integer.parseInt(parts.group(1));
        return new Bracket(from, parts.group(2) == null ? from : Integer.parseInt(parts.group(2)));
    }

    @Override
    Map<Place, Given> given() {
        return Map.of(
                Place.of("start", "facts"), new Given("--start", start),
                Place.of("start", "condition"), new Given("--start-condition", startCondition),
                Place.of("start", "date"), new Given("--start-date", startDate),
                Place.of("returned", "facts"), new Given("--return", back),
                Place.of("returned", "condition"), new Given("--return-condition", backCondition),
                Place.of("value"),
                        net == null ? new Given("--gross", gross) : new Given("--net", net),
                Place.of("of"), new Given("--of", of));
    }
}
