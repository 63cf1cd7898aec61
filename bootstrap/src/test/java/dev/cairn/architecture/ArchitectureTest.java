package dev.cairn.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule holds for Cairn, and is broken by a fixture made to break it. */
class ArchitectureTest {
    private static final JavaClasses CAIRN =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.cairn");
    private static final JavaClasses FIXTURES =
            new ClassFileImporter().importPackages("dev.cairn.fixture");

    /** The classes that may use jOOQ's plain SQL. */
    private static final Set<String> PLAIN_SQL =
            Set.of(
                    // jOOQ explains as text only, in which values cannot be told from the rest.
                    "dev.cairn.adapters.persistence.sql.DatabasePlan",
                    // Sends again what jOOQ made before.
                    "dev.cairn.adapters.persistence.sql.SentStatement");

    @Test
    void domain_uses_only_the_jdk() {
        holds(DependencyRules::domainUsesOnlyTheJdk);
        fails(DependencyRules::domainUsesOnlyTheJdk, "leaky", "domain.Amount");
    }

    @Test
    void application_uses_only_domain_and_mathematics() {
        holds(DependencyRules::applicationUsesOnlyDomainAndMathematics);
        fails(
                DependencyRules::applicationUsesOnlyDomainAndMathematics,
                "framed",
                "application.service.FramedService");
    }

    @Test
    void reference_executor_shares_no_code_with_the_compiler() {
        holds(DependencyRules::referenceExecutorSharesNoCodeWithTheCompiler);
        fails(
                DependencyRules::referenceExecutorSharesNoCodeWithTheCompiler,
                "copying",
                "testkit.reference.CopyingExecutor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EchoingOpinion", "AgreeingOpinion"})
    void third_opinion_shares_nothing_that_answers(String broken) {
        holds(DependencyRules::thirdOpinionSharesNothingThatAnswers);
        fails(
                DependencyRules::thirdOpinionSharesNothingThatAnswers,
                "echoing",
                "testkit.opinion." + broken);
    }

