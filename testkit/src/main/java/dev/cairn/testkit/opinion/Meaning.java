package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.testkit.opinion.Definitions.Level;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import dev.cairn.testkit.opinion.PlainMembers.Owner;
import dev.cairn.testkit.opinion.PlainMembers.Seen;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a formula means for a row, a member or a cell. */
final class Meaning {
    private final Definitions definitions;

    /** Whether conditions in {@code case} are read by two-valued logic; what is aggregated for a member is not. */
    private final boolean twoValued;

    private final PlainWindows windows;
    private final Reads reads;
    private final PlainFacts facts;
    private final Naming naming;
    private final Rows rows;
    private final ZoneId zone;

    Meaning(
            Definitions definitions,
            PlainWindows windows,
            Reads reads,
            PlainMembers members,
            PlainFacts facts,
            Rows rows,
            ZoneId zone,
            boolean isScoped) {
        this.twoValued = false;
        this.definitions = definitions;
        this.windows = windows;
        this.reads = reads;
        this.facts = facts;
        this.naming = new Naming(members, facts, this, isScoped);
        this.rows = rows;
        this.zone = zone;
    }

    private Meaning(Meaning other, boolean twoValued) {
        this.twoValued = twoValued;
        this.definitions = other.definitions;
        this.windows = other.windows;
        this.reads = other.reads;
        this.facts = other.facts;
        this.naming = other.naming;
        this.rows = other.rows;
        this.zone = other.zone;
    }

