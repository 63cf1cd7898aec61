package dev.cairn.adapters.terminal.question;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a metric: its name, {@code name@3} for a version of it, or a formula; each with {@code column =} before it, where the column is to have
 * another name.
 */
final class MetricText {
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{Nd}_]*";
    private static final Pattern NAMED =
            Pattern.compile(
                    "\\s*(?:(?<plain>" + NAME + ")|\"(?<quoted>[^\"]+)\")\\s*=(?<rest>.*)",
                    Pattern.DOTALL);
    private static final Pattern CATALOG =
            Pattern.compile("(?<key>" + NAME + ")(?:@(?<version>[0-9]{1,9}))?");

    private MetricText() {}

    /** A name as it stands in a formula without quotes. */
    static boolean isName(String text) {
        return text.matches(NAME);
    }

    static AskedMetric read(String text) {
        var named = NAMED.matcher(text);
        return named.matches()
                ? asked(named.group("rest").strip(), column(named))
                : asked(text.strip(), null);
    }

    private static String column(Matcher named) {
        return named.group("plain") != null ? named.group("plain") : named.group("quoted");
    }

    private static AskedMetric asked(String text, @Nullable String column) {
        var key = CATALOG.matcher(text);
        if (!key.matches()) {
            return new AskedMetric(
                    new MetricReference.Inline(text), column == null ? text : column);
        }
        return new AskedMetric(
                key.group("version") == null
                        ? new MetricReference.ByKey(key.group("key"))
                        : new MetricReference.Pinned(
                                key.group("key"), Integer.parseInt(key.group("version"))),
                column);
    }
}
