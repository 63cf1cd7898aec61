package dev.cairn.domain.model;

import java.util.List;

/**
 * An entity by its name. Accounts and users are built in; others are declared.
 *
 * @param name in formulas: {@code account}, {@code user}
 */
public record EntityRef(String name) {
    public static final EntityRef ACCOUNT = new EntityRef("account");
    public static final EntityRef USER = new EntityRef("user");

    /** Those that are always there. */
    public static final List<EntityRef> BUILT_IN = List.of(ACCOUNT, USER);

    /** The root of all: what exists, is scoped, and has facts of no known one. */
    public boolean isAccount() {
        return equals(ACCOUNT);
    }

    /** A person of an account: told apart within it alone. */
    public boolean isUser() {
        return equals(USER);
    }

    /** Whether a name is that of an entity that is built in. */
    public static boolean isBuiltIn(String name) {
        return BUILT_IN.stream().anyMatch(entity -> entity.name().equals(name));
    }
}
