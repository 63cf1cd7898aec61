package dev.cairn.testkit.reference;

import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.RateTable;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Stretch;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A subject with the common values that were evaluated for it. */
record Remembering(Subject subject, Map<Expr.Common, Optional<Object>> values) implements Subject {
    static Remembering of(Subject subject) {
        return subject instanceof Remembering already
                ? already
                : new Remembering(subject, new HashMap<>());
    }

    @Nullable Object value(Expr.Common common, Supplier<@Nullable Object> evaluate) {
        var known = values.get(common);
        if (known != null) {
            return known.orElse(null);
        }
        var value = evaluate.get();
        values.put(common, Optional.ofNullable(value));
        return value;
    }

    @Override
    public @Nullable Object field(Expr.Field field) {
        return subject.field(field);
    }

    @Override
    public @Nullable Object linked(Expr.Linked linked) {
        return subject.linked(linked);
    }

    @Override
    public List<Parents.Version> versions(Expr.Linked linked) {
        return subject.versions(linked);
    }

    @Override
    public @Nullable Subject member(List<Expr.Hop> hops) {
        return subject.member(hops);
    }

    @Override
    public @Nullable Subject reached(Expr.Hop hop, List<Object> said) {
        return subject.reached(hop, said);
    }

    @Override
    public List<Parents.Version> versions(
            Expr.To.Row to, Expr.Attribute attribute, List<Object> said) {
        return subject.versions(to, attribute, said);
    }

    @Override
    public @Nullable Object attribute(Expr.Attribute attribute) {
        return subject.attribute(attribute);
    }

    @Override
    public @Nullable Object attributeOn(Expr.Attribute attribute, LocalDate day) {
        return subject.attributeOn(attribute, day);
    }

    @Override
    public @Nullable Object attributeBefore(Expr.Attribute attribute, LocalDate day) {
        return subject.attributeBefore(attribute, day);
    }

    @Override
    public @Nullable String key(EntityRef entity) {
        return subject.key(entity);
    }

    @Override
    public @Nullable LocalDate start(EntityRef entity, ZoneId zone) {
        return subject.start(entity, zone);
    }

    @Override
    public @Nullable Object leaf(int leaf) {
        return subject.leaf(leaf);
    }

    @Override
    public List<? extends Subject> groups() {
        return subject.groups();
    }

    @Override
    public Set<MissingRate> lacking(int leaf) {
        return subject.lacking(leaf);
    }

    @Override
    public @Nullable BigDecimal rate(RateTable table, @Nullable String currency, LocalDate day) {
        return subject.rate(table, currency, day);
    }

    @Override
    public LocalDate asOfDate() {
        return subject.asOfDate();
    }

    @Override
    public Stretch stretch(int reach) {
        return subject.stretch(reach);
    }

    @Override
    public Stretch stretch() {
        return subject.stretch();
    }
}
