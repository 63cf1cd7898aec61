package dev.cairn.adapters.terminal.display;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.cairn.domain.prediction.Fit;
import dev.cairn.domain.prediction.Prediction;
import dev.cairn.domain.prediction.Prediction.Account;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A prediction for programs, with unrounded numbers, by the names that GraphQL gives them. */
public final class PredictionData {
    private PredictionData() {}

    /** The accounts, a line each. */
    public static String csv(List<Account> accounts, boolean withHeader) {
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().quoteStrategy(QuoteStrategies.EMPTY).build(text)) {
            if (withHeader) {
                csv.writeRecord(
                        "account",
                        "purchases",
                        "firstOn",
                        "lastOn",
                        "meanSpent",
                        "probabilityAlive",
                        "expectedPurchases",
                        "discountedPurchases",
                        "expectedMean",
                        "expectedValue",
                        "absence");
            }
            accounts.forEach(account ->
                    csv.writeRecord(
                            account(account).values().stream()
                                    .map(value -> value == null ? null : value.toString())
                                    .toList()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    public static Map<String, @Nullable Object> of(Prediction prediction) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("calibratedFrom", prediction.calibratedFrom().toString());
        said.put("calibratedUntil", prediction.calibratedUntil().toString());
        said.put("horizonUntil", prediction.horizonUntil().toString());
        said.put("asOf", prediction.asOf().toString());
        said.put("currency", prediction.currency());
        said.put("purchases", fit(prediction.buying()));
        var spending = prediction.spending();
        said.put("values", spending == null ? null : fit(spending));
        said.put("correlation", prediction.correlation());
        said.put("frequencyClasses", prediction.classes());
        said.put("total", prediction.total());
        said.put("warnings", prediction.warnings());
        said.put("accounts", prediction.accounts().stream().map(PredictionData::account).toList());
        said.put("endCursor", prediction.cursor());
        said.put("hasNextPage", prediction.hasNextPage());
        return said;
    }

    private static Map<String, @Nullable Object> fit(Fit<?> fit) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("estimates", fit.estimates());
        said.put("logLikelihood", fit.logLikelihood());
        said.put("customers", fit.customers());
        said.put("converged", fit.converged());
        return said;
    }

    private static Map<String, @Nullable Object> account(Account account) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("account", account.account());
        said.put("purchases", account.purchases());
        said.put("firstOn", account.firstOn().toString());
        said.put("lastOn", account.lastOn().toString());
        said.put("meanSpent", account.meanSpent());
        said.put("probabilityAlive", account.probabilityAlive());
        said.put("expectedPurchases", account.expectedPurchases());
        said.put("discountedPurchases", account.discountedPurchases());
        said.put("expectedMean", account.expectedMean());
        said.put("expectedValue", account.expectedValue());
        said.put("absence", account.absence());
        return said;
    }
}
