package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.RelationClause.Timing;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Changes;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lowers {@code changes(...)}: when the sum of a value over rows that hold for a time is another than before. */
final class Changings {
    private final Lowering lowering;
    private final Relations relations;
    private final Sequences sequences;

    Changings(Lowering lowering, Relations relations, Sequences sequences) {
        this.lowering = lowering;
        this.relations = relations;
        this.sequences = sequences;
    }

    /** Rows that are in force for a time, and what is added of them. */
    private record Rows(
            Source source, Placing.Validity validity, Relations.Read read, Expr value) {}

    /** How long a gap may be; null: there is none. */
    private record Gap(@Nullable Expr end, TimeContext.@Nullable Length length) {}

    /** Empty where it is not known what is read; the problem is told. */
    Optional<Relations.Read> read(
            Head.Changes changes, RelationClause clause, Frame frame, Leaves leaves) {
        var unit = new SequenceUnits(lowering, frame).unit(changes.per(), changes.span());
        boolean fits = fits(changes, clause, frame);
        var rows = rows(changes, unit.orElse(EntityRef.ACCOUNT), frame);
        var gap = rows.flatMap(found -> gap(changes.gap(), found, frame));
        return !fits || unit.isEmpty() || gap.isEmpty()
                ? Optional.empty()
                : rows.map(found ->
                        read(changing(found, unit.get(), gap.get()), found, clause, frame, leaves));
    }

    private boolean fits(Head.Changes changes, RelationClause clause, Frame frame) {
        boolean isInWindow = frame.time().ofSubject() != null;
        if (isInWindow) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(changes.span()),
                                    "Changes are read by bucket, and not in a window of each member or row; say by a condition when they were.")
                            .offering(
                                    "count(changes(...) where changed_at >= account.signed_on and changed_at < account.signed_on + 30 days) over ever"));
        }
        if (clause.timing() != null) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    clause.span(),
                    "'on', 'at' and 'during' are of facts; a change is at the time at which the sum is another than before.");
        }
        return !isInWindow && clause.timing() == null;
    }

    private static RelationKey.Changing changing(Rows rows, EntityRef unit, Gap gap) {
        var input =
                new Attempts.Input(
                        rows.source().name(),
                        rows.validity().from(),
                        List.of(),
                        false,
                        rows.read().where());
        var changes = new Changes(input, rows.validity().until(), rows.value(), unit, gap.end(), 0);
        return new RelationKey.Changing(changes, gap.length());
    }

    private Relations.Read read(
            RelationKey.Changing changing,
            Rows rows,
            RelationClause clause,
            Frame frame,
            Leaves leaves) {
        var placing = new Placing.At(changing.changes().at());
        var relation = new RelationKey.OfFacts(rows.source(), placing, changing);
        var scan = lowering.scan(relation, frame.during(rows.read().scan().time()), clause.span());
        var own = leaves.inner(scan);
        var level =
                Level.Row.of(rows.source(), Set.of(rows.source().name()), own, placing)
                        .with(own, changing.changes());
        var asked = lowering.narrowings().where(scan, own, frame);
        var all =
                frame.asOf(lowering.moments().ofRows(relation, frame))
                        .at(level)
                        .knowing(relation.neverEmpty())
                        .given(asked);
        var where = Expr.and(asked, relations.where(clause.where(), all));
        return new Relations.Read(scan, where, all.given(where), !where.type().isBroken());
    }

    // ---- the rows

    private Optional<Rows> rows(Head.Changes changes, EntityRef unit, Frame frame) {
        var path = changes.value();
        String name = path.names().getFirst();
        var source = lowering.catalog().sourceUnder(name);
        if (source.isPresent() && source.get().validity() == null) {
            return refused(
                    path,
                    frame,
                    "'%s' has no validity, so that nothing of it is in force for a time and changes; declare from when until when its rows hold ('validity' in its definition).",
                    source.get().name());
        }
        if (source.isPresent() && Names.link(unit.name(), source.get()).isEmpty()) {
            return refused(
                    path,
                    frame,
                    "'%s' has no changes per %s: its facts are of no %s.",
                    name,
                    unit.name(),
                    unit.name());
        }
        var head =
                new Head.Named(new Path(List.of(name), path.span()), null, List.of(), path.span());
        var timing = source.isEmpty() ? null : new Timing.During(path.span());
        return relations
                .read(
                        new RelationClause(head, timing, null, null, path.span()),
                        frame.narrowed(Narrowing.NONE),
                        new Leaves(Leaves.Binder.OF_MEMBER))
                .filter(Relations.Read::sound)
                .flatMap(read -> rows(read, path, frame));
    }

    private Optional<Rows> rows(Relations.Read read, Path path, Frame frame) {
        if (!(read.relation()
                instanceof
                RelationKey.OfFacts(var source, Placing.ValidDuring(var validity, _), _))) {
            return refused(
                    path,
                    frame,
                    "'%s' are members; changes are of what rows of a source say, as in subscription.mrr.",
                    path.names().getFirst());
        }
        var value =
                inOneCurrency(
                        lowering.lower(
                                new Path(path.names().subList(1, path.names().size()), path.span()),
                                read.rows()),
                        read);
        boolean isSound =
                !value.type().isBroken()
                        && isAmount(value, path, frame)
                        && !sequences.dependsOnCell(
                                value, "a value that changes", frame, path.span())
                        && !sequences.dependsOnCell(
                                read.where(), "the condition of a slice", frame, path.span());
        return isSound ? Optional.of(new Rows(source, validity, read, value)) : Optional.empty();
    }

    /** An amount in the currency of its row, where a slice keeps the rows to one. */
    private static Expr inOneCurrency(Expr value, Relations.Read read) {
        var type = OneCurrency.of(value.type(), read.where(), read.relation());
        return type.equals(value.type())
                ? value
                : new Expr.Case(List.of(new Expr.Arm(Expr.TRUE, value)), Expr.NONE, type);
    }

    private boolean isAmount(Expr value, Path path, Frame frame) {
        if (!value.type().isNumber() || value.type().kind() == Type.Kind.DOUBLE) {
            lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    path.span(),
                    "'%s' is %s; what changes is a sum, of exact numbers or of money.",
                    path.text(),
                    value.type().word());
            return false;
        }
        if (value.type().unit() instanceof Unit.RowMoney money) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    path.span(),
                    "What changes is a sum, and amounts of '%s' are each in the currency of its row; ask for the changes of a slice of one currency (where: %s = 'EUR').",
                    path.text(),
                    money.currencyField());
            return false;
        }
        return true;
    }

    // ---- the gap

    private Optional<Gap> gap(@Nullable TimeSpan span, Rows rows, Frame frame) {
        if (span == null) {
            return Optional.of(new Gap(null, null));
        }
        var type = rows.validity().from().type();
        boolean isSubDaily =
                span.unit() == TimeSpan.Unit.HOUR || span.unit() == TimeSpan.Unit.MINUTE;
        if (type.kind() == Type.Kind.DATE && isSubDaily) {
            lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    span.span(),
                    "'%s.%s' is a date and has no time of day: hours and minutes are counted from an instant.",
                    rows.source().name(),
                    rows.validity().from().name());
            return Optional.empty();
        }
        return lowering.length(span, frame)
                .flatMap(length ->
                        lowering.moved(Changes.at(type), span, BigDecimal.ONE, frame)
                                .map(end -> new Gap(end, length)));
    }

    private <T> Optional<T> refused(Path path, Frame frame, String message, Object... given) {
        lowering.broken(
                Problem.of(ProblemCode.INCOMPATIBLE, frame.at(path.span()), message, given));
        return Optional.empty();
    }
}
