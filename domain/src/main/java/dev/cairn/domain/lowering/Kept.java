package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.UserKeys;
import java.util.List;

/**
 * Which keys of a question a scan is grouped by.
 *
 * @param all whatever they are
 * @param keys else those that are one of these, as the relation reads them
 */
public record Kept(boolean all, List<Expr> keys) {
    public static final Kept ALL = new Kept(true, List.of());

    public Kept {
        keys = List.copyOf(keys);
    }

    static Kept of(List<Expr> keys) {
        return new Kept(false, keys);
    }

    boolean keeps(Expr key) {
        return all || keys.contains(key) || key.equals(UserKeys.accountOfKeys(keys));
    }
}
