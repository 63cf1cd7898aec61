package dev.cairn.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A rule is only a rule once it has failed. The faults are planted side by side: each for the contracts that its own thread runs. */
@Execution(ExecutionMode.CONCURRENT)
class PlantedFaultsTest {
    @AfterEach
    void pull_out_the_fault() {
        FaultyExecutor.plant(null);
    }

    /** Runs the contracts over the double, up to the first test that fails. */
    private static final class Contracts implements TestExecutionListener {
        private final CancellationToken enough = CancellationToken.create();
        private int passed;
        private int failed;

        Contracts run() {
            var request =
                    LauncherDiscoveryRequestBuilder.request()
                            .selectors(List.of(selectClass(FaultyExecutor.class)))
                            .configurationParameter(
                                    "junit.jupiter.execution.parallel.enabled", "false")
                            .build();
            LauncherFactory.create()
                    .execute(
                            LauncherExecutionRequestBuilder.request(request)
                                    .listeners(this)
                                    .cancellationToken(enough)
                                    .build());
            return this;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() && result.getStatus() == Status.SUCCESSFUL) {
                passed++;
            }
            if (result.getStatus() == Status.FAILED) {
                failed++;
                enough.cancel();
            }
        }
    }

    @Test
    void without_a_fault_no_contract_test_fails() {
        var contracts = new Contracts().run();
        assertThat(contracts.passed).isGreaterThan(150);
        assertThat(contracts.failed).isZero();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void every_planted_fault_makes_a_contract_test_fail(Fault fault) {
        FaultyExecutor.plant(fault);
        assertThat(new Contracts().run().failed).as(fault.name()).isPositive();
    }
}
