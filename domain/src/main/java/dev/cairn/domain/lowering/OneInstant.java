package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr.TimeEdge;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.lowering.TimeContext.Shift;
import dev.cairn.domain.lowering.TimeContext.Window;
import dev.cairn.domain.plan.Placing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * As of when all parts of a formula read attributes that have a history, where one of them reads what is the case and not what happened: members, or rows that
 * are valid. That is the start of the window where any part reads {@code at start}, else its end; beneath a shift that of the shifted window. Parts that
 * read what happened read attributes then too.
 */
public final class OneInstant {
    /** For formulas of catalogues without histories, and of facts only: each part as its relation says. */
    public static final OneInstant NONE = new OneInstant();

    /** Windows whose edge decides, by shift. */
    private final Map<List<Shift>, List<Edges>> deciding = new HashMap<>();

    private boolean isStart;

    /** Windows of which one edge is read; null: the bucket. */
    private record Edges(@Nullable Window window) {
        boolean endsWithBucket() {
            return window == null || window.endsWithBucket();
        }
    }

    private OneInstant() {}

    /** @param formula what it reads */
    static OneInstant of(Leaves formula) {
        var instant = new OneInstant();
        instant.isStart = instant.readsStart(formula);
        instant.add(formula, true);
        if (instant.deciding.isEmpty()) {
            instant.add(formula, false);
        }
        return instant;
    }

    private boolean readsStart(Leaves read) {
        return read.keys().stream()
                .filter(scan -> !isOfRule(scan))
                .anyMatch(scan ->
                        isAtStart(scan.relation())
                                || (!isOfUnits(scan) && readsStart(read.inner(scan))));
    }

    /** @param ofCells only what the cells are made of; else what is read for each row too */
    private void add(Leaves read, boolean ofCells) {
        for (var scan : read.keys()) {
            if (isOfUnits(scan) || isOfRule(scan)) {
                continue;
            }
            boolean decides = isStart ? isAtStart(scan.relation()) : isState(scan.relation());
            if (decides) {
                deciding.computeIfAbsent(scan.time().shifts(), _ -> new ArrayList<>())
                        .add(new Edges(scan.time().window()));
            }
            if (isStart || !ofCells) {
                add(read.inner(scan), ofCells);
            }
        }
    }

    /** What says how an account is at an instant reads all that it reads then. */
    private static boolean isOfRule(ScanKey scan) {
        return scan.time().point() != null;
    }

    private static boolean isOfUnits(ScanKey scan) {
        return scan.relation() instanceof RelationKey.OfTicks;
    }

    private static boolean isAtStart(RelationKey relation) {
        return relation instanceof RelationKey.OfFacts(_, Placing.ValidAt(_, var edge), _)
                && edge == Placing.Edge.START;
    }

    private static boolean isState(RelationKey relation) {
        return switch (relation) {
            case RelationKey.OfFacts(_, Placing.At _, _), RelationKey.OfTicks _ -> false;
            case RelationKey.OfFacts(_, Placing.ValidAt _, _),
                    RelationKey.OfFacts(_, Placing.ValidDuring _, _),
                    RelationKey.OfMembers _ ->
                    true;
        };
    }

    /**
     * The same of what is read in units of time, which have instants of their own.
     *
     * @param leaves of which the units are a scan
     */
    OneInstant inUnits(Leaves leaves, ScanKey units) {
        return this == NONE ? NONE : of(leaves.inner(units));
    }

    /** As of when a scan of the formula reads attributes; empty: as its relation says. */
    Optional<AsOf> of(ScanKey scan) {
        return deciding.isEmpty() || isOfUnits(scan) || isOfRule(scan)
                ? Optional.empty()
                : edge(scan);
    }

    /** Whether what is read of the state of an account for a scan would be read at another time than for the others. */
    boolean differs(ScanKey scan) {
        if (deciding.isEmpty() || isOfUnits(scan) || isOfRule(scan)) {
            return false;
        }
        var deciders = Set.copyOf(deciders(scan));
        boolean areOne =
                deciders.size() == 1
                        || (!isStart && deciders.stream().allMatch(Edges::endsWithBucket));
        return !areOne || edge(scan).isEmpty();
    }

    private List<Edges> deciders(ScanKey scan) {
        return deciding.getOrDefault(scan.time().shifts(), List.of(new Edges(null)));
    }

    /** Empty too where the instant is an edge of what the scan does not read, which is for the question to refuse. */
    private Optional<AsOf> edge(ScanKey scan) {
        var deciders = deciders(scan);
        var own = new Edges(scan.time().window());
        boolean isItsOwn =
                deciders.contains(own)
                        || (!isStart
                                && own.endsWithBucket()
                                && deciders.stream().anyMatch(Edges::endsWithBucket));
        if (isItsOwn) {
            return Optional.of(Attributes.edge(!isStart, false));
        }
        boolean isOfBucket =
                isStart
                        ? deciders.contains(new Edges(null))
                        : deciders.stream().anyMatch(Edges::endsWithBucket);
        return isOfBucket
                ? Optional.of(
                        new AsOf.Edge(new TimeEdge(TimeEdge.Of.BUCKET, !isStart, Type.DATE), false))
                : Optional.empty();
    }
}
