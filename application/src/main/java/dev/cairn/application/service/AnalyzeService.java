package dev.cairn.application.service;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Reads;
import dev.cairn.application.port.Stage;
import dev.cairn.application.port.TableChanged;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.AnalysisExecutor.Prepared;
import dev.cairn.application.port.out.AnalysisExecutor.State;
import dev.cairn.application.port.out.QuestionLog;
import dev.cairn.application.port.out.QuestionLog.End;
import dev.cairn.application.service.Preparation.Asked;
import dev.cairn.application.service.Preparation.Ready;
import dev.cairn.application.service.TilesTogether.Beside;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.planner.Opening;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

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
    private final KeptAnswers answers;
    private final Preparation preparation;
    private final TilesTogether tiles;

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
        this.answers = answers;
        this.weekStarts = weekStarts;
        this.log = log;
        this.catalogs = catalogs;
        this.executor = executor;
        this.clock = clock;
        this.workers = workers;
        this.preparation = new Preparation(catalogs, executor, workers, plans);
        this.tiles = new TilesTogether(preparation, executor, workers, answers, log);
    }

    @Override
    public Outcome analyze(AnalysisQuery asked, Caller caller, Deadline deadline) {
        var outcome = asked(configured(asked), caller, clock.instant(), deadline, Beside.NOBODY);
        if (outcome instanceof Outcome.Answered(var result)) {
            Reads.note(result.sources());
        }
        return outcome;
    }

    /** All have the same now. */
    @Override
    public List<Supplier<Outcome>> together(
            List<AnalysisQuery> asked, Caller caller, Deadline deadline) {
        var now = clock.instant();
        return tiles.asked(
                asked.stream().map(this::configured).toList(),
                now,
                (query, beside) -> asked(query, caller, now, deadline, beside));
    }

    private Outcome asked(
            AnalysisQuery query, Caller caller, Instant now, Deadline deadline, Beside beside) {
        return answered(
                preparation.asked(query, caller, now),
                beside,
                query.zone(),
                new QuestionClock(caller, deadline));
    }

    @Override
    public Outcome members(MembersQuery asked, Caller caller, Deadline deadline) {
        var query = asked.of(configured(asked.question()));
        var now = clock.instant();
        return answered(
                (metrics, until, starts, groups) ->
                        Opening.plan(query, metrics, caller, now, until::isOver, starts, groups),
                Beside.NOBODY,
                query.question().zone(),
                new QuestionClock(caller, deadline));
    }

    private Outcome answered(Asked asked, Beside beside, ZoneId zone, QuestionClock question) {
        var end = End.FAILED;
        try {
            var outcome = attempted(asked, beside, zone, question);
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

    private Outcome attempted(Asked asked, Beside beside, ZoneId zone, QuestionClock question) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var outcome = answered(asked, beside, zone, catalogs.current(), question);
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
            Asked asked, Beside beside, ZoneId zone, Catalog catalog, QuestionClock question) {
        var starts = new StartsRead(executor);
        var groups = new GroupsRead();
        try {
            var ready = preparation.ready(asked, catalog, question, starts, groups);
            var ranking = groups.missing();
            if (ranking.isPresent()) {
                var refusals = executor.refusals(ranking.get(), question.caller());
                if (!refusals.isEmpty()) {
                    return rejected(refusals, catalog);
                }
                var found =
                        answer(
                                preparation.prepared(ranking.get(), question),
                                catalog,
                                question,
                                _ -> Optional.empty());
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                groups.found(found.get());
                ready = preparation.ready(asked, catalog, question, starts, groups);
            }
            return switch (ready) {
                case Ready.Sound sound ->
                        answer(
                                        sound.statement(),
                                        catalog,
                                        question,
                                        state -> beside.answer(catalog, sound, state, question))
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

    /** What tables of one's own show of it is looked up, which takes as long as it takes, and no longer than the question may. */
    private boolean areCurrent(StartsRead starts, QuestionClock question) {
        return starts.isEmpty() || question.done(workers.planning(), Stage.PLAN, starts::isCurrent);
    }

    private Optional<Outcome> rejected(List<Problem> problems, Catalog catalog) {
        return catalogs.latest() == catalog
                ? Optional.of(new Outcome.Rejected(problems))
                : Optional.empty();
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
