package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.testkit.opinion.Meaning.Said;
import org.jspecify.annotations.Nullable;

/** Values on a scale, and weighted means of them. */
final class Scores {
    private Scores() {}

    static Said scaled(Sentence.Scale scale, Said said) {
        if (said.value() == null) {
            return said;
        }
        double from = scale.from().doubleValue();
        double share =
                (PlainValues.number(said.value()) - from) / (scale.to().doubleValue() - from);
        return Said.of(100 * Math.max(0, Math.min(1, share)));
    }

    static Said weighted(Sentence.Weighted weighted, Context context, Meaning meaning) {
        double all = 0;
        double known = 0;
        double sum = 0;
        @Nullable Said missing = null;
        for (var part : weighted.parts()) {
            double weight = part.weight().doubleValue();
            var said = meaning.of(part.of(), context);
            all += weight;
            if (said.value() != null) {
                known += weight;
                sum += weight * PlainValues.number(said.value());
            } else {
                missing = missing == null ? said : missing;
                sum += weighted.instead() == null ? 0 : weight * weighted.instead().doubleValue();
            }
        }
        if (missing != null
                && known == 0
                && weighted.instead() == null
                && !weighted.noneMissing()) {
            return missing;
        }
        if (known / all < weighted.coverage().doubleValue()) {
            return Said.none(Absence.NO_DATA);
        }
        if (missing != null && weighted.noneMissing()) {
            return missing;
        }
        return Said.of(sum / (weighted.instead() == null ? known : all));
    }
}
