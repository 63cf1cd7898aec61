package dev.cairn.domain.why;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.DimensionText;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.ParsedDimension;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.why.Term.Column;
import dev.cairn.domain.why.WhyQuery.AskedCell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The questions of the language by which it is found out why a value moved. */
public final class WhyQuestion {
    /** Why nothing was asked of accounts. */
    public static final String NOTHING_OF_ACCOUNTS =
            "Nothing in it is a count or a sum that is of accounts.";

    /** The column of the value itself; the parts of its formula are numbered. */
    static final String VALUE = "value";

    /** With the account beside them there are as many as a question may have. */
    private static final int MOST_DIMENSIONS = 4;

    /** So that there is room for the value itself. */
    private static final int MOST_COLUMNS = 120;

    /** As of when attributes are read beside the account where nothing says so. */
    private static final String NOW = "now";

    /** Of what cannot be asked for. */
    private static final Term UNKNOWN = new Term.Leaf(new Column("", false), false);

    private final WhyQuery query;
    private final Term term;
    private final Map<String, Column> columns;

    private WhyQuestion(WhyQuery query, Term term) {
        this.query = query;
        this.term = term;
        this.columns = new LinkedHashMap<>();
        var asked = new LinkedHashSet<Column>();
        collect(term, asked);
        asked.remove(UNKNOWN.column());
        asked.forEach(column -> columns.put("part_" + columns.size(), column));
    }

    /** What became of a query. */
    public sealed interface Checked {
        record Sound(WhyQuestion question) implements Checked {}

        record Unsound(List<Problem> problems) implements Checked {
            public Unsound {
                problems = List.copyOf(problems);
            }
        }
    }

