package dev.cairn.domain.expression;

import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.time.Periods;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A typed, resolved expression of one row, one member or one cell. Logic is three-valued; an empty operand makes arithmetic, a comparison
 * or a function empty, but {@link Is} and {@code coalesce} are never surprised by one. Equal expressions are equal records.
 */
public sealed interface Expr {
    Expr TRUE = new Literal(true, Type.BOOLEAN);
    Expr FALSE = new Literal(false, Type.BOOLEAN);
    Expr NONE = new Literal(null, Type.NONE);
    Expr BROKEN = new Literal(null, Type.BROKEN);

    Type type();

    /** @param value String, BigDecimal, Boolean, LocalDate or Instant; null is empty */
    record Literal(@Nullable Object value, Type type) implements Expr {}

    /** A field of the fact at hand. */
    record Field(String source, String name, Type type) implements Expr {}

    /**
     * What is read where links lead to from the fact at hand; empty where there is no such row in force, or no such member. A link leads to one at most, so
     * nothing is ever there twice.
     *
     * @param hops from the fact or the member at hand outwards; one at least. The first may begin at whatever value says a key: at an attribute, or at what
     *     other links lead to; the others begin at fields of the row before
     * @param end a field of the row, or an attribute or the key of the member, that the last leads to; an attribute is read as of a time of the fact at hand.
     *     Members of declared entities are rows, and what has a history of them is an attribute
     */
    record Linked(List<Hop> hops, Expr end) implements Expr {
        public Linked {
            hops = List.copyOf(hops);
            if (hops.isEmpty()) {
                throw new IllegalArgumentException("no link leads to " + end);
            }
            boolean isThere =
                    switch (hops.getLast().to()) {
                        case To.Row row ->
                                row.source()
                                        .equals(
                                                switch (end) {
                                                    case Field field -> field.source();
                                                    case Attribute of -> of.entity().name();
                                                    default -> "";
                                                });
                        case To.Member(var entity) ->
                                end.equals(new Key(entity))
                                        || (end instanceof Attribute attribute
                                                && attribute.entity().equals(entity));
                    };
            if (!isThere) {
                throw new IllegalArgumentException("not where links lead to: " + end);
            }
        }

        /** Whether the way begins at a field of the row at hand, and not at what is known of its account. */
        public boolean beginsAtRow() {
            return hops.getFirst().from().stream().anyMatch(Linked::beginsAtRow);
        }

        private static boolean beginsAtRow(Expr from) {
            return switch (from) {
                case Field _ -> true;
                case Attribute _, Key _ -> false;
                case Linked linked -> linked.beginsAtRow();
                default -> Exprs.operands(from).stream().anyMatch(Linked::beginsAtRow);
            };
        }

        /** The same, whose first hop begins elsewhere. */
        public Linked from(UnaryOperator<Expr> other) {
            var first = hops.getFirst();
            var begun =
                    new Hop(
                            first.link(),
                            first.from().stream().map(other).toList(),
                            first.to(),
                            first.withinAccount());
            return new Linked(Stream.concat(Stream.of(begun), hops.stream().skip(1)).toList(), end);
        }

        /** The same, whose first hop goes by a name that another way comes before. */
        public Linked behind(String way) {
            var first = hops.getFirst();
            var named =
                    new Hop(
                            way + "." + first.link(),
                            first.from(),
                            first.to(),
                            first.withinAccount());
            return new Linked(Stream.concat(Stream.of(named), hops.stream().skip(1)).toList(), end);
        }

        /** As a formula of the row at hand has it. */
        public String text() {
            var way = hops.stream().map(Hop::link).collect(Collectors.joining("."));
            return switch (end) {
                case Field field -> way + "." + field.name();
                case Attribute attribute -> way + "." + attribute.name();
                default -> way;
            };
        }

        /** The same, read elsewhere at the end. */
        public Linked to(Expr other) {
            return new Linked(hops, other);
        }

