package dev.cairn.domain.why;

import dev.cairn.domain.analysis.ScoreChange;
import dev.cairn.domain.analysis.ScoreChange.PartChange;
import dev.cairn.domain.why.Piece.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in words why the score of an account changed, as the answer to why does. */
public final class ScoreSentence {
    private ScoreSentence() {}

    /**
     * @param metric its name
     * @return null where one of the days has no score: there is nothing that it could be said to have moved from or to
     */
    public static @Nullable String of(String metric, ScoreChange change) {
        var difference = change.difference();
        if (difference == null) {
            return null;
        }
        var parts =
                change.parts().stream()
                        .filter(part -> part.difference() != null)
                        .map(ScoreSentence::piece)
                        .sorted(
                                Comparator.comparingDouble(
                                        piece -> -Math.abs(piece.contribution())))
                        .toList();
        return new WhySentence(null, null)
                .of(
                        metric,
                        piece(
                                metric,
                                Kind.WHOLE,
                                change.before().value(),
                                change.after().value(),
                                difference,
                                parts));
    }

    private static Piece piece(PartChange part) {
        return piece(
                Objects.requireNonNullElse(part.name(), "(unnamed)"),
                Kind.PART_OF_SCORE,
                part.before(),
                part.after(),
                Objects.requireNonNull(part.difference()),
                List.of());
    }

    private static Piece piece(
            String what,
            Kind kind,
            @Nullable Double from,
            @Nullable Double to,
            double contribution,
            List<Piece> parts) {
        return new Piece(
                what, kind, from, to, contribution, null, parts, List.of(), List.of(), List.of());
    }
}
