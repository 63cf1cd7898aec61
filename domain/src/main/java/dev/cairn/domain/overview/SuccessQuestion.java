package dev.cairn.domain.overview;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.overview.SuccessOfAccount.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks of one account whether it has succeeded, by definitions whose time can be read with one question.
 *
 * @param successes one or more: all counted from a date of the account, all of one range of dates, or all without a time
 */
public record SuccessQuestion(Subject subject, List<Success> successes) {
    /** Of one question: each has two columns at most. */
    private static final int MOST = 40;

    private static final LocalDate BEGINNING = LocalDate.of(1970, 1, 1);

    public SuccessQuestion {
        successes = List.copyOf(successes);
    }

    /** The fewest questions, in the order of the first of each. */
    public static List<SuccessQuestion> of(Subject subject, List<Success> all) {
        var together = new LinkedHashMap<Object, List<List<Success>>>();
        for (var success : all) {
            var groups = together.computeIfAbsent(time(success), _ -> new ArrayList<>());
            if (groups.isEmpty() || groups.getLast().size() == MOST) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(success);
        }
        return together.values().stream()
                .flatMap(List::stream)
                .map(group -> new SuccessQuestion(subject, group))
                .toList();
    }

    /** Questions of what holds so far of days that are not over, each as if it were decided on the account's own dates: a window that is not over has no value. */
    public static List<SuccessQuestion> soFar(Subject subject, List<SuccessOfAccount> found) {
        var open = new ArrayList<Success>();
        for (var one : found) {
            if (one.state() == State.UNDECIDED
                    && one.success().window() instanceof Window.Days(_, int day, _)
                    && day == 0
                    && one.from() != null
                    && one.until() != null) {
                open.add(one.success().during(new Window.Dates(one.from(), one.until())));
            }
        }
        return of(subject, open);
    }

    private static Object time(Success success) {
        return switch (success.window()) {
            case null -> "now";
            case Window.Days _ -> "days";
            case Window.Dates dates -> dates;
        };
    }

    /** Null where nothing has to be asked: the time has not begun. The last column says whether the account was there: rules are asked as everywhere, where nothing counts 0. */
    public @Nullable AnalysisQuery question() {
        var columns = new ArrayList<AskedMetric>();
        for (var success : successes) {
            columns.add(column(rule(success), columns.size()));
            if (success.window() instanceof Window.Days(var after, _, _)) {
                columns.add(
                        column(
                                "max(account : trunc(%s, day))"
                                        .formatted(FormulaPrinter.name(after)),
                                columns.size()));
            }
        }
        columns.add(column("count(account)", columns.size()));
        return switch (successes.getFirst().window()) {
            case null -> subject.about(columns, subject.ofLastDay());
            case Window.Days _ ->
                    subject.about(
                            columns,
                            new AskedRange.Between(BEGINNING, subject.lastDay().plusDays(1)));
            case Window.Dates(var from, var until) ->
                    from.isAfter(subject.lastDay())
                            ? null
                            : subject.about(columns, new AskedRange.Between(from, until));
        };
    }

    /** As metrics are held against it: facts are read over the days from the date, where it is decided from that date on. */
    private static String rule(Success success) {
        var over =
                success.window() instanceof Window.Days(var after, int from, int until) && from == 0
                        ? " over %d days from %s".formatted(until, FormulaPrinter.name(after))
                        : "";
        return "sum(account : case when (\n%s\n)%s then 1 else 0 end)"
                .formatted(success.rule(), over);
    }

    private static AskedMetric column(String formula, int at) {
        return new AskedMetric(new MetricReference.Inline(formula), "column_" + at);
    }

    /** @param answer to the question; null where none was asked */
    public List<SuccessOfAccount> folded(@Nullable AnalysisResult answer) {
        var values = new ArrayList<@Nullable Object>();
        var mayChange = new ArrayList<Boolean>();
        var areBroken = new ArrayList<Boolean>();
        var arePending = new ArrayList<Boolean>();
        if (answer != null && !answer.rows().isEmpty()) {
            for (var cell : answer.rows().getFirst().cells()) {
                if (cell instanceof Cell.Value(var value, var reasons)) {
                    values.add(value.value());
                    mayChange.add(reasons.stream().anyMatch(Incomplete.MAY_CHANGE::contains));
                    areBroken.add(reasons.contains(Incomplete.BROKEN_DATA));
                    arePending.add(reasons.contains(Incomplete.PENDING));
                }
            }
        }
        boolean isThere =
                !values.isEmpty()
                        && values.removeLast() instanceof Number number
                        && number.doubleValue() > 0;
        var found = new ArrayList<SuccessOfAccount>();
        int at = 0;
        for (var success : successes) {
            var holds = isThere && at < values.size() ? values.get(at) : null;
            boolean isBroken = at < areBroken.size() && areBroken.get(at);
            boolean isSettled = !isBroken && (at >= mayChange.size() || !mayChange.get(at));
            boolean isPending = isThere && at < arePending.size() && arePending.get(at);
            at++;
            found.add(
                    switch (success.window()) {
                        case null ->
                                undecided(of(success, null, null, holds, true, false), isBroken);
                        case Window.Dates(var from, var until) ->
                                undecided(of(success, from, until, holds, true, false), !isSettled);
                        case Window.Days(_, int from, int until) -> {
                            var anchor = date(at < values.size() ? values.get(at) : null);
                            at++;
                            yield of(
                                    success,
                                    anchor == null ? null : anchor.plusDays(from),
                                    anchor == null ? null : anchor.plusDays(until),
                                    holds,
                                    anchor != null,
                                    isPending);
                        }
                    });
        }
        return found;
    }

    /** Also a time that is over has decided nothing where data is broken, or not complete until then. */
    private static SuccessOfAccount undecided(SuccessOfAccount of, boolean mayChange) {
        return mayChange && of.state() != State.NOT_COUNTED
                ? new SuccessOfAccount(
                        of.success(), of.from(), of.until(), State.UNDECIDED, of.holds())
                : of;
    }

    /** @param isPending whether days that are counted from a date have no value yet */
    private SuccessOfAccount of(
            Success success,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable Object value,
            boolean isCounted,
            boolean isPending) {
        boolean holds = value instanceof Number number && number.doubleValue() > 0;
        boolean isOver = until == null || !until.isAfter(subject.date());
        boolean hasBegun = from == null || !from.isAfter(subject.lastDay());
        State state;
        if (!isCounted || (value == null && hasBegun && !isPending)) {
            state = State.NOT_COUNTED;
        } else if (!isOver || isPending) {
            state = State.UNDECIDED;
        } else {
            state = holds ? State.SUCCEEDED : State.NOT_SUCCEEDED;
        }
        return new SuccessOfAccount(success, from, until, state, holds);
    }

    private @Nullable LocalDate date(@Nullable Object value) {
        return switch (value) {
            case LocalDate date -> date;
            case Instant instant -> instant.atZone(subject.zone()).toLocalDate();
            case null, default -> null;
        };
    }
}
