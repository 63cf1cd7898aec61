package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Alert.Every;
import dev.cairn.domain.model.Alert.Watched;
import dev.cairn.domain.model.Alert.When;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.problem.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code alert: a, question: q, when: missed}, or in place of the question {@code cohort: c}, {@code metric: health, band: green}, {@code guard: reply_time, every:
 * month} or {@code trust: event, at_least: B}.
 */
final class AlertForm {
    static final List<String> WATCHED = List.of("question", "cohort", "metric", "guard", "trust");

    private final Keys keys;
    private final Findings findings;

    AlertForm(Keys keys) {
        this.keys = keys;
        this.findings = keys.findings();
    }

    /** Null where it is none, which is reported. */
    @Nullable Alert read(String name) {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        var owner = keys.text("owner");
        var watched = watched();
        return watched == null ? null : new Alert(name, label, description, owner, watched);
    }

    private @Nullable Watched watched() {
        var said = WATCHED.stream().filter(key -> keys.names().contains(key)).toList();
        if (said.isEmpty()) {
            findings.report(
                    ProblemCode.MISSING,
                    "",
                    keys.node(),
                    "An alert says what it watches: one of %s.",
                    String.join(", ", WATCHED));
        } else if (said.size() > 1) {
            findings.report(
                    ProblemCode.CONFLICT,
                    said.get(1),
                    keys.keyNode(said.get(1)),
                    "An alert watches one thing, and '%s' is said already. Make another alert of it.",
                    said.getFirst());
        }
        var watched = watched(said.isEmpty() ? "" : said.getFirst());
        said.forEach(keys::value);
        return said.size() == 1 ? watched : null;
    }

    private @Nullable Watched watched(String kind) {
        var of = kind.isEmpty() ? null : keys.required(kind);
        return switch (kind) {
            case "cohort" -> {
                boolean provisional = keys.truth("provisional", false);
                yield of == null ? null : new Watched.Entered(of, provisional);
            }
            case "metric" -> {
                var band = keys.text("band");
                boolean provisional = keys.truth("provisional", false);
                yield of == null ? null : new Watched.BandLeft(of, band, provisional);
            }
            case "guard" -> {
                var every = keys.choice("every", Every.MONTH);
                yield of == null ? null : new Watched.GuardTripped(of, every);
            }
            case "trust" -> {
                var floor = floor();
                yield of == null || floor.isEmpty() ? null : new Watched.TrustLost(of, floor.get());
            }
            default -> {
                var when = keys.choice("when", When.THERE);
                boolean provisional = keys.truth("provisional", false);
                yield of == null ? null : new Watched.Groups(of, when, provisional);
            }
        };
    }

    /** Empty where it is none, which is reported. */
    private Optional<Grade> floor() {
        var text = keys.required("at_least");
        var written = keys.scalar("at_least");
        if (text == null || written == null) {
            return Optional.empty();
        }
        var found =
                Arrays.stream(Grade.values())
                        .filter(grade -> grade != Grade.F && grade.name().equals(text))
                        .findFirst();
        if (found.isEmpty()) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    "at_least",
                    written,
                    "'%s' is no grade that data can fall below: write A, B, C or D.",
                    text);
        }
        return found;
    }
}
