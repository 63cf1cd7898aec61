package dev.cairn.domain.why;

import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.why.Piece.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says a change in words: by how much, and the few pieces that explain most of it.
 *
 * @param unit null where it has none
 * @param currency of money; null for others
 */
record WhySentence(@Nullable MetricUnit unit, @Nullable String currency) {
    private static final int MOST = 3;

    /** What explains less of the change than this is not named. */
    private static final double LEAST = 0.05;

    String of(String name, Piece whole) {
        if (whole.contribution() == 0) {
            return "%s did not move: it is %s in both."
                    .formatted(name, value(Objects.requireNonNull(whole.to())));
        }
        var moved =
                "%s %s by %s, from %s to %s"
                        .formatted(
                                name,
                                whole.contribution() < 0 ? "fell" : "rose",
                                change(Math.abs(whole.contribution())),
                                value(Objects.requireNonNull(whole.from())),
                                value(Objects.requireNonNull(whole.to())));
        var named = named(whole);
        return named.isEmpty()
                ? moved + "."
                : "%s: %s."
                        .formatted(
                                moved,
                                named.stream().map(this::words).collect(Collectors.joining(", ")));
    }

    /** Groups, where they were asked for; else parts of the formula, where there are some; else accounts. */
    private static List<Piece> named(Piece whole) {
        var pieces =
                !whole.groups().isEmpty()
                        ? whole.groups()
                        : whole.parts().size() == 1
                                ? named(whole.parts().getFirst())
                                : whole.parts().isEmpty() ? whole.members() : whole.parts();
        double size = Math.abs(whole.contribution());
        return pieces.stream()
                .filter(piece -> piece.kind() != Kind.REMAINDER)
                .filter(piece -> Math.abs(piece.contribution()) >= LEAST * size)
                .limit(MOST)
                .toList();
    }

    private String words(Piece piece) {
        var by =
                switch (piece.kind()) {
                    case ENTERED, LEFT, CHANGED -> accounts(piece) + members(piece);
                    case WHOLE,
                            TERM,
                            FACTOR,
                            RATE,
                            MIX,
                            PART_OF_SCORE,
                            ARM,
                            SWITCH,
                            GROUP,
                            OTHER_GROUPS,
                            REMAINDER ->
                            piece.what()
                                    + (piece.accounts() == null
                                            ? ""
                                            : " (%s)".formatted(accounts(piece)));
                };
        return "%s by %s".formatted(signed(piece.contribution()), by);
    }

    private static String accounts(Piece piece) {
        return piece.accounts() != null && piece.accounts() == 1
                ? "1 account"
                : String.format(Locale.ROOT, "%,d accounts", piece.accounts());
    }

    private String members(Piece piece) {
        var did =
                switch (piece.kind()) {
                    case ENTERED -> " that entered";
                    case LEFT -> " that left";
                    default -> " in both";
                };
        var first = piece.moved().getFirst();
        if (first.contribution() == null) {
            return did;
        }
        return piece.moved().size() == 1
                ? "%s, %s".formatted(did, Pieces.text(first.account()))
                : "%s, most of all %s with %s"
                        .formatted(did, Pieces.text(first.account()), signed(first.contribution()));
    }

    private String signed(double change) {
        return (change < 0 ? "-" : "+") + change(Math.abs(change));
    }

    private String change(double change) {
        return unit == MetricUnit.RATIO
                ? rounded(100 * change) + (rounded(100 * change).equals("1") ? " point" : " points")
                : rounded(change) + money();
    }

    private String value(double value) {
        return unit == MetricUnit.RATIO ? rounded(100 * value) + " %" : rounded(value) + money();
    }

    private String money() {
        return unit == MetricUnit.MONEY && currency != null ? " " + currency : "";
    }

    /** Two digits behind the point, of what is less than one two that are not zero. */
    private static String rounded(double value) {
        var exact = BigDecimal.valueOf(value);
        var two = exact.setScale(2, RoundingMode.HALF_UP);
        var shown =
                two.abs().compareTo(BigDecimal.ONE) < 0 && exact.signum() != 0
                        ? exact.round(new MathContext(2, RoundingMode.HALF_UP))
                        : two;
        var plain = shown.stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, plain.scale()) + "f", plain);
    }
}
