package dev.cairn.domain.plan;

import java.util.List;

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
}
