package dev.cairn.domain.why;

import dev.cairn.domain.analysis.GroupValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a change. Its parts, and likewise its groups and what its accounts did, add up to what it contributes: each is another view of the same.
 *
 * @param what it is: a formula, the name of a metric or of a part, a group
 * @param from the value of what it is, before; null: there is none, or it is no value of its own
 * @param to the same after
 * @param contribution to the change of the whole, in its unit
 * @param accounts how many accounts have a part in it; null: not known
 * @param parts along the formula, those that contribute most first
 * @param groups by the dimensions that were asked for, likewise
 * @param members what accounts did, likewise
 * @param moved accounts that contributed most to it; of {@link Kind#ENTERED}, {@link Kind#LEFT} and {@link Kind#CHANGED} alone
 */
public record Piece(
        String what,
        Kind kind,
        @Nullable Double from,
        @Nullable Double to,
        double contribution,
        @Nullable Integer accounts,
        List<Piece> parts,
        List<Piece> groups,
        List<Piece> members,
        List<Moved> moved) {
    public Piece {
        parts = List.copyOf(parts);
        groups = List.copyOf(groups);
        members = List.copyOf(members);
        moved = List.copyOf(moved);
    }

    /** What a piece is. */
    public enum Kind {
        /** The whole change. */
        WHOLE,
        /** A term of a sum. */
        TERM,
        /** A factor of a product, or a side of a ratio, with the mean of the other in both cells. */
        FACTOR,
        /** Of a ratio: its groups or accounts have other ratios, each by its mean weight. */
        RATE,
        /** Of a ratio: its groups or accounts have other weights, each by how far its mean ratio is from that of all. */
        MIX,
        /** What a named part of a score adds to it. */
        PART_OF_SCORE,
        /** An arm of a case, or an argument of least, greatest, coalesce or a clamp, as it moved. */
        ARM,
        /** Another arm is taken: the mean over both orders of changing arm and values. */
        SWITCH,
        /** A group. */
        GROUP,
        /** All groups that are not told one by one. */
        OTHER_GROUPS,
        /** Accounts that had nothing of it before. */
        ENTERED,
        /** Accounts that have nothing of it after. */
        LEFT,
        /** Accounts that had something of it, and have. */
        CHANGED,
        /** What is not told by the others beside it. */
        REMAINDER
    }

    /**
     * What an account contributed.
     *
     * @param account its key; facts of no known account are one
     * @param from its value; of a ratio its own; null: none
     * @param contribution to the change of the whole; null of what is no sum: there only all accounts of a kind have one
     */
    public record Moved(
            GroupValue account,
            @Nullable Double from,
            @Nullable Double to,
            @Nullable Double contribution) {}
}
