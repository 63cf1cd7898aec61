package dev.cairn.adapters.persistence.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.account.JooqAccountDirectory;
import dev.cairn.adapters.persistence.alert.JooqAlertStore;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqAnalysisExecutor;
import dev.cairn.adapters.persistence.trust.JooqSourceCounts;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Key;
import dev.cairn.application.port.AlertNews.Reason;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deletion;
import dev.cairn.application.port.Deletion.Selection;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.DeletionStore.Restoration;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.expression.Evaluator;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.planner.Listings;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.trust.SourceFigures;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldLoader;
import dev.cairn.testkit.differential.Answers;
import dev.cairn.testkit.generator.RandomQuestion;
import dev.cairn.testkit.generator.RandomWorld;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Named;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Generated questions over generated worlds: after a deletion they are answered as if what it took had never been, after it is restored as
 * before, and after it is purged there is no trace.
 */
class DeletedWorldsTest {
    private static final long SEED = 4_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-06-20T00:00:00Z");
    private static final int QUESTIONS = 25;
    private static final String ACCOUNT = "acme";
    private static final String SOURCE = "event";
    private static final String WHERE = "seconds >= 3 or kind is none";

    private record Asked(AnalysisPlan plan, Optional<Answer> answer) {}

    @Test
    void deleted_restored_and_purged() {
        worlds(0, 2);
    }

    @Test
    @Tag("long")
    void many_more_deleted_restored_and_purged() {
        worlds(2, 60);
    }

    private static void worlds(int from, int to) {
        for (long seed = SEED + from; seed < SEED + to; seed++) {
            try (var database = new MigratedDatabase()) {
                new Run(RandomWorld.of(seed), database).check(seed);
            } catch (Throwable failed) {
                throw new AssertionError("seed " + seed, failed);
            }
        }
    }

    private static final class Run {
        private final World world;
        private final JooqDeletionStore deletions;
        private final AlertStore alerts;
        private final JooqSourceCounts counts;
        private final JooqFactStore facts;
        private final AnalysisExecutor executor;
        private final DSLContext dsl;
        private final Expr where;

        Run(World world, MigratedDatabase database) {
            var dataSource = database.dataSource();
            this.world = world;
            this.deletions = new JooqDeletionStore(dataSource);
            this.alerts = new JooqAlertStore(dataSource);
            this.counts = new JooqSourceCounts(dataSource);
            this.facts = new JooqFactStore(dataSource);
            this.dsl = Postgres.dsl(dataSource);
            this.executor = new JooqAnalysisExecutor(dsl);
            var problems = new Problems();
            this.where =
                    Listings.factFilter(WHERE, world.source(SOURCE), world.catalog(), problems);
            assertThat(problems.all()).isEmpty();
            new WorldLoader(
                            new JooqDefinitionStore(dataSource),
                            new JooqAccountDirectory(dataSource),
                            facts)
                    .load(world);
        }

        void check(long seed) {
            var before = ask(executor, seed);
            assertThat(before).as("questions answered").hasSizeGreaterThan(QUESTIONS / 3);
            var tables = tables();

            var ofFacts = delete(new Selection.Facts(world.source(SOURCE), where));
            var ofAccount = delete(new Selection.Accounts(Set.of(ACCOUNT)));
            assertAnswersOf(remaining(), seed);
            assertThat(importAgain()).isPositive();
            assertAnswersOf(remaining(), seed);

            ofAccount.ifPresent(this::restore);
            ofFacts.ifPresent(this::restore);
            assertSame(before, ask(executor, seed));
            assertThat(tables()).isEqualTo(tables);

            tell();
            delete(new Selection.Accounts(Set.of(ACCOUNT))).ifPresent(this::purge);
            delete(new Selection.Facts(world.source(SOURCE), where)).ifPresent(this::purge);
            assertAnswersOf(remaining(), seed);
            assertThat(everything()).noneMatch(row -> row.contains(ACCOUNT));
            assertToldOfOthers();
        }

