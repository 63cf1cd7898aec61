package dev.cairn.application.service;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Stage;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.TableChanged;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.AnalysisExecutor.State;
import dev.cairn.application.port.out.QuestionLog;
import dev.cairn.application.service.Preparation.Ready;
import dev.cairn.application.service.TileMeeting.Tile;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.planner.Tiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Answers several questions of one request by one statement, where they agree in all but their metrics and one statement costs less. */
final class TilesTogether {
    private final Preparation preparation;
    private final AnalysisExecutor executor;
    private final Workers workers;
    private final KeptAnswers answers;
    private final QuestionLog log;

    TilesTogether(
            Preparation preparation,
            AnalysisExecutor executor,
            Workers workers,
            KeptAnswers answers,
            QuestionLog log) {
        this.preparation = preparation;
        this.executor = executor;
        this.workers = workers;
        this.answers = answers;
        this.log = log;
    }

    /** Where a question that is to be sent may get an answer that is computed with those of others; empty: it is asked alone. */
    interface Beside {
        Beside NOBODY = (_, _, _, _) -> Optional.empty();

        Optional<Answer> answer(
                Catalog catalog, Ready.Sound sound, Optional<State> state, QuestionClock question);
    }

    /** Answers one question. */
    interface One {
        Outcome outcome(AnalysisQuery query, Beside beside);
    }

    /**
     * @param now of all of them
     * @return each in its place, to be asked on a thread of its own
     */
    List<Supplier<Outcome>> asked(List<AnalysisQuery> queries, Instant now, One one) {
        var seats = new HashMap<Integer, TileMeeting.Seat>();
        for (var tiles : Tiles.agreeing(queries)) {
            var meeting = new TileMeeting(tiles.size(), this::sharing);
            tiles.forEach(at -> seats.put(at, meeting.new Seat()));
        }
        return IntStream.range(0, queries.size())
                .<Supplier<Outcome>>mapToObj(
                        at -> () -> outcome(queries.get(at), now, seats.get(at), one))
                .toList();
    }

    private Outcome outcome(
            AnalysisQuery query, Instant now, TileMeeting.@Nullable Seat seat, One one) {
        if (seat == null) {
            return one.outcome(query, Beside.NOBODY);
        }
        try {
            return one.outcome(
                    query,
                    (catalog, sound, state, question) ->
                            question.here(
                                    Stage.DATABASE,
                                    () ->
                                            seat.answer(
                                                    new Tile(
                                                            query,
                                                            catalog,
                                                            sound.plan(),
                                                            sound.statement(),
                                                            state),
                                                    question.deadline(),
                                                    tiles -> together(tiles, now, question))));
        } finally {
            seat.leave();
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
                preparation.ready(
                        preparation.asked(query, question.caller(), now),
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
}
