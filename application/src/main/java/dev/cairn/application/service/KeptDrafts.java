package dev.cairn.application.service;

import dev.cairn.application.port.in.BaselineUseCase.Keep;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.problem.Article;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes baselines of an answer. */
final class KeptDrafts {
    private final Keep keep;
    private final Catalog catalog;
    private final Instant now;
    private final List<Problem> problems = new ArrayList<>();

    /** @param now when they are kept */
    KeptDrafts(Keep keep, Catalog catalog, Instant now) {
        this.keep = keep;
        this.catalog = catalog;
        this.now = now;
    }

    /** What is kept; where there are problems, nothing is. */
    record Drafts(List<Baseline> baselines, List<Problem> problems) {
        Drafts {
            baselines = List.copyOf(baselines);
            problems = List.copyOf(problems);
        }
    }

    Drafts of(AnalysisResult answer) {
        var baselines = new ArrayList<Baseline>();
        var cells = answer.rows().getFirst().cells();
        for (int at = 0; at < cells.size(); at++) {
            var column = answer.columns().get(at);
            if (column.role() == Role.MEASURE && cells.get(at) instanceof Cell.Value value) {
                baseline(column.key(), value).ifPresent(baselines::add);
            }
        }
        return new Drafts(baselines, problems);
    }

    private Optional<Baseline> baseline(String metric, Cell.Value cell) {
        var measured = cell.value();
        if (!(measured.value() instanceof Number number)) {
            problem(
                    measured.value() == null
                            ? ProblemCode.NOT_ENOUGH_DATA
                            : ProblemCode.TYPE_MISMATCH,
                    "metric",
                    measured.value() == null
                            ? "'%s' has no value to keep for %s from %s until %s: %s."
                            : "'%s' has no number to keep for %s from %s until %s: it is %s.",
                    metric,
                    of(),
                    keep.from(),
                    keep.until(),
                    measured.absence() == null
                            ? String.valueOf(measured.value())
                            : words(measured.absence()));
            return Optional.empty();
        }
        if (!cell.incomplete().isEmpty()) {
            problem(
                    ProblemCode.NOT_ENOUGH_DATA,
                    "metric",
                    "The value of '%s' for %s from %s until %s is incomplete (%s): it may still change, or is of less than that time. Keep one of a time that the data is complete for.",
                    metric,
                    of(),
                    keep.from(),
                    keep.until(),
                    cell.incomplete().stream()
                            .map(KeptDrafts::words)
                            .collect(Collectors.joining(", ")));
            return Optional.empty();
        }
        return placed(baseline(metric, new BigDecimal(number.toString()), measured));
    }

    private Baseline baseline(String metric, BigDecimal value, Measured measured) {
        var name = keep.key() == null ? made(metric) : keep.key();
        var uncertainty = measured.uncertainty();
        var error = uncertainty == null ? null : uncertainty.standardError();
        return new Baseline(
                name,
                keep.label() == null ? name : keep.label(),
                "",
                metric,
                catalog.entry(metric).orElseThrow().version(),
                value,
                measured.sampleSize(),
                error == null || !Double.isFinite(error) ? null : BigDecimal.valueOf(error),
                keep.from(),
                keep.until(),
                keep.zone(),
                keep.scope(),
                keep.level(),
                now,
                keep.asOf());
    }

    private String made(String metric) {
        return metric
                + "_baseline"
                + keep.scope().stream()
                        .map(key -> key.value().toLowerCase(Locale.ROOT))
                        .map(value -> "_" + value.replaceAll("[^a-z0-9]+", "_"))
                        .collect(Collectors.joining());
    }

    /** Under the name that it is to have; empty where one is kept already that is not to be replaced, or the name is taken. */
    private Optional<Baseline> placed(Baseline baseline) {
        var same = catalog.all(Baseline.class).stream().filter(baseline::standsWhere).findFirst();
        if (same.isPresent() && !keep.replace()) {
            problem(
                    ProblemCode.CONFLICT,
                    "metric",
                    "A baseline of '%s' for %s of a time as long was kept already: '%s', %s %s, kept %s. Replace it, or remove it first.",
                    baseline.metric(),
                    baseline.of(),
                    same.get().name(),
                    same.get().value().toPlainString(),
                    same.get().period(),
                    same.get().kept());
            return Optional.empty();
        }
        if (same.isPresent() && keep.key() == null) {
            return Optional.of(baseline.named(same.get().name()));
        }
        var taken = catalog.entry(baseline.name()).map(Entry::definition).orElse(null);
        boolean isReplaced =
                keep.replace()
                        && taken instanceof Baseline other
                        && other.metric().equals(baseline.metric())
                        && other.scope().equals(baseline.scope());
        if (taken != null && !isReplaced) {
            problem(
                    ProblemCode.CONFLICT,
                    "key",
                    "'%s' is the name of %s already; give this baseline a key of its own.",
                    baseline.name(),
                    Article.a(taken.kind()));
            return Optional.empty();
        }
        return Optional.of(baseline);
    }

    private String of() {
        return ScopeKey.text(keep.scope());
    }

    private static String words(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void problem(ProblemCode code, String part, String message, Object... of) {
        problems.add(Problem.of(code, Place.of(part), message, of));
    }
}
