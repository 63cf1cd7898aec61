package dev.cairn.testkit.opinion;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import dev.cairn.testkit.opinion.PlainMembers.Owner;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a formula is a value of. */
sealed interface Context {
    Stretch bucket();

    /** What a row is: a fact or a member. */
    sealed interface Row extends Context {
        Owner owner();
    }

    /** @param names that its relation goes by */
    record OfFact(Source source, Set<String> names, Fact fact, Stretch bucket) implements Row {
        @Override
        public Owner owner() {
            return new Owner(fact.account(), fact.user());
        }
    }

    record OfMember(EntityKind kind, Owner owner, Stretch bucket) implements Row {}

    /** @param group keys that rows have; null: all rows */
    record OfCell(Stretch bucket, @Nullable List<?> group) implements Context {}
}
