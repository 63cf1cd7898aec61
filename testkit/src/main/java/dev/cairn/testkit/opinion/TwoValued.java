package dev.cairn.testkit.opinion;

import org.jspecify.annotations.Nullable;

/** Conditions that have two values: what is empty fulfils no comparison, and so each negation of one. */
final class TwoValued {
    private final Meaning meaning;

    TwoValued(Meaning meaning) {
        this.meaning = meaning;
    }

    boolean holds(Sentence condition, Context context) {
        return switch (condition) {
            case Sentence.Not(var inside) -> !holds(inside, context);
            case Sentence.Pair pair -> holds(pair, context);
            case Sentence.Name name ->
                    meaning.metricOf(name, context)
                            .map(metric -> holds(metric, context))
                            .orElseGet(() -> meaning.of(name, context).isTrue());
            default -> meaning.of(condition, context).isTrue();
        };
    }

    private boolean holds(Sentence.Pair pair, Context context) {
        return switch (pair.sign()) {
            case "and" -> holds(pair.left(), context) && holds(pair.right(), context);
            case "or" -> holds(pair.left(), context) || holds(pair.right(), context);
            case "!=" -> !meaning.same(side(pair.left(), context), side(pair.right(), context));
            default -> {
                var one = side(pair.left(), context);
                var other = side(pair.right(), context);
                yield one != null && other != null && meaning.isSo(pair.sign(), one, other);
            }
        };
    }

    /** A condition that is compared with another has two values as well. */
    private @Nullable Object side(Sentence of, Context context) {
        boolean isLogic =
                switch (of) {
                    case Sentence.Not _, Sentence.In _, Sentence.InCohort _ -> true;
                    case Sentence.Pair(var sign, _, _) -> !"+-*/".contains(sign);
                    default -> false;
                };
        return isLogic ? (Object) holds(of, context) : meaning.of(of, context).value();
    }
}
