package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.testkit.opinion.Definitions.Level;
import dev.cairn.testkit.opinion.PlainCoverage.Standing;
import dev.cairn.testkit.opinion.PlainFacts.Times;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The windows that members and rows have of their own, and how they stand to what is known. */
final class OwnWindows {
    private final Definitions definitions;
    private final PlainFacts facts;
    private final PlainWindows windows;
    private final IdentityHashMap<Sentence.Aggregate, List<Sentence>> reading =
            new IdentityHashMap<>();

    OwnWindows(Definitions definitions, PlainFacts facts, PlainWindows windows) {
        this.definitions = definitions;
        this.facts = facts;
        this.windows = windows;
    }

    /**
     * A row that is asked for, whatever is in its windows.
     *
     * @param standings of all windows that are read for it
     * @param isLeftOut whether a condition of the question on such a window is not true of it
     */
    record Asked(Context.Row row, Set<Standing> standings, boolean isLeftOut) {
        static Asked plainly(Context.Row row) {
            return new Asked(row, Set.of(), false);
        }

        boolean isPending() {
            return standings.contains(Standing.PENDING);
        }
    }

    /** What an aggregate reads in such windows, of its conditions and its value. */
    List<Sentence> reading(Sentence.Aggregate aggregate) {
        var known = reading.get(aggregate);
        if (known == null) {
            var below = definitions.below(definitions.relation(aggregate.relation()));
            known =
                    definitions.beneath(aggregate).stream()
                            .filter(part -> reads(part, below))
                            .toList();
            reading.put(aggregate, known);
        }
        return known;
    }

    /** Whether a formula of a row or member reads such windows. */
    boolean reads(Sentence of, Level level) {
        return switch (of) {
            case Sentence.Over over when over.window() instanceof Sentence.Window.OfEach -> true;
            case Sentence.Per(var inside) -> reads(inside, Level.ACCOUNT);
            case Sentence.Name name ->
                    definitions.metric(name, level).map(found -> reads(found, level)).orElse(false);
            case Sentence.Aggregate aggregate -> {
                if (!reading(aggregate).isEmpty()) {
                    throw new Unsupported("windows of what is read for a member");
                }
                yield false;
            }
            default -> Definitions.parts(of).stream().anyMatch(part -> reads(part, level));
        };
    }

    /** How the windows stand that a formula reads for a row. */
    Set<Standing> standings(Sentence of, Context.Row row, Meaning meaning) {
        var standings = EnumSet.noneOf(Standing.class);
        addTo(standings, of, row, meaning);
        return standings;
    }

    private void addTo(Set<Standing> standings, Sentence of, Context.Row row, Meaning meaning) {
        switch (of) {
            case Sentence.Over over when over.window() instanceof Sentence.Window.OfEach each -> {
                var own = windows.of(each, meaning.of(each.time(), row).value());
                times(over, Definitions.levelOf(row))
                        .forEach(times -> standings.add(facts.coverage().standing(times, own)));
            }
            case Sentence.Over(var inside, _) ->
                    addTo(standings, inside, row.at(windows.beneath(of, row.when())), meaning);
            case Sentence.Per(var inside) ->
                    meaning.account(row)
                            .ifPresent(account -> addTo(standings, inside, account, meaning));
            case Sentence.Name name ->
                    definitions
                            .metric(name, Definitions.levelOf(row))
                            .ifPresent(found -> addTo(standings, found, row, meaning));
            case Sentence.Aggregate _ -> {}
            default -> Definitions.parts(of).forEach(part -> addTo(standings, part, row, meaning));
        }
    }

    /** The times by which what a formula reads in such windows is placed. */
    Set<Times> times(Sentence of, Level level) {
        var times = new LinkedHashSet<Times>();
        switch (of) {
            case Sentence.Over over when over.window() instanceof Sentence.Window.OfEach ->
                    addRead(over.of(), level, times);
            case Sentence.Per(var inside) -> times.addAll(times(inside, Level.ACCOUNT));
            case Sentence.Name name ->
                    definitions
                            .metric(name, level)
                            .ifPresent(found -> times.addAll(times(found, level)));
            case Sentence.Aggregate _ -> {}
            default -> Definitions.parts(of).forEach(part -> times.addAll(times(part, level)));
        }
        return times;
    }

    private void addRead(Sentence of, Level level, Set<Times> times) {
        switch (of) {
            case Sentence.Over _, Sentence.Shift _ ->
                    throw new Unsupported("another time in a window of each");
            case Sentence.Per(var inside) -> addRead(inside, Level.ACCOUNT, times);
            case Sentence.Aggregate aggregate -> {
                var relation = definitions.relation(aggregate.relation());
                if (relation.source() == null || definitions.valid(aggregate) != null) {
                    throw new Unsupported("members, or what holds, in a window of each");
                }
                times.add(facts.times(relation.source(), aggregate.on()));
                definitions.beneath(aggregate).forEach(part -> addRead(part, Level.ROW, times));
            }
            case Sentence.Name name ->
                    definitions
                            .metric(name, level)
                            .ifPresent(found -> addRead(found, level, times));
            default -> Definitions.parts(of).forEach(part -> addRead(part, level, times));
        }
    }

    /** Why there is no value, where the rows that are asked for have windows. */
    static Optional<Absence> outside(List<Asked> asked) {
        var over = asked.stream().filter(one -> !one.isPending()).toList();
        if (over.stream().anyMatch(one -> one.standings().contains(Standing.BEFORE_DATA))) {
            return Optional.of(Absence.BEFORE_DATA);
        }
        return over.isEmpty() && !asked.isEmpty() ? Optional.of(Absence.NOT_YET) : Optional.empty();
    }

    static Set<Incomplete> incomplete(List<Asked> asked) {
        var reasons = EnumSet.noneOf(Incomplete.class);
        for (var one : asked) {
            if (one.isPending()) {
                reasons.add(Incomplete.PENDING);
            } else if (one.standings().contains(Standing.BEGINS_BEFORE_DATA)
                    || one.standings().contains(Standing.BEFORE_DATA)) {
                reasons.add(Incomplete.BEFORE_COVERAGE);
            }
        }
        return reasons;
    }

    static List<Sentence> conjuncts(Sentence condition) {
        var conjuncts = new ArrayList<Sentence>();
        if (condition instanceof Sentence.Pair(var sign, var left, var right)
                && sign.equals("and")) {
            conjuncts.addAll(conjuncts(left));
            conjuncts.addAll(conjuncts(right));
        } else {
            conjuncts.add(condition);
        }
        return conjuncts;
    }

    /** Of several conditions those of which all must be true. */
    static Stream<Sentence> conjuncts(Stream<Sentence> conditions) {
        return conditions.flatMap(one -> conjuncts(one).stream());
    }
}
