package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.testkit.opinion.Definitions.Level;
import dev.cairn.testkit.opinion.PlainMembers.Owner;
import dev.cairn.testkit.opinion.PlainMembers.Seen;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a formula means for a row, a member or a cell. */
final class Meaning {
    private final Around around;

    /** Whether conditions in {@code case} are read by two-valued logic; what is aggregated for a member is not. */
    private final boolean twoValued;

    private final Definitions definitions;
    private final PlainWindows windows;
    private final ZoneId zone;
    private final Naming naming;
    private final Moments moments;
    private final Amounts amounts;
    private final Memberships memberships;
    private final OverRows overRows;

    /**
     * What formulas are about.
     *
     * @param isScoped whether the caller sees some accounts only
     */
    record Around(
            Definitions definitions,
            PlainWindows windows,
            OwnWindows own,
            Reads reads,
            PlainMembers members,
            PlainFacts facts,
            Rows rows,
            ZoneId zone,
            boolean isScoped) {}

    Meaning(Around around) {
        this(around, false);
    }

    private Meaning(Around around, boolean twoValued) {
        this.around = around;
        this.twoValued = twoValued;
        this.definitions = around.definitions();
        this.windows = around.windows();
        this.zone = around.zone();
        this.naming = new Naming(around.members(), around.facts(), this, around.isScoped());
        this.moments = new Moments(windows, naming, zone);
        this.amounts = new Amounts(around.facts(), moments);
        this.memberships = new Memberships(definitions, windows, moments, this);
        this.overRows = new OverRows(around, naming, amounts, this);
    }

    Naming naming() {
        return naming;
    }

    Moments moments() {
        return moments;
    }

    Memberships memberships() {
        return memberships;
    }

    /** Gives the rows that an aggregate is over, before its own condition. */
    interface Rows {
        List<Context.Row> of(Sentence.Aggregate aggregate, Context context);

        /** The same of a cell, with how the windows stand that the question reads for them. */
        List<OwnWindows.Asked> asked(Sentence.Aggregate aggregate, Context.OfCell cell);

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
        return twoValued
                ? new TwoValued(this).holds(condition, context)
                : of(condition, context).isTrue();
    }

    Said of(Sentence sentence, Context context) {
        return switch (sentence) {
            case Sentence.Literal(var value) -> Said.of(value);
            case Sentence.Edge(var end, var ofWindow) ->
                    Said.of(
                            PlainValues.EdgeOf.of(
                                    ofWindow ? moments.window(context) : context.bucket(), end));
            case Sentence.AsOf _ ->
                    Said.of(PlainValues.EdgeOf.of(windows.edge(Moments.NOW, context.when()), true));
            case Sentence.NameAsOf(var name, var moment) ->
                    name(name, moments.at(moment, (Context.Row) context));
            case Sentence.Age age -> Said.of(moments.age(age, (Context.Row) context, this));
            case Sentence.OwnTime _ -> Said.of(Moments.ownTime((Context.Row) context));
            case Sentence.Convert convert -> amounts.converted(convert, context, this);
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
            case Sentence.InRule(var rule) ->
                    Said.of(memberships.fulfils(rule, (Context.Row) context));
            case Sentence.InCohort(var cohort, var moment) ->
                    Said.of(
                            moment == null
                                    ? memberships.isIn(cohort, (Context.Row) context)
                                    : memberships.isIn(cohort, (Context.Row) context, moment));
            case Sentence.Case(var whens, var otherwise) ->
                    of(
                            whens.stream()
                                    .filter(when -> holds(when.condition(), context))
                                    .map(Sentence.When::result)
                                    .findFirst()
                                    .orElse(otherwise),
                            context);
            case Sentence.Call call -> call(call, context);
            case Sentence.Over(var inside, Sentence.Window.OfEach each) -> {
                var own = windows.of(each, of(each.time(), context).value());
                yield of(inside, context.at(context.when().over(new Sentence.Window.Own(own))));
            }
            case Sentence.Over(var inside, _) -> of(inside, context.beneath(sentence, windows));
            case Sentence.Shift(_, var inside, _, _) ->
                    of(inside, context.beneath(sentence, windows));
            case Sentence.Total(var inside, _) -> of(inside, context.beneath(sentence, windows));
            case Sentence.Only(var inside, _) -> of(inside, context.beneath(sentence, windows));
            case Sentence.Scale scale -> Scores.scaled(scale, of(scale.of(), context));
            case Sentence.Weighted weighted -> Scores.weighted(weighted, context, this);
            case Sentence.Per(var inside) -> ofAccount(inside, (Context.Row) context);
            case Sentence.Aggregate aggregate
                    when context instanceof Context.OfFact fact
                            && definitions.pointing(aggregate, fact.source()).isEmpty() ->
                    ofAccount(aggregate, fact);
            case Sentence.Aggregate aggregate ->
                    (twoValued ? new Meaning(around, false) : this)
                            .overRows.aggregate(aggregate, context);
        };
    }

