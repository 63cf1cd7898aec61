package dev.cairn.adapters.terminal.command;

import dev.cairn.domain.calibration.Contracts;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rows are contracts. */
final class ContractOptions {
    @Option(
            names = "--contracts",
            paramLabel = "ROWS",
            description = {
                "The contracts: a source or a slice by a time at which a term is known.",
                "Default: contract on starts_on."
            })
    private @Nullable String rows;

    @Option(
            names = "--due-field",
            paramLabel = "FIELD",
            description = "The day that a contract is due. Default: due_on.")
    private @Nullable String due;

    @Option(
            names = "--decided-field",
            paramLabel = "FIELD",
            description = "The day of the decision, or none. Default: decided_on.")
    private @Nullable String decidedOn;

    @Option(
            names = "--decided",
            paramLabel = "CONDITION",
            description = "Contracts that are decided. Default: decision in ('renewed', 'lost').")
    private @Nullable String decided;

    @Option(
            names = "--renewed",
            paramLabel = "CONDITION",
            description = "Those of them that are renewed. Default: decision = 'renewed'.")
    private @Nullable String renewed;

    /** Whether any of it is said. */
    boolean areSaid() {
        return Stream.of(rows, due, decidedOn, decided, renewed).anyMatch(Objects::nonNull);
    }

    Contracts toDomain() {
        return toDomain(null);
    }

    Contracts toDomain(@Nullable String value) {
        var usual = Contracts.OF_PACK;
        return new Contracts(
                rows == null ? usual.rows() : rows,
                due == null ? usual.due() : due,
                decidedOn == null ? usual.decidedOn() : decidedOn.equals("none") ? null : decidedOn,
                decided == null ? usual.decided() : decided,
                renewed == null ? usual.renewed() : renewed,
                value);
    }
}
