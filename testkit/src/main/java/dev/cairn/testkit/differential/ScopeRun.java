package dev.cairn.testkit.differential;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.MembersQuery.By;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.planner.CoverageStarts;
import dev.cairn.domain.planner.Opening;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.World.Load;
import dev.cairn.testkit.generator.Choice;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * That who sees some accounts is answered as if there were no others, and told the same of what a cell is opened into, where all that is of other accounts and of none was never loaded. Which accounts
 * are seen is said by their keys, by claims and by several scopes, so that nothing but the scope decides it.
 */
public final class ScopeRun {
    private static final List<String> ACCOUNTS = List.of("acme", "bolt", "Cord", "dyno", "ümit");

    private final Cases cases;
    private final Function<World, AnalysisExecutor> executors;
    private int compared;

    private ScopeRun(Cases cases, Function<World, AnalysisExecutor> executors) {
        this.cases = cases;
        this.executors = executors;
    }

    /** @param executors gives an executor over exactly a world; one world is done with before the next is asked for */
    public static ScopeRun against(Function<World, AnalysisExecutor> executors, int cases) {
        return new ScopeRun(new Cases("scope run", ReferenceExecutor::new, cases), executors);
    }

    /**
     * Runs all cases.
     *
     * @return how many answers were compared, for each hundred cases
     * @throws AssertionError at the first difference, with the seed
     */
    public int run() {
        var numbers = new ArrayList<Long>();
        cases.each((number, _, _) -> {
            if (!numbers.isEmpty() && Case.worldOf(number) != Case.worldOf(numbers.getFirst())) {
                check(numbers);
                numbers.clear();
            }
            numbers.add(number);
        });
        check(numbers);
        System.out.printf("scope run: %d answers compared%n", compared);
        return cases.ofHundred(compared);
    }

    /** A question, and what is planned for it. */
    private record Asked(long number, Case question, Planned.Ready ready) {}

    /** Questions to one world. */
    private void check(List<Long> numbers) {
        var generated = Case.world(numbers.getFirst());
        var world = inForce(generated);
        var seen = Set.copyOf(new Choice(numbers.getFirst()).some(ACCOUNTS, 3));
        var asked =
                numbers.stream()
                        .flatMap(number -> asked(number, Case.of(number, generated), world, seen))
                        .toList();
        var all = answers(executors.apply(world), asked);
        var own = answers(executors.apply(seen(world, seen)), asked);
        for (int at = 0; at < asked.size(); at++) {
            compare(asked.get(at), seen, own.get(at), all.get(at));
        }
    }

    private static Stream<Asked> asked(long number, Case generated, World world, Set<String> seen) {
        var query = generated.query().withKnownAt(null).withKeys(true);
        var one = new Case(world, query, caller(seen), generated.now());
        return one.planned() instanceof Planned.Ready ready
                ? Stream.of(new Asked(number, one, ready))
                : Stream.empty();
    }

    private void compare(Asked asked, Set<String> seen, List<Told> own, List<Told> all) {
        compared += own.size();
        var difference =
                own.size() == all.size()
                        ? IntStream.range(0, own.size())
                                .mapToObj(at ->
                                        Answers.difference(
                                                own.get(at).plan(),
                                                own.get(at).answer(),
                                                all.get(at).answer()))
                                .flatMap(Optional::stream)
                                .findFirst()
                        : Optional.of("%d answers, and %d".formatted(own.size(), all.size()));
        difference.ifPresent(found -> {
            throw new AssertionError(
                    "who sees %s is told of others; -Dcairn.seed=%d -Dcairn.cases=20%n%s%n%s"
                            .formatted(
                                    seen,
                                    Case.worldOf(asked.number()) * Case.QUESTIONS_PER_WORLD,
                                    asked.question().query(),
                                    found));
        });
    }

    /** What somebody is told. */
    private record Told(AnalysisPlan plan, Answer answer) {}

    private static List<List<Told>> answers(AnalysisExecutor executor, List<Asked> asked) {
        return asked.stream().map(one -> told(executor, one)).toList();
    }

    /** The answer, and what a cell of its last row is opened into; none where it is refused. */
    private static List<Told> told(AnalysisExecutor executor, Asked asked) {
        var ready = asked.ready();
        var answer = answer(executor, ready);
        if (answer.isEmpty()) {
            return List.of();
        }
        var told = new ArrayList<>(List.of(new Told(ready.plan(), answer.get())));
        var result = ResultAssembler.assemble(ready, answer.get(), asked.question().query().zone());
        if (!result.rows().isEmpty()) {
            var row = result.rows().getLast();
            var column =
                    IntStream.range(0, row.cells().size())
                            .filter(at -> row.cells().get(at) instanceof Cell.Value)
                            .findFirst();
            column.ifPresent(at ->
                    told.addAll(
                            opened(
                                    executor,
                                    asked.question(),
                                    MembersQuery.of(
                                            asked.question().query(),
                                            String.valueOf(row.key()),
                                            result.columns().get(at).key()))));
        }
        return told;
    }

