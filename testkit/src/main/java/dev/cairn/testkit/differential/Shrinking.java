package dev.cairn.testkit.differential;

import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.World.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Looks for a smaller case that still shows a difference: parts of the question are left out and its formulas made simpler, then facts and members are left out,
 * one after another.
 */
final class Shrinking {
    private static final int MOST_QUESTIONS = 2_000;

    /** An engine takes its time for each. */
    private static final int MOST_WORLDS = 400;

    private final Function<Case, Optional<String>> difference;
    private int questions;
    private int worlds;

    Shrinking(Function<Case, Optional<String>> difference) {
        this.difference = difference;
    }

    Case smallest(Case failed) {
        var smallest = failed;
        var found = smaller(failed);
        while (found.isPresent()) {
            smallest = found.get();
            found = smaller(smallest);
        }
        return smallest;
    }

    private Optional<Case> smaller(Case one) {
        return questions(one)
                .filter(_ -> questions++ < MOST_QUESTIONS)
                .filter(this::differs)
                .findFirst()
                .or(() ->
                        worlds(one)
                                .filter(_ -> worlds++ < MOST_WORLDS)
                                .filter(this::differs)
                                .findFirst());
    }

    private boolean differs(Case one) {
        return difference.apply(one).isPresent();
    }

    private static Stream<Case> questions(Case one) {
        var query = one.query();
        var smaller = new ArrayList<AnalysisQuery>();
        for (int i = 0; query.metrics().size() > 1 && i < query.metrics().size(); i++) {
            smaller.add(new Part(query).withoutMetric(i));
        }
        for (int i = 0; i < query.groupBy().size(); i++) {
            smaller.add(new Part(query).withoutGroup(i));
        }
        smaller.addAll(new Part(query).simpler());
        smaller.addAll(new Part(query).simplerFormulas(one.world().catalog()));
        var cases = smaller.stream().filter(other -> !other.equals(query)).map(one::with);
        return one.caller().access() == null
                ? cases
                : Stream.concat(Stream.of(one.withoutScope()), Stream.concat(cases, scopes(one)));
    }

    private static Stream<Case> scopes(Case one) {
        return scopeOf(one).formulas().stream()
                .flatMap(formula -> SmallerFormulas.of(formula, one.world().catalog()).stream())
                .map(scope ->
                        new Case(
                                one.world(),
                                one.query(),
                                new Caller(
                                        one.caller().name(),
                                        Role.ADMIN,
                                        new AccessScope(List.of(scope), scopeOf(one).claims())),
                                one.now()));
    }

    private static AccessScope scopeOf(Case one) {
        return Objects.requireNonNull(one.caller().access());
    }

    private static Stream<Case> worlds(Case one) {
        var world = one.world();
        var halves =
                world.loads().stream()
                        .filter(load -> load.facts().size() > 1)
                        .flatMap(load ->
                                Stream.of(
                                        replaced(
                                                world,
                                                load,
                                                load.facts().subList(0, load.facts().size() / 2)),
                                        replaced(
                                                world,
                                                load,
                                                load.facts()
                                                        .subList(
                                                                load.facts().size() / 2,
                                                                load.facts().size()))));
        var emptied =
                world.loads().stream()
                        .map(load ->
                                world.withLoads(
                                        without(world.loads(), world.loads().indexOf(load))));
        var singles =
                world.loads().stream()
                        .flatMap(load ->
                                java.util.stream.IntStream.range(0, load.facts().size())
                                        .mapToObj(at ->
                                                replaced(world, load, without(load.facts(), at))));
        var accounts =
                java.util.stream.IntStream.range(0, world.accounts().size())
                        .mapToObj(at ->
                                new World(
                                        world.catalog(),
                                        without(world.accounts(), at),
                                        world.users(),
                                        world.loads()));
        var users =
                java.util.stream.IntStream.range(0, world.users().size())
                        .mapToObj(at ->
                                new World(
                                        world.catalog(),
                                        world.accounts(),
                                        without(world.users(), at),
                                        world.loads()));
        return Stream.of(emptied, halves, singles, accounts, users)
                .flatMap(worlds -> worlds)
                .map(one::with);
    }

    private static World replaced(
            World world, Load load, List<dev.cairn.application.port.out.FactStore.Fact> facts) {
        var loads = new ArrayList<>(world.loads());
        loads.set(loads.indexOf(load), new Load(load.source(), facts, load.completeUntil()));
        return world.withLoads(loads);
    }

    private static <T> List<T> without(List<T> many, int at) {
        var fewer = new ArrayList<>(many);
        fewer.remove(at);
        return fewer;
    }
}
