package dev.cairn.adapters.graphql.calibration;

import dev.cairn.domain.calibration.Contracts;
import org.jspecify.annotations.Nullable;

/** Terms of contracts. Defaults stand in the schema, so that null is what was written. */
public record ContractsInput(
        @Nullable String rows,
        @Nullable String due,
        @Nullable String decidedOn,
        @Nullable String decided,
        @Nullable String renewed,
        @Nullable String value) {
    static Contracts toDomain(@Nullable ContractsInput input) {
        var usual = Contracts.OF_PACK;
        return input == null
                ? usual
                : new Contracts(
                        input.rows == null ? usual.rows() : input.rows,
                        input.due == null ? usual.due() : input.due,
                        input.decidedOn,
                        input.decided == null ? usual.decided() : input.decided,
                        input.renewed == null ? usual.renewed() : input.renewed,
                        input.value);
    }
}
