package dev.cairn.domain.why;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.why.Split.ScorePart;
import dev.cairn.domain.why.Term.Column;
import dev.cairn.domain.why.WhyQuestion.Both;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the answers of both cells together. */
final class WhyFold {
    /** The parts of the formula are not known, or do not lead to its value. */
    static final String NOT_SPLIT = "NOT_SPLIT";

    /** What accounts did is not known. */
    static final String NO_ACCOUNTS = "NO_ACCOUNTS";

    private final WhyQuery query;
    private final Term term;
    private final Map<String, Column> columns;
    private final @Nullable Column scored;

    WhyFold(WhyQuery query, Term term, Map<String, Column> columns, @Nullable Column scored) {
        this.query = query;
        this.term = term;
        this.columns = columns;
        this.scored = scored;
    }

    static boolean isScore(Both<AnalysisResult> cells) {
        return Stream.of(cells.from(), cells.to())
                .map(WhyFold::value)
                .allMatch(value -> value != null && !value.value().contributions().isEmpty());
    }

    static List<Problem> objections(Both<AnalysisResult> cells) {
        var problems = new ArrayList<Problem>();
        if (shown(cells.from()).valueType() != ValueType.NUMBER) {
            return List.of(
                    Problem.of(
                            ProblemCode.TYPE_MISMATCH,
                            Place.of("metric"),
                            "Only a number moves by so much: write a metric or a formula of a number."));
        }
        object(cells.from(), "from", problems);
        object(cells.to(), "to", problems);
        return problems;
    }

    private static void object(AnalysisResult answer, String cell, List<Problem> problems) {
        var value = value(answer);
        if (value == null || value.value().value() == null) {
            problems.add(
                    Problem.of(
                            ProblemCode.NO_VALUE,
                            Place.of(cell),
                            "There is no value %s which it could be said to have moved: %s.",
                            cell.equals("from") ? "from" : "to",
                            value == null || value.value().absence() == null
                                    ? "NO_DATA"
                                    : value.value().absence().name()));
        }
    }

    private static AnalysisResult.Column shown(AnalysisResult answer) {
        return answer.columns().stream()
                .filter(column -> column.key().equals(WhyQuestion.VALUE))
                .findFirst()
                .orElseThrow();
    }

    private static Cell.@Nullable Value value(AnalysisResult answer) {
        if (answer.rows().isEmpty()) {
            return null;
        }
        int at = answer.columns().indexOf(shown(answer));
        return (Cell.Value) answer.rows().getFirst().cells().get(at);
    }

    Why answer(
            Both<AnalysisResult> cells,
            @Nullable Both<CellRows> groups,
            @Nullable Both<CellRows> accounts,
            String whyNoAccounts) {
        var from = Objects.requireNonNull(value(cells.from()));
        var to = Objects.requireNonNull(value(cells.to()));
        double before = Objects.requireNonNull(CellRows.number(from));
        double after = Objects.requireNonNull(CellRows.number(to));
        var totals =
                new Figures(
                        new CellRows(columns, scored).all(cells.from()).row(List.of()),
                        new CellRows(columns, scored).all(cells.to()).row(List.of()));
        var views =
                groups == null ? Map.<List<GroupValue>, Split.View>of() : groups(groups, accounts);
        var view =
                new Split.View(
                        totals,
                        views,
                        accounts == null ? null : ofAll(accounts),
                        score(from.value(), to.value()));
        boolean leads =
                leads(totals.value(term, Figures.Side.FROM), before)
                        && leads(totals.value(term, Figures.Side.TO), after);
        var whole =
                new Split(query.top())
                        .whole(
                                name(),
                                leads ? term : term.opaque(),
                                before,
                                after,
                                view,
                                query.depth());
        var shown = shown(cells.from());
        return new Why(
                name(),
                shown.metric() == null ? name() : shown.label(),
                shown.unit(),
                shown.currency(),
                new WhySentence(shown.unit(), shown.currency()).of(name(), whole),
                whole,
                new Why.Value(before, from.incomplete()),
                new Why.Value(after, to.incomplete()),
                cells.from().asOf(),
                notices(
                        cells,
                        whole,
                        accounts == null
                                ? "What accounts did to it is not known. " + whyNoAccounts
                                : moved(views)));
    }

    /** Null where all groups have accounts of their own. */
    private static @Nullable String moved(Map<List<GroupValue>, Split.View> groups) {
        return groups.values().stream().allMatch(group -> group.accounts() != null)
                ? null
                : "What accounts did within some groups is not known: accounts that are in another group now count for them.";
    }

    private static boolean leads(@Nullable Double value, double wanted) {
        return value != null
                && Math.abs(value - wanted)
                        <= Pieces.TOLERANCE * (Math.abs(value) + Math.abs(wanted));
    }

    private String name() {
        AskedMetric asked = query.metric();
        if (asked.as() != null) {
            return asked.as();
        }
        return switch (asked.metric()) {
            case MetricReference.ByKey(var key) -> key;
            case MetricReference.Pinned(var key, _) -> key;
            case MetricReference.Inline(var formula) -> formula;
        };
    }

