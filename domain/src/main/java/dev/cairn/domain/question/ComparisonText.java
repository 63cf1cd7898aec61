package dev.cairn.domain.question;

import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a time to compare with: {@code previous}, so much earlier ({@code 1 year}, {@code 4 weeks}), or a range. */
final class ComparisonText {
    private static final Place PLACE = Place.of("compareTo");
    private static final String PREVIOUS = "previous";
    private static final Pattern EARLIER =
            Pattern.compile("(?:(?<count>\\d{1,9})\\s+)?(?<grain>" + GrainText.PATTERN + ")");

    private ComparisonText() {}

    /** Null where it cannot be read; the problem says why. */
    static @Nullable Comparison read(String text, Consumer<Problem> problems) {
        var written = text.strip();
        var earlier = EARLIER.matcher(written);
        if (written.equalsIgnoreCase(PREVIOUS)) {
            return new Comparison.Previous();
        }
        if (!earlier.matches()) {
            return RangeText.read(text, PLACE, problems).map(Comparison.Other::new).orElse(null);
        }
        var word = earlier.group("grain").toLowerCase(Locale.ROOT);
        int count = earlier.group("count") == null ? 1 : Integer.parseInt(earlier.group("count"));
        var grain = GrainText.read(word);
        if (grain.isEmpty()) {
            var known = Stream.concat(Stream.of(PREVIOUS), GrainText.plurals().stream()).toList();
            problems.accept(
                    Problem.of(
                                    ProblemCode.BAD_VALUE,
                                    PLACE,
                                    "'%s' is no time to compare with: write previous, so much earlier (1 year), or a range (2025-01..2025-06).",
                                    text)
                            .suggesting(NearestNames.nearest(word, known)));
        }
        return grain.map(of -> new Comparison.Earlier(count, of)).orElse(null);
    }
}
