package dev.cairn.testkit.reference;

import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.RateTable;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Stretch;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an expression is read from: a fact, a member or a cell. Integers are BigDecimals here. */
interface Subject {
    @Nullable Object field(Expr.Field field);

    /** A field of the row that links lead to. */
    @Nullable Object linked(Expr.Linked linked);

    /** The account that links lead to, at the time of this; null where they lead to none. */
    @Nullable Subject member(List<Expr.Hop> hops);

    /** What is known of an attribute of the member that links lead to, of all times; none where they lead nowhere. */
    List<Parents.Version> versions(Expr.Linked linked);

    /** The account or row of a member that a hop leads to whose key is said; null where it leads to none. */
    @Nullable Subject reached(Expr.Hop hop, List<Object> said);

    /** What is known of an attribute of the member of a declared entity with a key, of all times. */
    List<Parents.Version> versions(Expr.To.Row to, Expr.Attribute attribute, List<Object> said);

    @Nullable Object attribute(Expr.Attribute attribute);

    /** What an attribute with a history was on a day. */
    @Nullable Object attributeOn(Expr.Attribute attribute, LocalDate day);

    /** What it was before a day, or at first where nothing is known of that time. */
    @Nullable Object attributeBefore(Expr.Attribute attribute, LocalDate day);

    @Nullable String key(EntityRef entity);

    /** The local date on which its account or user began. */
    @Nullable LocalDate start(EntityRef entity, ZoneId zone);

    @Nullable Object leaf(int leaf);

    /** Of a cell, all of its bucket, itself among them; none where it is of no group. */
    List<? extends Subject> groups();

    /** For want of which rates it has no value. */
    Set<MissingRate> lacking(int leaf);

    /** The rate of a currency on a day; null where there is none. */
    @Nullable BigDecimal rate(RateTable table, @Nullable String currency, LocalDate day);

    /** First local date that is not known. */
    LocalDate asOfDate();

    /** What time it is of. */
    Stretch stretch();

    /** Another part of time that is read for its bucket. */
    Stretch stretch(int reach);
}