        /** Money in the currency of its row is in that of the row which it is read from. */
        @Override
        public Type type() {
            return end instanceof Field field
                            && field.type().unit() instanceof Unit.RowMoney(var currency)
                    ? field.type()
                            .in(
                                    new Unit.RowMoney(
                                            to(new Field(field.source(), currency, Type.TEXT))
                                                    .text()))
                    : end.type();
        }
    }

    /**
     * Along one link, from a row to the member or row whose key it says.
     *
     * @param link its name
     * @param from what says the key, as many as it has parts and of the same types: fields of the row that it starts from, and of the first hop any values
     * @param withinAccount whether only the row's own account is reached, or a row of it, or of a source that is of no accounts: for callers who may not see
     *     all
     */
    record Hop(String link, List<? extends Expr> from, To to, boolean withinAccount) {
        public Hop {
            from = List.copyOf(from);
            if (from.size() != to.keySize()) {
                throw new IllegalArgumentException("the key is of other fields: " + link);
            }
        }

        /** Whether it starts from fields of a row. */
        public boolean isOfFields() {
            return from.stream().allMatch(Field.class::isInstance);
        }

        /** The fields of the row that it starts from. */
        public List<Field> fields() {
            return from.stream().<Field>map(Field.class::cast).toList();
        }

        /** The row that it leads to, where it leads to one. */
        public Optional<To.Row> row() {
            return to instanceof To.Row row ? Optional.of(row) : Optional.empty();
        }
    }

    /** What a hop leads to. */
    sealed interface To {
        int keySize();

        /**
         * A row.
         *
         * @param key of its source
         * @param time of the row: one that is not before as-of is not there yet; null: of a member, which is there whenever it exists
         * @param versions how the rows of one key are told apart; null: there is one
         * @param users who is meant by its field of the user; null: nobody, it has none
         */
        record Row(
                List<Field> key,
                @Nullable Field time,
                @Nullable Versions versions,
                @Nullable Users users)
                implements To {
            public Row {
                key = List.copyOf(key);
                if (key.isEmpty()) {
                    throw new IllegalArgumentException("a row that is led to has a key");
                }
            }

            public String source() {
                return key.getFirst().source();
            }

            @Override
            public int keySize() {
                return key.size();
            }
        }

        /**
         * The rows of a member whose attributes have a history. Where a link leads to the member itself, or a field of it is read, it is the last of them; an
         * attribute as of a time is that of the last of those that hold then.
         *
         * @param from the day from which a row holds
         * @param until the first day on which it holds no more; null: it holds until another one does
         */
        record Versions(Field from, @Nullable Field until) {}

        /**
         * The users of rows whose field with their key is called {@code user}: it is them, as it is for the rows themselves, and not a text.
         *
         * @param account the field with the key of their account; null: they are of none
         */
        record Users(Field key, @Nullable Field account) {}

        /** A member, by its key. */
        record Member(EntityRef entity) implements To {
            @Override
            public int keySize() {
                return 1;
            }
        }
    }

    /**
     * An attribute of the account or user that the row belongs to; empty where it belongs to none.
     *
     * @param asOf null: as it is known now, of what has no history
     */
    record Attribute(EntityRef entity, String name, Type type, @Nullable AsOf asOf)
            implements Expr {
        /** As it is known now. */
        public Attribute(EntityRef entity, String name, Type type) {
            this(entity, name, type, null);
        }

        /** The same attribute as it is known now. */
        public Attribute latest() {
            return new Attribute(entity, name, type);
        }
    }

    /** The account or user that the row belongs to: its key; empty where it belongs to none. Users of two accounts are never the same. */
    record Key(EntityRef entity) implements Expr {
        @Override
        public Type type() {
            return Type.TEXT;
        }
    }

