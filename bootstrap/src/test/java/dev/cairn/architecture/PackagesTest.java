package dev.cairn.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packages that rules and documents name are there: a rule about a misspelt package holds for nothing and says
 * nothing. A package that lands gets its line here.
 */
class PackagesTest {
    private static final JavaClasses CAIRN =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.cairn");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "domain.analysis",
                "domain.catalog",
                "domain.check",
                "domain.expression",
                "domain.fact",
                "domain.formula",
                "domain.lowering",
                "domain.model",
                "domain.plan",
                "domain.planner",
                "domain.problem",
                "domain.sample",
                "domain.time",
                "application.port.in",
                "application.port.out",
                "application.service",
                "adapters.files.definition",
                "adapters.files.fact",
                "adapters.graphql.account",
                "adapters.graphql.analysis",
                "adapters.graphql.catalog",
                "adapters.graphql.cohort",
                "adapters.graphql.graphiql",
                "adapters.graphql.http",
                "adapters.graphql.limit",
                "adapters.graphql.problem",
                "adapters.graphql.relay",
                "adapters.graphql.scalar",
                "adapters.notification.mail",
                "adapters.notification.webhook",
                "adapters.persistence.account",
                "adapters.persistence.backup",
                "adapters.persistence.catalog",
                "adapters.persistence.fact",
                "adapters.persistence.generated",
                "adapters.persistence.migration",
                "adapters.persistence.schema",
                "adapters.persistence.sql",
                "adapters.persistence.staging",
                "adapters.terminal.command",
                "adapters.terminal.display",
                "adapters.terminal.question",
                "bootstrap",
                "bootstrap.command",
                "bootstrap.database",
                "bootstrap.doctor",
                "bootstrap.demo",
                "bootstrap.settings",
                "bootstrap.wiring",
                "testkit.contract",
                "testkit.data",
                "testkit.database",
                "testkit.differential",
                "testkit.generator",
                "testkit.opinion",
                "testkit.reference"
            })
    void package_holds_a_class(String name) {
        assertThat(CAIRN)
                .anyMatch(type ->
                        type.getPackageName().equals("dev.cairn." + name)
                                && !type.getSimpleName().equals("package-info"));
    }
}