        /** An alert stands for the account, and has told of it and of another; what was counted by a dimension names it. */
        private void tell() {
            counts.keep(
                    SOURCE,
                    "basis",
                    new SourceFigures(
                            null, List.of(), 0, 0, List.of(), Map.of(ACCOUNT, List.of(1L))));
            alerts.decide(
                    "entered",
                    known ->
                            new AlertStore.Next(
                                    known.with(
                                            Set.of(
                                                    "=" + ACCOUNT,
                                                    "=red\u001f=" + ACCOUNT,
                                                    "=globex"),
                                            0,
                                            NOW),
                                    news(
                                            new Reason(
                                                    List.of(new Key("account", ACCOUNT)),
                                                    List.of(),
                                                    null,
                                                    List.of(ACCOUNT),
                                                    0),
                                            new Reason(
                                                    List.of(new Key("plan", "pro")),
                                                    List.of(),
                                                    "Mostly " + ACCOUNT + " (+3).",
                                                    List.of("globex", ACCOUNT),
                                                    4))),
                    List.of("mail"));
        }

        private static AlertNews news(Reason... reasons) {
            return new AlertNews(
                    "entered",
                    "Entered",
                    null,
                    AlertNews.Kind.GROUP_THERE,
                    "pilots",
                    NOW,
                    NOW,
                    List.of(reasons),
                    0,
                    3,
                    "cairn ask pilots");
        }

        /** What was told of others stays. */
        private void assertToldOfOthers() {
            assertThat(alerts.standing().get("entered").groups()).containsOnlyKeys("=globex");
            assertThat(alerts.latest(null, null, 10))
                    .singleElement()
                    .extracting(kept -> kept.event().news())
                    .isEqualTo(
                            news(
                                    new Reason(
                                            List.of(new Key("account", "(purged)")),
                                            List.of(),
                                            null,
                                            List.of(),
                                            1),
                                    new Reason(
                                            List.of(new Key("plan", "pro")),
                                            List.of(),
                                            null,
                                            List.of("globex"),
                                            5)));
        }

        private Optional<Deletion> delete(Selection selection) {
            var expected = deletions.count(selection);
            var deletion = deletions.delete(selection, "what of " + ACCOUNT, NOW);
            assertThat(deletion.isEmpty()).isEqualTo(expected.isNothing());
            deletion.ifPresent(one -> assertThat(one.counts()).isEqualTo(expected));
            assertThat(deletions.count(selection).isNothing()).isTrue();
            return deletion;
        }

        private void restore(Deletion deletion) {
            assertThat(deletions.restore(deletion.id(), NOW))
                    .isInstanceOf(Restoration.Restored.class);
        }

        private void purge(Deletion deletion) {
            assertThat(deletions.purge(deletion.id(), NOW)).isPresent();
            assertThat(deletions.restore(deletion.id(), NOW))
                    .isInstanceOf(Restoration.NotPending.class);
        }

        /** @return how many rows were of what is deleted */
        private long importAgain() {
            long deleted = 0;
            for (var source : world.sources()) {
                var inForce = world.inForce(source);
                try (var load = facts.begin(world.source(source), NOW)) {
                    inForce.forEach(load::add);
                    Loaded loaded = load.commit(null);
                    assertThat(loaded.loaded()).isZero();
                    assertThat(loaded.deleted() + loaded.duplicates()).isEqualTo(inForce.size());
                    deleted += loaded.deleted();
                }
            }
            return deleted;
        }

        private World remaining() {
            var loads =
                    world.sources().stream()
                            .map(source ->
                                    new World.Load(
                                            source,
                                            world.inForce(source).stream()
                                                    .filter(fact -> !isDeleted(source, fact))
                                                    .toList(),
                                            lastSaid(source)))
                            .toList();
            return new World(
                    world.catalog(),
                    world.accounts().stream().filter(one -> !one.key().equals(ACCOUNT)).toList(),
                    world.users().stream().filter(one -> !ACCOUNT.equals(one.account())).toList(),
                    loads);
        }

