package dev.cairn.adapters.graphql.prediction;

import dev.cairn.adapters.graphql.relay.PageInfo;
import dev.cairn.domain.prediction.BetaGeometric;
import dev.cairn.domain.prediction.Fit;
import dev.cairn.domain.prediction.GammaGamma;
import dev.cairn.domain.prediction.Prediction;
import dev.cairn.domain.prediction.Prediction.Account;
import dev.cairn.domain.prediction.Prediction.FrequencyClass;
import dev.cairn.domain.prediction.Prediction.Total;
import dev.cairn.domain.prediction.Prediction.Warning;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prediction. */
public record PredictedValueOutput(Prediction prediction, boolean hasPreviousPage) {
    public LocalDate calibratedFrom() {
        return prediction.calibratedFrom();
    }

    public LocalDate calibratedUntil() {
        return prediction.calibratedUntil();
    }

    public LocalDate horizonUntil() {
        return prediction.horizonUntil();
    }

    public Instant asOf() {
        return prediction.asOf();
    }

    public @Nullable String currency() {
        return prediction.currency();
    }

    public Fit<BetaGeometric> purchases() {
        return prediction.buying();
    }

    public @Nullable Fit<GammaGamma> values() {
        return prediction.spending();
    }

    public @Nullable Double correlation() {
        return prediction.correlation();
    }

    public List<FrequencyClass> frequencyClasses() {
        return prediction.classes();
    }

    public Total total() {
        return prediction.total();
    }

    public List<Warning> warnings() {
        return prediction.warnings();
    }

    public List<Account> accounts() {
        return prediction.accounts();
    }

    public PageInfo pageInfo() {
        return new PageInfo(prediction.hasNextPage(), hasPreviousPage, null, prediction.cursor());
    }
}
