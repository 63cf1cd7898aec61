package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lowers scores: a value on a scale from 0 to 100, and the weighted mean of parts. Both are arithmetic. */
final class Scores {
    private static final BigDecimal FULL = BigDecimal.valueOf(100);

    private final Lowering lowering;
    private final Comparisons comparisons;

    /** What the parts of scores add to them, where one of the parts has a name. */
    private final Map<Expr, List<NamedPart>> parts = new HashMap<>();

    /** The same of what members' scores are rolled up to, by the leaves that hold it. */
    private final IdentityHashMap<Leaves, Map<Expr, List<NamedPart>>> rolledUp =
            new IdentityHashMap<>();

    /** The same of common values, which are read in many places. */
    private final IdentityHashMap<Leaves, Map<Expr.Common, List<NamedPart>>> ofCommon =
            new IdentityHashMap<>();

    Scores(Lowering lowering, Comparisons comparisons) {
        this.lowering = lowering;
        this.comparisons = comparisons;
    }

    // ---- scale

    /** 0 at one end, 100 at the other, never beyond; the greater number may stand first. */
    Expr scale(Formula.Scale scale, Frame frame) {
        var value = number(scale.operand(), "'scale'", frame);
        if (scale.from().compareTo(scale.to()) == 0) {
            return lowering.misused("scale", "its ends are equal", frame, scale.span());
        }
        if (value.type().isBroken()) {
            return value;
        }
        var above =
                new Expr.Arithmetic(Operator.SUBTRACT, value, plain(scale.from()), exact(value));
        var hundredfold = new Expr.Arithmetic(Operator.MULTIPLY, plain(FULL), above, exact(value));
        var length = plain(scale.to().subtract(scale.from()));
        var placed = new Expr.Arithmetic(Operator.DIVIDE, hundredfold, length, Type.DOUBLE);
        var atLeast = call(Function.GREATEST, plain(BigDecimal.ZERO), placed);
        return call(Function.LEAST, plain(FULL), atLeast);
    }

    private static Type exact(Expr value) {
        return value.type().kind() == Type.Kind.DOUBLE ? Type.DOUBLE : Type.DECIMAL;
    }

    private static Expr call(Function function, Expr one, Expr other) {
        return new Expr.Call(function, List.of(one, other), Type.DOUBLE);
    }

    // ---- weighted

    /** What stands for a part that has no value. */
    private enum Missing {
        /** The others, with its weight spread over them. */
        SPREAD,
        ZERO,
        NEUTRAL,
        /** Nothing: the score has no value either. */
        NONE
    }

    /**
     * @param neutral stands for a part without a value; null unless that is asked for
     * @param coverage the part of the weights that must have a value
     */
    private record Options(Missing missing, @Nullable BigDecimal neutral, BigDecimal coverage) {
        static Options of(List<Formula.Option> given) {
            var options = new Options(Missing.SPREAD, null, BigDecimal.ZERO);
            for (var option : given) {
                options = options.with(option);
            }
            return options;
        }

        private Options with(Formula.Option option) {
            if (option.choice() != null) {
                var choice = Missing.valueOf(option.choice().toUpperCase(Locale.ROOT));
                return new Options(choice, option.number(), coverage);
            }
            var least = Objects.requireNonNull(option.number());
            return new Options(missing, neutral, least);
        }

        /** What stands for a part without a value; null where nothing does. */
        @Nullable BigDecimal standIn() {
            return missing == Missing.ZERO ? BigDecimal.ZERO : neutral;
        }
    }

    /** One part: its value, which may be empty, times its weight. */
    private record Part(BigDecimal weight, Expr value, Type type) {
        Expr weighted() {
            return new Expr.Arithmetic(Operator.MULTIPLY, plain(weight), value, type);
        }

        /** Its weight where it has a value, else 0. */
        Expr present() {
            var has = new Expr.Arm(Exprs.isNotNone(value), plain(weight));
            return new Expr.Case(List.of(has), plain(BigDecimal.ZERO), Type.DECIMAL);
        }

        Expr orInstead(BigDecimal standIn) {
            var instead = new Expr.Literal(weight.multiply(standIn), Type.DECIMAL);
            return new Expr.Call(Function.COALESCE, List.of(weighted(), instead), type);
        }
    }

    /** The mean of the parts by their weights. Where no part has a value, the reason is that of the first. */
    Expr weighted(Formula.Weighted formula, Frame frame) {
        boolean sound = checked(formula, frame);
        var values =
                formula.parts().stream()
                        .map(part -> number(part.value(), "A part", frame))
                        .toList();
        if (!sound || values.stream().anyMatch(value -> value.type().isBroken())) {
            return Expr.BROKEN;
        }
        var unit = unit(formula, values, frame);
        if (unit == null) {
            return Expr.BROKEN;
        }
        var parts = new ArrayList<Part>();
        for (int at = 0; at < values.size(); at++) {
            var value = lowering.common(values.get(at));
            parts.add(new Part(formula.parts().get(at).weight(), value, exact(value).in(unit)));
        }
        var options = Options.of(formula.options());
        var mean = lowering.common(mean(parts, options));
        // Leaves have numbers of their own in each column, so the score of another may look the
        // same.
        boolean isNamed = formula.parts().stream().anyMatch(part -> part.name() != null);
        this.parts.put(mean, isNamed ? contributions(formula, parts, mean, options) : List.of());
        return mean;
    }

