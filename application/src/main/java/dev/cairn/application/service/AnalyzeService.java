package dev.cairn.application.service;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Reads;
import dev.cairn.application.port.Stage;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.TableChanged;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.AnalysisExecutor.Prepared;
import dev.cairn.application.port.out.AnalysisExecutor.State;
import dev.cairn.application.port.out.QuestionLog;
import dev.cairn.application.port.out.QuestionLog.End;
import dev.cairn.application.service.TileMeeting.Tile;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.planner.CoverageStarts;
import dev.cairn.domain.planner.GreatestGroups;
import dev.cairn.domain.planner.Opening;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.planner.Tiles;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plans a question against the catalogue in force and has the plan executed. */
public final class AnalyzeService implements AnalyzeUseCase {
    /** How often a question is planned at most, where definitions change each time before it is answered. */
    private static final int ATTEMPTS = 5;

    private final Catalogs catalogs;
    private final AnalysisExecutor executor;
    private final Clock clock;
    private final Workers workers;
    private final DayOfWeek weekStarts;
    private final QuestionLog log;
    private final KeptPlans plans;
    private final KeptAnswers answers;

    /** Where weeks begin on Monday unless a question says another day. */
    public AnalyzeService(
            Catalogs catalogs, AnalysisExecutor executor, Clock clock, Workers workers) {
        this(
                catalogs,
                executor,
                clock,
                workers,
                DayOfWeek.MONDAY,
                QuestionLog.NONE,
                0,
                new KeptAnswers(0));
    }

    /**
     * @param weekStarts the first day of a week, unless a question says another
     * @param log is told of each question but explanations
     * @param plans bytes of plans that are kept at most
     */
    public AnalyzeService(
            Catalogs catalogs,
            AnalysisExecutor executor,
            Clock clock,
            Workers workers,
            DayOfWeek weekStarts,
            QuestionLog log,
            long plans,
            KeptAnswers answers) {
        this.plans = new KeptPlans(executor, plans);
        this.answers = answers;
        this.weekStarts = weekStarts;
        this.log = log;
        this.catalogs = catalogs;
        this.executor = executor;
        this.clock = clock;
        this.workers = workers;
    }

    /** What can be sent, or what is wrong. */
    private sealed interface Ready {
        record Sound(Planned.Ready plan, Prepared statement) implements Ready {}

        record Unsound(List<Problem> problems) implements Ready {}
    }

    /** What is asked, as it can be planned against any catalogue. */
    private interface Asked {
        Planned plan(
                ResolvedMetrics metrics,
                Deadline deadline,
                CoverageStarts starts,
                GreatestGroups groups);

        /** What it was planned as before, where that still holds. */
        default Optional<KeptPlans.Found> known(ResolvedMetrics metrics) {
            return Optional.empty();
        }

        /** Takes note of what it was planned as, by nothing but the metrics. */
        default void planned(ResolvedMetrics metrics, Deadline deadline, Planned.Ready ready) {}
    }

    /**
     * A question that may be asked again.
     *
     * @param seat where it waits for others that it may be answered with; null: it is asked alone
     */
    private record Question(
            AnalysisQuery query,
            Caller caller,
            Instant now,
            KeptPlans plans,
            TileMeeting.@Nullable Seat seat)
            implements Asked {
        @Override
        public Planned plan(
                ResolvedMetrics metrics,
                Deadline deadline,
                CoverageStarts starts,
                GreatestGroups groups) {
            return plan(metrics, now, deadline, starts);
        }

        private Planned plan(
                ResolvedMetrics metrics, Instant at, Deadline deadline, CoverageStarts starts) {
            return Planner.plan(query, metrics, caller, at, deadline::isOver, starts);
        }

        @Override
        public Optional<KeptPlans.Found> known(ResolvedMetrics metrics) {
            return plans.find(metrics, query, caller, now);
        }

        @Override
        public void planned(ResolvedMetrics metrics, Deadline deadline, Planned.Ready ready) {
            plans.planned(
                    metrics,
                    query,
                    caller,
                    now,
                    ready,
                    at -> plan(metrics, at, deadline, CoverageStarts.NONE));
        }
    }

    @Override
    public Outcome analyze(AnalysisQuery asked, Caller caller, Deadline deadline) {
        var outcome = asked(configured(asked), caller, clock.instant(), deadline, null);
        if (outcome instanceof Outcome.Answered(var result)) {
            Reads.note(result.sources());
        }
        return outcome;
    }

