package dev.cairn.testkit.opinion;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.opinion.Definitions.Sense;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import dev.cairn.testkit.opinion.PlainMembers.Owner;
import dev.cairn.testkit.opinion.PlainMembers.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a formula is a value of. */
sealed interface Context {
    When when();

    Context at(When other);

    /** Of what stands directly beneath. */
    default Context beneath(Sentence of, PlainWindows windows) {
        return at(windows.beneath(of, when()));
    }

    default Stretch bucket() {
        return when().bucket();
    }

    /** What a row is: a fact or a member. */
    sealed interface Row extends Context {
        Owner owner();

        /** When attributes are read. */
        Seen seen();

        @Override
        Row at(When other);

        Row seen(Seen other);

        /** The marks of test accounts that what it is read for names. */
        Set<String> asks();

        Row asking(Set<String> other);
    }

    /**
     * A fact.
     *
     * @param names that its relation goes by
     * @param time field that it is placed by; null: it is there because it holds
     * @param valid when it must hold; null: it is placed by a time
     */
    record OfFact(
            Source source,
            Set<String> names,
            Fact fact,
            @Nullable String time,
            Sentence.@Nullable Moment valid,
            When when,
            Seen seen,
            Set<String> asks)
            implements Row {
        @Override
        public Owner owner() {
            return new Owner(fact.account(), fact.user());
        }

        @Override
        public OfFact at(When other) {
            return new OfFact(source, names, fact, time, valid, other, seen, asks);
        }

        @Override
        public OfFact seen(Seen other) {
            return new OfFact(source, names, fact, time, valid, when, other, asks);
        }

        @Override
        public OfFact asking(Set<String> other) {
            return new OfFact(source, names, fact, time, valid, when, seen, other);
        }
    }

    record OfMember(EntityRef kind, Owner owner, When when, Seen seen, Set<String> asks)
            implements Row {
        @Override
        public OfMember at(When other) {
            return new OfMember(kind, owner, other, seen, asks);
        }

        @Override
        public OfMember seen(Seen other) {
            return new OfMember(kind, owner, when, other, asks);
        }

        @Override
        public OfMember asking(Set<String> other) {
            return new OfMember(kind, owner, when, seen, other);
        }
    }

    /**
     * A cell.
     *
     * @param group keys that rows have; {@link GroupValue#TOTAL}: any
     * @param keys of the question
     * @param total whether keys were dropped
     * @param only conditions that all rows fulfil
     * @param sense when attributes are read
     * @param ages of the group, which time must have reached
     * @param asked the bucket of the question that it is of, whatever shifts have moved
     */
    record OfCell(
            When when,
            List<GroupValue> group,
            List<Sentence> keys,
            boolean total,
            List<Sentence> only,
            Sense sense,
            List<PlainAges.Reached> ages,
            Stretch asked)
            implements Context {
        @Override
        public OfCell at(When other) {
            return new OfCell(other, group, keys, total, only, sense, ages, asked);
        }

        /** The same of another group of the question. */
        OfCell of(OfCell other) {
            return new OfCell(when, other.group, keys, total, only, sense, other.ages, asked);
        }

        @Override
        public OfCell beneath(Sentence of, PlainWindows windows) {
            return switch (of) {
                case Sentence.Total(_, var by) -> by.containsAll(keys) ? this : total(by);
                case Sentence.Only(_, var where) ->
                        new OfCell(
                                when,
                                group,
                                keys,
                                total,
                                Stream.concat(only.stream(), Stream.of(where)).toList(),
                                sense,
                                ages,
                                asked);
                default -> at(windows.beneath(of, when));
            };
        }

        /** With the keys that are kept. */
        private OfCell total(List<Sentence> by) {
            if (group.size() > keys.size() && keys.stream().anyMatch(by::contains)) {
                throw new Unsupported("a total by keys beside users");
            }
            var kept = new ArrayList<GroupValue>();
            for (int at = 0; at < group.size(); at++) {
                boolean isKept = at < keys.size() && by.contains(keys.get(at));
                kept.add(isKept ? group.get(at) : GroupValue.TOTAL);
            }
            return new OfCell(when, kept, keys, true, only, sense, List.of(), asked);
        }
    }
}