    /** What is wrong with the query by itself; what is wrong with its metric, times and conditions comes of asking. */
    public static Checked of(WhyQuery query, Catalog catalog) {
        var problems = new ArrayList<Problem>();
        between(query.depth(), WhyQuery.DEEPEST, "depth", problems);
        between(query.top(), WhyQuery.MOST, "top", problems);
        if (query.by().size() > MOST_DIMENSIONS) {
            problems.add(
                    Problem.of(
                            ProblemCode.LIMIT,
                            Place.of("by"),
                            "Split by at most %d dimensions, not %d.",
                            MOST_DIMENSIONS,
                            query.by().size()));
        }
        if (query.by().contains("account")) {
            problems.add(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            Place.of("by"),
                            "What accounts did to the change is told anyway: leave 'account' out."));
        }
        if (query.from().equals(query.to())) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_RANGE,
                            Place.of("to"),
                            "Both cells are the same: ask for another time, or give them conditions that differ."));
        }
        return problems.isEmpty()
                ? new Checked.Sound(new WhyQuestion(query, shortened(term(query, catalog))))
                : new Checked.Unsound(problems);
    }

    private static void between(int value, int most, String name, List<Problem> problems) {
        if (value < 1 || value > most) {
            problems.add(
                    Problem.of(
                            ProblemCode.LIMIT,
                            Place.of(name),
                            "%s is 1 to %d, not %d.",
                            name,
                            most,
                            value));
        }
    }

    /** Of an earlier version, and of what cannot be read, a term without parts. */
    private static Term term(WhyQuery query, Catalog catalog) {
        var terms = new Terms(catalog);
        var asked = query.metric();
        Optional<Term> read =
                switch (asked.metric()) {
                    case MetricReference.ByKey(var key) ->
                            terms.ofMetric(key, arguments(asked, catalog, key));
                    case MetricReference.Pinned(var key, var version) ->
                            catalog.entry(key)
                                    .filter(entry -> entry.version() == version)
                                    .flatMap(_ ->
                                            terms.ofMetric(key, arguments(asked, catalog, key)));
                    case MetricReference.Inline(var formula) ->
                            terms.ofFormula(formula, asked.emptyIsNone());
                };
        return read.orElse(UNKNOWN);
    }

    private static List<Formula.Argument> arguments(
            AskedMetric asked, Catalog catalog, String key) {
        return catalog.metric(key).stream()
                .flatMap(metric ->
                        asked.parameters().stream()
                                .flatMap(given ->
                                        metric.parameter(given.name()).stream()
                                                .flatMap(parameter ->
                                                        Terms.literal(
                                                                parameter.type(), given.value())
                                                                .stream())
                                                .map(value ->
                                                        new Formula.Argument(given.name(), value))))
                .toList();
    }

    /** Of a formula of very many parts, those that can be asked for. */
    private static Term shortened(Term term) {
        var asked = new LinkedHashSet<Column>();
        collect(term, asked);
        return asked.size() <= MOST_COLUMNS ? term : term.opaque();
    }

    private static void collect(Term term, Set<Column> columns) {
        switch (term) {
            case Term.Leaf(var column, _) -> columns.add(column);
            case Term.Spread(var column, _, var each) -> {
                columns.add(column);
                columns.add(each);
            }
            case Term.Rounded(var column, _) -> columns.add(column);
            case Term.Choice(_, _, var conditions, _) -> columns.addAll(conditions);
            case Term.Constant _, Term.Sum _, Term.Product _, Term.Quotient _, Term.Named _ -> {}
        }
        term.inside().forEach(inner -> collect(inner, columns));
    }

    public WhyQuery query() {
        return query;
    }

    // ---- what is asked

    /** The value of a cell, with those of the parts of its formula. */
    public AnalysisQuery cell(AskedCell cell) {
        return query.question(cell)
                .withMetrics(
                        Stream.concat(
                                        Stream.of(value()),
                                        columns.keySet().stream().map(this::asked))
                                .toList());
    }

    private AskedMetric value() {
        return new AskedMetric(
                query.metric().metric(),
                VALUE,
                query.metric().emptyIsNone(),
                query.metric().parameters());
    }

    /** How many have a score whose parts are told of groups and accounts too; null: it is no mean of scores. */
    private @Nullable Column scored() {
        return term.unnamed()
                                instanceof
                                Term.Quotient(_, Term.Leaf _, Term.Leaf(var count, var adds))
                        && adds
                ? count
                : null;
    }

    /** Of a score too, so that its parts are told. */
    private Stream<AskedMetric> scores(boolean isScore, Set<String> refused) {
        return isScore && scored() != null && !refused.contains(VALUE)
                ? Stream.of(value())
                : Stream.of();
    }

    private AskedMetric asked(String key) {
        var column = Objects.requireNonNull(columns.get(key));
        return new AskedMetric(
                new MetricReference.Inline(column.formula()), key, column.emptyIsNone());
    }

    /** The parts in each group; empty where no groups were asked for, or where nothing is known of the parts. */
    public Optional<AnalysisQuery> groups(AskedCell cell, Instant asOf, boolean isScore) {
        return columns.isEmpty() || query.by().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        query.question(cell)
                                .withMetrics(
                                        Stream.concat(
                                                        columns.keySet().stream().map(this::asked),
                                                        scores(isScore, Set.of()))
                                                .toList())
                                .withGroupBy(query.by())
                                .withAsOf(asOf)
                                .page(QuestionLimits.MOST_ROWS, null));
    }

    /**
     * What counts and sums are of each account, in each group; empty where there are none. Beside its account a group would be what the account is in now, so each is read as of when the column reads
     * it where groups are asked for alone: columns of one such moment by one question.
     *
     * @param moments by column, as of when it reads attributes
     * @param refused keys of columns that cannot be asked of accounts
     * @param undated numbers of dimensions that cannot be read as of a moment
     */
    public List<AnalysisQuery> accounts(
            AskedCell cell,
            Instant asOf,
            boolean isScore,
            Map<String, String> moments,
            Set<String> refused,
            Set<Integer> undated) {
        var additive = new LinkedHashSet<Column>();
        collectOfAccounts(term, additive);
        var byMoment = new LinkedHashMap<String, List<String>>();
        columns.entrySet().stream()
                .filter(column ->
                        additive.contains(column.getValue()) && !refused.contains(column.getKey()))
                .map(Map.Entry::getKey)
                .forEach(key ->
                        byMoment.computeIfAbsent(
                                        moments.getOrDefault(key, NOW), _ -> new ArrayList<>())
                                .add(key));
        var questions = new ArrayList<AnalysisQuery>();
        byMoment.forEach((moment, keys) -> {
            boolean hasScores =
                    keys.stream().anyMatch(key -> Objects.equals(columns.get(key), scored()));
            questions.add(
                    query.question(cell)
                            .withMetrics(
                                    Stream.concat(
                                                    keys.stream().map(this::asked),
                                                    hasScores
                                                            ? scores(isScore, refused)
                                                            : Stream.of())
                                            .toList())
                            .withGroupBy(
                                    Stream.concat(
                                                    IntStream.range(0, query.by().size())
                                                            .mapToObj(at ->
                                                                    dimension(at, moment, undated)),
                                                    Stream.of("account"))
                                            .toList())
                            .withAsOf(asOf));
        });
        return questions;
    }

    private String dimension(int at, String moment, Set<Integer> undated) {
        var written = query.by().get(at);
        return !moment.equals(NOW)
                        && !undated.contains(at)
                        && FormulaParser.parseDimension(written, Place.NOWHERE)
                                instanceof
                                ParsedDimension.Ok(DimensionText.ByPath(_, _, var asOf, _))
                        && asOf == null
                ? written + " as of " + moment
                : written;
    }

    private static void collectOfAccounts(Term term, Set<Column> columns) {
        if (term instanceof Term.Leaf(var column, var adds) && adds) {
            columns.add(column);
        }
        if (term instanceof Term.Spread(_, _, var each)) {
            columns.add(each);
        }
        term.inside().forEach(inner -> collectOfAccounts(inner, columns));
    }

    /** What takes the rows of an answer. */
    public CellRows rows() {
        return new CellRows(columns, scored());
    }

    /** The same without parts that cannot be asked for by themselves: what they are part of has no parts then. */
    public WhyQuestion without(Set<String> refused) {
        var broken = new LinkedHashSet<Column>();
        refused.forEach(key -> broken.add(Objects.requireNonNull(columns.get(key))));
        return new WhyQuestion(query, isRefused(term, broken) ? UNKNOWN : pruned(term, broken));
    }

    private static Term pruned(Term term, Set<Column> broken) {
        var conditions =
                term instanceof Term.Choice choice ? choice.conditions() : List.<Column>of();
        boolean isBroken =
                conditions.stream().anyMatch(broken::contains)
                        || term.inside().stream().anyMatch(inner -> isRefused(inner, broken));
        if (isBroken) {
            return term.opaque();
        }
        return switch (term) {
            case Term.Leaf _, Term.Constant _ -> term;
            case Term.Spread(var column, _, var each) ->
                    broken.contains(column) || broken.contains(each) ? term.opaque() : term;
            case Term.Sum(var column, var terms) ->
                    same(
                            term,
                            new Term.Sum(
                                    column,
                                    terms.stream()
                                            .map(signed ->
                                                    new Term.Signed(
                                                            signed.sign(),
                                                            pruned(signed.term(), broken)))
                                            .toList()));
            case Term.Product(var column, var left, var right) ->
                    same(
                            term,
                            new Term.Product(column, pruned(left, broken), pruned(right, broken)));
            case Term.Quotient(var column, var top, var bottom) ->
                    same(
                            term,
                            new Term.Quotient(column, pruned(top, broken), pruned(bottom, broken)));
            case Term.Named(var column, var name, var inner) ->
                    new Term.Named(column, name, pruned(inner, broken));
            case Term.Choice(var column, var pick, var asked, var arms) ->
                    same(
                            term,
                            new Term.Choice(
                                    column,
                                    pick,
                                    asked,
                                    arms.stream().map(arm -> pruned(arm, broken)).toList()));
            case Term.Rounded(var column, var inner) ->
                    same(term, new Term.Rounded(column, pruned(inner, broken)));
        };
    }

    /** Whether a term is, or by its name alone stands for, a column that cannot be asked for. */
    private static boolean isRefused(Term term, Set<Column> broken) {
        return term.unnamed() instanceof Term.Leaf(var column, _) && broken.contains(column);
    }

    /** A part that was put together of several steps has the column of the whole; where it has no parts, nor has the whole. */
    private static Term same(Term before, Term after) {
        return after.inside().stream()
                        .anyMatch(inner ->
                                inner instanceof Term.Leaf(var column, _)
                                        && column.equals(before.column()))
                ? before.opaque()
                : after;
    }

    // ---- what is answered

    /**
     * The answer.
     *
     * @param cells answers to {@link #cell}, of both
     * @param groups rows of both; null where none were asked for
     * @param accounts rows of both; null where they could not be asked for
     * @param whyNoAccounts why they could not
     */
    public Why answer(
            Both<AnalysisResult> cells,
            @Nullable Both<CellRows> groups,
            @Nullable Both<CellRows> accounts,
            String whyNoAccounts) {
        return new WhyFold(query, term, columns, scored())
                .answer(cells, groups, accounts, whyNoAccounts);
    }

    /** Of both cells. */
    public record Both<T>(T from, T to) {}

    /** Whether the value is a score that has parts in both cells. */
    public boolean isScore(Both<AnalysisResult> cells) {
        return WhyFold.isScore(cells);
    }

    /** Why nothing can be said: a cell has no value, or one that is no number. Empty: there is something to say. */
    public List<Problem> objections(Both<AnalysisResult> cells) {
        return WhyFold.objections(cells);
    }

    /** Keys of the columns after the first, in order: what the number of a metric in a problem is. */
    public List<String> keys() {
        return List.copyOf(columns.keySet());
    }
}
