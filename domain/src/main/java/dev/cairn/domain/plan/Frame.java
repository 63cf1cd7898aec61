package dev.cairn.domain.plan;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.problem.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a formula stands while it is lowered.
 *
 * @param place of the text; where {@code fixed}, of the reference through which a definition was reached
 * @param bindings how the definition's names were read when it was saved
 * @param inside definitions that are being lowered, outermost first
 * @param names of {@code let}, with what they stand for; null where they are of another level
 * @param known expressions that are not empty here
 * @param emptyIsNone counts and sums over nothing have no value
 */
record Frame(
        Level level,
        Place place,
        boolean fixed,
        Map<String, Binding> bindings,
        List<String> inside,
        Map<String, @Nullable Expr> names,
        Set<Expr> known,
        boolean emptyIsNone) {

    static Frame of(Level level, Place place) {
        return new Frame(level, place, false, Map.of(), List.of(), Map.of(), Set.of(), false);
    }

    static Frame of(Level level, Place place, Map<String, Binding> bindings, boolean emptyIsNone) {
        return new Frame(level, place, false, bindings, List.of(), Map.of(), Set.of(), emptyIsNone);
    }

    Place at(Span span) {
        return fixed ? place : place.at(span.line(), span.column());
    }

    /** Whether names are of the formula at hand, and not of a definition it refers to. */
    boolean isOutermost() {
        return inside.isEmpty();
    }

    /** The same formula, at another level: of the names of {@code let} only constants reach there. */
    Frame at(Level newLevel) {
        var reachable = new HashMap<String, @Nullable Expr>();
        names.forEach((name, value) -> reachable.put(name, Exprs.isConstant(value) ? value : null));
        return new Frame(
                newLevel, place, fixed, bindings, inside, reachable, Set.of(), emptyIsNone);
    }

    /** The formula of a definition that is referred to here. */
    Frame into(
            String definition,
            Level newLevel,
            Span reference,
            Map<String, Binding> itsBindings,
            boolean itsEmptyIsNone) {
        var deeper = new ArrayList<>(inside);
        deeper.add(definition);
        return new Frame(
                newLevel,
                at(reference),
                true,
                itsBindings,
                List.copyOf(deeper),
                Map.of(),
                Set.of(),
                itsEmptyIsNone);
    }

    /** @param more names, those of this frame included; may still grow */
    Frame naming(Map<String, @Nullable Expr> more) {
        return new Frame(level, place, fixed, bindings, inside, more, known, emptyIsNone);
    }

    Frame given(Expr condition) {
        var shown = new Emptiness(known, _ -> true).given(condition).known();
        return new Frame(level, place, fixed, bindings, inside, names, shown, emptyIsNone);
    }

    Frame knowing(Set<Expr> notEmpty) {
        return new Frame(level, place, fixed, bindings, inside, names, notEmpty, emptyIsNone);
    }
}
