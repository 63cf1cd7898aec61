package dev.cairn.domain.why;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.why.Piece.Kind;
import dev.cairn.domain.why.Units.Share;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Splits the change of a term by account.
 *
 * @param top accounts of a kind that are told one by one
 */
record AccountSplit(int top) {
    /** Those that entered, those that left and those in both; without whichever has none. */
    List<Piece> of(Map<GroupValue, Share> shares, double gain) {
        return Stream.of(
                        piece(Kind.ENTERED, "accounts that entered", shares, gain),
                        piece(Kind.LEFT, "accounts that left", shares, gain),
                        piece(Kind.CHANGED, "accounts in both", shares, gain))
                .filter(piece -> !piece.moved().isEmpty())
                .toList();
    }

    private Piece piece(Kind kind, String what, Map<GroupValue, Share> shares, double gain) {
        var of =
                shares.entrySet().stream()
                        .filter(share -> kind == kind(share.getValue()))
                        .sorted(
                                Comparator.comparingDouble((Map.Entry<GroupValue, Share> share) ->
                                        -Math.abs(share.getValue().contribution())))
                        .toList();
        return new Piece(
                what,
                kind,
                null,
                null,
                of.stream().mapToDouble(share -> gain * share.getValue().contribution()).sum(),
                of.size(),
                List.of(),
                List.of(),
                List.of(),
                of.stream()
                        .limit(top)
                        .map(share ->
                                new Piece.Moved(
                                        share.getKey(),
                                        share.getValue().from(),
                                        share.getValue().to(),
                                        gain * share.getValue().contribution()))
                        .toList());
    }

    /** Null where nothing of it was there, nor is. */
    private static @Nullable Kind kind(Share share) {
        if (share.wasThere()) {
            return share.isThere() ? Kind.CHANGED : Kind.LEFT;
        }
        return share.isThere() ? Kind.ENTERED : null;
    }
}
