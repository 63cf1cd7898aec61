package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Touches;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a touch has beside the fields of the row that it stands at: when both rows were, and links to them. */
final class TouchNames {
    private final Lowering lowering;

    TouchNames(Lowering lowering) {
        this.lowering = lowering;
    }

    /** All names, for near ones. */
    static Stream<String> of(Touches touches) {
        return Stream.concat(
                touches.fields().stream().map(Expr.Field::name),
                Stream.of(touches.linkHere(), touches.linkThere()));
    }

    /** Empty where a name is none of a touch; then it is of the row. */
    Optional<Expr> named(Path path, Source here, Touches touches, Frame frame) {
        var names = path.names();
        String first = names.getFirst();
        if (names.size() == 1) {
            return Stream.of(touches.earlierAt(), touches.laterAt())
                    .filter(field -> field.name().equals(first))
                    .findFirst()
                    .map(field ->
                            here.field(first).isPresent()
                                    ? twice(first, path, here, touches, frame)
                                    : field);
        }
        var rest = names.subList(1, names.size());
        var asked = otherReading(first, here, touches);
        if (asked.isPresent()) {
            return asked.map(reading -> asks(reading, path, here, touches, frame));
        }
        if (first.equals(touches.linkHere())) {
            return Optional.of(
                    lowering.lower(
                            new Path(
                                    Stream.concat(Stream.of(here.name()), rest.stream()).toList(),
                                    path.span()),
                            frame));
        }
        boolean isThere =
                first.equals(touches.linkThere())
                        || (first.equals(touches.there().rows().source())
                                && !first.equals(here.name()));
        return isThere ? Optional.of(there(rest, path, touches, frame)) : Optional.empty();
    }

    /** What else is called like a row of the touch; empty where nothing is, or the name is none of a touch. */
    private Optional<String> otherReading(String name, Source here, Touches touches) {
        boolean isHere = name.equals(touches.linkHere());
        if (!isHere && !name.equals(touches.linkThere())) {
            return Optional.empty();
        }
        var of = isHere ? here.name() : touches.there().rows().source();
        return here.link(name).isPresent()
                ? Optional.of("a link of '%s'".formatted(here.name()))
                : lowering.catalog()
                        .sourceUnder(name)
                        .filter(source -> !source.name().equals(of))
                        .map(_ -> "a source or slice");
    }

    private Expr asks(String reading, Path path, Source here, Touches touches, Frame frame) {
        String first = path.names().getFirst();
        boolean isLink = here.link(first).isPresent();
        var problem =
                Problem.of(
                        ProblemCode.AMBIGUOUS_NAME,
                        frame.at(path.span()),
                        "'%s' is the %s row of the touch, and %s%s. Rename that to ask for the row of the touch%s.",
                        first,
                        first,
                        reading,
                        isLink
                                ? "; say '%s.%s' for what the link leads to"
                                        .formatted(here.name(), path.text())
                                : "",
                        touches.here().rows().source().equals(touches.there().rows().source())
                                ? ""
                                : ", or name its fields by its source");
        return lowering.broken(
                isLink ? problem.offering(here.name() + "." + path.text()) : problem);
    }

    /** A field of the row that it does not stand at. */
    private Expr there(List<String> rest, Path path, Touches touches, Frame frame) {
        String name = rest.getFirst();
        var field =
                touches.others().stream().filter(other -> other.name().equals(name)).findFirst();
        if (rest.size() > 1 || (field.isEmpty() && isLink(name, touches))) {
            return elsewhere(
                    "What '%s' leads to is read of the row that a touch stands at, and this is the other; have it stand at that.",
                    path, touches, frame);
        }
        if (field.isPresent() && field.get().type().unit() instanceof Unit.RowMoney) {
            return elsewhere(
                    "'%s' is an amount in the currency of its row, which is read of the row that a touch stands at, and this is the other; have it stand at that.",
                    path, touches, frame);
        }
        return field.<Expr>map(touches::there)
                .orElseGet(() ->
                        lowering.unknown(
                                Problem.of(
                                        ProblemCode.UNKNOWN_FIELD,
                                        frame.at(path.span()),
                                        "No field '%s' in '%s', which is '%s' of the touch.",
                                        name,
                                        touches.there().rows().source(),
                                        touches.linkThere()),
                                name,
                                () -> touches.others().stream().map(Expr.Field::name).toList()));
    }

    private Expr elsewhere(String message, Path path, Touches touches, Frame frame) {
        var at = touches.isAtLater() ? touches.earlierAt() : touches.laterAt();
        return lowering.broken(
                Problem.of(ProblemCode.INCOMPATIBLE, frame.at(path.span()), message, path.text())
                        .offering("touch(...) on " + at.name()));
    }

    private boolean isLink(String name, Touches touches) {
        return lowering.catalog()
                .source(touches.there().rows().source())
                .filter(source ->
                        Names.link(name, source).isPresent()
                                || source.link(name).isPresent()
                                || source.field(name).isPresent())
                .isPresent();
    }

    private Expr twice(String name, Path path, Source here, Touches touches, Frame frame) {
        return lowering.broken(
                Problem.of(
                                ProblemCode.AMBIGUOUS_NAME,
                                frame.at(path.span()),
                                "'%s' is a time of a touch, and a field of '%s', at whose row it stands; say '%s' for that of the row. Rename the field to ask for the other.",
                                name,
                                here.name(),
                                touches.linkHere())
                        .offering("%s.%s".formatted(touches.linkHere(), name)));
    }
}
