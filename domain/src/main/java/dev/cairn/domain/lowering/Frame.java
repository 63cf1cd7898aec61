package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.problem.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a formula stands while it is lowered. */
public final class Frame {
    private final Level level;
    private final Place place;
    private final boolean fixed;
    private final Map<String, Binding> bindings;
    private final List<String> inside;
    private final Map<String, @Nullable Expr> names;
    private final Set<Expr> known;
    private final boolean emptyIsNone;

    private Frame(
            Level level,
            Place place,
            boolean fixed,
            Map<String, Binding> bindings,
            List<String> inside,
            Map<String, @Nullable Expr> names,
            Set<Expr> known,
            boolean emptyIsNone) {
        this.level = level;
        this.place = place;
        this.fixed = fixed;
        this.bindings = bindings;
        this.inside = inside;
        this.names = names;
        this.known = known;
        this.emptyIsNone = emptyIsNone;
    }

    /** Of a formula that no definition holds. */
    public static Frame of(Level level, Place place) {
        return new Frame(level, place, false, Map.of(), List.of(), Map.of(), Set.of(), false);
    }

    /** Of the formula of a definition. */
    public static Frame of(
            Level level, Place place, Map<String, Binding> bindings, boolean emptyIsNone) {
        return new Frame(level, place, false, bindings, List.of(), Map.of(), Set.of(), emptyIsNone);
    }

    public Level level() {
        return level;
    }

    /** Of the text; where it is fixed, of the reference through which a definition was reached. */
    public Place place() {
        return place;
    }

    /** Whether all of the formula has one place: that of the reference to its definition. */
    boolean fixed() {
        return fixed;
    }

    /** How the definition's names were read when it was saved. */
    Map<String, Binding> bindings() {
        return bindings;
    }

    /** Definitions that are being lowered, outermost first. */
    List<String> inside() {
        return inside;
    }

    /** Names of {@code let}, with what they stand for; null where they are of another level. */
    Map<String, @Nullable Expr> names() {
        return names;
    }

    /** Expressions that are not empty here. */
    Set<Expr> known() {
        return known;
    }

    /** Counts and sums over nothing have no value. */
    boolean emptyIsNone() {
        return emptyIsNone;
    }

    /** The place of a piece of the formula. */
    public Place at(Span span) {
        return fixed ? place : place.at(span.line(), span.column());
    }

    /** Whether names are of the formula at hand, and not of a definition it refers to. */
    boolean isOutermost() {
        return inside.isEmpty();
    }

    /** The same formula, at another level: of the names of {@code let} only constants reach there. */
    public Frame at(Level newLevel) {
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
