package dev.cairn.domain.why;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.why.Piece.Kind;
import dev.cairn.domain.why.Units.Share;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What pieces of a change have in common, along whatever they are split. */
final class Pieces {
    /** Of what doubles carry. */
    static final double TOLERANCE = 1e-9;

    private Pieces() {}

    /** Those that were there before or after, and of them those for which something holds. */
    static int counted(Collection<Share> shares, Predicate<Share> counts) {
        return (int)
                shares.stream()
                        .filter(share -> share.wasThere() || share.isThere())
                        .filter(counts)
                        .count();
    }

    /**
     * In order, and with what is left over as a piece of its own.
     *
     * @param scale how large the values are whose difference is split, in the unit of the whole
     */
    static List<Piece> closed(double contribution, double scale, List<Piece> pieces) {
        if (pieces.isEmpty()) {
            return pieces;
        }
        double size =
                pieces.stream().mapToDouble(piece -> Math.abs(piece.contribution())).sum() + scale;
        double rest = contribution - pieces.stream().mapToDouble(Piece::contribution).sum();
        var all =
                new ArrayList<>(
                        pieces.stream()
                                .sorted(
                                        Comparator.comparing((Piece piece) ->
                                                        piece.kind() == Kind.REMAINDER)
                                                .thenComparingDouble(
                                                        piece -> -Math.abs(piece.contribution())))
                                .toList());
        if (Math.abs(rest) > TOLERANCE * size) {
            all.add(plain("not told by these", Kind.REMAINDER, null, null, rest));
        }
        return all;
    }

    static double scale(double gain, @Nullable Double from, @Nullable Double to) {
        return Math.abs(gain) * (Math.abs(orNothing(from)) + Math.abs(orNothing(to)));
    }

    static Piece plain(
            String what,
            Kind kind,
            @Nullable Double from,
            @Nullable Double to,
            double contribution) {
        return new Piece(
                what,
                kind,
                from,
                to,
                contribution,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    static double orNothing(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    static String text(Term term) {
        return switch (term) {
            case Term.Named(_, var name, _) -> name;
            case Term other -> other.column().formula();
        };
    }

    static String text(Term.Signed signed) {
        return (signed.sign() < 0 ? "less " : "") + text(signed.term());
    }

    static String text(List<GroupValue> group) {
        return group.stream().map(Pieces::text).collect(Collectors.joining(", "));
    }

    /** A key as a word. */
    static String text(GroupValue value) {
        return switch (value.kind()) {
            case VALUE -> String.valueOf(value.value());
            case NONE -> "(none)";
            case NO_ACCOUNT -> "(no account)";
            case TOTAL -> "(all)";
            case OTHER -> "(other)";
        };
    }
}
