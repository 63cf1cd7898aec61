package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code success: renewed, rule: ..., from: 2026-01-01, until: 2026-07-01}, or {@code after: started_on, from_day: 28, until_day: 180}. */
final class SuccessForm {
    private static final List<String> DATES = List.of("from", "until");
    private static final List<String> DAYS = List.of("after", "from_day", "until_day");

    private final Keys keys;
    private final Findings findings;
    private final StandingParts parts;

    SuccessForm(Keys keys) {
        this.keys = keys;
        this.findings = keys.findings();
        this.parts = new StandingParts(keys, "A success");
    }

    /** Null where it is none, which is reported. */
    @Nullable Success read(String name) {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        var owner = keys.text("owner");
        var rule = keys.required("rule");
        var size = keys.text("size");
        boolean isSound = isOneWindow();
        var window = dates();
        if (window == null) {
            window = days();
        }
        return rule == null || !isSound || (window == null && isSaid())
                ? null
                : new Success(name, label, description, owner, rule, window, size);
    }

    private boolean isSaid() {
        return Stream.concat(DATES.stream(), DAYS.stream()).anyMatch(this::isSaid);
    }

    private boolean isSaid(String key) {
        return keys.value(key) != null;
    }

    private boolean isOneWindow() {
        if (DATES.stream().anyMatch(this::isSaid)) {
            var other = DAYS.stream().filter(this::isSaid).findFirst();
            other.ifPresent(key ->
                    findings.report(
                            ProblemCode.CONFLICT,
                            key,
                            keys.keyNode(key),
                            "Success is decided either between two dates, 'from' and 'until', or so many days after a date of the account, 'after', 'from_day' and 'until_day'."));
            return other.isEmpty();
        }
        return true;
    }

    private @Nullable Window dates() {
        if (DATES.stream().noneMatch(this::isSaid)) {
            return null;
        }
        var from = keys.required("from") == null ? null : parts.day("from");
        var until = keys.required("until") == null ? null : parts.day("until");
        return from == null || until == null ? null : new Window.Dates(from, until);
    }

    private @Nullable Window days() {
        if (DAYS.stream().noneMatch(this::isSaid)) {
            return null;
        }
        var after = keys.required("after");
        var from = isSaid("from_day") ? whole("from_day") : Integer.valueOf(0);
        var until = keys.required("until_day") == null ? null : whole("until_day");
        return after == null || from == null || until == null
                ? null
                : new Window.Days(after, from, until);
    }

    private @Nullable Integer whole(String key) {
        var number = parts.number(key);
        if (number == null) {
            return null;
        }
        if (number.stripTrailingZeros().scale() > 0
                || number.abs().compareTo(BigDecimal.valueOf(100_000)) > 0) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    keys.path(key),
                    keys.keyNode(key),
                    "'%s' is a whole number of days, not %s.",
                    key,
                    number.toPlainString());
            return null;
        }
        return number.intValueExact();
    }
}
