package dev.cairn.domain.trust;

import java.util.List;

/**
 * What a source touches: where its data is not as expected, so are their values.
 *
 * @param metrics names of those that read it, near or far, in order
 * @param questions names of saved ones that read it, in order
 */
public record Touched(List<String> metrics, List<String> questions) {
    public static final Touched NOTHING = new Touched(List.of(), List.of());

    public Touched {
        metrics = List.copyOf(metrics);
        questions = List.copyOf(questions);
    }
}
