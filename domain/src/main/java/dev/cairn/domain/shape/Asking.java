package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.formula.DimensionText;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.FormulaParser.ParsedDimension;
import dev.cairn.domain.formula.FormulaPieces;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A question while it is put together: its columns, and what is wrong with what was written. */
final class Asking {
    private static final Pattern NAME = Pattern.compile("[a-z]\\w*");
    private static final Pattern UNIT =
            Pattern.compile("[a-z]\\w*(\\.[a-z]\\w*)?|every\\s+\\d{1,9}\\s+[a-z]+");

    private static final List<String> UNITS =
            Arrays.stream(Grain.values()).map(Grain::text).toList();

    private final List<AskedMetric> metrics = new ArrayList<>();
    private final List<Wording> wordings = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** A formula, in parentheses. */
    Wording formula(String text, Place place) {
        return read(Wording.written(text, place), "{}", "({})");
    }

    /** A relation, as it stands in an aggregate. */
    Wording relation(String text, Place place) {
        var written = Wording.written(text, place);
        var read = read(written, "exists({})", "{}");
        if (!read.broken()
                && !(parsed(Wording.of("exists({})", written)) instanceof Parsed.Ok(var formula)
                        && formula instanceof Formula.Aggregate(_, _, var value, _)
                        && value == null)) {
            problem(
                    ProblemCode.SYNTAX,
                    place,
                    "'%s' is not a relation: write a source and its conditions, such as event where name = 'login'.",
                    text);
            return read.asBroken();
        }
        return read;
    }

    /** A condition of one member and a period. */
    Wording happening(Happening happening, Place place) {
        return switch (happening) {
            case Happening.Facts(var facts) ->
                    Wording.of("exists({})", relation(facts, place.then("facts")));
            case Happening.Condition(var formula) ->
                    decided(formula(formula, place.then("condition")));
            case Happening.Date(var formula) -> inPeriod(formula(formula, place.then("date")));
        };
    }

    /** A condition that is not decided does not hold: nobody falls between those for whom it does and those for whom it does not. */
    static Wording decided(Wording condition) {
        return Wording.of("coalesce({}, false)", condition);
    }

    /** What is asked of other periods as well must not read attributes beside its aggregates: they stay those of the first period. Rules of cohorts are read anew in each. */
    void isOfEachPeriod(String text, String of, Place place) {
        if (FormulaParser.parse(text, Place.NOWHERE) instanceof Parsed.Ok(var formula)) {
            attribute(formula, of)
                    .ifPresent(name ->
                            problem(
                                    ProblemCode.INCOMPATIBLE,
                                    place,
                                    "'%s' does not move with the period, so it would be that of another one: tell it by facts, group by it, or put it into a condition of the whole question.",
                                    name));
        }
    }

    private static Optional<String> attribute(Formula formula, String of) {
        return switch (formula) {
            case Formula.Path(var names, _)
                    when names.size() > 1
                            && List.of("account", "user", of).contains(names.getFirst()) ->
                    Optional.of(String.join(".", names));
            case Formula.Aggregate _ -> Optional.empty();
            case Formula inner ->
                    FormulaPieces.of(inner).stream()
                            .flatMap(piece -> attribute(piece, of).stream())
                            .findFirst();
        };
    }

    /** A date is in the period; where a member has none, it is not. */
    static Wording inPeriod(Wording date) {
        return Wording.of("coalesce({} >= bucket.start and {} < bucket.end, false)", date, date);
    }

    /** A name of an entity. */
    Wording entity(String name, Place place) {
        var written = Wording.written(name, place);
        if (NAME.matcher(name).matches()) {
            return written;
        }
        problem(
                ProblemCode.BAD_VALUE,
                place,
                "'%s' is not the name of an entity: write account, user or another that is declared.",
                name);
        return written.asBroken();
    }

    /** What counts units of time, as it stands in an aggregate. */
    Wording unit(String text, Place place) {
        var written = Wording.written(text, place);
        if (UNIT.matcher(text).matches()
                && parsed(Wording.of("count({})", written)) instanceof Parsed.Ok(var formula)
                && formula instanceof Formula.Aggregate(_, var units, _, _)
                && (units.head() instanceof Head.EachGrain || units.head() instanceof Head.Every)) {
            return written;
        }
        add(
                Problem.of(
                                ProblemCode.BAD_VALUE,
                                place,
                                "'%s' is no unit of time: write hour, day, week, month, quarter, year, one of a calendar such as fiscal.month, or every 7 days.",
                                text)
                        .suggesting(NearestNames.nearest(text, UNITS)));
        return written.asBroken();
    }

    /** @param alone how it stands where it is read by itself */
    private Wording read(Wording written, String alone, String template) {
        var wording = Wording.of(alone, written);
        return switch (parsed(wording)) {
            case Parsed.Ok _ -> Wording.of(template, written);
            case Parsed.Failed(var found) -> {
                found.forEach(problem ->
                        problems.add(
                                problem.in(
                                        wording.place(
                                                        problem.place().line(),
                                                        problem.place().column())
                                                .orElse(written.spots().getFirst().place()))));
                yield Wording.of(template, written).asBroken();
            }
        };
    }

    private static Parsed parsed(Wording wording) {
        return FormulaParser.parse(wording.text(), Place.NOWHERE);
    }

    void problem(ProblemCode code, Place place, String message, Object... arguments) {
        add(Problem.of(code, place, message, arguments));
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    /** A column of the answer, unless a part of it cannot be read. */
    void column(String key, Wording wording) {
        if (!wording.broken()) {
            metrics.add(new AskedMetric(new MetricReference.Inline(wording.text()), key));
            wordings.add(wording);
        }
    }

    /** A question that is of each period needs to know which. */
    void needsGrain(AnalysisQuery frame, String shape) {
        if (frame.grain() == null) {
            problem(
                    ProblemCode.MISSING,
                    Place.of(Asked.FRAME, "grain"),
                    "%s needs a grain, the periods that it is of: hour, day, week, month, quarter or year.",
                    shape);
        }
    }

    /** The question, in the frame of another; without metrics where none can be read. */
    Asked in(AnalysisQuery frame) {
        return new Asked(
                frame.withMetrics(metrics), wordings, problems.stream().distinct().toList());
    }

    /** A dimension that is read as of the start of the bucket, unless it says another instant. */
    static String asOfStart(String dimension) {
        boolean says =
                !(FormulaParser.parseDimension(dimension, Place.NOWHERE)
                                instanceof ParsedDimension.Ok(var read)
                        && read instanceof DimensionText.ByPath(var path, var by, var asOf, _)
                        && by == null
                        && asOf == null
                        && !List.of("account").equals(path.names())
                        && !List.of("user").equals(path.names()));
        return says ? dimension : Wording.written(dimension, Place.NOWHERE).text() + " as of start";
    }
}