    private Outcome asked(
            AnalysisQuery query,
            Caller caller,
            Instant now,
            Deadline deadline,
            TileMeeting.@Nullable Seat seat) {
        return answered(
                new Question(query, caller, now, plans, seat),
                query.zone(),
                new QuestionClock(caller, deadline));
    }

    /** All have the same now. */
    @Override
    public List<Supplier<Outcome>> together(
            List<AnalysisQuery> asked, Caller caller, Deadline deadline) {
        var queries = asked.stream().map(this::configured).toList();
        var now = clock.instant();
        var seats = new HashMap<Integer, TileMeeting.Seat>();
        for (var tiles : Tiles.agreeing(queries)) {
            var meeting = new TileMeeting(tiles.size(), this::sharing);
            tiles.forEach(at -> seats.put(at, meeting.new Seat()));
        }
        return IntStream.range(0, queries.size())
                .<Supplier<Outcome>>mapToObj(
                        at -> () -> seated(queries.get(at), caller, now, deadline, seats.get(at)))
                .toList();
    }

    private Outcome seated(
            AnalysisQuery query,
            Caller caller,
            Instant now,
            Deadline deadline,
            TileMeeting.@Nullable Seat seat) {
        try {
            return asked(query, caller, now, deadline, seat);
        } finally {
            if (seat != null) {
                seat.leave();
            }
        }
    }

    /** Small statements and large ones never wait for each other. */
    private List<List<Integer>> sharing(List<Tile> tiles) {
        var alike = new LinkedHashMap<Map.Entry<Long, Boolean>, List<Integer>>();
        for (int at = 0; at < tiles.size(); at++) {
            var tile = tiles.get(at);
            var of = Map.entry(tile.catalog().version(), workers.isLarge(tile.statement().cost()));
            alike.computeIfAbsent(of, _ -> new ArrayList<>()).add(at);
        }
        return alike.values().stream()
                .flatMap(of ->
                        Tiles.sharing(of.stream().map(at -> tiles.get(at).ready().plan()).toList())
                                .stream()
                                .map(group -> group.stream().map(of::get).toList()))
                .toList();
    }

    /** Of a question of several, where it is to be sent: an answer that is computed with theirs; empty where it is asked alone. */
    private Optional<Answer> beside(
            Asked asked,
            Catalog catalog,
            Ready.Sound sound,
            Optional<State> state,
            QuestionClock question) {
        if (!(asked instanceof Question(var query, _, var now, _, var seat)) || seat == null) {
            return Optional.empty();
        }
        return question.here(
                Stage.DATABASE,
                () ->
                        seat.answer(
                                new Tile(query, catalog, sound.plan(), sound.statement(), state),
                                question.deadline(),
                                tiles -> together(tiles, now, question)));
    }

    /** In half of the time that is left, so that each can still be asked alone, whatever is the matter with all together. */
    private Optional<List<Answer>> together(List<Tile> tiles, Instant now, QuestionClock question) {
        var deadline = question.deadline();
        var half = Deadline.in(deadline.left().dividedBy(2), deadline.nanoTime());
        try {
            return sent(tiles, now, new QuestionClock(question.caller(), half));
        } catch (AnalysisFailed | TableChanged | StoreFailed _) {
            return Optional.empty();
        } catch (RuntimeException failure) {
            log.brokenTogether(failure);
            return Optional.empty();
        }
    }

    private Optional<List<Answer>> sent(List<Tile> tiles, Instant now, QuestionClock question) {
        var catalog = tiles.getFirst().catalog();
        var query = Tiles.together(tiles.stream().map(Tile::query).toList());
        var starts = new StartsRead(executor);
        var ready =
                ready(
                        new Question(query, question.caller(), now, plans, null),
                        catalog,
                        question,
                        starts,
                        new GroupsRead());
        if (!(ready instanceof Ready.Sound(var plan, var statement))
                || !starts.isEmpty()
                || workers.isLarge(statement.cost())
                        != workers.isLarge(tiles.getFirst().statement().cost())) {
            return Optional.empty();
        }
        var parts =
                Tiles.parts(tiles.stream().map(tile -> tile.ready().plan()).toList(), plan.plan());
        return parts.flatMap(found ->
                question.done(
                        workers.forCost(statement.cost()),
                        Stage.DATABASE,
                        () ->
                                answers.computed(
                                        tiles.stream().map(Tile::state).toList(),
                                        () ->
                                                found.of(
                                                        statement.execute(
                                                                question.deadline().left())))));
    }