        private boolean isDeleted(String source, Fact fact) {
            var declared = world.source(source);
            return ACCOUNT.equals(fact.account())
                    || (source.equals(SOURCE)
                            && Boolean.TRUE.equals(
                                    Evaluator.evaluate(
                                            where,
                                            name ->
                                                    fact.values()
                                                            .get(
                                                                    declared.fields()
                                                                            .indexOf(
                                                                                    declared.field(
                                                                                                    name)
                                                                                            .orElseThrow())))));
        }

        private LocalDate lastSaid(String source) {
            return world.loads().stream()
                    .filter(load -> load.source().equals(source))
                    .map(World.Load::completeUntil)
                    .filter(Objects::nonNull)
                    .reduce(null, (_, later) -> later);
        }

        /** By what is known now: what was known earlier stays as it was, whatever is deleted since. */
        private List<Asked> ask(AnalysisExecutor asked, long seed) {
            var answers = new ArrayList<Asked>();
            for (long number = 0; number < QUESTIONS; number++) {
                var question = RandomQuestion.of(seed * QUESTIONS + number, world.catalog());
                var planned =
                        Planner.plan(
                                question.query().withKnownAt(null),
                                world.catalog(),
                                question.caller(),
                                question.now());
                if (planned instanceof Planned.Ready(var plan, _, _, _, _, _, _, _, _)) {
                    answers.add(new Asked(plan, answer(asked, plan)));
                }
            }
            return answers;
        }

        private static Optional<Answer> answer(AnalysisExecutor asked, AnalysisPlan plan) {
            try {
                return Optional.of(asked.execute(plan, LIMIT));
            } catch (AnalysisFailed _) {
                return Optional.empty();
            }
        }

        private void assertAnswersOf(World expected, long seed) {
            assertSame(ask(new ReferenceExecutor(expected), seed), ask(executor, seed));
        }

        private static void assertSame(List<Asked> expected, List<Asked> actual) {
            for (int i = 0; i < expected.size(); i++) {
                var one = expected.get(i);
                var other = actual.get(i).answer();
                assertThat(other.isPresent()).isEqualTo(one.answer().isPresent());
                if (other.isPresent()) {
                    assertThat(
                                    Answers.difference(
                                            one.plan(), one.answer().orElseThrow(), other.get()))
                            .isEmpty();
                }
            }
        }

        /** Accounts and facts in force with all their columns, first facts among them. */
        private List<String> tables() {
            var rows = new ArrayList<String>();
            for (var table :
                    List.of("account", "account_user", "attribute_account", "attribute_user")) {
                rows.addAll(rows(table));
            }
            world.sources().forEach(source -> rows.addAll(inForce("fact_" + source)));
            return rows;
        }

        /** Whatever they were recorded. */
        private List<String> inForce(String table) {
            return dsl
                    .fetch(
                            "select to_jsonb(t) - 'recorded' from %s as t where superseded = 'infinity'"
                                    .formatted(DSL.name(table)))
                    .stream()
                    .map(row -> table + " " + row.get(0))
                    .sorted()
                    .toList();
        }

        private List<String> rows(String table) {
            return dsl.fetch("select t::text from %s as t".formatted(DSL.name(table))).stream()
                    .map(row -> table + " " + row.get(0))
                    .sorted()
                    .toList();
        }

        /** All that all tables hold but the definitions, which may name accounts. */
        private List<String> everything() {
            return dsl.meta().getSchemas("public").stream()
                    .flatMap(schema -> schema.getTables().stream())
                    .map(Named::getName)
                    .filter(name -> !name.equals("definition"))
                    .flatMap(name -> rows(name).stream())
                    .toList();
        }
    }
}
