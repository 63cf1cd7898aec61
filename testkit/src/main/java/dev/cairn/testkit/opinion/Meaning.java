package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.testkit.opinion.Definitions.Level;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import dev.cairn.testkit.opinion.PlainMembers.Owner;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a formula means for a row, a member or a cell. */
final class Meaning {
    private static final Set<String> MADE_OF_TEXTS =
            Set.of("lower", "trim", "concat", "least", "greatest");

    private final Definitions definitions;

    /** Whether conditions in {@code case} are read by two-valued logic; what is aggregated for a member is not. */
    private final boolean twoValued;

    private final PlainFacts facts;
    private final PlainMembers members;
    private final Rows rows;
    private final ZoneId zone;

    Meaning(
            Definitions definitions,
            PlainFacts facts,
            PlainMembers members,
            Rows rows,
            ZoneId zone) {
        this(definitions, facts, members, rows, zone, false);
    }

    private Meaning(
            Definitions definitions,
            PlainFacts facts,
            PlainMembers members,
            Rows rows,
            ZoneId zone,
            boolean twoValued) {
        this.twoValued = twoValued;
        this.definitions = definitions;
        this.facts = facts;
        this.members = members;
        this.rows = rows;
        this.zone = zone;
    }

    /** Gives the rows that an aggregate is over, before its own condition. */
    interface Rows {
        List<Context.Row> of(Sentence.Aggregate aggregate, Context context);

        /** All groups of a cell's bucket; empty where it is of none. */
        List<Context.OfCell> groups(Context.OfCell cell);
    }

    /** A value, or why there is none. */
    record Said(@Nullable Object value, @Nullable Absence why) {
        static Said of(@Nullable Object value) {
            return new Said(value, value == null ? Absence.NO_DATA : null);
        }

        static Said none(Absence why) {
            return new Said(null, why);
        }

        boolean isTrue() {
            return Boolean.TRUE.equals(value);
        }
    }

    boolean holds(Sentence condition, Context context) {
        return twoValued ? holdsInTwo(condition, context) : of(condition, context).isTrue();
    }

    Said of(Sentence sentence, Context context) {
        return switch (sentence) {
            case Sentence.Literal(var value) -> Said.of(value);
            case Sentence.Edge(var end) -> Said.of(PlainValues.EdgeOf.of(context.bucket(), end));
            case Sentence.Name name -> name(name, context);
            case Sentence.Minus(var inside) -> {
                var said = of(inside, context);
                yield switch (said.value()) {
                    case null -> said;
                    case BigDecimal exact -> Said.of(exact.negate());
                    case Object number -> Said.of(-PlainValues.number(number));
                };
            }
            case Sentence.Not(var inside) -> {
                var said = of(inside, context);
                yield said.value() == null ? said : Said.of(!said.isTrue());
            }
            case Sentence.Pair pair -> pair(pair, context);
            case Sentence.Is(var left, var right) ->
                    Said.of(same(of(left, context).value(), of(right, context).value()));
            case Sentence.In(var inside, var values) -> {
                var said = of(inside, context);
                yield said.value() == null
                        ? said
                        : Said.of(
                                values.stream()
                                        .anyMatch(value ->
                                                same(said.value(), of(value, context).value())));
            }
            case Sentence.InCohort(var cohort) ->
                    Said.of(isIn(cohort, ((Context.Row) context).owner()));
            case Sentence.Case(var whens, var otherwise) ->
                    of(
                            whens.stream()
                                    .filter(when -> holds(when.condition(), context))
                                    .map(Sentence.When::result)
                                    .findFirst()
                                    .orElse(otherwise),
                            context);
            case Sentence.Call call -> call(call, context);
            case Sentence.Aggregate aggregate ->
                    (twoValued ? new Meaning(definitions, facts, members, rows, zone) : this)
                            .aggregate(aggregate, context);
        };
    }

    // ---- two-valued logic

    /** The same formulas, whose conditions have two values: what is empty fulfils no comparison, and so each negation of one. */
    Meaning inTwo() {
        return new Meaning(definitions, facts, members, rows, zone, true);
    }