    @Test
    void testkit_knows_no_adapter() {
        holds(DependencyRules::testkitKnowsNoAdapter);
        fails(
                DependencyRules::testkitKnowsNoAdapter,
                "copying",
                "testkit.reference.CopyingExecutor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CrossedDeletion", "in.CrossingUseCase"})
    void ports_in_never_name_ports_out(String broken) {
        holds(DependencyRules::portsInNeverNamePortsOut);
        fails(DependencyRules::portsInNeverNamePortsOut, "crossing", "application.port." + broken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"graphql.CrossingController", "terminal.CrossingCommand"})
    void callers_of_use_cases_know_no_ports_out(String broken) {
        holds(DependencyRules::callersOfUseCasesKnowNoPortsOut);
        fails(DependencyRules::callersOfUseCasesKnowNoPortsOut, "crossing", "adapters." + broken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ContextCommand", "FileCommand"})
    void terminal_knows_neither_spring_nor_other_adapters(String broken) {
        holds(DependencyRules::terminalKnowsNeitherSpringNorOtherAdapters);
        fails(
                DependencyRules::terminalKnowsNeitherSpringNorOtherAdapters,
                "started",
                "adapters.terminal." + broken);
    }

    @Test
    void only_bootstrap_makes_services() {
        holds(DependencyRules::onlyBootstrapMakesServices);
        fails(
                DependencyRules::onlyBootstrapMakesServices,
                "reaching",
                "adapters.graphql.ReachingController");
    }

    @Test
    void adapters_do_not_know_each_other() {
        holds(DependencyRules::adaptersDoNotKnowEachOther);
        fails(
                DependencyRules::adaptersDoNotKnowEachOther,
                "mingled",
                "adapters.graphql.MingledController");
    }

    @Test
    void adapters_depend_on_ports_and_domain_only() {
        holds(DependencyRules::adaptersDependOnPortsAndDomainOnly);
        fails(
                DependencyRules::adaptersDependOnPortsAndDomainOnly,
                "upward",
                "adapters.files.UpwardReader");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JdbcController", "JooqController", "DataSourceController"})
    void only_persistence_speaks_sql(String broken) {
        holds(DependencyRules::onlyPersistenceSpeaksSql);
        fails(DependencyRules::onlyPersistenceSpeaksSql, "spread", "adapters.graphql." + broken);
    }

    @Test
    void only_persistence_knows_generated_tables() {
        holds(DependencyRules::onlyPersistenceKnowsGeneratedTables);
        fails(
                DependencyRules::onlyPersistenceKnowsGeneratedTables,
                "spread",
                "bootstrap.wiring.TableWiring");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ReadsClock",
                "ReadsClockByReference",
                "ReadsSystemClock",
                "ThrowsDice",
                "NamesAtRandom",
                "ReadsZone",
                "LowersByLocale",
                "RaisesByLocaleReference"
            })
    void same_question_same_answer(String broken) {
        holds(CodeRules::sameQuestionSameAnswer);
        fails(CodeRules::sameQuestionSameAnswer, "timed", "domain." + broken);
        assertThat(failures(CodeRules::sameQuestionSameAnswer, "timed"))
                .doesNotContain("domain.GivenAClock");
    }

    @Test
    void every_package_is_null_marked() {
        holds(CodeRules::everyPackageIsNullMarked);
        fails(CodeRules::everyPackageIsNullMarked, "unmarked", "domain.Unmarked");
    }

    @Test
    void packages_form_no_cycles() {
        holds(DependencyRules::packagesFormNoCycles);
        fails(DependencyRules::packagesFormNoCycles, "circular", "domain.model.Chicken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"expression.KnowsThePlan", "plan.KnowsItsPlanner", "check.AsksAQuestion"})
    void formulas_go_one_way(String broken) {
        holds(DependencyRules::formulasGoOneWay);
        fails(DependencyRules::formulasGoOneWay, "backward", "domain." + broken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ask", "AnswerUseCase"})
    void ports_in_are_use_cases(String broken) {
        holds(CodeRules::portsInAreUseCases);
        fails(CodeRules::portsInAreUseCases, "misnamed", "application.port.in." + broken);
    }

    @Test
    void ports_out_are_interfaces() {
        holds(CodeRules::portsOutAreInterfaces);
        fails(CodeRules::portsOutAreInterfaces, "misnamed", "application.port.out.ConcreteStore");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Extensible", "Implementable"})
    void domain_types_are_closed(String broken) {
        holds(CodeRules::domainTypesAreClosed);
        fails(CodeRules::domainTypesAreClosed, "open", "domain." + broken);
    }

    @Test
    void domain_has_no_setters() {
        holds(CodeRules::domainHasNoSetters);
        fails(CodeRules::domainHasNoSetters, "open", "domain.Settable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HandsOutList", "HandsOutArray", "KeepsTheCallersList"})
    void domain_hands_out_no_mutable_collections(String broken) {
        holds(CodeRules::domainHandsOutNoMutableCollections);
        fails(CodeRules::domainHandsOutNoMutableCollections, "open", "domain." + broken);
    }

    @Test
    void plain_sql_only_where_listed() {
        holds(layout -> CodeRules.plainSqlOnlyIn(layout, PLAIN_SQL));
        fails(
                layout -> CodeRules.plainSqlOnlyIn(layout, PLAIN_SQL),
                "pasted",
                "adapters.persistence.PastedQuery");
    }

    @Test
    void list_of_plain_sql_has_only_what_needs_it() {
        String pasted = "dev.cairn.fixture.pasted.adapters.persistence.PastedQuery";
        String typed = "dev.cairn.fixture.pasted.adapters.persistence.TypedQuery";

        assertThat(CodeRules.listedWithoutPlainSql(CAIRN, PLAIN_SQL)).isEmpty();
        assertThat(CodeRules.listedWithoutPlainSql(FIXTURES, Set.of(pasted, typed)))
                .containsExactly(typed);
    }

    private static void holds(Function<Layout, ArchRule> rule) {
        rule.apply(Layout.CAIRN).allowEmptyShould(false).check(CAIRN);
    }

    private static void fails(Function<Layout, ArchRule> rule, String fixture, String broken) {
        assertThat(failures(rule, fixture))
                .contains("dev.cairn.fixture.%s.%s".formatted(fixture, broken));
    }

    private static String failures(Function<Layout, ArchRule> rule, String fixture) {
        return rule.apply(Layout.fixture(fixture))
                .allowEmptyShould(false)
                .evaluate(FIXTURES)
                .getFailureReport()
                .toString();
    }
}
