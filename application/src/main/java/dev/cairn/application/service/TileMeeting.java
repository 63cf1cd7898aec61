package dev.cairn.application.service;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.out.AnalysisExecutor.Prepared;
import dev.cairn.application.port.out.AnalysisExecutor.State;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.planner.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Where questions of one request that agree in all but their metrics come together, each on a thread of its own, when its statement would be sent: what is refused, or was kept, never comes. Those that have
 * something to gain are answered by one statement, which one of them sends; the others wait for it. Whoever gets no answer here asks alone.
 */
final class TileMeeting {
    private final Function<List<Tile>, List<List<Integer>>> sharing;
    private final List<Arrived> arrived = new ArrayList<>();
    private final CompletableFuture<List<Group>> groups = new CompletableFuture<>();
    private int awaited;

    /**
     * @param tiles how many are awaited
     * @param sharing which of those that come are answered together, by index; none twice
     */
    TileMeeting(int tiles, Function<List<Tile>, List<List<Integer>>> sharing) {
        this.awaited = tiles;
        this.sharing = sharing;
    }

    /**
     * A question that is planned.
     *
     * @param state what its answer rests on; empty where it is not kept
     */
    record Tile(
            AnalysisQuery query,
            Catalog catalog,
            Planned.Ready ready,
            Prepared statement,
            Optional<State> state) {}

    /** Each is itself and no other: equal questions may come twice. */
    private static final class Arrived {
        private final Tile tile;
        private final CompletableFuture<Optional<Answer>> answer = new CompletableFuture<>();

        Arrived(Tile tile) {
            this.tile = tile;
        }
    }

    /** Those that are answered together, by the first of them that goes on. */
    private record Group(List<Arrived> tiles, AtomicBoolean isLed) {
        Group {
            tiles = List.copyOf(tiles);
        }
    }

    /** Answers questions by one statement, each as it would be alone and in their order; empty where it cannot. */
    interface Together {
        Optional<List<Answer>> answers(List<Tile> tiles);
    }

    /** The place of one question, which it leaves in the end, whatever comes of it. */
    final class Seat {
        private boolean isTaken = true;

        /**
         * Waits for the others, the first time, for half of the time that is left: one of them may take all of it.
         *
         * @return empty: it is to be asked alone
         * @throws AnalysisFailed where the time is over before there is an answer
         */
        Optional<Answer> answer(Tile tile, Deadline deadline, Together together) {
            if (!isTaken) {
                return Optional.empty();
            }
            isTaken = false;
            var own = new Arrived(tile);
            seated(own);
            var half = Deadline.in(deadline.left().dividedBy(2), deadline.nanoTime());
            var group = came(half).stream().filter(each -> each.tiles().contains(own)).findFirst();
            if (group.isEmpty()) {
                return Optional.empty();
            }
            if (group.get().isLed().compareAndSet(false, true)) {
                lead(group.get().tiles(), together);
            }
            return waited(own.answer, deadline);
        }

        void leave() {
            if (isTaken) {
                isTaken = false;
                left();
            }
        }
    }

    /** None where they do not all come in time. */
    private List<Group> came(Deadline deadline) {
        try {
            return waited(groups, deadline);
        } catch (AnalysisFailed late) {
            if (late.getCause() instanceof TimeoutException) {
                return List.of();
            }
            throw late;
        }
    }

    private static void lead(List<Arrived> group, Together together) {
        try {
            together.answers(group.stream().map(each -> each.tile).toList())
                    .ifPresent(answers -> {
                        for (int at = 0; at < group.size(); at++) {
                            group.get(at).answer.complete(Optional.of(answers.get(at)));
                        }
                    });
        } finally {
            group.forEach(each -> each.answer.complete(Optional.empty()));
        }
    }

    private void seated(Arrived own) {
        synchronized (this) {
            arrived.add(own);
            awaited--;
        }
        closeIfAllCame();
    }

    private void left() {
        synchronized (this) {
            awaited--;
        }
        closeIfAllCame();
    }

    private void closeIfAllCame() {
        List<Arrived> all;
        synchronized (this) {
            if (awaited > 0) {
                return;
            }
            all = List.copyOf(arrived);
        }
        try {
            groups.complete(
                    sharing.apply(all.stream().map(each -> each.tile).toList()).stream()
                            .map(group ->
                                    new Group(
                                            group.stream().map(all::get).toList(),
                                            new AtomicBoolean()))
                            .toList());
        } finally {
            groups.complete(List.of());
        }
    }

    private static <T> T waited(CompletableFuture<T> coming, Deadline deadline) {
        try {
            return coming.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new AnalysisFailed(Reason.TIMEOUT, late);
        } catch (InterruptedException gone) {
            Thread.currentThread().interrupt();
            throw new AnalysisFailed(Reason.TIMEOUT, gone);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
