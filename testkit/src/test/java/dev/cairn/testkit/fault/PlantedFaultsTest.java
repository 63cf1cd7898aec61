package dev.cairn.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rule is only a rule once it has failed. */
@Execution(ExecutionMode.CONCURRENT)
class PlantedFaultsTest {
    private static final Contracts SOUND = new Contracts(null);

    @ParameterizedTest
    @EnumSource(Fault.class)
    void every_planted_fault_makes_a_contract_test_fail_that_passes_without_it(Fault fault) {
        var faulty = new Contracts(fault);
        var noticed =
                Contracts.likelyToNotice(fault).filter(test -> !faulty.pass(test)).findFirst();
        assertThat(noticed).as(fault.name()).isPresent();
        assertThat(SOUND.pass(noticed.get())).as(noticed.get().method().getName()).isTrue();
    }
}
