package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
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
    private final TimeContext time;
    private final Map<String, Named> names;
    private final Set<Expr> known;
    private final boolean emptyIsNone;
    private final Narrowing narrowing;
    private final @Nullable State state;
    private final @Nullable AsOf asOf;

    private Frame(
            Level level,
            Place place,
            boolean fixed,
            Map<String, Binding> bindings,
            List<String> inside,
            TimeContext time,
            Map<String, Named> names,
            Set<Expr> known,
            boolean emptyIsNone,
            Narrowing narrowing,
            @Nullable State state,
            @Nullable AsOf asOf) {
        this.level = level;
        this.place = place;
        this.fixed = fixed;
        this.bindings = bindings;
        this.inside = inside;
        this.time = time;
        this.names = names;
        this.known = known;
        this.emptyIsNone = emptyIsNone;
        this.narrowing = narrowing;
        this.state = state;
        this.asOf = asOf;
    }

    /** Of a formula that no definition holds. */
    public static Frame of(Level level, Place place) {
        return of(level, place, Map.of(), false);
    }

    /** Of the formula of a definition. */
    public static Frame of(
            Level level, Place place, Map<String, Binding> bindings, boolean emptyIsNone) {
        return new Frame(
                level,
                place,
                false,
                bindings,
                List.of(),
                TimeContext.BUCKET,
                Map.of(),
                Set.of(),
                emptyIsNone,
                Narrowing.NONE,
                null,
                null);
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

    /** What of time is read. */
    TimeContext time() {
        return time;
    }

    /** Names of {@code let}. */
    Map<String, Named> names() {
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

    /** As of when attributes with a history are read where the formula says nothing; null: as they are known now. */
    @Nullable AsOf asOf() {
        return asOf;
    }

    /** The same formula, where attributes are read as of another time. */
    public Frame asOf(@Nullable AsOf other) {
        return new Frame(
                level,
                place,
                fixed,
                bindings,
                inside,
                time,
                names,
                known,
                emptyIsNone,
                narrowing,
                state,
                other);
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
        return new Frame(
                newLevel,
                place,
                fixed,
                bindings,
                inside,
                time,
                names,
                Set.of(),
                emptyIsNone,
                narrowing.beneath(),
                state,
                asOf);
    }

    /** The same formula, of a unit of time in place of the bucket. */
    Frame beneath(Level newLevel) {
        return new Frame(
                newLevel,
                place,
                fixed,
                bindings,
                inside,
                TimeContext.BUCKET,
                names,
                newLevel instanceof Level.Member(var entity, _, _)
                        ? Set.of(new Expr.Key(entity))
                        : Set.of(),
                emptyIsNone,
                narrowing,
                state == null ? null : state.inUnits(),
                null);
    }

    /** The same formula, where other time is read. */
    public Frame during(TimeContext other) {
        return new Frame(
                level,
                place,
                fixed,
                bindings,
                inside,
                other,
                names,
                known,
                emptyIsNone,
                narrowing,
                state,
                asOf);
    }

    /** Of which rows and groups aggregates are, and in which currency. */
    Narrowing narrowing() {
        return narrowing;
    }

    /** The same formula, of other rows and groups. */
    Frame narrowed(Narrowing other) {
        return new Frame(
                level,
                place,
                fixed,
                bindings,
                inside,
                time,
                names,
                known,
                emptyIsNone,
                other,
                state,
                asOf);
    }

    /**
     * A formula that says how an account is at an instant, whatever window stands around it: all beneath is as of then.
     *
     * @param point null: the end of the bucket
     */
    public Frame asState(TimeContext.@Nullable Point point) {
        var instant = time.here().at(point);
        return new Frame(
                level,
                place,
                fixed,
                bindings,
                inside,
                instant,
                names,
                known,
                emptyIsNone,
                narrowing.converting(null),
                new State(level, instant, false),
                asOf);
    }

    /**
     * What a state formula says of an account.
     *
     * @param of where it stands
     * @param instant at which it does
     * @param isOfUnit whether what stands here is read in a unit of time that is over at the instant
     */
    record State(Level of, TimeContext instant, boolean isOfUnit) {
        State inUnits() {
            return new State(of, instant, true);
        }
    }

    /** What a state formula is read for; null outside of one. */
    @Nullable State state() {
        return state;
    }

    /** The formula of a definition without parameters that is referred to here. */
    Frame into(
            String definition,
            Level newLevel,
            Span reference,
            Map<String, Binding> itsBindings,
            boolean itsEmptyIsNone) {
        return into(definition, newLevel, reference, itsBindings, itsEmptyIsNone, Map.of());
    }

    /** The formula of a metric that is referred to here, with a value for each of its parameters. */
    Frame into(
            String definition,
            Level newLevel,
            Span reference,
            Map<String, Binding> itsBindings,
            boolean itsEmptyIsNone,
            Map<String, Expr> parameters) {
        var deeper = new ArrayList<>(inside);
        deeper.add(definition);
        return new Frame(
                        newLevel,
                        at(reference),
                        true,
                        itsBindings,
                        List.copyOf(deeper),
                        time,
                        Map.of(),
                        Set.of(),
                        itsEmptyIsNone,
                        newLevel.equals(level) ? narrowing : narrowing.beneath(),
                        state,
                        asOf)
                .with(parameters);
    }

    /** With one name more. */
    Frame naming(String name, Named named) {
        var more = new HashMap<>(names);
        more.put(name, named);
        return new Frame(
                level,
                place,
                fixed,
                bindings,
                inside,
                time,
                more,
                known,
                emptyIsNone,
                narrowing,
                state,
                asOf);
    }

    /** The same formula, where the metric's parameters have these values. */
    public Frame with(ParameterValues values) {
        return with(values.byName());
    }

    private Frame with(Map<String, Expr> parameters) {
        var more = new HashMap<>(names);
        parameters.forEach((name, value) -> more.put(name, Named.literal(value, this)));
        return new Frame(
                level,
                place,
                fixed,
                bindings,
                inside,
                time,
                more,
                known,
                emptyIsNone,
                narrowing,
                state,
                asOf);
    }

    Frame given(Expr condition) {
        var shown = new Emptiness(known, _ -> true).given(condition).known();
        return new Frame(
                level,
                place,
                fixed,
                bindings,
                inside,
                time,
                names,
                shown,
                emptyIsNone,
                narrowing,
                state,
                asOf);
    }

    Frame knowing(Set<Expr> notEmpty) {
        return new Frame(
                level,
                place,
                fixed,
                bindings,
                inside,
                time,
                names,
                notEmpty,
                emptyIsNone,
                narrowing,
                state,
                asOf);
    }
}
