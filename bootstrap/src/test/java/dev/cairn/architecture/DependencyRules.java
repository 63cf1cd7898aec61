package dev.cairn.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.PointInTime;

/** Who may know whom. */
final class DependencyRules {
    private static final String JDK = "java..";

    /** The JDK's, too: seals are made with it. */
    private static final String CRYPTO = "javax.crypto..";

    private static final String JSPECIFY = "org.jspecify..";
    private static final String DISTRIBUTIONS = "org.apache.commons.statistics..";
    private static final String[] MATHEMATICS = {
        "org.apache.commons.math..",
        "org.apache.commons.numbers..",
        "org.apache.commons.statistics..",
        "org.hipparchus.."
    };

    private DependencyRules() {}

    /** And mathematics, which knows no more of Cairn than the JDK does. */
    static ArchRule domainUsesOnlyTheJdk(Layout layout) {
        return classes()
                .that()
                .resideInAPackage(layout.domain())
                .should()
                .onlyDependOnClassesThat(
                        anyOf(layout.domain(), JDK, JSPECIFY).or(anyOf(DISTRIBUTIONS)));
    }

    static ArchRule applicationUsesOnlyDomainAndMathematics(Layout layout) {
        return classes()
                .that()
                .resideInAPackage(layout.application())
                .should()
                .onlyDependOnClassesThat(
                        anyOf(layout.application(), layout.domain(), JDK, CRYPTO, JSPECIFY)
                                .or(anyOf(MATHEMATICS)));
    }

    /** The second opinion is worth something only as far as it is thought out on its own. */
    static ArchRule referenceExecutorSharesNoCodeWithTheCompiler(Layout layout) {
        return classes()
                .that()
                .resideInAPackage(layout.reference())
                .should()
                .onlyDependOnClassesThat(
                        anyOf(
                                layout.reference(),
                                layout.testData(),
                                layout.domain(),
                                layout.ports(),
                                JDK,
                                JSPECIFY));
    }

    /** The third opinion knows the question, the definitions and the facts; neither what reads a question nor what computes or assembles its answer. */
    static ArchRule thirdOpinionSharesNothingThatAnswers(Layout layout) {
        return classes()
                .that()
                .resideInAPackage(layout.opinion())
                .should()
                .onlyDependOnClassesThat(
                        anyOf(
                                        layout.opinion(),
                                        layout.testData(),
                                        layout.root() + ".domain.analysis..",
                                        layout.root() + ".domain.catalog..",
                                        layout.root() + ".domain.model..",
                                        layout.portsOut(),
                                        JDK,
                                        JSPECIFY)
                                .or(JavaClass.Predicates.assignableTo(AskedGrain.class))
                                .or(JavaClass.Predicates.assignableTo(PointInTime.class)));
    }

    static ArchRule testkitKnowsNoAdapter(Layout layout) {
        return noClasses()
                .that()
                .resideInAPackage(layout.testkit())
                .should()
                .dependOnClassesThat(anyOf(layout.adapters(), layout.bootstrap(), "org.jooq.."));
    }

    /** Whoever calls a use case needs to know nothing of what stands behind it. */
    static ArchRule portsInNeverNamePortsOut(Layout layout) {
        return noClasses()
                .that()
                .resideInAnyPackage(layout.sharedPorts(), layout.portsIn())
                .should()
                .dependOnClassesThat(anyOf(layout.portsOut()));
    }

    static ArchRule callersOfUseCasesKnowNoPortsOut(Layout layout) {
        return noClasses()
                .that()
                .resideInAnyPackage(layout.graphql(), layout.terminal())
                .should()
                .dependOnClassesThat(anyOf(layout.portsOut()));
    }

    /** A command knows use cases, and not what starts them or stands behind them. */
    static ArchRule terminalKnowsNeitherSpringNorOtherAdapters(Layout layout) {
        return noClasses()
                .that()
                .resideInAPackage(layout.terminal())
                .should()
                .dependOnClassesThat(
                        anyOf("org.springframework..")
                                .or(
                                        anyOf(layout.adapters())
                                                .and(
                                                        DescribedPredicate.not(
                                                                anyOf(layout.terminal())))));
    }

    static ArchRule onlyBootstrapMakesServices(Layout layout) {
        return noClasses()
                .that()
                .resideInAPackage(layout.everything())
                .and()
                .resideOutsideOfPackages(layout.services(), layout.bootstrap())
                .should()
                .dependOnClassesThat(anyOf(layout.services()));
    }

    static ArchRule adaptersDoNotKnowEachOther(Layout layout) {
        return slices().matching(layout.eachAdapter()).should().notDependOnEachOther();
    }

    static ArchRule adaptersDependOnPortsAndDomainOnly(Layout layout) {
        DescribedPredicate<JavaClass> elsewhereInCairn =
                anyOf(layout.everything())
                        .and(
                                DescribedPredicate.not(
                                        anyOf(layout.adapters(), layout.ports(), layout.domain())));
        return noClasses()
                .that()
                .resideInAPackage(layout.adapters())
                .should()
                .dependOnClassesThat(elsewhereInCairn);
    }

    static ArchRule onlyPersistenceSpeaksSql(Layout layout) {
        return noClasses()
                .that()
                .resideInAPackage(layout.everything())
                .and()
                .resideOutsideOfPackages(
                        layout.persistence(),
                        layout.wiring(),
                        layout.embeddedDatabase(),
                        layout.testDatabases())
                .should()
                .dependOnClassesThat(anyOf("org.jooq..", "java.sql..", "javax.sql.."));
    }

    static ArchRule onlyPersistenceKnowsGeneratedTables(Layout layout) {
        return noClasses()
                .that()
                .resideInAPackage(layout.everything())
                .and()
                .resideOutsideOfPackage(layout.persistence())
                .should()
                .dependOnClassesThat(anyOf(layout.generated()));
    }

    static ArchRule packagesFormNoCycles(Layout layout) {
        DescribedPredicate<JavaClass> generated = anyOf(layout.generated());
        return slices().matching(layout.root() + ".(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(generated, generated);
    }

    /** A formula goes one way: expressions know no plan, a plan not what made it, and neither questions nor checks of definitions know each other. */
    static ArchRule formulasGoOneWay(Layout layout) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("expression")
                .definedBy(layout.root() + ".domain.expression..")
                .layer("plan")
                .definedBy(layout.root() + ".domain.plan..")
                .layer("lowering")
                .definedBy(layout.root() + ".domain.lowering..")
                .layer("planner")
                .definedBy(layout.root() + ".domain.planner..")
                .layer("check")
                .definedBy(layout.root() + ".domain.check..")
                .whereLayer("planner")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("check")
                .mayOnlyBeAccessedByLayers("planner")
                .whereLayer("lowering")
                .mayOnlyBeAccessedByLayers("planner", "check")
                .whereLayer("plan")
                .mayOnlyBeAccessedByLayers("lowering", "planner", "check");
    }

    private static DescribedPredicate<JavaClass> anyOf(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }
}