    @Override
    public Outcome members(MembersQuery asked, Caller caller, Deadline deadline) {
        var query = asked.of(configured(asked.question()));
        var now = clock.instant();
        return answered(
                (metrics, until, starts, groups) ->
                        Opening.plan(query, metrics, caller, now, until::isOver, starts, groups),
                query.question().zone(),
                new QuestionClock(caller, deadline));
    }

    private Outcome answered(Asked asked, ZoneId zone, QuestionClock question) {
        var end = End.FAILED;
        try {
            var outcome = attempted(asked, zone, question);
            end =
                    switch (outcome) {
                        case Outcome.Answered _ -> End.ANSWERED;
                        case Outcome.Rejected _ -> End.REJECTED;
                    };
            return outcome;
        } finally {
            log.over(question.over(end));
        }
    }

    private Outcome attempted(Asked asked, ZoneId zone, QuestionClock question) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var outcome = answered(asked, zone, catalogs.current(), question);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return new Outcome.Rejected(
                List.of(
                        Problem.of(
                                ProblemCode.CONFLICT,
                                Place.NOWHERE,
                                "Definitions or first facts are being changed faster than the question can be planned; ask again.")));
    }

    /** Empty where the catalogue is not in force any more; a newer one is in memory then. */
    private Optional<Outcome> answered(
            Asked asked, ZoneId zone, Catalog catalog, QuestionClock question) {
        var starts = new StartsRead(executor);
        var groups = new GroupsRead();
        try {
            var ready = ready(asked, catalog, question, starts, groups);
            var ranking = groups.missing();
            if (ranking.isPresent()) {
                var refusals = executor.refusals(ranking.get(), question.caller());
                if (!refusals.isEmpty()) {
                    return rejected(refusals, catalog);
                }
                var found =
                        answer(
                                prepared(ranking.get(), question),
                                catalog,
                                question,
                                _ -> Optional.empty());
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                groups.found(found.get());
                ready = ready(asked, catalog, question, starts, groups);
            }
            return switch (ready) {
                case Ready.Sound sound ->
                        answer(
                                        sound.statement(),
                                        catalog,
                                        question,
                                        state -> beside(asked, catalog, sound, state, question))
                                .filter(_ -> areCurrent(starts, question))
                                .map(answer ->
                                        new Outcome.Answered(
                                                ResultAssembler.assemble(
                                                        sound.plan(), answer, zone)));
                case Ready.Unsound(var problems) -> rejected(problems, catalog);
            };
        } catch (TableChanged changed) {
            return rejected(changed.problems(), catalog);
        }
    }

    private Ready ready(
            Asked asked,
            Catalog catalog,
            QuestionClock question,
            StartsRead starts,
            GroupsRead groups) {
        var known =
                plans.isOn()
                        ? question.here(Stage.PLAN, () -> known(asked, catalog, question.caller()))
                        : Optional.<Ready>empty();
        return known.orElseGet(() ->
                question.done(
                        workers.planning(),
                        Stage.PLAN,
                        () -> planned(asked, catalog, question, starts, groups)));
    }

    private Optional<Ready> known(Asked asked, Catalog catalog, Caller caller) {
        var metrics = catalogs.metricsOf(catalog);
        return asked.known(metrics)
                .filter(found -> found.plan().trusting().isCurrent(catalog, metrics.trusts()))
                .map(found -> {
                    return found.statement().refusals().isEmpty()
                            ? new Ready.Sound(found.plan(), found.statement())
                            : new Ready.Unsound(executor.refusals(found.plan().plan(), caller));
                });
    }

    private Ready planned(
            Asked asked,
            Catalog catalog,
            QuestionClock question,
            StartsRead starts,
            GroupsRead groups) {
        var deadline = question.deadline();
        var metrics = catalogs.metricsOf(catalog);
        var ready = ready(asked.plan(metrics, deadline, starts, groups), question.caller());
        if (ready instanceof Ready.Sound(var plan, _)
                && starts.isEmpty()
                && groups.missing().isEmpty()) {
            asked.planned(metrics, deadline, plan);
        }
        return ready;
    }

    private Prepared prepared(AnalysisPlan plan, QuestionClock question) {
        return question.done(workers.planning(), Stage.PLAN, () -> executor.prepare(plan));
    }

    /** What tables of one's own show of it is looked up, which takes as long as it takes, and no longer than the question may. */
    private boolean areCurrent(StartsRead starts, QuestionClock question) {
        return starts.isEmpty() || question.done(workers.planning(), Stage.PLAN, starts::isCurrent);
    }

    private Optional<Outcome> rejected(List<Problem> problems, Catalog catalog) {
        return catalogs.latest() == catalog
                ? Optional.of(new Outcome.Rejected(problems))
                : Optional.empty();
    }

    private Ready ready(Planned planned, Caller caller) {
        return switch (planned) {
            case Planned.Ready ready -> {
                var refusals = executor.refusals(ready.plan(), caller);
                yield refusals.isEmpty()
                        ? new Ready.Sound(ready, executor.prepare(ready.plan()))
                        : new Ready.Unsound(refusals);
            }
            case Planned.Rejected(var problems) -> new Ready.Unsound(problems);
        };
    }

    /** The answer comes with the catalogue's version in the moment it is of: no question asks for that alone. */
    private Optional<Answer> answer(
            Prepared statement,
            Catalog catalog,
            QuestionClock question,
            Function<Optional<State>, Optional<Answer>> beside) {
        try {
            question.sent(statement);
            var answer = answer(statement, question, beside);
            question.received(answer.rows().size());
            boolean current =
                    answer.catalogVersion() <= catalog.version() || catalogs.latest() == catalog;
            return current ? Optional.of(answer) : Optional.empty();
        } catch (AnalysisFailed failed) {
            throw failed;
        } catch (RuntimeException failed) {
            // A table may have been made anew for a changed declaration, with other columns.
            if (catalogs.latest() == catalog) {
                throw failed;
            }
            return Optional.empty();
        }
    }

    private Answer answer(
            Prepared statement,
            QuestionClock question,
            Function<Optional<State>, Optional<Answer>> beside) {
        var deadline = question.deadline();
        var state =
                answers.isOn()
                        ? question.here(Stage.DATABASE, statement::state)
                        : Optional.<State>empty();
        return state.flatMap(known -> answers.find(known, deadline))
                .or(() -> beside.apply(state))
                .orElseGet(() ->
                        question.done(
                                workers.forCost(statement.cost()),
                                Stage.DATABASE,
                                () ->
                                        state.isEmpty()
                                                ? statement.execute(deadline.left())
                                                : answers.computed(
                                                        state.get(),
                                                        deadline,
                                                        () -> statement.execute(deadline.left()))));
    }

    @Override
    public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
        return Workers.done(
                workers.planning(),
                caller,
                deadline,
                () -> {
                    try {
                        return explained(configured(query), caller, deadline);
                    } catch (TableChanged changed) {
                        return Explanation.refused(changed.problems());
                    }
                });
    }

    private AnalysisQuery configured(AnalysisQuery asked) {
        return asked.weekStarts() == null ? asked.withWeekStarts(weekStarts) : asked;
    }

    private Explanation explained(AnalysisQuery query, Caller caller, Deadline deadline) {
        var planned =
                Planner.plan(
                        query,
                        catalogs.metricsOf(catalogs.latest()),
                        caller,
                        clock.instant(),
                        deadline::isOver,
                        new StartsRead(executor));
        return switch (planned) {
            case Planned.Ready(var plan, var columns, _, _, _, _, _, _, _) -> {
                var refusals = executor.refusals(plan, caller);
                if (!refusals.isEmpty()) {
                    yield Explanation.refused(refusals);
                }
                // Steps and statement name the accounts of lists and the sizes of tables.
                yield caller.isScoped()
                        ? new Explanation(List.of(), columns, List.of(), null, null)
                        : explained(plan, columns);
            }
            case Planned.Rejected(var problems) -> Explanation.refused(problems);
        };
    }

    /** In words, and how many rows that is expected to be where it is known. */
    private Explanation explained(AnalysisPlan plan, List<Column> columns) {
        var prepared = executor.prepare(plan);
        var steps = new ArrayList<>(PlanWords.of(plan, prepared.rows()));
        long rows = prepared.cost();
        if (rows > 0) {
            steps.add(
                    "About %s rows are expected to be read and made, as the database knows its tables"
                            .formatted(PlanWords.about(rows)));
        }
        return new Explanation(
                List.of(), columns, steps, rows > 0 ? rows : null, executor.describe(plan));
    }
}
