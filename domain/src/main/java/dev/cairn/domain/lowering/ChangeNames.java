package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Changes;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a change has: its own fields, and the account or user that it is of. */
final class ChangeNames {
    /** What its fields are said to be of, where something else is called like one. */
    private static final String CHANGE = "change";

    private final Lowering lowering;

    ChangeNames(Lowering lowering) {
        this.lowering = lowering;
    }

    /** All names, for near ones. */
    static Stream<String> of(Changes changes) {
        return changes.fields().stream().map(Expr.Field::name);
    }

    /** Empty where it is of the unit. */
    Optional<Expr> named(Path path, Source source, Changes changes, Frame frame) {
        if (isInFull(path)) {
            return Optional.of(inFull(path, changes, frame));
        }
        var names = path.names();
        boolean isQualified = names.size() > 1 && names.getFirst().equals(source.name());
        var rest = isQualified ? names.subList(1, names.size()) : names;
        if (isOfUnit(rest.getFirst(), changes)) {
            return Optional.empty();
        }
        return Optional.of(
                changes.fields().stream()
                        .filter(field -> !isQualified && List.of(field.name()).equals(names))
                        .findFirst()
                        .<Expr>map(field -> field)
                        .orElseGet(() -> noField(path, rest, source, frame)));
    }

    /** Whether it is a field of a change that is written in full; a source of that name goes first. */
    boolean isInFull(Path path) {
        return path.names().size() == 2
                && path.names().getFirst().equals(CHANGE)
                && lowering.catalog().sourceUnder(CHANGE).isEmpty();
    }

    private Expr inFull(Path path, Changes changes, Frame frame) {
        return changes.fields().stream()
                .filter(field -> field.name().equals(path.names().getLast()))
                .findFirst()
                .<Expr>map(field -> field)
                .orElseGet(() -> unknown(path, path.names().getLast(), frame));
    }

    /** A bare name of a field of a change that something else has, too, where it is not said which is meant. */
    Expr asks(Path path, List<String> others, Frame frame) {
        var inFull = CHANGE + "." + path.text();
        return lowering.broken(
                Problem.of(
                                ProblemCode.AMBIGUOUS_NAME,
                                frame.at(path.span()),
                                "'%s' has more than one reading: %s of a change, %s.",
                                path.text(),
                                inFull,
                                String.join(", ", others))
                        .offering(
                                Stream.concat(Stream.of(inFull), others.stream())
                                        .toArray(String[]::new)));
    }

    private static boolean isOfUnit(String name, Changes changes) {
        return name.equals(EntityRef.ACCOUNT.name())
                || (changes.per().isUser() && name.equals(EntityRef.USER.name()));
    }

    private Expr noField(Path path, List<String> rest, Source source, Frame frame) {
        boolean isOfRows =
                source.field(rest.getFirst()).isPresent()
                        || source.link(rest.getFirst()).isPresent();
        if (isOfRows || rest.getFirst().equals(EntityRef.USER.name())) {
            return lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    path.span(),
                    "'%s' is of one row, and a change is of all rows of its unit together; to keep to some of them, ask for changes of a slice of '%s'.",
                    path.text(),
                    source.name());
        }
        return unknown(path, rest.getLast(), frame);
    }

    private Expr unknown(Path path, String name, Frame frame) {
        return lowering.unknown(
                Problem.of(
                        ProblemCode.UNKNOWN_FIELD,
                        frame.at(path.span()),
                        "No field '%s' of a change.",
                        path.text()),
                name,
                () -> List.of("changed_at", "value_before", "value_after", "delta", "kind"));
    }
}
