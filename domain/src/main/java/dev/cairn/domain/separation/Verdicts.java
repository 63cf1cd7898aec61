package dev.cairn.domain.separation;

import dev.cairn.domain.separation.Separation.Baseline;
import dev.cairn.domain.separation.Separation.Code;
import dev.cairn.domain.separation.Separation.Reason;
import dev.cairn.domain.separation.Separation.Segment;
import dev.cairn.domain.separation.Separation.Slice;
import dev.cairn.domain.separation.Separation.Strength;
import dev.cairn.domain.separation.Separation.Trivial;
import dev.cairn.domain.separation.Separation.Verdict;
import dev.cairn.domain.statistics.Auc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What to make of an AUC. The bands are those of the house, and are written down in the documents. */
public final class Verdicts {
    /** Below it there is no signal. */
    public static final double NONE = 0.55;

    /** From it a metric is useful. */
    public static final double USEFUL = 0.65;

    /** Above it it may hold the outcome itself. */
    public static final double SUSPECT = 0.9;

    /** Of each group. */
    public static final int FEWEST = 30;

    private final List<Reason> reasons = new ArrayList<>();

    private Verdicts() {}

    /** A verdict and why. */
    public record Judged(Verdict verdict, List<Reason> reasons) {
        public Judged {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * What is known beside the AUC.
     *
     * @param incomplete accounts of which the label may still change
     * @param unsound accounts whose value is of data that is broken or not complete
     * @param isBroken whether data is broken in a time that some accounts' own days may lie in
     * @param attributes of the account that the metric reads as they are now
     */
    public record Beside(
            boolean crossSectional,
            int incomplete,
            int unsound,
            boolean isBroken,
            List<String> attributes,
            List<Trivial> trivial,
            List<Segment> segments,
            List<Slice> slices) {
        public Beside {
            attributes = List.copyOf(attributes);
            trivial = List.copyOf(trivial);
            segments = List.copyOf(segments);
            slices = List.copyOf(slices);
        }
    }

    public static Judged of(Strength whole, Beside beside) {
        var verdicts = new Verdicts();
        var verdict = verdicts.verdict(whole, beside);
        return new Judged(verdict, verdicts.reasons);
    }

    private Verdict verdict(Strength whole, Beside beside) {
        var auc = whole.auc();
        var alone = alone(whole, auc);
        if (auc != null) {
            trivial(auc, beside.trivial());
            turned(beside);
        }
        if (beside.incomplete() > 0) {
            reason(
                    Code.LABEL_INCOMPLETE,
                    "Success of %,d accounts may still be decided otherwise: the data under it is broken, or not complete until then.",
                    beside.incomplete());
            return Verdict.NOT_ENOUGH_DATA;
        }
        if (beside.unsound() > 0) {
            reason(
                    Code.METRIC_INCOMPLETE,
                    "Of %,d accounts the data under the metric, or under the condition of who is asked about, is broken or not complete in the time that is read: ask for other days.",
                    beside.unsound());
            return Verdict.NOT_ENOUGH_DATA;
        }
        if (beside.isBroken()) {
            reason(
                    Code.BROKEN_DATA,
                    "Some of what is read has broken days, and which accounts' days these are is not known.");
        }
        if (beside.crossSectional()) {
            reason(
                    Code.CROSS_SECTIONAL,
                    "Metric and success are of one time: which came first is not known.");
        }
        if (!beside.attributes().isEmpty()) {
            reason(
                    Code.ATTRIBUTES_OF_NOW,
                    "Read as it is now, whatever time is asked about: %s.",
                    String.join(", ", beside.attributes()));
        }
        if (alone == Verdict.NOT_ENOUGH_DATA) {
            return alone;
        }
        if (beside.crossSectional() || !beside.attributes().isEmpty()) {
            return Verdict.DESCRIPTIVE;
        }
        return alone == Verdict.ACTIONABLE && reasons.stream().anyMatch(Verdicts::weakens)
                ? Verdict.WEAK
                : alone;
    }

    /** By the AUC alone. */
    private Verdict alone(Strength whole, @Nullable Auc auc) {
        if (auc != null && auc.isOfOneValue()) {
            reason(
                    Code.CONSTANT,
                    "All %,d accounts with a value have the same one: it can tell none from another.",
                    whole.successes() + whole.others());
        }
        if (auc == null || whole.successes() < FEWEST || whole.others() < FEWEST) {
            reason(
                    Code.FEW_ACCOUNTS,
                    "%,d accounts with a value succeeded and %,d did not; %d of each are needed.",
                    whole.successes(),
                    whole.others(),
                    FEWEST);
            return Verdict.NOT_ENOUGH_DATA;
        }
        double strength = auc.strength();
        if (strength >= USEFUL && auc.leastStrength() >= NONE) {
            reason(
                    Code.SEPARATES,
                    "Of two accounts, one that succeeded and one that did not, the first has %s in %.0f of 100 pairs.",
                    auc.value() >= 0.5 ? "more" : "less",
                    100 * strength);
            if (strength > SUSPECT) {
                reason(
                        Code.SUSPECT_LEAKAGE,
                        "An AUC above %.1f is rarely a metric and often the outcome itself: look at what the metric reads.",
                        SUSPECT);
            }
            return Verdict.ACTIONABLE;
        }
        if (auc.greatestStrength() < USEFUL) {
            boolean isNone = strength < NONE;
            reason(
                    isNone ? Code.NO_SIGNAL : Code.SMALL_SIGNAL,
                    isNone
                            ? "Accounts that succeeded have as much of it as the others (AUC %.2f, from %.2f to %.2f)."
                            : "It differs too little to act on (AUC %.2f, from %.2f to %.2f).",
                    auc.value(),
                    auc.low(),
                    auc.high());
            return isNone ? Verdict.VANITY : Verdict.WEAK;
        }
        if (auc.leastStrength() > 0.5 && strength < USEFUL) {
            reason(
                    Code.SMALL_SIGNAL,
                    "It differs, and perhaps too little to act on (AUC %.2f, from %.2f to %.2f).",
                    auc.value(),
                    auc.low(),
                    auc.high());
            return Verdict.WEAK;
        }
        reason(
                Code.WIDE_INTERVAL,
                "The AUC of %.2f may be anything from %.2f to %.2f: nothing, or worth acting on.",
                auc.value(),
                auc.low(),
                auc.high());
        return Verdict.NOT_ENOUGH_DATA;
    }

    private void trivial(Auc auc, List<Trivial> baselines) {
        for (var trivial : baselines) {
            if (trivial.auc() != null && trivial.auc().strength() >= auc.strength()) {
                reason(
                        Code.NO_BETTER_THAN_TRIVIAL,
                        "%s tells as much by itself (AUC %.2f).",
                        trivial.baseline() == Baseline.TENURE
                                ? "How long an account has been there"
                                : "How large an account is",
                        trivial.auc().value());
            }
        }
    }

    private void turned(Beside beside) {
        var turned =
                beside.segments().stream()
                        .filter(Segment::turned)
                        .map(segment -> "'%s'".formatted(segment.value()))
                        .toList();
        if (!turned.isEmpty()) {
            reason(
                    Code.TURNS_BETWEEN_SEGMENTS,
                    "It is the other way around in %s.",
                    String.join(", ", turned));
        }
        var turnedThen = beside.slices().stream().filter(Slice::turned).toList();
        if (!turnedThen.isEmpty()) {
            reason(
                    Code.TURNS_OVER_TIME,
                    "It was the other way around from %s until %s.",
                    turnedThen.getFirst().from(),
                    turnedThen.getFirst().to());
        }
        beside.slices().stream()
                .filter(Slice::shifted)
                .findFirst()
                .ifPresent(slice ->
                        reason(
                                Code.SHIFTED,
                                "It was spread otherwise from %s until %s (stability index %.2f).",
                                slice.from(),
                                slice.to(),
                                Objects.requireNonNull(slice.stability())));
    }

    private static boolean weakens(Reason reason) {
        return switch (reason.code()) {
            case BROKEN_DATA,
                    SUSPECT_LEAKAGE,
                    NO_BETTER_THAN_TRIVIAL,
                    NOT_AFTER_CORRECTION,
                    TURNS_BETWEEN_SEGMENTS,
                    TURNS_OVER_TIME,
                    SHIFTED ->
                    true;
            case FEW_ACCOUNTS,
                    WIDE_INTERVAL,
                    LABEL_INCOMPLETE,
                    METRIC_INCOMPLETE,
                    CROSS_SECTIONAL,
                    ATTRIBUTES_OF_NOW,
                    SEPARATES,
                    NO_SIGNAL,
                    CONSTANT,
                    SMALL_SIGNAL ->
                    false;
        };
    }

    private void reason(Code code, String message, Object... arguments) {
        reasons.add(new Reason(code, String.format(Locale.ROOT, message, arguments)));
    }
}