    private static List<Notice> notices(
            Both<AnalysisResult> cells, Piece whole, @Nullable String whyNoAccounts) {
        var notices = new LinkedHashSet<Notice>();
        for (var answer : List.of(cells.from(), cells.to())) {
            answer.notices().stream()
                    .filter(notice ->
                            notice.column() == null || notice.column().equals(WhyQuestion.VALUE))
                    .forEach(notice ->
                            notices.add(new Notice(notice.code(), notice.message(), null)));
        }
        if (whole.parts().isEmpty() && whole.members().isEmpty()) {
            notices.add(
                    new Notice(
                            NOT_SPLIT,
                            "The formula has no parts that lead to its value in both cells: it is no sum, ratio, product or score of what can be asked for.",
                            null));
        }
        if (whyNoAccounts != null) {
            notices.add(new Notice(NO_ACCOUNTS, whyNoAccounts, null));
        }
        return List.copyOf(notices);
    }

    /** Parts come in the same order of both, and unnamed ones are told apart by it. */
    private List<ScorePart> score(Measured from, Measured to) {
        var before = from.contributions();
        var after = to.contributions();
        var parts = new ArrayList<ScorePart>();
        for (int at = 0; at < Math.min(before.size(), after.size()); at++) {
            parts.add(
                    new ScorePart(
                            before.get(at).name(),
                            number(before.get(at).value()),
                            number(after.get(at).value()),
                            ofScore(at)));
        }
        return parts;
    }

    /** The mean of what a part adds, as a ratio of its sum; null where it is not known of groups and accounts. */
    private @Nullable Term ofScore(int part) {
        var column = CellRows.part(part);
        return scored == null
                ? null
                : new Term.Quotient(
                        column, new Term.Leaf(column, true), new Term.Leaf(scored, true));
    }

    private static @Nullable Double number(@Nullable Number value) {
        return value == null ? null : (Double) value.doubleValue();
    }

    // ---- groups and accounts

    private Map<List<GroupValue>, Split.View> groups(
            Both<CellRows> groups, @Nullable Both<CellRows> accounts) {
        var members = accounts == null ? null : byGroup(accounts);
        var adding = new LinkedHashSet<Column>();
        collectAdding(term, adding);
        adding.retainAll(members == null ? Set.of() : known(members));
        var views = new LinkedHashMap<List<GroupValue>, Split.View>();
        for (var keys : keys(groups)) {
            var figures = new Figures(groups.from().row(keys), groups.to().row(keys));
            var own = members == null ? null : members.getOrDefault(keys, Map.of());
            views.put(
                    keys,
                    new Split.View(
                            figures,
                            Map.of(),
                            own != null && addUp(own.values(), figures, adding) ? own : null,
                            List.of()));
        }
        return views;
    }

    private static void collectAdding(Term term, Set<Column> columns) {
        if (term instanceof Term.Leaf(var column, var adds) && adds) {
            columns.add(column);
        }
        term.inside().forEach(inner -> collectAdding(inner, columns));
    }

    private static Set<Column> known(Map<List<GroupValue>, Map<GroupValue, Figures>> members) {
        var known = new LinkedHashSet<Column>();
        members.values().stream()
                .flatMap(group -> group.values().stream())
                .forEach(figures -> {
                    known.addAll(figures.from().keySet());
                    known.addAll(figures.to().keySet());
                });
        return known;
    }

    /** Beside the account a group is what the account is in now: what it did in another one before would be told of this one. */
    private static boolean addUp(Collection<Figures> accounts, Figures group, Set<Column> adding) {
        return adding.stream()
                .allMatch(column ->
                        addUp(accounts.stream().map(Figures::from), group.from(), column)
                                && addUp(accounts.stream().map(Figures::to), group.to(), column));
    }

    private static boolean addUp(
            Stream<Map<Column, Double>> accounts, Map<Column, Double> group, Column column) {
        var of =
                accounts.mapToDouble(account -> account.getOrDefault(column, 0.0))
                        .summaryStatistics();
        double size =
                Math.max(Math.abs(of.getMin()), Math.abs(of.getMax())) * Math.max(1, of.getCount());
        return of.getCount() == 0
                ? group.getOrDefault(column, 0.0) == 0
                : Math.abs(of.getSum() - group.getOrDefault(column, 0.0))
                        <= Pieces.TOLERANCE * size;
    }

    private static Set<List<GroupValue>> keys(Both<CellRows> rows) {
        var keys = new LinkedHashSet<>(rows.from().rows().keySet());
        keys.addAll(rows.to().rows().keySet());
        return keys;
    }

    private static Map<List<GroupValue>, Map<GroupValue, Figures>> byGroup(
            Both<CellRows> accounts) {
        var groups = new LinkedHashMap<List<GroupValue>, Map<GroupValue, Figures>>();
        for (var keys : keys(accounts)) {
            groups.computeIfAbsent(keys.subList(0, keys.size() - 1), _ -> new LinkedHashMap<>())
                    .put(
                            keys.getLast(),
                            new Figures(accounts.from().row(keys), accounts.to().row(keys)));
        }
        return groups;
    }

    /** Of each account the sums over all groups that it is in. */
    private static Map<GroupValue, Figures> ofAll(Both<CellRows> accounts) {
        var all = new LinkedHashMap<GroupValue, Figures>();
        for (var keys : keys(accounts)) {
            all.merge(
                    keys.getLast(),
                    new Figures(accounts.from().row(keys), accounts.to().row(keys)),
                    (one, other) ->
                            new Figures(
                                    sums(one.from(), other.from()), sums(one.to(), other.to())));
        }
        return all;
    }

    private static Map<Column, Double> sums(Map<Column, Double> one, Map<Column, Double> other) {
        var sums = new LinkedHashMap<>(one);
        other.forEach((column, value) -> sums.merge(column, value, Double::sum));
        return sums;
    }
}
