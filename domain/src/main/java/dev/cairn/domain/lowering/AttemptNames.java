package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an attempt has beside the fields of the row that begins it: {@code completed}, {@code step_2_at}, links to the rows of its steps. */
final class AttemptNames {
    private final Lowering lowering;

    AttemptNames(Lowering lowering) {
        this.lowering = lowering;
    }

    /** All names, for near ones. */
    static Stream<String> of(@Nullable Attempts attempts) {
        return attempts == null
                ? Stream.of()
                : Stream.concat(
                        attempts.fields().stream().map(Expr.Field::name),
                        IntStream.rangeClosed(1, attempts.steps().size())
                                .mapToObj(AttemptNames::link));
    }

    private static String link(int step) {
        return "step_" + step;
    }

    /** Empty where a name is none of an attempt; then it is of the row. */
    Optional<Expr> named(Path path, Level.Row row, Attempts attempts, Frame frame) {
        String first = path.names().getFirst();
        if (path.names().size() == 1) {
            return attempts.fields().stream()
                    .filter(field -> field.name().equals(first))
                    .findFirst()
                    .map(field ->
                            row.source().field(first).isPresent()
                                    ? twice(first, path, row, frame)
                                    : field);
        }
        if (first.equals(link(1))) {
            var rest = path.names().subList(1, path.names().size());
            return Optional.of(
                    lowering.lower(
                            new Path(
                                    Stream.concat(Stream.of(row.source().name()), rest.stream())
                                            .toList(),
                                    path.span()),
                            frame));
        }
        return IntStream.rangeClosed(2, attempts.steps().size())
                .mapToObj(AttemptNames::link)
                .filter(first::equals)
                .findFirst()
                .map(link ->
                        lowering.notYet(
                                "A field of the row of a later step ('%s')".formatted(path.text()),
                                frame,
                                path.span()));
    }

    private Expr twice(String name, Path path, Level.Row row, Frame frame) {
        return lowering.broken(
                Problem.of(
                                ProblemCode.AMBIGUOUS_NAME,
                                frame.at(path.span()),
                                "'%s' is said of an attempt, and is a field of '%s', whose row begins it; say 'step_1' for that of the row. Rename the field to ask for the other.",
                                name,
                                row.source().name())
                        .offering("%s.%s".formatted(link(1), name)));
    }
}
