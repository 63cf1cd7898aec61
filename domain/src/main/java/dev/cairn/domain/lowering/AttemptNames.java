package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an attempt has beside the fields of the row that begins it: {@code completed}, {@code step_2_at}, links to the rows of its steps. */
final class AttemptNames {
    private static final Pattern LINK = Pattern.compile("step_[0-9]+");

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
                        IntStream.rangeClosed(1, attempts.steps().size()).mapToObj(Attempts::link));
    }

    /** Whether it begins with what is a link of an attempt. */
    static boolean isOfStep(Path path) {
        return path.names().size() > 1 && LINK.matcher(path.names().getFirst()).matches();
    }

    /** Empty where a name is none of an attempt; then it is of the row. */
    Optional<Expr> named(Path path, Level.Row row, Attempts attempts, Frame frame) {
        String first = path.names().getFirst();
        if (path.names().size() == 1) {
            return attempts.fields().stream()
                    .filter(field -> field.name().equals(first))
                    .findFirst()
                    .<Expr>map(field ->
                            row.source().field(first).isPresent()
                                    ? twice(first, path, row, frame)
                                    : field)
                    .or(() -> notOfValue(first, path, row, attempts, frame));
        }
        return isOfStep(path) && row.source().link(first).isEmpty()
                ? Optional.of(ofStep(path, attempts, frame))
                : Optional.empty();
    }

    private Optional<Expr> notOfValue(
            String name, Path path, Level.Row row, Attempts attempts, Frame frame) {
        return of(attempts)
                .filter(name::equals)
                .filter(_ -> row.source().field(name).isEmpty())
                .findFirst()
                .map(_ ->
                        lowering.broken(
                                ProblemCode.LEVEL_MISMATCH,
                                frame,
                                path.span(),
                                "'%s' is a link to the row of a step, not a value; name one of its fields.",
                                name));
    }

    /** A field of the row of a step, or what its links lead to, or an attribute at its time; empty where the step was not reached. */
    Expr ofStep(Path path, Attempts attempts, Frame frame) {
        var rest = path.names().subList(1, path.names().size());
        int count = attempts.steps().size();
        var step =
                IntStream.rangeClosed(1, count)
                        .filter(at -> Attempts.link(at).equals(path.names().getFirst()))
                        .findFirst();
        if (step.isEmpty()) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.UNKNOWN_FIELD,
                                    frame.at(path.span()),
                                    "'%s' is of no step: there are %d, from 'step_1' to '%s'.",
                                    path.text(),
                                    count,
                                    Attempts.link(count))
                            .offering(Attempts.link(count) + "." + String.join(".", rest)));
        }
        var input = attempts.input(attempts.steps().get(step.getAsInt() - 1));
        var source = lowering.catalog().source(input.source()).orElseThrow();
        var inFull =
                rest.getFirst().equals(source.name())
                        ? rest
                        : Stream.concat(Stream.of(source.name()), rest.stream()).toList();
        var row = Level.Row.of(source, Set.of(source.name()), null, input.placing());
        var value = lowering.lower(new Path(inFull, path.span()), atItsTime(frame, input).at(row));
        if (step.getAsInt() == 1 || value.type().isBroken()) {
            return value;
        }
        return isOfUser(value) && !attempts.per().isUser()
                ? ofOtherUser(path, source, frame)
                : later(step.getAsInt(), value, attempts);
    }

    /** As of when attributes are read where nothing else is said: at the fact, which is the row of the step. */
    private Frame atItsTime(Frame frame, Attempts.Input input) {
        return frame.asOf() instanceof AsOf.Fact(_, var said)
                ? frame.asOf(new AsOf.Fact(lowering.attributes().day(input.placing().time()), said))
                : frame;
    }

    private static boolean isOfUser(Expr value) {
        return Exprs.any(
                value,
                part ->
                        switch (part) {
                            case Expr.Key(var entity) -> entity.isUser();
                            case Expr.Attribute(var entity, _, _, _) -> entity.isUser();
                            case Expr.Start(var entity, _) -> entity.isUser();
                            default -> false;
                        });
    }

    private Expr ofOtherUser(Path path, Source source, Frame frame) {
        return lowering.broken(
                Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                frame.at(path.span()),
                                "'%s' may be of another user than the attempt, which is of an account; name the field, or count attempts per user.",
                                path.text())
                        .offering(path.names().getFirst() + "." + source.userField(), "per user"));
    }

    /** A value of the row of a later step, as one of the attempt. */
    private static Expr later(int step, Expr value, Attempts attempts) {
        var moved = moved(step, value, new IdentityHashMap<>());
        return moved instanceof Expr.Field || moved instanceof Expr.Linked
                ? moved
                : new Expr.Case(
                        List.of(new Expr.Arm(Exprs.isNotNone(attempts.at(step)), moved)),
                        Expr.NONE,
                        moved.type());
    }

    private static Expr moved(int step, Expr expr, Map<Expr, Expr> done) {
        return switch (expr) {
            case Expr.Field field -> Attempts.of(step, field);
            case Expr.Linked linked when !linked.hops().getFirst().isOfFields() -> {
                var there =
                        (Expr.Linked)
                                Exprs.withOperands(linked, operand -> moved(step, operand, done));
                yield linked.beginsAtRow() ? there.behind(Attempts.link(step)) : there;
            }
            case Expr.Linked(var hops, var end) ->
                    new Expr.Linked(
                            Stream.concat(
                                            Stream.of(moved(step, hops.getFirst())),
                                            hops.stream().skip(1))
                                    .toList(),
                            end instanceof Expr.Field ? end : moved(step, end, done));
            case Expr.Common common -> {
                var known = done.get(common);
                if (known == null) {
                    known = new Expr.Common(moved(step, common.value(), done));
                    done.put(common, known);
                }
                yield known;
            }
            default -> Exprs.withOperands(expr, operand -> moved(step, operand, done));
        };
    }

    private static Expr.Hop moved(int step, Expr.Hop hop) {
        return new Expr.Hop(
                Attempts.link(step) + "." + hop.link(),
                hop.fields().stream().map(field -> Attempts.of(step, field)).toList(),
                hop.to(),
                hop.withinAccount());
    }

    private Expr twice(String name, Path path, Level.Row row, Frame frame) {
        return lowering.broken(
                Problem.of(
                                ProblemCode.AMBIGUOUS_NAME,
                                frame.at(path.span()),
                                "'%s' is said of an attempt, and is a field of '%s', whose row begins it; say 'step_1' for that of the row. Rename the field to ask for the other.",
                                name,
                                row.source().name())
                        .offering("%s.%s".formatted(Attempts.link(1), name)));
    }
}