    /**
     * What each part of a score adds to it, in the order of the parts; empty where none has a name, or where it is no score itself. A choice among scores has the
     * parts of all of them: those of the arm that is taken.
     *
     * @param leaves that the value reads
     */
    List<NamedPart> partsOf(Expr value, Leaves leaves) {
        if (parts.containsKey(value)) {
            return parts.getOrDefault(value, List.of());
        }
        if (value instanceof Expr.Common common) {
            return partsOfCommon(common, leaves);
        }
        if (value instanceof Expr.Call(var function, var arguments, _)
                && function == Function.IF_ENOUGH) {
            return partsOf(arguments.getFirst(), leaves).stream()
                    .map(part -> new NamedPart(part.name(), enough(part.contribution(), arguments)))
                    .toList();
        }
        if (value instanceof Expr.Case choice) {
            return partsOfChoice(choice, leaves);
        }
        return rolledUp.getOrDefault(leaves, Map.of()).getOrDefault(value, List.of());
    }

    private List<NamedPart> partsOfCommon(Expr.Common common, Leaves leaves) {
        var known = ofCommon.computeIfAbsent(leaves, _ -> new IdentityHashMap<>());
        var found = known.get(common);
        if (found == null) {
            found =
                    partsOf(common.value(), leaves).stream()
                            .map(part ->
                                    new NamedPart(
                                            part.name(), lowering.common(part.contribution())))
                            .toList();
            known.put(common, found);
        }
        return found;
    }

    /** Parts of one name are one, and unnamed ones by their place; an arm that is no score is one part without a name. */
    private List<NamedPart> partsOfChoice(Expr.Case choice, Leaves leaves) {
        var results = new ArrayList<>(choice.arms().stream().map(Expr.Arm::result).toList());
        results.add(choice.otherwise());
        var ofArms = results.stream().map(result -> partsOf(result, leaves)).toList();
        if (ofArms.stream().allMatch(List::isEmpty)) {
            return List.of();
        }
        var none = new Expr.Literal(null, choice.type());
        var all = new LinkedHashMap<String, List<Expr>>();
        var names = new HashMap<String, @Nullable String>();
        for (int arm = 0; arm < results.size(); arm++) {
            var own =
                    ofArms.get(arm).isEmpty()
                            ? List.of(new NamedPart(null, results.get(arm)))
                            : ofArms.get(arm);
            int unnamed = 0;
            for (var part : own) {
                var key = part.name() == null ? "-" + unnamed++ : part.name();
                names.put(key, part.name());
                all.computeIfAbsent(
                                key,
                                _ -> new ArrayList<>(Collections.nCopies(results.size(), none)))
                        .set(arm, part.contribution());
            }
        }
        return all.entrySet().stream()
                .map(part ->
                        new NamedPart(names.get(part.getKey()), chosen(choice, part.getValue())))
                .filter(part -> !isNone(part.contribution()))
                .toList();
    }

    private static Expr chosen(Expr.Case choice, List<Expr> contributions) {
        var arms = new ArrayList<Expr.Arm>();
        for (int arm = 0; arm < choice.arms().size(); arm++) {
            arms.add(new Expr.Arm(choice.arms().get(arm).condition(), contributions.get(arm)));
        }
        return new Expr.Case(arms, contributions.getLast(), choice.type());
    }

    /** Whether it never has a value, as where an arm of a choice is none. */
    private static boolean isNone(Expr contribution) {
        return contribution instanceof Expr.Case(var arms, var otherwise, _)
                && isNothing(otherwise)
                && arms.stream().allMatch(arm -> isNothing(arm.result()));
    }

    private static boolean isNothing(Expr value) {
        return value instanceof Expr.Literal(var literal, _) && literal == null;
    }

    /** Keeps what each part of members' scores adds to what they are rolled up to. */
    void rolledUp(Leaves leaves, Expr value, List<NamedPart> of) {
        rolledUp.computeIfAbsent(leaves, _ -> new HashMap<>()).put(value, of);
    }

    /** What a part adds, where there are as many observations as the score asks for. */
    private static Expr enough(Expr contribution, List<Expr> asked) {
        return new Expr.Call(
                Function.IF_ENOUGH,
                List.of(contribution, asked.get(1), asked.getLast()),
                contribution.type());
    }

