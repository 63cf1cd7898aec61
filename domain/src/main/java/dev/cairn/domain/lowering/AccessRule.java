package dev.cairn.domain.lowering;

import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.FormulaNames;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.problem.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which accounts a caller may see, as a condition over an account: true or false for one, and empty for what is of no account. */
public final class AccessRule {
    /** Before the name of a claim. */
    static final String CALLER = "caller";

    /** The value of a claim that is not known: its type counts alone, and what reads it lets nothing through. */
    private static final String UNKNOWN = "?";

    private AccessRule() {}

    /** Broken where one of the formulas has a problem: then nothing may be answered. */
    public static Expr of(AccessScope access, Lowering lowering) {
        var any = Expr.FALSE;
        for (var formula : access.formulas()) {
            any = or(any, seen(formula, access.claims(), lowering));
        }
        return Membership.of(any, false);
    }

    /** The formula of a scope whose callers are not known yet. */
    public static Level.Rule unbound(String formula) {
        return new Level.Rule(true, withAll(claimsIn(formula), Map.of()));
    }

    private static Expr seen(String formula, Map<String, String> claims, Lowering lowering) {
        var read = claimsIn(formula);
        var level = new Level.Rule(true, withAll(read, claims));
        var rule = lowering.rule(formula, Frame.of(level, Place.of("scope")));
        boolean allKnown = read.stream().allMatch(claim -> isKnown(claims.get(claim)));
        return allKnown || rule.type().isBroken() ? rule : Expr.FALSE;
    }

    /** A blank one says nothing of the caller, and begins every text; what no database holds as text equals no attribute. */
    private static boolean isKnown(@Nullable String claim) {
        return claim != null && !claim.isBlank() && claim.indexOf('\0') < 0;
    }

    private static Map<String, String> withAll(Set<String> read, Map<String, String> claims) {
        var values = new HashMap<String, String>();
        read.forEach(claim -> {
            var said = claims.get(claim);
            values.put(claim, said != null && isKnown(said) ? said : UNKNOWN);
        });
        return values;
    }

    /** The names of the claims that a formula reads; of what does not parse none. */
    public static Set<String> claimsIn(String text) {
        return FormulaParser.parse(text, Place.NOWHERE) instanceof Parsed.Ok(Formula formula)
                ? FormulaNames.paths(formula)
                        .filter(AccessRule::isClaim)
                        .map(path -> path.names().getLast())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    static boolean isClaim(Path path) {
        return path.names().size() == 2 && path.names().getFirst().equals(CALLER);
    }

    /** Drops what is never true. */
    private static Expr or(Expr left, Expr right) {
        if (left.equals(Expr.FALSE)) {
            return right;
        }
        return right.equals(Expr.FALSE) ? left : Exprs.both(left, right, Expr.Or::new);
    }
}
