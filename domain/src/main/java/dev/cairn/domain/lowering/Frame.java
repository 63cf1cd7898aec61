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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where a formula stands while it is lowered. */
public final class Frame {
    private final Parts parts;

    private Frame(Parts parts) {
        this.parts = parts;
    }

    /** What a frame is made of; never changed once a frame has it. */
    private static final class Parts {
        private Level level;
        private Place place;
        private boolean fixed = false;
        private boolean ofDefinition = false;
        private Map<String, Binding> bindings;
        private List<String> inside = List.of();
        private TimeContext time = TimeContext.BUCKET;
        private Map<String, Named> names = Map.of();
        private Set<Expr> known = Set.of();
        private boolean emptyIsNone;
        private Narrowing narrowing = Narrowing.NONE;
        private @Nullable State state = null;
        private @Nullable AsOf asOf = null;

        Parts(Level level, Place place, Map<String, Binding> bindings, boolean emptyIsNone) {
            this.level = level;
            this.place = place;
            this.bindings = bindings;
            this.emptyIsNone = emptyIsNone;
        }

        Parts(Parts other) {
            this(other.level, other.place, other.bindings, other.emptyIsNone);
            fixed = other.fixed;
            ofDefinition = other.ofDefinition;
            inside = other.inside;
            time = other.time;
            names = other.names;
            known = other.known;
            narrowing = other.narrowing;
            state = other.state;
            asOf = other.asOf;
        }
    }

    /** A frame that differs in some parts. */
    private Frame changed(Consumer<Parts> change) {
        var other = new Parts(parts);
        change.accept(other);
        return new Frame(other);
    }

    /** Of a formula that no definition holds. */
    public static Frame of(Level level, Place place) {
        return of(level, place, false);
    }

    /** Of a formula that no definition holds. */
    public static Frame of(Level level, Place place, boolean emptyIsNone) {
        return new Frame(new Parts(level, place, Map.of(), emptyIsNone));
    }

    /** Of the formula of a definition that has no bindings. */
    static Frame ofDefinition(Level level, Place place) {
        return of(level, place, Map.of(), false);
    }

    /** Of the formula of a definition. */
    public static Frame of(
            Level level, Place place, Map<String, Binding> bindings, boolean emptyIsNone) {
        return new Frame(new Parts(level, place, bindings, emptyIsNone))
                .changed(next -> next.ofDefinition = true);
    }

    public Level level() {
        return parts.level;
    }

    /** Of the text; where it is fixed, of the reference through which a definition was reached. */
    public Place place() {
        return parts.place;
    }

    /** Whether all of the formula has one place: that of the reference to its definition. */
    boolean fixed() {
        return parts.fixed;
    }

    /** Whether a definition holds the formula, and not a question. */
    boolean isOfDefinition() {
        return parts.ofDefinition;
    }

    /** How the definition's names were read when it was saved. */
    Map<String, Binding> bindings() {
        return parts.bindings;
    }

    /** Definitions that are being lowered, outermost first. */
    List<String> inside() {
        return parts.inside;
    }

    /** What of time is read. */
    TimeContext time() {
        return parts.time;
    }

    /** Names of {@code let}. */
    Map<String, Named> names() {
        return parts.names;
    }

    /** Expressions that are not empty here. */
    Set<Expr> known() {
        return parts.known;
    }

    /** Counts and sums over nothing have no value. */
    boolean emptyIsNone() {
        return parts.emptyIsNone;
    }

    /** As of when attributes with a history are read where the formula says nothing; null: as they are known now. */
    @Nullable AsOf asOf() {
        return parts.asOf;
    }

    /** The same formula, where attributes are read as of another time. */
    public Frame asOf(@Nullable AsOf other) {
        return changed(next -> next.asOf = other);
    }

    /** The place of a piece of the formula. */
    public Place at(Span span) {
        return fixed() ? place() : place().at(span.line(), span.column());
    }

    /** Whether names are of the formula at hand, and not of a definition it refers to. */
    boolean isOutermost() {
        return inside().isEmpty();
    }

    /** The same formula, at another level: of the names of {@code let} only constants reach there. */
    public Frame at(Level newLevel) {
        return changed(next -> {
            next.level = newLevel;
            next.known = Set.of();
            next.narrowing = narrowing().beneath();
        });
    }

    /** The same formula, as a question writes it that groups by it. */
    Frame asKey(Level.Asked rows) {
        var here = time().here();
        return changed(next -> {
            next.level = rows;
            next.time = here;
            next.known = Set.of();
            next.narrowing = Narrowing.NONE;
            next.emptyIsNone = false;
        });
    }

    /** The same formula, of a unit of time in place of the bucket. */
    Frame beneath(Level newLevel) {
        return changed(next -> {
            next.level = newLevel;
            next.time = TimeContext.BUCKET;
            next.known =
                    newLevel instanceof Level.Member(var entity, _, _, var pairing)
                            ? new RelationKey.OfMembers(entity, pairing).neverEmpty()
                            : Set.of();
            next.state = next.state == null ? null : next.state.inUnits();
            next.asOf = null;
        });
    }

    /** The same formula, where other time is read. */
    public Frame during(TimeContext other) {
        return changed(next -> next.time = other);
    }

    /** Of which rows and groups aggregates are, and in which currency. */
    Narrowing narrowing() {
        return parts.narrowing;
    }

    /** The same formula, of other rows and groups. */
    Frame narrowed(Narrowing other) {
        return changed(next -> next.narrowing = other);
    }

    /**
     * A formula that says how an account is at an instant, whatever window stands around it: all beneath is as of then.
     *
     * @param point null: the end of the bucket
     */
    public Frame asState(TimeContext.@Nullable Point point) {
        var instant = time().here().at(point);
        return changed(next -> {
            next.time = instant;
            next.narrowing = narrowing().converting(null);
            next.state = new State(level(), instant, false);
        });
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
        return parts.state;
    }

    /** Whether what a state formula is read for is at hand itself, which it says something of at one instant. */
    boolean isOfRule() {
        return parts.state != null && !parts.state.isOfUnit() && level().equals(parts.state.of());
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
            Map<String, Expr.Literal> parameters) {
        var deeper = new ArrayList<>(inside());
        deeper.add(definition);
        return changed(
                        next -> {
                            next.level = newLevel;
                            next.place = at(reference);
                            next.fixed = true;
                            next.ofDefinition = true;
                            next.bindings = itsBindings;
                            next.inside = List.copyOf(deeper);
                            next.names = Map.of();
                            next.known = Set.of();
                            next.emptyIsNone = itsEmptyIsNone;
                            next.narrowing =
                                    newLevel.equals(level()) ? narrowing() : narrowing().beneath();
                        })
                .with(parameters);
    }

    /** With one name more. */
    Frame naming(String name, Named named) {
        var more = new HashMap<>(names());
        more.put(name, named);
        return changed(next -> next.names = more);
    }

    /** The same formula, where the metric's parameters have these values. */
    public Frame with(ParameterValues values) {
        return with(values.byName());
    }

    private Frame with(Map<String, Expr.Literal> parameters) {
        var more = new HashMap<>(names());
        parameters.forEach((name, value) -> more.put(name, Named.literal(value, this)));
        return changed(next -> next.names = more);
    }

    Frame given(Expr condition) {
        var shown = new Emptiness(known(), _ -> true).given(condition).known();
        return changed(next -> next.known = shown);
    }

    Frame knowing(Set<Expr> notEmpty) {
        return changed(next -> next.known = notEmpty);
    }
}
