package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Changes;
import dev.cairn.domain.plan.Derived;
import dev.cairn.domain.plan.Pairs;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Touches;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a scan reads, before it is known what is read for each member. */
public sealed interface RelationKey {
    /**
     * @param derivation which rows are made of them; null: the facts are the rows
     */
    record OfFacts(Source source, Placing placing, @Nullable Derivation derivation)
            implements RelationKey {
        /** All facts. */
        public OfFacts(Source source, Placing placing) {
            this(source, placing, null);
        }
    }

    /** Rows that are made of facts, before it is known what a question asks of them. */
    sealed interface Derivation {
        Derived rows();

        /** The same, of other expressions. */
        Derivation of(UnaryOperator<Expr> other);
    }

    /**
     * Later rows with the earlier ones, before it is known when the others are read.
     *
     * @param there the source of those that a touch does not stand at
     * @param within how far apart both are at most; null: at any distance
     */
    record Touching(Source there, Touches touches, TimeContext.@Nullable Length within)
            implements Derivation {
        @Override
        public Touches rows() {
            return touches;
        }

        @Override
        public Touching of(UnaryOperator<Expr> other) {
            return new Touching(there, touches.of(other), within);
        }
    }

    /**
     * Changes of a sum, before it is known when gaps may end.
     *
     * @param gap within which a loss and a start are one change; null: within none
     */
    record Changing(Changes changes, TimeContext.@Nullable Length gap) implements Derivation {
        @Override
        public Changes rows() {
            return changes;
        }

        @Override
        public Changing of(UnaryOperator<Expr> other) {
            return new Changing(changes.of(other), gap);
        }
    }

    /**
     * A sequence of steps, before it is known what a question asks of their rows.
     *
     * @param sources of the inputs, in their order
     */
    record Sequence(List<Source> sources, Attempts attempts) implements Derivation {
        public Sequence {
            sources = List.copyOf(sources);
        }

        /** Rows of an input, all of them. */
        OfFacts input(int at) {
            return new OfFacts(sources.get(at), attempts.inputs().get(at).placing());
        }

        /** With what is asked of the rows of each input besides. */
        Sequence asking(List<Expr> conditions) {
            return new Sequence(sources, attempts.asking(conditions));
        }

        @Override
        public Attempts rows() {
            return attempts;
        }

        @Override
        public Sequence of(UnaryOperator<Expr> other) {
            return new Sequence(sources, attempts.of(other));
        }
    }

    /** The sequence whose attempts are rows; empty where all facts are, or others. */
    default Optional<Sequence> attemptsAt() {
        return derived()
                .flatMap(derivation ->
                        derivation instanceof Sequence sequence
                                ? Optional.of(sequence)
                                : Optional.empty());
    }

    /** Which rows are made of facts; empty where the facts are the rows, or members or units are. */
    default Optional<Derivation> derived() {
        return this instanceof OfFacts(_, _, var derivation)
                ? Optional.ofNullable(derivation)
                : Optional.empty();
    }

    /** The same, whose rows are made of others by other expressions. */
    default RelationKey ofDerivation(UnaryOperator<Expr> other) {
        return switch (this) {
            case OfFacts(var source, var placing, var derivation) when derivation != null ->
                    new OfFacts(source, placing, derivation.of(other));
            case OfMembers(var entity, var pairing) when pairing != null ->
                    new OfMembers(
                            entity,
                            new Pairing(
                                    pairing.source(), pairing.pairs().of(other), pairing.names()));
            case OfFacts _, OfMembers _, OfTicks _ -> this;
        };
    }

    /**
     * @param pairing what they are split by; null: each is one row
     */
    record OfMembers(EntityRef entity, @Nullable Pairing pairing) implements RelationKey {
        /** Each is one row. */
        public OfMembers(EntityRef entity) {
            this(entity, null);
        }
    }

    /**
     * Values by which members are split.
     *
     * @param source whose facts have them
     * @param names of the values, in full
     */
    record Pairing(Source source, Pairs pairs, List<String> names) {
        public Pairing {
            names = List.copyOf(names);
        }

        /** A value by its name in full; empty where it is none of them. */
        Optional<Expr.Field> named(String name) {
            int at = names.indexOf(name);
            return at < 0 ? Optional.empty() : Optional.of(pairs.fields().get(at));
        }

        /** What a value of a fact is of a pair; empty where pairs have none. */
        Optional<Expr.Field> of(Expr value) {
            int at = pairs.values().indexOf(value);
            return at < 0 ? Optional.empty() : Optional.of(pairs.fields().get(at));
        }

        /** Account and event.category. */
        String words(EntityRef entity) {
            return entity.name() + " and " + String.join(" and ", names);
        }
    }

    /** What members are split by; empty where the rows are others, or each is one. */
    default Optional<Pairing> split() {
        return this instanceof OfMembers(_, var pairing)
                ? Optional.ofNullable(pairing)
                : Optional.empty();
    }

    record OfTicks(Step step) implements RelationKey {}

    /** The word for people. */
    default String word() {
        return switch (this) {
            case OfFacts(var source, var _, _) -> source.name();
            case OfMembers(var entity, var pairing) ->
                    pairing == null
                            ? entity.name()
                            : entity.name() + " by " + String.join(", ", pairing.names());
            case OfTicks(var step) -> step.text();
        };
    }

    /** The facts of a source, placed as they are stored: for what asks for no time. */
    static OfFacts of(Source source) {
        return new OfFacts(source, new Placing.At(TypeRules.field(source, source.placedBy())));
    }

    /** The source whose facts are its rows. */
    default Optional<Source> factsOf() {
        return switch (this) {
            case OfFacts(var source, var _, _) -> Optional.of(source);
            case OfMembers _, OfTicks _ -> Optional.empty();
        };
    }

    /** Whether a row belongs to an account or user. */
    default boolean reaches(EntityRef kind) {
        return switch (this) {
            case OfFacts(var source, var _, _) -> Names.link(kind.name(), source).isPresent();
            case OfMembers(var entity, _) -> entity.equals(kind) || entity.isUser();
            case OfTicks _ -> false;
        };
    }

    /** What can be empty of a row, whatever is asked of it. */
    default Emptiness emptiness() {
        return new Emptiness(neverEmpty(), _ -> true);
    }

    /** Of a fact the time fields that place it, the start of its validity, and its key: a row without them is not taken in. */
    default Set<Expr> neverEmpty() {
        return switch (this) {
            case OfFacts(var source, var placing, var derivation) ->
                    Stream.concat(
                                    Stream.concat(
                                            Stream.of(placing.time()),
                                            derivation == null
                                                    ? Stream.of()
                                                    : derivation.rows().neverEmpty().stream()),
                                    Stream.concat(
                                                    source.key().stream(),
                                                    source.timesOfEveryRow().stream())
                                            .flatMap(name -> source.field(name).stream())
                                            .map(field -> TypeRules.field(source, field)))
                            .collect(Collectors.toUnmodifiableSet());
            case OfMembers(var entity, var pairing) ->
                    Stream.concat(
                                    Stream.<Expr>of(new Expr.Key(entity)),
                                    pairing == null
                                            ? Stream.of()
                                            : pairing.pairs().fields().stream())
                            .collect(Collectors.toUnmodifiableSet());
            case OfTicks _ -> Set.of();
        };
    }
}
