package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.TimeEdge;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.problem.Place;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What attributes of accounts and users are read as, and as of when. */
public final class Attributes {
    private final Catalog catalog;

    /** The local date of an instant. */
    private final UnaryOperator<Expr> localDate;

    /** Formulas of computed attributes, of the entities that were asked for one. */
    private final Map<EntityRef, Map<String, Expr>> computed = new HashMap<>();

    Attributes(Catalog catalog, UnaryOperator<Expr> localDate) {
        this.catalog = catalog;
        this.localDate = localDate;
    }

    /** An attribute as it is known now. */
    public Expr latest(EntityRef kind, Field field) {
        return of(kind, field, null);
    }

    /**
     * An attribute of the account or user at hand; of a computed one its formula, whose problems are told where it is declared.
     *
     * @param asOf where it has a history; null: as it is known now
     */
    public Expr of(EntityRef kind, Field field, @Nullable AsOf asOf) {
        var latest =
                field.isRead()
                        ? new Expr.Attribute(kind, field.name(), TypeRules.of(field))
                        : Objects.requireNonNull(
                                computed.computeIfAbsent(kind, this::formulas).get(field.name()));
        return asOf == null || !haveHistory(kind)
                ? latest
                : asOf(asOf, latest, new IdentityHashMap<>());
    }

    /** The same, where attributes of the row's own account or user are its labels, unless something else is said; those of members that links lead to are none. */
    public static Expr asLabels(Expr expr) {
        return asLabels(expr, new IdentityHashMap<>());
    }

    private static Expr asLabels(Expr expr, Map<Expr, Expr> done) {
        return switch (expr) {
            case Expr.Attribute(var entity, var name, var type, var asOf)
                    when asOf != null && !asOf.isSaid() ->
                    new Expr.Attribute(entity, name, type, new AsOf.Now());
            case Expr.Linked linked when linked.beginsAtRow() -> linked;
            case Expr.Linked linked ->
                    linked.from(from -> asLabels(from, done)).to(asLabels(linked.end(), done));
            case Expr.Common common -> {
                var known = done.get(common);
                if (known == null) {
                    known = new Expr.Common(asLabels(common.value(), done));
                    done.put(common, known);
                }
                yield known;
            }
            default -> Exprs.withOperands(expr, operand -> asLabels(operand, done));
        };
    }

    private static Expr asOf(AsOf asOf, Expr expr, Map<Expr, Expr> done) {
        return switch (expr) {
            case Expr.Attribute(var entity, var name, var type, _) ->
                    new Expr.Attribute(entity, name, type, asOf);
            case Expr.Common common -> {
                var known = done.get(common);
                if (known == null) {
                    known = new Expr.Common(asOf(asOf, common.value(), done));
                    done.put(common, known);
                }
                yield known;
            }
            default -> Exprs.withOperands(expr, operand -> asOf(asOf, operand, done));
        };
    }

    /** Whether any have. */
    public boolean haveHistory() {
        return EntityRef.BUILT_IN.stream().anyMatch(this::haveHistory)
                || catalog.all(Source.class).stream().anyMatch(of -> of.history() != null);
    }

    private boolean haveHistory(EntityRef kind) {
        return catalog.entity(kind).history() != null;
    }

    /** As of when attributes are read of rows of a relation, unless a formula says so: at the fact, or at the edge that what is read by its state has. */
    public @Nullable AsOf asOf(RelationKey relation) {
        if (!haveHistory()) {
            return null;
        }
        return switch (relation) {
            case RelationKey.OfFacts(_, Placing.At(var time), _) -> new AsOf.Fact(day(time), false);
            case RelationKey.OfFacts(_, Placing.ValidAt(_, var edge), _) ->
                    edge(edge == Placing.Edge.END, false);
            case RelationKey.OfFacts(_, Placing.ValidDuring _, _) -> edge(true, false);
            case RelationKey.OfMembers _, RelationKey.OfTicks _ -> edge(true, false);
        };
    }

    /** The same of the rule of a cohort, where rows read attributes as of a time. */
    public static @Nullable AsOf asOfCohort(@Nullable AsOf ofRows) {
        return Moments.ofCohort(ofRows);
    }

    static AsOf.Edge edge(boolean end, boolean said) {
        return new AsOf.Edge(new TimeEdge(TimeEdge.Of.WINDOW, end, Type.DATE), said);
    }

    /** The local date of a date or an instant. */
    Expr day(Expr time) {
        return time.type().kind() == Type.Kind.TIMESTAMP ? localDate.apply(time) : time;
    }

    /** Whether an expression reads an attribute, as of whatever time. */
    public static boolean reads(Expr expr, Expr attribute) {
        return Exprs.any(
                expr,
                part ->
                        part.equals(attribute)
                                || (part instanceof Expr.Attribute read
                                        && read.latest().equals(attribute)));
    }

    private Map<String, Expr> formulas(EntityRef kind) {
        return ComputedAttributes.of(catalog.entity(kind), Place.NOWHERE).formulas();
    }

    /** Whether it is what a computed attribute that was asked for stands for. */
    public boolean isComputed(Expr expr) {
        return computed.values().stream().anyMatch(formulas -> formulas.containsValue(expr));
    }

    /** Tells the formulas of computed attributes beforehand. */
    void computed(EntityRef kind, Map<String, Expr> formulas) {
        computed.put(kind, formulas);
    }
}
