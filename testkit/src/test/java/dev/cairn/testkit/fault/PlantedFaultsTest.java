package dev.cairn.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A rule is only a rule once it has failed. */
class PlantedFaultsTest {
    @AfterEach
    void pull_out_the_fault() {
        FaultyExecutor.plant(null);
    }

    private static TestExecutionSummary contracts() {
        var request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(FaultyExecutor.class))
                        .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                        .build();
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }

    @Test
    void without_a_fault_no_contract_test_fails() {
        var summary = contracts();
        assertThat(summary.getTestsSucceededCount()).isGreaterThan(150);
        assertThat(summary.getTotalFailureCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void every_planted_fault_makes_a_contract_test_fail(Fault fault) {
        FaultyExecutor.plant(fault);
        assertThat(contracts().getTestsFailedCount()).as(fault.name()).isPositive();
    }
}