    /**
     * The local date on which the account or user began that the row belongs to: its declared start, else its first fact; empty where it belongs to none.
     *
     * @param zone in which an instant has a date
     */
    record Start(EntityRef entity, String zone) implements Expr {
        @Override
        public Type type() {
            return Type.DATE;
        }
    }

    /**
     * Of the period that a date is in; empty where the periods have no such date.
     *
     * @param date or, for {@link Part#BEGINNING}, the place of a period
     */
    record InPeriods(Expr date, Periods periods, Part part) implements Expr {
        /** What is asked of a period. */
        public enum Part {
            /** The date that it begins on. */
            START,
            /** Its place among all periods of its kind. */
            NUMBER,
            /** The date that the period of a place begins on; that after the last period begins where they end. */
            BEGINNING
        }

        @Override
        public Type type() {
            return part == Part.NUMBER ? Type.INTEGER : Type.DATE;
        }
    }

    /** The value of a leaf: of the cell, or, where members are read, of the member. */
    record LeafValue(int leaf, Type type) implements Expr {
        public LeafValue {
            if (leaf < 0) {
                throw new IllegalArgumentException("a leaf has an index: " + leaf);
            }
        }
    }

    /**
     * The start or end of the bucket at hand, or of the window that is read for it, as an instant or (type date) as a local date; or as-of, which
     * is a literal once it is planned.
     *
     * @param reach which time has the edge, an index of those that are read for the bucket of the row, member or cell at hand; {@link #HERE}: the time in which that
     *     itself is read
     */
    record TimeEdge(Of of, boolean end, Type type, int reach) implements Expr {
        /** Of the row at hand. */
        public static final int HERE = -1;

        public TimeEdge(Of of, boolean end, Type type) {
            this(of, end, type, HERE);
        }

        /** Whether it is of the time in which the row at hand itself is read. */
        public boolean isHere() {
            return reach == HERE;
        }

        /** What has the edge. */
        public enum Of {
            BUCKET,
            WINDOW,
            AS_OF,

            /** The instant at which a rule is read, where it is not known yet; in no plan. */
            RULE
        }
    }

    /** Division is double and empty over zero; the others are exact unless a side is double. */
    record Arithmetic(Operator operator, Expr left, Expr right, Type type) implements Expr {}

    record Negate(Expr operand) implements Expr {
        @Override
        public Type type() {
            return operand.type();
        }
    }