    private static List<NamedPart> contributions(
            Formula.Weighted formula, List<Part> parts, Expr mean, Options options) {
        var standIn = options.standIn();
        var base =
                options.missing() == Missing.SPREAD
                        ? sum(parts.stream().map(Part::present).toList())
                        : plain(whole(parts));
        var contributions = new ArrayList<NamedPart>();
        for (int at = 0; at < parts.size(); at++) {
            var part = parts.get(at);
            var added = standIn == null ? part.weighted() : part.orInstead(standIn);
            var divided = new Expr.Arithmetic(Operator.DIVIDE, added, base, mean.type());
            var hasScore = new Expr.Arm(Exprs.isNotNone(mean), divided);
            var none = new Expr.Literal(null, mean.type());
            contributions.add(
                    new NamedPart(
                            formula.parts().get(at).name(),
                            new Expr.Case(List.of(hasScore), none, mean.type())));
        }
        return List.copyOf(contributions);
    }

    private static BigDecimal whole(List<Part> parts) {
        return parts.stream().map(Part::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Expr mean(List<Part> parts, Options options) {
        var whole = whole(parts);
        var present = sum(parts.stream().map(Part::present).toList());
        var allPresent = sum(parts.stream().map(Part::weighted).toList());
        var standIn = options.standIn();
        var filled =
                sum(
                        parts.stream()
                                .map(part ->
                                        part.orInstead(standIn == null ? BigDecimal.ZERO : standIn))
                                .toList());
        var type = Type.DOUBLE.in(allPresent.type().unit());
        var arms = new ArrayList<Expr.Arm>();
        if (options.missing() == Missing.SPREAD) {
            var nothing = new Expr.Compare(Comparator.EQUAL, present, plain(BigDecimal.ZERO));
            arms.add(new Expr.Arm(nothing, allPresent));
        }
        if (options.coverage().signum() > 0) {
            var least = plain(options.coverage().multiply(whole));
            arms.add(
                    new Expr.Arm(
                            new Expr.Compare(Comparator.LESS, present, least),
                            new Expr.Literal(null, type)));
        }
        var sum = options.missing() == Missing.NONE ? allPresent : filled;
        var base = options.missing() == Missing.SPREAD ? present : plain(whole);
        var mean = new Expr.Arithmetic(Operator.DIVIDE, sum, base, type);
        return arms.isEmpty() ? mean : new Expr.Case(arms, mean, type);
    }

    private static Expr sum(List<Expr> terms) {
        var sum = terms.getFirst();
        for (var term : terms.subList(1, terms.size())) {
            var kind = TypeRules.kindOf(Operator.ADD, sum.type(), term.type());
            var unit = sum.type().unit();
            sum = new Expr.Arithmetic(Operator.ADD, sum, term, new Type(kind, unit));
        }
        return sum;
    }

    /** The one unit of all parts; null where they do not go together, which is told. */
    private @Nullable Unit unit(Formula.Weighted formula, List<Expr> values, Frame frame) {
        var type = values.getFirst().type();
        for (int at = 1; at < values.size(); at++) {
            var next = values.get(at).type();
            var unit = TypeRules.same(type.unit(), next.unit());
            if (unit.isEmpty()) {
                var span = formula.parts().get(at).value().span();
                comparisons.unlikeUnits("weighted", type, next, frame, span);
                return null;
            }
            type = type.in(unit.get());
        }
        return type.unit();
    }

    /** Weights and options say something, and no name stands twice. */
    private boolean checked(Formula.Weighted formula, Frame frame) {
        boolean sound = true;
        var names = new HashSet<String>();
        for (var part : formula.parts()) {
            if (part.name() != null && !names.add(part.name())) {
                lowering.broken(
                        ProblemCode.CONFLICT,
                        frame,
                        part.value().span(),
                        "Two parts are called '%s'.",
                        part.name());
                sound = false;
            }
            if (part.weight().signum() == 0) {
                lowering.broken(
                        ProblemCode.BAD_VALUE,
                        frame,
                        part.value().span(),
                        "A weight is greater than 0.");
                sound = false;
            }
        }
        for (var option : formula.options()) {
            var number = option.number();
            boolean isCoverage = option.choice() == null;
            if (isCoverage && number != null && number.compareTo(BigDecimal.ONE) > 0) {
                lowering.broken(
                        ProblemCode.BAD_VALUE,
                        frame,
                        formula.span(),
                        "The coverage is a part of the weights, from 0 to 1: %s.",
                        number.toPlainString());
                sound = false;
            }
        }
        return sound;
    }

    private Expr number(Formula formula, String what, Frame frame) {
        var value = lowering.lower(formula, frame);
        if (value.type().isNumber()) {
            return value;
        }
        return lowering.broken(
                ProblemCode.TYPE_MISMATCH,
                frame,
                formula.span(),
                "%s needs a number, not %s.",
                what,
                value.type().word());
    }

    private static Expr plain(BigDecimal number) {
        return new Expr.Literal(number, Type.DECIMAL);
    }
}
