package dev.cairn.domain.model;

import java.util.List;

/** A named set of accounts. */
public record Cohort(String name, String label, String description, Members members)
        implements Definition {
    /** What makes an account a member. */
    public sealed interface Members {
        /** A formula that is true or false for an account. */
        record Rule(String formula) implements Members {}

        /** The keys of the members. */
        record Accounts(List<String> keys) implements Members {
            public Accounts {
                keys = List.copyOf(keys);
            }
        }
    }

    @Override
    public String meaning() {
        return switch (members) {
            case Members.Rule(var formula) -> "rule " + formula;
            case Members.Accounts(var keys) -> "accounts " + keys.stream().sorted().toList();
        };
    }
}