    private boolean holdsInTwo(Sentence condition, Context context) {
        return switch (condition) {
            case Sentence.Not(var inside) -> !holdsInTwo(inside, context);
            case Sentence.Pair pair -> holdsInTwo(pair, context);
            case Sentence.Name name ->
                    metricOf(name, context)
                            .map(metric -> holdsInTwo(metric, context))
                            .orElseGet(() -> of(name, context).isTrue());
            default -> of(condition, context).isTrue();
        };
    }

    private boolean holdsInTwo(Sentence.Pair pair, Context context) {
        return switch (pair.sign()) {
            case "and" -> holdsInTwo(pair.left(), context) && holdsInTwo(pair.right(), context);
            case "or" -> holdsInTwo(pair.left(), context) || holdsInTwo(pair.right(), context);
            case "!=" -> !same(side(pair.left(), context), side(pair.right(), context));
            default -> {
                var one = side(pair.left(), context);
                var other = side(pair.right(), context);
                yield one != null
                        && other != null
                        && isSo(pair.sign(), PlainValues.compare(one, other, zone));
            }
        };
    }

    private Optional<Sentence> metricOf(Sentence.Name name, Context context) {
        return context instanceof Context.OfMember member
                ? definitions.metric(name, levelOf(member))
                : Optional.empty();
    }

    /** A condition that is compared with another has two values as well. */
    private @Nullable Object side(Sentence of, Context context) {
        boolean isLogic =
                switch (of) {
                    case Sentence.Not _, Sentence.In _ -> true;
                    case Sentence.Pair(var sign, _, _) -> !"+-*/".contains(sign);
                    default -> false;
                };
        return isLogic ? (Object) holdsInTwo(of, context) : of(of, context).value();
    }

    boolean same(@Nullable Object left, @Nullable Object right) {
        return (left == null || right == null)
                ? left == right
                : PlainValues.compare(left, right, zone) == 0;
    }

    /** A set: true or false for an account, empty for what is of none. */
    @Nullable Boolean isIn(String name, Owner owner) {
        if (owner.account() == null) {
            return null;
        }
        return switch (definitions.cohort(name).members()) {
            case Cohort.Members.Accounts(var keys) -> keys.contains(owner.account());
            case Cohort.Members.Rule(var rule) -> fulfils(SentenceReader.read(rule), owner);
        };
    }

    /** Whether there is an account and a rule over its attributes is true. */
    boolean fulfils(Sentence rule, Owner owner) {
        return owner.account() != null
                && holds(
                        rule,
                        new Context.OfMember(
                                EntityKind.ACCOUNT, new Owner(owner.account(), null), NEVER));
    }

    private static final Stretch NEVER =
            new Stretch(
                    "",
                    java.time.Instant.EPOCH,
                    java.time.Instant.EPOCH,
                    java.time.LocalDate.EPOCH,
                    java.time.LocalDate.EPOCH,
                    false);

    private Said pair(Sentence.Pair pair, Context context) {
        var left = of(pair.left(), context);
        var right = of(pair.right(), context);
        if (pair.sign().equals("and") || pair.sign().equals("or")) {
            boolean decisive = pair.sign().equals("or");
            boolean decided =
                    Objects.equals(left.value(), decisive)
                            || Objects.equals(right.value(), decisive);
            if (decided) {
                return Said.of(decisive);
            }
            return left.value() == null ? left : right.value() == null ? right : Said.of(!decisive);
        }
        if (left.value() == null || right.value() == null) {
            return left.value() == null ? left : right;
        }
        if ("+-*/".contains(pair.sign())) {
            var value = PlainValues.arithmetic(pair.sign(), left.value(), right.value());
            return value == null ? Said.none(Absence.ZERO_BASE) : Said.of(value);
        }
        return Said.of(isSo(pair.sign(), PlainValues.compare(left.value(), right.value(), zone)));
    }

