package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.InPeriods.Part;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What the expressions of a plan read is there where they stand. */
record ExpressionRules(BrokenRules broken) {
    void condition(String place, Expr condition) {
        broken.rule(condition.type().isBoolean(), "%s: a condition is true or false", place);
    }

    /**
     * What the rows of a relation have.
     *
     * @param members whose rows what is read in units of time is of
     */
    void row(String place, Expr expr, Relation relation, Set<EntityRef> members) {
        switch (relation) {
            case Relation.Facts(var source, _, Block(_, var leaves), var derived) ->
                    parts(
                            place,
                            expr,
                            leaves,
                            field ->
                                    field.source().equals(source)
                                            || (derived != null && derived.has(field)),
                            Set.copyOf(EntityRef.BUILT_IN));
            case Relation.Members(var entity, var pairs, Block(_, var leaves)) ->
                    parts(
                            place,
                            expr,
                            leaves,
                            field -> pairs != null && pairs.fields().contains(field),
                            ofMember(entity));
            case Relation.Ticks(_, Block(_, var leaves)) ->
                    parts(place, expr, leaves, _ -> false, members);
        }
    }

    /** What the facts of a source have, of which nothing is read besides. */
    void fact(String place, Expr expr, String of) {
        parts(
                place,
                expr,
                List.of(),
                field -> field.source().equals(of),
                Set.copyOf(EntityRef.BUILT_IN));
    }

    /** Of leaves only. */
    void cell(String place, AnalysisPlan plan, Expr expr) {
        parts(place, expr, plan.leaves(), _ -> false, Set.of());
        Exprs.any(
                expr,
                part -> {
                    if (part instanceof Expr.TimeEdge(_, _, _, int reach)) {
                        broken.rule(
                                reach >= 0 && reach < plan.time().reaches().size(),
                                "%s: an edge is of a time that is read",
                                place);
                    }
                    return false;
                });
    }

    /**
     * @param leaves whose values there are
     * @param fields which there are
     * @param entities whose keys and attributes there are
     */
    private void parts(
            String place,
            Expr expr,
            List<Leaf> leaves,
            Predicate<Expr.Field> fields,
            Set<EntityRef> entities) {
        Exprs.any(
                expr,
                part -> {
                    broken.rule(!part.type().isBroken(), "%s: nothing is broken", place);
                    switch (part) {
                        case Expr.Field field ->
                                broken.rule(
                                        fields.test(field),
                                        "%s: there is a field %s.%s",
                                        place,
                                        field.source(),
                                        field.name());
                        case Expr.Linked linked -> linked(place, linked);
                        case Expr.Attribute(var entity, var name, _, _) ->
                                broken.rule(
                                        entities.contains(entity),
                                        "%s: there is an attribute %s.%s",
                                        place,
                                        entity.name(),
                                        name);
                        case Expr.Key(var entity) ->
                                broken.rule(
                                        entities.contains(entity),
                                        "%s: there is a key of %s",
                                        place,
                                        entity.name());
                        case Expr.Start(var entity, _) ->
                                broken.rule(
                                        entities.contains(entity),
                                        "%s: there is a start of %s",
                                        place,
                                        entity.name());
                        case Expr.InPeriods(var date, _, var asked) ->
                                broken.rule(
                                        date.type().kind()
                                                == (asked == Part.BEGINNING
                                                        ? Type.Kind.INTEGER
                                                        : Type.Kind.DATE),
                                        "%s: what is in a period is a date, and its place a whole number",
                                        place);
                        case Expr.LeafValue(int leaf, var type) ->
                                broken.rule(
                                        leaf < leaves.size()
                                                && leaves.get(leaf).type().equals(type),
                                        "%s: there is a leaf %d of its type",
                                        place,
                                        leaf);
                        case Expr.And(var left, var right) -> both(place, left, right);
                        case Expr.Or(var left, var right) -> both(place, left, right);
                        case Expr.Rank _ ->
                                broken.rule(
                                        entities.isEmpty(), "%s: what is ranked is a cell", place);
                        case Expr.Not(var operand) -> condition(place, operand);
                        case Expr.Case(var arms, _, _) ->
                                arms.forEach(arm -> condition(place, arm.condition()));
                        case Expr.TimeEdge(var of, _, _, _) ->
                                broken.rule(
                                        of == Expr.TimeEdge.Of.BUCKET
                                                || of == Expr.TimeEdge.Of.WINDOW,
                                        "%s: as-of is a literal, and it is known when a rule is read",
                                        place);
                        case Expr.Literal _,
                                Expr.Arithmetic _,
                                Expr.Negate _,
                                Expr.Compare _,
                                Expr.Is _,
                                Expr.In _,
                                Expr.Call _,
                                Expr.Convert _,
                                Expr.Share _,
                                Expr.Common _ -> {}
                    }
                    return false;
                });
    }

    /** That the row at hand has the fields of the first hop is asked of these. */
    private void linked(String place, Expr.Linked linked) {
        var hops = linked.hops();
        for (int at = 0; at < hops.size(); at++) {
            var hop = hops.get(at);
            boolean isLast = at + 1 == hops.size();
            switch (hop.to()) {
                case Expr.To.Row row -> {
                    if (!isLast) {
                        broken.rule(
                                hops.get(at + 1).from().stream()
                                        .allMatch(from ->
                                                from instanceof Expr.Field(var of, _, _)
                                                        && of.equals(row.source())),
                                "%s: what is read beyond the link %s is of a row of %s",
                                place,
                                hop.link(),
                                row.source());
                    }
                    row(place, hop, row);
                }
                case Expr.To.Member _ ->
                        broken.rule(
                                isLast && hop.from().getFirst().type().equals(Type.TEXT),
                                "%s: the link %s ends at a member, whose key is a text",
                                place,
                                hop.link());
            }
        }
    }

    private void row(String place, Expr.Hop hop, Expr.To.Row row) {
        broken.rule(
                row.time() == null || row.time().source().equals(row.source()),
                "%s: the time of the link %s is of a row of %s",
                place,
                hop.link(),
                row.source());
        for (int part = 0; part < row.key().size(); part++) {
            broken.rule(
                    hop.from().get(part).type().kind().equals(row.key().get(part).type().kind()),
                    "%s: the link %s says a key of its types",
                    place,
                    hop.link());
        }
    }

    private void both(String place, Expr left, Expr right) {
        condition(place, left);
        condition(place, right);
    }

    static Set<EntityRef> ofMember(EntityRef entity) {
        return entity.isUser() ? Set.copyOf(EntityRef.BUILT_IN) : Set.of(EntityRef.ACCOUNT);
    }
}