    Naming naming() {
        return naming;
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
            case Sentence.Edge(var end, var ofWindow) ->
                    Said.of(
                            PlainValues.EdgeOf.of(
                                    ofWindow ? window(context) : context.bucket(), end));
            case Sentence.AsOf _ ->
                    Said.of(PlainValues.EdgeOf.of(windows.edge(NOW, context.when()), true));
            case Sentence.NameAsOf(var name, var moment) ->
                    name(name, at(moment, (Context.Row) context));
            case Sentence.Age age -> Said.of(age(age, (Context.Row) context));
            case Sentence.OwnTime _ -> Said.of(ownTime((Context.Row) context));
            case Sentence.Convert convert -> converted(convert, context);
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
            case Sentence.InRule(var rule) -> Said.of(fulfils(rule, (Context.Row) context));
            case Sentence.InCohort(var cohort, var moment) ->
                    Said.of(
                            moment == null
                                    ? isIn(cohort, (Context.Row) context)
                                    : isIn(cohort, (Context.Row) context, moment));
            case Sentence.Case(var whens, var otherwise) ->
                    of(
                            whens.stream()
                                    .filter(when -> holds(when.condition(), context))
                                    .map(Sentence.When::result)
                                    .findFirst()
                                    .orElse(otherwise),
                            context);
            case Sentence.Call call -> call(call, context);
            case Sentence.Over(var inside, _) -> of(inside, context.beneath(sentence, windows));
            case Sentence.Shift(_, var inside, _, _) ->
                    of(inside, context.beneath(sentence, windows));
            case Sentence.Total(var inside, _) -> of(inside, context.beneath(sentence, windows));
            case Sentence.Only(var inside, _) -> of(inside, context.beneath(sentence, windows));
            case Sentence.Scale scale -> scaled(scale, of(scale.of(), context));
            case Sentence.Weighted weighted -> weighted(weighted, context);
            case Sentence.Per(var inside) -> ofAccount(inside, (Context.Row) context);
            case Sentence.Aggregate aggregate when context instanceof Context.OfFact fact ->
                    ofAccount(aggregate, fact);
            case Sentence.Aggregate aggregate ->
                    (twoValued ? new Meaning(this, false) : this).aggregate(aggregate, context);
        };
    }

    // ---- times

    private static final Sentence.Moment NOW = new Sentence.Moment("now", null);
    private static final Sentence.Moment END = new Sentence.Moment("end", null);

    /** Rows that are read at an instant have no other window. */
    private Stretch window(Context context) {
        if (context instanceof Context.OfFact fact && fact.time() == null) {
            throw new Unsupported("the window of rows that hold");
        }
        return windows.stretch(context.when());
    }

    Seen seen(Sentence.Moment moment, When when) {
        return new Seen.Before(windows.dayOf(moment, when));
    }

    /** Of rows that are read at an instant, which have no other window, both edges are that instant. */
    private Context.Row at(Sentence.Moment moment, Context.Row row) {
        if (moment.word().equals("fact")) {
            return row.seen(onItsDay(row));
        }
        boolean isEdge = moment.word().equals("start") || moment.word().equals("end");
        var valid = row instanceof Context.OfFact fact ? fact.valid() : null;
        return row.seen(
                seen(
                        isEdge && valid != null && valid.word().equals("at") ? valid : moment,
                        row.when()));
    }

    private Seen onItsDay(Context.Row row) {
        return switch (ownTime(row)) {
            case LocalDate date -> new Seen.On(date);
            case Instant instant -> new Seen.On(PlainTimes.date(instant, zone));
            default -> throw new Unsupported("the day of " + row);
        };
    }

    private static Object ownTime(Context.Row row) {
        if (row instanceof Context.OfFact fact && fact.time() != null) {
            var time = PlainFacts.field(fact.source(), fact.fact(), fact.time());
            if (time != null) {
                return time;
            }
        }
        throw new Unsupported("the time of what has none");
    }

    /** From the unit that holds the time to that of the row; below zero there is none. */
    private @Nullable Object age(Sentence.Age age, Context.Row row) {
        var time = ownTime(row);
        var from =
                age.from() == null
                        ? naming.startOfAccount(row.owner())
                        : of(age.from(), row).value();
        if (from == null) {
            return null;
        }
        long units =
                PlainTimes.units(
                        PlainTimes.date(from, zone), PlainTimes.date(time, zone), age.grain());
        return units < 0 ? null : BigDecimal.valueOf(units);
    }

    // ---- money

    /** An amount for which there is no rate: whatever reads it has no value. */
    static final class NoRate extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoRate() {
            super("no rate", null, false, false);
        }
    }

    private Said converted(Sentence.Convert convert, Context context) {
        if (!(context instanceof Context.OfFact fact)
                || !(convert.of() instanceof Sentence.Name(var parts))
                || parts.size() != 1
                || convert.moment() != null) {
            throw new Unsupported("what is converted over aggregates");
        }
        var said = of(convert.of(), fact);
        var money = fact.source().field(parts.getFirst()).orElseThrow();
        if (said.value() == null) {
            return said;
        }
        Object currency =
                money.currencyField() == null
                        ? money.currency()
                        : PlainFacts.field(fact.source(), fact.fact(), money.currencyField());
        if (convert.currency().equals(currency)) {
            return said;
        }
        var rate =
                currency == null
                        ? Optional.<BigDecimal>empty()
                        : facts.rate(currency.toString(), dayOfRate(fact));
        return Said.of(((BigDecimal) said.value()).multiply(rate.orElseThrow(NoRate::new)));
    }

    private LocalDate dayOfRate(Context.OfFact fact) {
        if (fact.time() == null) {
            throw new Unsupported("the rate of a stock");
        }
        return PlainTimes.date(ownTime(fact), zone);
    }

    private static Said scaled(Sentence.Scale scale, Said said) {
        if (said.value() == null) {
            return said;
        }
        double from = scale.from().doubleValue();
        double share =
                (PlainValues.number(said.value()) - from) / (scale.to().doubleValue() - from);
        return Said.of(100 * Math.max(0, Math.min(1, share)));
    }

    private Said weighted(Sentence.Weighted weighted, Context context) {
        double all = 0;
        double known = 0;
        double sum = 0;
        @Nullable Said missing = null;
        for (var part : weighted.parts()) {
            double weight = part.weight().doubleValue();
            var said = of(part.of(), context);
            all += weight;
            if (said.value() != null) {
                known += weight;
                sum += weight * PlainValues.number(said.value());
            } else {
                missing = missing == null ? said : missing;
                sum += weighted.instead() == null ? 0 : weight * weighted.instead().doubleValue();
            }
        }
        if (missing != null
                && known == 0
                && weighted.instead() == null
                && !weighted.noneMissing()) {
            return missing;
        }
        if (known / all < weighted.coverage().doubleValue()) {
            return Said.none(Absence.NO_DATA);
        }
        if (missing != null && weighted.noneMissing()) {
            return missing;
        }
        return Said.of(sum / (weighted.instead() == null ? known : all));
    }

    private Said ofAccount(Sentence of, Context.Row row) {
        String account = row.owner().account();
        return account == null
                ? Said.of(null)
                : of(
                        of,
                        new Context.OfMember(
                                EntityKind.ACCOUNT,
                                new Owner(account, null),
                                row.when(),
                                row.seen() instanceof Seen.Before
                                        ? row.seen()
                                        : seen(END, row.when())));
    }

    // ---- two-valued logic

    /** The same formulas, whose conditions have two values: what is empty fulfils no comparison, and so each negation of one. */
    Meaning inTwo() {
        return new Meaning(this, true);
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
                    case Sentence.Not _, Sentence.In _, Sentence.InCohort _ -> true;
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
    @Nullable Boolean isIn(String name, Context.Row row) {
        String account = row.owner().account();
        if (account == null) {
            return null;
        }
        return switch (definitions.cohort(name).members()) {
            case Cohort.Members.Accounts(var keys) -> keys.contains(account);
            case Cohort.Members.Rule(var rule) -> fulfils(SentenceReader.read(rule), row);
        };
    }

    private @Nullable Boolean isIn(String name, Context.Row row, Sentence.Moment moment) {
        String account = row.owner().account();
        return account == null
                ? null
                : switch (definitions.cohort(name).members()) {
                    case Cohort.Members.Accounts(var keys) -> (Boolean) keys.contains(account);
                    case Cohort.Members.Rule(var rule) -> {
                        var read = SentenceReader.read(rule);
                        if (!definitions.aggregates(read, Level.ACCOUNT).isEmpty()) {
                            throw new Unsupported("a rule over facts as of another time");
                        }
                        yield holds(read, ofAccount(row, row.when(), seen(moment, row.when())));
                    }
                };
    }

    private static Context.OfMember ofAccount(Context.Row row, When when, Seen seen) {
        return new Context.OfMember(
                EntityKind.ACCOUNT, new Owner(row.owner().account(), null), when, seen);
    }

    /** A scope asks for attributes as of now. */
    boolean holdsNow(Sentence scope, Context.Row row) {
        return row.owner().account() != null
                && holds(scope, ofAccount(row, row.when(), seen(NOW, row.when())));
    }

    /** Whether there is an account and a rule is true of it, at the end of the bucket. */
    boolean fulfils(Sentence rule, Context.Row row) {
        String account = row.owner().account();
        return account != null
                && holds(
                        rule,
                        ofAccount(
                                row,
                                windows.instantOf(row.when()),
                                row.seen() instanceof Seen.Before
                                        ? row.seen()
                                        : seen(END, row.when().over(null))));
    }

    private Said pair(Sentence.Pair pair, Context context) {
        var left = side(pair.left(), pair, context);
        var right = side(pair.right(), pair, context);
        if (left == null || right == null) {
            // A rate is missing on one side, and the other does not decide.
            var known = left == null ? right : left;
            if (known != null
                    && Objects.equals(known.value(), (Boolean) pair.sign().equals("or"))) {
                return known;
            }
            throw new NoRate();
        }
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

    /** Null where a rate is missing. */
    private @Nullable Said side(Sentence of, Sentence.Pair pair, Context context) {
        try {
            return of(of, context);
        } catch (NoRate missing) {
            if (pair.sign().equals("and") || pair.sign().equals("or")) {
                return null;
            }
            throw missing;
        }
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
            var other = of(of, group.by(((Context.OfCell) context).sense())).value();
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
            case Context.OfFact fact -> Said.of(naming.ofFact(name.parts(), fact, false));
            case Context.OfMember member -> {
                var metric = definitions.metric(name, levelOf(member));
                yield metric.isPresent()
                        ? of(metric.get(), context)
                        : Said.of(
                                naming.ofMember(
                                        name.parts(),
                                        member.kind(),
                                        member.owner(),
                                        member.seen()));
            }
        };
    }

    private static Level levelOf(Context.OfMember member) {
        return member.kind() == EntityKind.ACCOUNT ? Level.ACCOUNT : Level.USER;
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
        boolean ofFacts = definitions.relation(aggregate.relation()).entity() == null;
        var outside = outside(aggregate, context, false);
        if (outside != null && outside(aggregate, context, ofFacts) != null) {
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

    /** Why nothing is known of an aggregate of a cell; of what is read for a member the outer aggregate says it. */
    private @Nullable Absence outside(
            Sentence.Aggregate aggregate, Context context, boolean hasRows) {
        return context instanceof Context.OfCell cell
                ? reads.outside(aggregate, cell, hasRows, true).orElse(null)
                : null;
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
            default ->
                    PlainAggregates.of(
                            aggregate.function(), values(valueOf(aggregate), taken), zone);
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
            if (!(row instanceof Context.OfFact(var source, _, var fact, _, _, _, _))) {
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

    private @Nullable Object distinct(Sentence of, List<Context.Row> taken) {
        var seen = new HashSet<List<@Nullable Object>>();
        boolean inexact = values(of, taken).stream().anyMatch(Double.class::isInstance);
        for (Context.Row row : taken) {
            var value = PlainValues.settled(of(of, row).value());
            if (value != null) {
                seen.add(
                        Arrays.asList(
                                PlainAggregates.identity(value, inexact),
                                naming.accountOfUser(of, row)));
            }
        }
        return seen.isEmpty() ? null : BigDecimal.valueOf(seen.size());
    }
}
