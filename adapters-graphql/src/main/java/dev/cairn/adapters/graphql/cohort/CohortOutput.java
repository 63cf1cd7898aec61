package dev.cairn.adapters.graphql.cohort;

import dev.cairn.adapters.graphql.relay.Node;
import dev.cairn.domain.model.Cohort;
import org.jspecify.annotations.Nullable;

/** A set of accounts. */
public record CohortOutput(Cohort cohort) implements Node {
    /** What makes an account a member. */
    public enum Membership {
        RULE,
        LIST
    }

    @Override
    public String typeName() {
        return "Cohort";
    }

    // Public and declared here: the schema's fields are looked up on the class itself.
    @Override
    public String id() {
        return Node.super.id();
    }

    @Override
    public String key() {
        return cohort.name();
    }

    public String label() {
        return cohort.label();
    }

    public Membership membership() {
        return switch (cohort.members()) {
            case Cohort.Members.Rule _ -> Membership.RULE;
            case Cohort.Members.Accounts _ -> Membership.LIST;
        };
    }

    public @Nullable String rule() {
        return cohort.members() instanceof Cohort.Members.Rule(var formula) ? formula : null;
    }
}