    record Compare(Comparator comparator, Expr left, Expr right) implements Expr {
        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    /** Null-safe equality; never empty. */
    record Is(Expr left, Expr right) implements Expr {
        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    record And(Expr left, Expr right) implements Expr {
        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    record Or(Expr left, Expr right) implements Expr {
        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    record Not(Expr operand) implements Expr {
        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    /**
     * Equal to one of the values, none of which is empty; empty where the operand is.
     *
     * @param values each once, however often it was given
     */
    record In(Expr operand, List<Literal> values) implements Expr {
        public In {
            var once = new LinkedHashMap<Object, Literal>();
            values.forEach(value -> once.putIfAbsent(withoutScale(value.value()), value));
            values = List.copyOf(once.values());
        }

        /** 1.0 is 1. */
        private static Object withoutScale(@Nullable Object value) {
            return value instanceof BigDecimal number
                    ? number.stripTrailingZeros()
                    : Objects.requireNonNull(value);
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    record Case(List<Arm> arms, Expr otherwise, Type type) implements Expr {
        public Case {
            arms = List.copyOf(arms);
        }
    }

    /** One arm of a {@link Case}. */
    record Arm(Expr condition, Expr result) {}

    record Call(Function function, List<Expr> arguments, Type type) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * An amount in another currency, at the rate that holds for its row; of no amount it is empty. Where there is no rate, what is made of it has no value
     * for that reason: it is no empty value, which could be skipped or replaced.
     *
     * @param currency of the amount, as the rates name it; it is an amount without a rate where it is empty
     * @param asOf at a fact: the rate that holds on its day; at a boundary, which all others are: the one that held before it
     */
    record Convert(Expr amount, RateTable rates, Expr currency, AsOf asOf, Type type)
            implements Expr {
        public Convert {
            if (!(type.unit() instanceof Unit.Money)) {
                throw new IllegalArgumentException("converts into no currency: " + type);
            }
        }

        /** The currency that the amount is converted into. */
        public String to() {
            return ((Unit.Money) type.unit()).currency();
        }

        /** Whether the rates lead to another currency, so that what comes out is divided by its rate of the same day. */
        public boolean isThrough() {
            return !rates.to().equals(to());
        }
    }

    /** The part of the rows for which a condition holds, {@code matching} having a value wherever {@code rows} has: a division that over no rows has no data rather than a zero base. */
    record Share(LeafValue matching, LeafValue rows) implements Expr {
        @Override
        public Type type() {
            return Type.DOUBLE;
        }
    }

    /**
     * The place of a cell's value among those of all groups of its bucket, before any of them is left out: 1 for the greatest; equal values share one.
     * Doubles are compared by their first {@link #DIGITS} digits, so that what differs by the order of additions alone is equal. Empty where the value is,
     * and in rows that take groups together.
     */
    record Rank(Expr value) implements Expr {
        /** Fewer than two engines agree in. */
        public static final int DIGITS = 12;

        @Override
        public Type type() {
            return Type.INTEGER;
        }
    }

    /**
     * A named value, which may be read in several places: one object in all of them, shared by equal values of one lowering. Code that walks expressions
     * visits it once; expanded in each place an expression could be of any size.
     */
    final class Common implements Expr {
        private final Expr value;
        private final boolean constant;
        private final int hash;
        private @Nullable Expr accountOfUser;
        private @Nullable Common equal;

        public Common(Expr value) {
            this.value = value;
            this.hash = mixed(value.hashCode());
            this.constant = Exprs.isConstant(value);
        }

        /**
         * What reads one value twice has 32 times its hash, and what tells two values apart would be lost after seven such steps: all would be compared with
         * all. By the finalizer of MurmurHash3.
         */
        private static int mixed(int hash) {
            int mixed = (hash ^ hash >>> 16) * 0x85EBCA6B;
            mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
            return mixed ^ mixed >>> 16;
        }

        public Expr value() {
            return value;
        }

        /** Whether it is made of literals alone. */
        boolean isConstant() {
            return constant;
        }

        @Override
        public Type type() {
            return value.type();
        }

        /** {@link UserKeys#accountOf}, made once: it is read in as many places. */
        Expr accountOfUser() {
            if (accountOfUser == null) {
                var account = UserKeys.accountOf(value);
                accountOfUser = account instanceof Case ? new Common(account) : account;
            }
            return accountOfUser;
        }

        /**
         * Identity within one lowering. Values of different lowerings are compared once for each pair: what was found equal is remembered, and a comparison ends
         * at the first difference.
         */
        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            if (!(other instanceof Common common) || hash != common.hash) {
                return false;
            }
            var one = first();
            var another = common.first();
            if (one != another) {
                if (!value.equals(common.value)) {
                    return false;
                }
                another.equal = one;
            }
            return true;
        }

        /** The representative of all values that were found equal. */
        private Common first() {
            var first = this;
            while (first.equal != null) {
                first = first.equal;
            }
            return first;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public String toString() {
            return "Common[" + Integer.toHexString(hash) + "]";
        }
    }

    /** Conjunction: drops {@link #TRUE}, propagates {@link #BROKEN}. */
    static Expr and(Expr left, Expr right) {
        return left.equals(TRUE)
                ? right
                : right.equals(TRUE) ? left : Exprs.both(left, right, And::new);
    }

    static Literal text(String value) {
        return new Literal(value, Type.TEXT);
    }

    static Literal number(BigDecimal value) {
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        return new Literal(value, whole ? Type.INTEGER : Type.DECIMAL);
    }
}