    private static boolean isSo(String sign, int order) {
        return switch (sign) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    /** How many places are taken by greater ones. */
    private Said rank(Sentence of, Context context) {
        var groups = rows.groups((Context.OfCell) context);
        var own = of(of, context);
        if (own.value() == null || groups.isEmpty()) {
            return own.value() == null ? own : Said.none(Absence.NO_DATA);
        }
        if (own.value() instanceof Double) {
            throw new Unsupported("the rank of a double");
        }
        int place = 1;
        for (var group : groups) {
            var other = of(of, group).value();
            place += other != null && PlainValues.compare(other, own.value(), zone) > 0 ? 1 : 0;
        }
        return Said.of(BigDecimal.valueOf(place));
    }

    private Said call(Sentence.Call call, Context context) {
        if (call.function().equals("rank")) {
            return rank(call.arguments().getFirst(), context);
        }
        var said = call.arguments().stream().map(argument -> of(argument, context)).toList();
        if (call.function().equals("coalesce")) {
            return said.stream()
                    .filter(one -> one.value() != null)
                    .findFirst()
                    .orElse(said.getFirst());
        }
        return said.stream()
                .filter(one -> one.value() == null)
                .findFirst()
                .orElseGet(() ->
                        Said.of(
                                PlainValues.call(
                                        call.function(),
                                        said.stream()
                                                .map(one -> Objects.requireNonNull(one.value()))
                                                .toList(),
                                        zone)));
    }

    // ---- names

    private Said name(Sentence.Name name, Context context) {
        return switch (context) {
            case Context.OfCell _ ->
                    of(
                            definitions
                                    .metric(name, Level.CELL)
                                    .orElseThrow(() -> new Unsupported(name.toString())),
                            context);
            case Context.OfFact fact -> Said.of(ofFact(name.parts(), fact, false));
            case Context.OfMember member -> {
                var metric = definitions.metric(name, levelOf(member));
                yield metric.isPresent()
                        ? of(metric.get(), context)
                        : Said.of(ofMember(name.parts(), member.kind(), member.owner()));
            }
        };
    }

    private static Level levelOf(Context.OfMember member) {
        return member.kind() == EntityKind.ACCOUNT ? Level.ACCOUNT : Level.USER;
    }

    /** @param inFull whether the relation was said: then it is the field, where there is one and it is not the link's own */
    private @Nullable Object ofFact(List<String> parts, Context.OfFact fact, boolean inFull) {
        String first = parts.getFirst();
        var source = fact.source();
        if (parts.size() > 1 && fact.names().contains(first)) {
            return ofFact(parts.subList(1, parts.size()), fact, true);
        }
        boolean account = first.equals("account") && source.accountField() != null;
        boolean user = first.equals("user") && source.userField() != null;
        boolean isOwnField =
                first.equals(account ? source.accountField() : user ? source.userField() : null);
        boolean isLink =
                (account || user) && !(inFull && source.field(first).isPresent() && !isOwnField);
        if (isLink) {
            return ofMember(parts, account ? EntityKind.ACCOUNT : EntityKind.USER, fact.owner());
        }
        if (parts.size() > 1) {
            throw new Unsupported(parts.toString());
        }
        return PlainFacts.field(source, fact.fact(), first);
    }

    private @Nullable Object ofMember(List<String> parts, EntityKind kind, Owner owner) {
        String first = parts.getFirst();
        if (parts.size() > 1 && first.equals("user") && parts.get(1).equals("account")) {
            return ofMember(parts.subList(1, parts.size()), kind, owner);
        }
        if (first.equals("account") || first.equals("user")) {
            var of = first.equals("account") ? EntityKind.ACCOUNT : EntityKind.USER;
            return parts.size() == 1
                    ? (of == EntityKind.ACCOUNT ? owner.account() : owner.user())
                    : attribute(of, parts.get(1), owner);
        }
        return attribute(kind, first, owner);
    }

    private @Nullable Object attribute(EntityKind kind, String name, Owner owner) {
        if (!members.hasAttribute(kind, name)) {
            throw new Unsupported("the attribute " + name);
        }
        return members.attribute(kind, name, owner);
    }

    /** The account of the user whose key the value of a formula is made of, where it is; users of two accounts are never the same. */
    @Nullable String accountOfUser(Sentence sentence, Context.Row row) {
        return isMadeOfUser(sentence, row) ? row.owner().account() : null;
    }

    private boolean isMadeOfUser(Sentence sentence, Context.Row row) {
        return switch (sentence) {
            case Sentence.Name _ -> isUser(sentence, row);
            case Sentence.Case(var whens, var otherwise) ->
                    isMadeOfUser(
                            whens.stream()
                                    .filter(when -> holds(when.condition(), row))
                                    .map(Sentence.When::result)
                                    .findFirst()
                                    .orElse(otherwise),
                            row);
            case Sentence.Call(var function, var arguments) ->
                    function.equals("coalesce")
                            ? arguments.stream()
                                    .filter(argument -> of(argument, row).value() != null)
                                    .findFirst()
                                    .map(found -> isMadeOfUser(found, row))
                                    .orElse(false)
                            : mayBeMadeOfUser(sentence);
            default -> false;
        };
    }

    private static boolean isUser(Sentence sentence, Context.Row row) {
        if (!(sentence instanceof Sentence.Name name) || !name.last().equals("user")) {
            return false;
        }
        return !(row instanceof Context.OfFact fact
                && name.parts().size() > 1
                && fact.source().field("user").isPresent()
                && !"user".equals(fact.source().userField()));
    }

    /** Whether the key of a user stands where the value of a formula comes from. */
    boolean mayBeMadeOfUser(Sentence sentence) {
        return switch (sentence) {
            case Sentence.Name name -> name.last().equals("user");
            case Sentence.Case(var whens, var otherwise) ->
                    mayBeMadeOfUser(otherwise)
                            || whens.stream().anyMatch(when -> mayBeMadeOfUser(when.result()));
            case Sentence.Call(var function, var arguments) ->
                    (function.equals("coalesce") || MADE_OF_TEXTS.contains(function))
                            && arguments.stream().anyMatch(this::mayBeMadeOfUser);
            default -> false;
        };
    }

    // ---- aggregates

    /** The rows that an aggregate takes. */
    List<Context.Row> taken(Sentence.Aggregate aggregate, Context context) {
        var relation = definitions.relation(aggregate.relation());
        return rows.of(aggregate, context).stream()
                .filter(row -> relation.conditions().stream().allMatch(one -> holds(one, row)))
                .filter(row -> aggregate.where() == null || holds(aggregate.where(), row))
                .toList();
    }

    private Said aggregate(Sentence.Aggregate aggregate, Context context) {
        boolean ofCell = context instanceof Context.OfCell;
        boolean overMembers = definitions.relation(aggregate.relation()).entity() != null;
        var outside = ofCell ? outside(aggregate, context.bucket()) : null;
        if (overMembers && outside != null) {
            return Said.none(outside);
        }
        var taken = taken(aggregate, context);
        var value = value(aggregate, taken);
        if (value != null) {
            return Said.of(value);
        }
        if (outside != null) {
            return Said.none(outside);
        }
        return Said.of(
                switch (aggregate.function()) {
                    case "count", "distinct", "sum" ->
                            aggregate.emptyIsNone() ? null : BigDecimal.ZERO;
                    case "exists" -> aggregate.emptyIsNone() ? null : Boolean.FALSE;
                    default -> null;
                });
    }

    /** Why nothing is known of what an aggregate reads in a bucket. */
    private @Nullable Absence outside(Sentence.Aggregate aggregate, Stretch bucket) {
        return facts.outside(definitions.reads(aggregate), bucket).orElse(null);
    }

    /** Empty where nothing is left after empty values were skipped. */
    private @Nullable Object value(Sentence.Aggregate aggregate, List<Context.Row> taken) {
        if (taken.isEmpty()) {
            return null;
        }
        return switch (aggregate.function()) {
            case "count" -> BigDecimal.valueOf(taken.size());
            case "exists" -> true;
            case "share" ->
                    (double) taken.stream().filter(row -> holds(valueOf(aggregate), row)).count()
                            / taken.size();
            case "distinct" -> distinct(valueOf(aggregate), taken);
            case "first" -> inTime(aggregate, taken).findFirst().orElse(null);
            case "last" -> inTime(aggregate, taken).reduce((_, later) -> later).orElse(null);
            default -> ofValues(aggregate.function(), values(valueOf(aggregate), taken));
        };
    }

    static Sentence valueOf(Sentence.Aggregate aggregate) {
        if (aggregate.value() == null) {
            throw new Unsupported(aggregate.function() + " of nothing");
        }
        return aggregate.value();
    }

    private List<Object> values(Sentence of, List<Context.Row> taken) {
        var values = new ArrayList<Object>();
        for (Context.Row row : taken) {
            var value = PlainValues.settled(of(of, row).value());
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** What has a value, by time, key and value. */
    private Stream<Object> inTime(Sentence.Aggregate aggregate, List<Context.Row> taken) {
        record Placed(List<Object> place, Object value) {}
        var placed = new ArrayList<Placed>();
        for (Context.Row row : taken) {
            if (!(row instanceof Context.OfFact(var source, _, var fact, _))) {
                throw new Unsupported("members in the order of time");
            }
            var value = PlainValues.settled(of(valueOf(aggregate), row).value());
            if (value != null) {
                var names = new ArrayList<String>();
                names.add(aggregate.on() == null ? source.placing() : aggregate.on());
                names.addAll(source.key());
                var place = new ArrayList<Object>();
                for (String name : names) {
                    int at = source.fields().indexOf(source.field(name).orElseThrow());
                    place.add(Objects.requireNonNull(fact.values().get(at)));
                }
                place.add(value);
                placed.add(new Placed(place, value));
            }
        }
        return placed.stream()
                .sorted((one, other) -> inOrder(one.place(), other.place()))
                .map(Placed::value);
    }

    private int inOrder(List<Object> one, List<Object> other) {
        for (int at = 0; at < one.size(); at++) {
            int compared = PlainValues.compare(one.get(at), other.get(at), zone);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    /** Of a sample. */
    private static @Nullable Object deviation(List<Object> values) {
        if (values.size() < 2) {
            return null;
        }
        double mean = values.stream().mapToDouble(PlainValues::number).sum() / values.size();
        double squares =
                values.stream()
                        .mapToDouble(value -> Math.pow(PlainValues.number(value) - mean, 2))
                        .sum();
        return PlainValues.finite(Math.sqrt(squares / (values.size() - 1)));
    }

    private @Nullable Object distinct(Sentence of, List<Context.Row> taken) {
        var seen = new HashSet<List<@Nullable Object>>();
        boolean inexact = values(of, taken).stream().anyMatch(Double.class::isInstance);
        for (Context.Row row : taken) {
            var value = PlainValues.settled(of(of, row).value());
            if (value != null) {
                seen.add(Arrays.asList(identity(value, inexact), accountOfUser(of, row)));
            }
        }
        return seen.isEmpty() ? null : BigDecimal.valueOf(seen.size());
    }

    private static Object identity(Object value, boolean inexact) {
        return switch (value) {
            case Number number when inexact -> number.doubleValue() + 0.0;
            case BigDecimal exact when exact.signum() == 0 -> BigDecimal.ZERO;
            case BigDecimal exact -> exact.stripTrailingZeros();
            default -> value;
        };
    }

    private @Nullable Object ofValues(String function, List<Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        var ascending =
                values.stream()
                        .sorted((one, other) -> PlainValues.compare(one, other, zone))
                        .toList();
        return switch (function) {
            case "min" -> ascending.getFirst();
            case "max" -> ascending.getLast();
            case "sum" -> sum(values);
            case "avg" -> PlainValues.finite(PlainValues.number(sum(values)) / values.size());
            case "stddev" -> deviation(values);
            case "median" -> interpolated(ascending, 0.5);
            default -> {
                var digits = function.substring(1).replace("_disc", "");
                var fraction = new BigDecimal("0." + digits);
                yield function.endsWith("_disc")
                        ? discrete(ascending, fraction)
                        : interpolated(ascending, fraction.doubleValue());
            }
        };
    }

    private static Object sum(List<Object> values) {
        if (values.stream().allMatch(BigDecimal.class::isInstance)) {
            return values.stream()
                    .map(BigDecimal.class::cast)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
        return PlainValues.finite(values.stream().mapToDouble(PlainValues::number).sum());
    }

    private static Object interpolated(List<Object> ascending, double fraction) {
        double rank = fraction * (ascending.size() - 1);
        double below = PlainValues.number(ascending.get((int) Math.floor(rank)));
        double above = PlainValues.number(ascending.get((int) Math.ceil(rank)));
        return below + (rank - Math.floor(rank)) * (above - below);
    }

    /** The least value up to which there are at least so many of all. */
    private static Object discrete(List<Object> ascending, BigDecimal fraction) {
        var wanted = fraction.multiply(BigDecimal.valueOf(ascending.size()));
        int upTo = 1;
        while (BigDecimal.valueOf(upTo).compareTo(wanted) < 0) {
            upTo++;
        }
        return ascending.get(upTo - 1);
    }
}
