package dev.cairn.domain.lowering;

import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Changes;
import dev.cairn.domain.plan.Derived;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Touches;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Of what a formula is a value where it stands; decides what its names mean. */
public sealed interface Level {
    /**
     * Of a fact.
     *
     * @param names the relation goes by: its source's, its slice's
     * @param visible fields that may be named; all, unless one of them is being computed
     * @param isBeingRead whether the fact is being read: there is no account or user yet
     * @param own what is read for its account; null: nothing can be
     * @param placing what puts it into the time that is read; null where that is not known
     * @param derived rows one of which it is, with fields of their own; null: it is a fact
     */
    record Row(
            Source source,
            Set<String> names,
            Set<String> visible,
            boolean isBeingRead,
            @Nullable Leaves own,
            @Nullable Placing placing,
            @Nullable Derived derived)
            implements Level {
        public Row {
            names = Set.copyOf(names);
            visible = Set.copyOf(visible);
        }

        /** The same, of which another row is made. */
        Row with(@Nullable Leaves other, @Nullable Derived made) {
            return new Row(source, names, visible, isBeingRead, other, placing, made);
        }

        /** Attempts at a sequence that it begins one of; null: it begins none. */
        @Nullable Attempts attempts() {
            return derived instanceof Attempts attempts ? attempts : null;
        }

        /** Of a fact that was read, all of whose fields may be named. */
        public static Row of(Source source, Set<String> names) {
            return of(source, names, null, null);
        }

        /** The same, as a definition says it of rows that are read as they are stored. */
        public static Row of(Source source, Set<String> names, Leaves leaves) {
            var relation = RelationKey.of(source);
            return of(
                    source,
                    names,
                    leaves.inner(new ScanKey(relation, TimeContext.BUCKET)),
                    relation.placing());
        }

        /** The same, where aggregates of its account can be read. */
        static Row of(
                Source source, Set<String> names, @Nullable Leaves own, @Nullable Placing placing) {
            return new Row(
                    source,
                    names,
                    source.fields().stream()
                            .map(Field::name)
                            .collect(Collectors.toUnmodifiableSet()),
                    false,
                    own,
                    placing,
                    null);
        }
    }

    /**
     * Of an account or user: attributes, and aggregates over what belongs to it.
     *
     * @param time of which the members are
     * @param pairing what they are split by: aggregates are of rows of one value; null: each is one
     */
    record Member(
            EntityRef entity,
            Leaves leaves,
            TimeContext time,
            RelationKey.@Nullable Pairing pairing)
            implements Level {
        /** Each is one. */
        public Member(EntityRef entity, Leaves leaves, TimeContext time) {
            this(entity, leaves, time, null);
        }

        /** Of the bucket. */
        public Member(EntityRef entity, Leaves leaves) {
            this(entity, leaves, TimeContext.BUCKET);
        }
    }

    /** Of a cell: aggregates. */
    record Cell(Leaves leaves) implements Level {}

    /**
     * Of an account, by attributes and lists alone.
     *
     * @param isScope whether it is the scope of a caller, or the rule of a cohort where nothing is read for accounts
     * @param claims what a scope reads of the caller, by name; none where it is no scope
     */
    record Rule(boolean isScope, Map<String, String> claims) implements Level {
        public Rule {
            claims = Map.copyOf(claims);
        }

        /** The rule of a cohort. */
        static final Rule OF_COHORT = new Rule(false, Map.of());
    }

    /**
     * Of a row or member, as a question names it: dimensions and filters, written in full or where only one reading is possible.
     *
     * @param isKey whether it is the formula of a dimension, whose aggregates are of one account each
     * @param own what is read for its account; null: nothing can be
     */
    record Asked(RelationKey relation, boolean isKey, @Nullable Leaves own) implements Level {
        public Asked(RelationKey relation) {
            this(relation, false, null);
        }
    }

    /** What can be read for the account of what is at hand. */
    default Optional<Leaves> ofAccount() {
        return switch (this) {
            case Row row -> Optional.ofNullable(row.own());
            case Member(_, var leaves, _, _) -> Optional.of(leaves);
            case Asked(_, _, var own) -> Optional.ofNullable(own);
            case Cell _, Rule _ -> Optional.empty();
        };
    }

    /** Whether it is of a stored row, or of an account that is listed, without a question: there is no time that is read. */
    default boolean isOutsideOfQuestion() {
        return switch (this) {
            case Row row -> row.own() == null && !row.isBeingRead();
            case Asked(_, _, var own) -> own == null;
            case Rule _ -> true;
            case Member _, Cell _ -> false;
        };
    }

    /** What can be read for one of members that are at hand: accounts, users, or those of a declared entity. */
    default Optional<Leaves> ofMembers() {
        return switch (this) {
            case Member(_, var leaves, _, _) -> Optional.of(leaves);
            case Row row when row.source().isEntity() -> Optional.ofNullable(row.own());
            case Row _, Cell _, Rule _, Asked _ -> Optional.empty();
        };
    }

    /** Whose values stand in expressions of this level. */
    default Optional<Leaves> valued() {
        return this instanceof Cell(var leaves) ? Optional.of(leaves) : ofAccount();
    }

    /** Whether it is the formula of a dimension, in which an aggregate is of the account of a row. */
    default boolean isKey() {
        return this instanceof Asked(_, boolean key, _) && key;
    }

    /** Where an aggregate that stands here is put; empty where it does not say whose it is. */
    default Optional<Leaves> aggregated() {
        return switch (this) {
            case Member(_, var leaves, _, _) -> Optional.of(leaves);
            case Cell(var leaves) -> Optional.of(leaves);
            case Row _, Rule _, Asked _ -> Optional.empty();
        };
    }

    /** For messages: "a row of invoice", "an account", "a cell". */
    default String word() {
        return switch (this) {
            case Row row ->
                    switch (row.derived()) {
                                case null -> "a row of ";
                                case Attempts _ -> "an attempt that begins with a row of ";
                                case Touches touches ->
                                        "a touch that stands at the %s row, of "
                                                .formatted(touches.linkHere());
                                case Changes _ -> "a change of ";
                            }
                            + row.source().name();
            case Member(var entity, _, _, var pairing) ->
                    pairing == null
                            ? "one " + entity.name()
                            : "one pair of " + pairing.words(entity);
            case Cell _ -> "a cell";
            case Rule _ -> "an account's attributes";
            case Asked(var relation, _, _) -> "a row of " + relation.word();
        };
    }
}