    private Said ofAccount(Sentence of, Context.Row row) {
        return account(row).map(account -> of(of, account)).orElseGet(() -> Said.of(null));
    }

    /** The account of a row, where it has one. */
    Optional<Context.OfMember> account(Context.Row row) {
        return Optional.ofNullable(row.owner().account())
                .map(account ->
                        new Context.OfMember(
                                EntityRef.ACCOUNT,
                                new Owner(account, null),
                                row.when(),
                                row.seen() instanceof Seen.Before
                                        ? row.seen()
                                        : moments.seen(Moments.END, row.when()),
                                row.asks()));
    }

    // ---- two-valued logic

    /** The same formulas, whose conditions have two values: what is empty fulfils no comparison, and so each negation of one. */
    Meaning inTwo() {
        return new Meaning(around, true);
    }

    Optional<Sentence> metricOf(Sentence.Name name, Context context) {
        return context instanceof Context.Row row
                ? definitions.metric(name, Definitions.levelOf(row))
                : Optional.empty();
    }

    int order(Object one, Object other) {
        return PlainValues.compare(one, other, zone);
    }

    boolean same(@Nullable Object left, @Nullable Object right) {
        return (left == null || right == null)
                ? left == right
                : PlainValues.compare(left, right, zone) == 0;
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
            throw new Amounts.NoRate();
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
        return Said.of(isSo(pair.sign(), left.value(), right.value()));
    }

    /** Null where a rate is missing. */
    private @Nullable Said side(Sentence of, Sentence.Pair pair, Context context) {
        try {
            return of(of, context);
        } catch (Amounts.NoRate missing) {
            if (pair.sign().equals("and") || pair.sign().equals("or")) {
                return null;
            }
            throw missing;
        }
    }

    boolean isSo(String sign, Object left, Object right) {
        return isSo(sign, PlainValues.compare(left, right, zone));
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

    /** How many places are taken by greater ones, of the groups of the bucket that is asked, each read in the time at hand. */
    private Said rank(Sentence of, Context context) {
        var cell = (Context.OfCell) context;
        var groups = around.rows().groups(cell);
        var own = of(of, context);
        if (own.value() == null || groups.isEmpty()) {
            return own.value() == null ? own : Said.none(Absence.NO_DATA);
        }
        if (own.value() instanceof Double) {
            throw new Unsupported("the rank of a double");
        }
        int place = 1;
        for (var group : groups) {
            var other = of(of, cell.of(group)).value();
            place += other != null && PlainValues.compare(other, own.value(), zone) > 0 ? 1 : 0;
        }
        return Said.of(BigDecimal.valueOf(place));
    }

    private Said call(Sentence.Call call, Context context) {
        if (call.function().equals("rank")) {
            return rank(call.arguments().getFirst(), context);
        }
        if (call.function().equals("coalesce")) {
            return call.arguments().stream()
                    .map(argument -> of(argument, context))
                    .filter(one -> one.value() != null)
                    .findFirst()
                    .orElseGet(() -> of(call.arguments().getFirst(), context));
        }
        var said = call.arguments().stream().map(argument -> of(argument, context)).toList();
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
            case Context.OfFact fact -> {
                var metric = definitions.metric(name, Level.ROW);
                yield metric.isPresent()
                        ? of(metric.get(), context)
                        : Said.of(
                                naming.ofFact(
                                        definitions.asReadOf(name.parts(), fact.source()),
                                        fact,
                                        false));
            }
            case Context.OfMember member -> {
                var metric = definitions.metric(name, Definitions.levelOf(member));
                yield metric.isPresent()
                        ? of(metric.get(), context)
                        : Said.of(
                                naming.ofMember(
                                        definitions.asReadOf(name.parts(), null),
                                        member.kind(),
                                        member.owner(),
                                        member.seen()));
            }
        };
    }

    OverRows overRows() {
        return overRows;
    }
}
