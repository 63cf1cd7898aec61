package dev.cairn.domain.plan;

import java.util.List;
import java.util.stream.Stream;

/**
 * Scans and what is made of them: of the cells of a question, or of each row of a relation.
 *
 * @param leaves over the scans, which they point to by index
 */
public record Block(List<Scan> scans, List<Leaf> leaves) {
    public static final Block EMPTY = new Block(List.of(), List.of());

    public Block {
        scans = List.copyOf(scans);
        leaves = List.copyOf(leaves);
        for (var leaf : leaves) {
            if (leaf.scan() >= scans.size()) {
                throw new IllegalArgumentException("there is no scan " + leaf.scan());
            }
        }
    }

    /** The scans that are grouped by the keys of a question; in units of time those that are read in them. */
    public Stream<Scan> grouped() {
        return scans.stream()
                .flatMap(scan ->
                        scan.relation() instanceof Relation.Ticks(_, var own)
                                ? own.grouped()
                                : Stream.of(scan));
    }
}
