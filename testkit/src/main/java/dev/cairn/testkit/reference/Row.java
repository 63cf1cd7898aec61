package dev.cairn.testkit.reference;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.RateTable;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Derived;
import dev.cairn.domain.plan.Pairs;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of a relation: a fact, or a member with the values of its leaves.
 *
 * @param stretch of time that it is read in
 * @param content null for a member
 * @param account key of the account it belongs to, or that it is
 * @param user key of the user it belongs to, or that it is
 * @param leaves what is read for it, or for its account
 * @param made what it has beside its own fields where other rows are made of facts; null: it is read as it is
 * @param beside null where no other time than the stretch is asked for
 */
record Row(
        Stretch stretch,
        @Nullable Content content,
        @Nullable String account,
        @Nullable String user,
        Population population,
        List<LeafResult> leaves,
        @Nullable Made made,
        @Nullable Beside beside)
        implements Subject {

    /** The bucket, and what time is read for it besides. */
    record Beside(Timeline time, int bucket) {}

    /** One of which no other time is read. */
    Row(
            Stretch stretch,
            @Nullable Content content,
            @Nullable String account,
            @Nullable String user,
            Population population,
            List<LeafResult> leaves,
            @Nullable Made made) {
        this(stretch, content, account, user, population, leaves, made, null);
    }

    /** One that is read as it is. */
    Row(
            Stretch stretch,
            @Nullable Content content,
            @Nullable String account,
            @Nullable String user,
            Population population,
            List<LeafResult> leaves) {
        this(stretch, content, account, user, population, leaves, null);
    }

    /** The same, with what is read for it. */
    Row with(List<LeafResult> read) {
        return new Row(stretch, content, account, user, population, read, made, beside);
    }

    /** The same, of which another row is made. */
    Row with(Made other) {
        return new Row(stretch, content, account, user, population, leaves, other, beside);
    }

    /** What came of the attempt that it begins. */
    Attempt attempt() {
        return (Attempt) Objects.requireNonNull(made);
    }

    /** The same, read in another stretch of time. */
    Row in(Stretch other) {
        return new Row(other, content, account, user, population, leaves, made, beside);
    }

    /** The same, with the other time of its bucket. */
    Row of(Timeline time, int bucket) {
        return new Row(
                stretch,
                content,
                account,
                user,
                population,
                leaves,
                made,
                new Beside(time, bucket));
    }

    @Override
    public Stretch stretch(int reach) {
        var of = Objects.requireNonNull(beside);
        return of.time().stretch(reach, of.bucket());
    }

    /** A fact, and how to read it and what it points at. */
    record Content(Source source, Fact fact, Parents parents) {
        @Nullable Object value(String name) {
            for (int i = 0; i < source.fields().size(); i++) {
                if (source.fields().get(i).name().equals(name)) {
                    return Values.exact(fact.values().get(i));
                }
            }
            throw new IllegalArgumentException(
                    "source %s has no field %s".formatted(source.name(), name));
        }
    }

    @Override
    public @Nullable Object field(Expr.Field field) {
        if (made != null && (Derived.isOwn(field) || field.source().equals(Pairs.SOURCE))) {
            return made.field(field);
        }
        if (content == null || !content.source().name().equals(field.source())) {
            throw new IllegalArgumentException("no fact of %s at hand".formatted(field.source()));
        }
        return content.value(field.name());
    }

    @Override
    public @Nullable Object linked(Expr.Linked linked) {
        if (made instanceof Attempt attempt && Attempt.isOfLater(linked.hops())) {
            return attempt.from(linked.hops())
                    .map(row ->
                            row.linked(new Expr.Linked(attempt.ofRow(linked.hops()), linked.end())))
                    .orElse(null);
        }
        return Objects.requireNonNull(content).parents().value(linked, content);
    }

    @Override
    public List<Parents.Version> versions(Expr.Linked linked) {
        var of = Objects.requireNonNull(content);
        return of.parents().versions(linked, of);
    }

    @Override
    public @Nullable Subject member(List<Expr.Hop> hops) {
        if (made instanceof Attempt attempt && Attempt.isOfLater(hops)) {
            return attempt.from(hops).map(row -> row.member(attempt.ofRow(hops))).orElse(null);
        }
        var of = Objects.requireNonNull(content);
        return of.parents()
                .account(hops, of, population)
                .map(key -> new Row(stretch, content, key, null, population, leaves))
                .orElse(null);
    }

    @Override
    public @Nullable Subject reached(Expr.Hop hop, List<Object> said) {
        return switch (hop.to()) {
            case Expr.To.Member _ -> {
                var key = (String) said.getFirst();
                var rules = population.parents().rules();
                boolean isSeen =
                        !hop.withinAccount() || rules.isWithinAccountOfMember(key, account);
                yield population.isAccount(key) && isSeen
                        ? new Row(stretch, content, key, null, population, leaves)
                        : null;
            }
            case Expr.To.Row to ->
                    population
                            .parents()
                            .row(to, said, account)
                            .map(row -> new Row(stretch, row, account, user, population, leaves))
                            .orElse(null);
        };
    }

    @Override
    public List<Parents.Version> versions(
            Expr.To.Row to, Expr.Attribute attribute, List<Object> said) {
        return population.parents().versions(to, attribute, said);
    }

    @Override
    public @Nullable Object attribute(Expr.Attribute attribute) {
        return population.attribute(attribute, account, user);
    }

    @Override
    public @Nullable Object attributeOn(Expr.Attribute attribute, LocalDate day) {
        return population.attributeOn(attribute, day, account, user);
    }

    @Override
    public @Nullable Object attributeBefore(Expr.Attribute attribute, LocalDate day) {
        return population.attributeBefore(attribute, day, account, user);
    }

    @Override
    public @Nullable String key(EntityRef entity) {
        return entity.isUser() ? user : account;
    }

    @Override
    public @Nullable LocalDate start(EntityRef entity, ZoneId zone) {
        return population.start(entity, account, user, zone);
    }

    @Override
    public @Nullable Object leaf(int leaf) {
        return leaves.get(leaf).value();
    }

    @Override
    public List<Subject> groups() {
        throw new IllegalArgumentException("a row is no group");
    }

    @Override
    public Set<MissingRate> lacking(int leaf) {
        return leaves.get(leaf).lacking();
    }

    @Override
    public @Nullable BigDecimal rate(RateTable table, @Nullable String currency, LocalDate day) {
        return population.rates().on(day, currency, table);
    }

    @Override
    public LocalDate asOfDate() {
        return population.asOfDate();
    }
}
