package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code baseline: nps_2025, metric: nps, value: 31, from: 2025-01-01, until: 2026-01-01, kept: 2026-01-05}. */
final class BaselineForm {
    private final Keys keys;
    private final Findings findings;
    private final StandingParts parts;

    BaselineForm(Keys keys) {
        this.keys = keys;
        this.findings = keys.findings();
        this.parts = new StandingParts(keys, "A baseline");
    }

    /** Null where it is not a baseline, which is reported. */
    @Nullable Baseline read(String name) {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        var metric = keys.required("metric");
        var version = whole("version");
        var value = keys.required("value") == null ? null : parts.number("value");
        var sampleSize = whole("n");
        var error = parts.number("error");
        var from = keys.required("from") == null ? null : parts.day("from");
        var until = keys.required("until") == null ? null : parts.day("until");
        var zone = zone();
        var scope = parts.scope();
        boolean level = level();
        var kept = keys.required("kept") == null ? null : instant("kept");
        var asOf = instant("as_of");
        return metric == null || value == null || from == null || until == null || kept == null
                ? null
                : new Baseline(
                        name,
                        label,
                        description,
                        metric,
                        version == null ? null : version.intValue(),
                        value,
                        sampleSize,
                        error,
                        from,
                        until,
                        zone,
                        scope,
                        level,
                        kept,
                        asOf);
    }

    private @Nullable Long whole(String key) {
        var number = parts.number(key);
        if (number == null) {
            return null;
        }
        if (number.stripTrailingZeros().scale() > 0
                || number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    keys.path(key),
                    keys.keyNode(key),
                    "'%s' is a whole number, not %s.",
                    key,
                    number.toPlainString());
            return null;
        }
        return number.longValueExact();
    }

    private boolean level() {
        var scalar = keys.scalar("level");
        var text = scalar == null ? "false" : scalar.getValue();
        if (!text.equals("true") && !text.equals("false")) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    keys.path("level"),
                    Objects.requireNonNull(scalar),
                    "'level' is true or false, not '%s'.",
                    text);
        }
        return text.equals("true");
    }

    private ZoneId zone() {
        var text = keys.text("zone", "UTC");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException _) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    keys.path("zone"),
                    keys.keyNode("zone"),
                    "'%s' is no time zone: write one such as Europe/London or UTC.",
                    text);
            return ZoneId.of("UTC");
        }
    }

    /** A day is the start of it. */
    private @Nullable Instant instant(String key) {
        var text = keys.text(key);
        if (text == null) {
            return null;
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException _) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    keys.path(key),
                    keys.keyNode(key),
                    "'%s' is no instant: write 2026-01-31T12:00:00Z, or 2026-01-31 for the start of that day.",
                    text);
            return null;
        }
    }
}
