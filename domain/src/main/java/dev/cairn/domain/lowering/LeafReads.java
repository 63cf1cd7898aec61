package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Placing.Edge;
import dev.cairn.domain.plan.Read;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose coverage decides what a leaf has: of its scan, and of what is read for each of its rows.
 *
 * @param leaves that the leaf is one of
 */
record LeafReads(Leaves leaves) {
    Set<Read> of(ScanKey scan, Draft draft, Expr read) {
        var reads = new HashSet<>(draft.inner().readsOf(read));
        draft.decides(scan.kept()).forEach(asked -> reads.addAll(draft.inner().readsOf(asked)));
        return with(reads, scan, draft);
    }

    /** The same in a row of no group: without what the keys of the question read, those of what is read in units of time too. */
    Set<Read> ofTotal(ScanKey scan, Draft draft, Expr read) {
        var inner = draft.inner();
        var reads = new HashSet<Read>();
        Stream.of(read, draft.askedOfRows())
                .map(asked -> scan.isOfTicks() ? inner.readsOfTotal(asked) : inner.readsOf(asked))
                .forEach(reads::addAll);
        return with(reads, scan, draft);
    }

    /** @param reads of what is read for each row */
    private Set<Read> with(Set<Read> reads, ScanKey scan, Draft draft) {
        return switch (scan.relation()) {
            case RelationKey.OfFacts(var source, var placing, var derivation) -> {
                reads.addAll(readsOfWindow(scan));
                reads.add(new Read(source.name(), placing, draft.reach(), scan.isOfSubjects()));
                if (derivation != null) {
                    draft.derived(derivation).reads(draft.reach()).forEach(reads::add);
                }
                yield reads;
            }
            case RelationKey.OfMembers(_, var pairing) -> {
                if (pairing != null) {
                    reads.add(pairing.pairs().read(draft.reach()));
                }
                yield reads;
            }
            case RelationKey.OfTicks _ when scan.isOfSubjects() -> {
                var inUnits =
                        reads.stream()
                                .map(inner ->
                                        new Read(
                                                inner.source(),
                                                inner.placing(),
                                                draft.reach(),
                                                true))
                                .collect(Collectors.toCollection(HashSet::new));
                inUnits.addAll(readsOfWindow(scan));
                yield inUnits;
            }
            case RelationKey.OfTicks(var step) ->
                    reads.stream()
                            .flatMap(inner -> through(scan.time(), step, inner, draft.inner()))
                            .collect(Collectors.toUnmodifiableSet());
        };
    }

    /** What is read for the time that a window is relative to. */
    private Set<Read> readsOfWindow(ScanKey scan) {
        var window = scan.time().ofSubject();
        var reads = new HashSet<Read>();
        if (window != null) {
            window.edges().forEach(edge -> reads.addAll(leaves.readsOf(edge)));
        }
        return reads;
    }

    /**
     * What is read in units of time, as it is read for a bucket: valid at an edge of some unit is valid during the window. What is valid at starts is known by the
     * last of them too, however far the units go on.
     */
    private Stream<Read> through(TimeContext time, Step step, Read read, Leaves inner) {
        var ofUnit = inner.reaches().get(read.reach());
        return switch (read.placing()) {
            case Placing.ValidAt(var validity, var edge) -> {
                var during =
                        through(
                                time,
                                step,
                                read,
                                new Placing.ValidDuring(validity),
                                ofUnit,
                                edge == Edge.END);
                yield edge == Edge.START && ofUnit.isOneStretch()
                        ? Stream.of(
                                during,
                                through(
                                        time,
                                        step,
                                        read,
                                        new Placing.ValidAt(validity, Edge.END),
                                        ofUnit.atItsStart(),
                                        false))
                        : Stream.of(during);
            }
            case Placing.At _, Placing.ValidDuring _ ->
                    Stream.of(through(time, step, read, read.placing(), ofUnit, read.atEnds()));
        };
    }

    private Read through(
            TimeContext time,
            Step step,
            Read read,
            Placing placing,
            TimeContext ofUnit,
            boolean atEnds) {
        return new Read(
                read.source(),
                placing,
                leaves.reach(leaves.through(time, step, ofUnit)),
                read.ofSubjects(),
                atEnds);
    }
}