    private static List<Told> opened(AnalysisExecutor executor, Case asked, MembersQuery cell) {
        return Stream.of(By.values())
                .map(by ->
                        Opening.plan(
                                cell.by(by).page(QuestionLimits.MOST_ROWS, null),
                                new ResolvedMetrics(asked.world().catalog()),
                                asked.caller(),
                                asked.now(),
                                Cancellation.NEVER,
                                CoverageStarts.NONE,
                                ranking ->
                                        executor.execute(ranking, Outcome.LIMIT).rows().stream()
                                                .map(Answer.Row::keys)
                                                .toList()))
                .filter(Planned.Ready.class::isInstance)
                .map(Planned.Ready.class::cast)
                .flatMap(ready ->
                        answer(executor, ready)
                                .map(answer -> new Told(ready.plan(), answer))
                                .stream())
                .toList();
    }

    private static Optional<Answer> answer(AnalysisExecutor executor, Planned.Ready ready) {
        if (Refusal.isDue(executor, ready.plan())) {
            return Optional.empty();
        }
        try {
            return Optional.of(executor.execute(ready.plan(), Outcome.LIMIT));
        } catch (AnalysisFailed _) {
            return Optional.empty();
        }
    }

    /** The first key is a claim, the others are said by a scope of their own; one that reads a claim that is not there adds none. */
    private static Caller caller(Set<String> seen) {
        var keys = seen.stream().sorted().toList();
        var said =
                keys.stream()
                        .skip(1)
                        .map("'%s'"::formatted)
                        .collect(Collectors.joining(", ", "account in (", ")"));
        var formulas =
                Stream.of(
                                Optional.of("account = caller.key"),
                                Optional.of("account != caller.unknown"),
                                Optional.of(said).filter(_ -> keys.size() > 1))
                        .flatMap(Optional::stream)
                        .toList();
        return new Caller(
                "tester",
                Role.VIEWER,
                new AccessScope(formulas, Map.of("key", keys.isEmpty() ? "" : keys.getFirst())));
    }

    /** Where coverage begins and ends is seen by everybody: where facts say it, what is declared here does. */
    private static Source covered(Source of) {
        return of.isTimeless()
                ? of
                : new Source(
                        of.name(),
                        of.label(),
                        of.description(),
                        of.timeField(),
                        of.zone(),
                        Objects.requireNonNullElse(of.coverageFrom(), LocalDate.of(2025, 12, 1)),
                        Objects.requireNonNullElse(of.coverageUntil(), LocalDate.of(2026, 4, 1)),
                        of.key(),
                        of.fields(),
                        of.notation(),
                        of.where(),
                        of.validity(),
                        of.links(),
                        of.accountVia(),
                        of.rates(),
                        of.isEntity(),
                        of.history(),
                        of.mapping());
    }

    private static Catalog covered(Catalog catalog) {
        return catalog.with(
                catalog.entries().stream()
                        .filter(entry -> entry.definition() instanceof Source)
                        .map(entry ->
                                new Entry(
                                        covered((Source) entry.definition()),
                                        entry.version(),
                                        entry.bindings()))
                        .toList(),
                List.of());
    }

    private static World inForce(World world) {
        return new World(
                covered(world.catalog()),
                world.accounts(),
                world.users(),
                world.catalog().all(Source.class).stream()
                        .map(source ->
                                new Load(
                                        source.name(),
                                        world.inForce(source.name()),
                                        completeUntil(world, source)))
                        .filter(load -> !load.facts().isEmpty())
                        .toList());
    }

    private static @Nullable LocalDate completeUntil(World world, Source source) {
        return world.loads().stream()
                .filter(load -> load.source().equals(source.name()))
                .map(Load::completeUntil)
                .filter(Objects::nonNull)
                .reduce((_, later) -> later)
                .orElse(null);
    }

    private static World seen(World world, Set<String> seen) {
        var own =
                new World(
                        world.catalog(),
                        world.accounts().stream()
                                .filter(account -> seen.contains(account.key()))
                                .toList(),
                        world.users().stream().filter(user -> isSeen(user, seen)).toList(),
                        world.loads());
        return own.withLoads(
                world.loads().stream()
                        .map(load -> seen(load, world.source(load.source()), seen))
                        .toList());
    }

    private static boolean isSeen(Member user, Set<String> seen) {
        return user.account() != null && seen.contains(user.account());
    }

    private static Load seen(Load load, Source source, Set<String> seen) {
        return source.isOfAccounts()
                ? new Load(
                        load.source(),
                        load.facts().stream().filter(fact -> isSeen(fact, seen)).toList(),
                        load.completeUntil())
                : load;
    }

    private static boolean isSeen(Fact fact, Set<String> seen) {
        return fact.account() != null && seen.contains(fact.account());
    }
}
