package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.separation.MetricAudit;
import dev.cairn.domain.separation.Separation;
import dev.cairn.domain.separation.Separation.Detail;
import dev.cairn.domain.separation.Separation.Trivial;
import dev.cairn.domain.statistics.Auc;
import dev.cairn.domain.statistics.Distribution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How well metrics separate, as tables and small plots. */
public final class SeparationLines {
    private static final String NONE = "-";

    private SeparationLines() {}

    public static List<String> lines(Separation separation, Screen screen) {
        var lines = new ArrayList<String>();
        lines.add(
                "%s: %s and %s"
                        .formatted(
                                separation.verdict(),
                                DisplayText.plain(separation.metric()),
                                DisplayText.plain(separation.success())));
        lines.add("Read " + separation.time().words() + ".");
        separation
                .reasons()
                .forEach(reason ->
                        lines.add(
                                "  %s [%s]"
                                        .formatted(
                                                DisplayText.plain(reason.message()),
                                                reason.code())));
        lines.add("");
        var detail = separation.whole().detail();
        if (detail != null) {
            lines.addAll(groups(detail).lines(screen));
            lines.add("");
            lines.addAll(plot(detail, screen));
            lines.add("");
            lines.add(effect(detail));
            lines.add("");
        }
        lines.addAll(areas(separation).lines(screen));
        if (!separation.slices().isEmpty()) {
            lines.add("");
            lines.addAll(slices(separation).lines(screen));
        }
        lines.addAll(missing(separation.trivial()));
        lines.addAll(leftOut(separation));
        return lines;
    }

    private static Table groups(Detail detail) {
        return new Table(
                List.of(
                        Table.Column.key(""),
                        number("accounts"),
                        number("5%"),
                        number("25%"),
                        number("median"),
                        number("75%"),
                        number("95%"),
                        number("mean")),
                List.of(row("succeeded", detail.succeeded()), row("others", detail.others())));
    }

    private static String effect(Detail detail) {
        return "difference of medians %s, Cliff's delta %s, Kolmogorov-Smirnov %s (p %s)"
                .formatted(
                        decimals(detail.medianDifference()),
                        two(detail.auc().cliffsDelta()),
                        two(detail.distance().distance()),
                        DisplayText.chance(detail.distance().p()));
    }

    private static Table.Row row(String name, Distribution values) {
        return Table.Row.of(
                name,
                whole(values.size()),
                decimals(values.p5()),
                decimals(values.p25()),
                decimals(values.median()),
                decimals(values.p75()),
                decimals(values.p95()),
                decimals(values.mean()));
    }

    /** Both distributions, one above the other, then success by tenth of the metric. */
    private static List<String> plot(Detail detail, Screen screen) {
        double highest =
                Stream.concat(detail.succeeded().bins().stream(), detail.others().bins().stream())
                        .max(Double::compare)
                        .orElse(0.0);
        var rates = detail.lift().stream().map(tenth -> tenth.rate()).toList();
        return List.of(
                "succeeded  " + bars(detail.succeeded().bins(), highest, screen),
                "others     " + bars(detail.others().bins(), highest, screen),
                "           from %s to %s"
                        .formatted(
                                decimals(detail.edges().getFirst()),
                                decimals(detail.edges().getLast())),
                "success by tenth  %s  from %s in the lowest to %s in the highest"
                        .formatted(
                                bars(rates, Collections.max(rates), screen),
                                percent(rates.getFirst()),
                                percent(rates.getLast())));
    }

    private static String bars(List<Double> values, double highest, Screen screen) {
        var levels = screen.glyphs().levels();
        return values.stream()
                .map(value -> {
                    int level = (int) Math.round(value / highest * levels.length());
                    return level == 0 ? " " : String.valueOf(levels.charAt(level - 1));
                })
                .collect(Collectors.joining());
    }

    private static Table areas(Separation separation) {
        var rows = new ArrayList<Table.Row>();
        var whole = separation.whole();
        rows.add(area("all", whole.successes(), whole.others(), whole.auc(), ""));
        separation.trivial().stream()
                .filter(one -> one.missing() == null)
                .forEach(one ->
                        rows.add(
                                area(baseline(one), one.successes(), one.others(), one.auc(), "")));
        separation
                .segments()
                .forEach(one ->
                        rows.add(
                                area(
                                        DisplayText.plain(
                                                one.value().isEmpty() ? "(none)" : one.value()),
                                        one.successes(),
                                        one.others(),
                                        one.auc(),
                                        one.turned() ? "turned" : "")));
        separation
                .leads()
                .forEach(one ->
                        rows.add(
                                area(
                                        one.weeks() + " weeks ahead",
                                        one.successes(),
                                        one.others(),
                                        one.auc(),
                                        one.separates() ? "separates" : "")));
        return new Table(
                List.of(
                        Table.Column.key(""),
                        number("succeeded"),
                        number("others"),
                        number("AUC"),
                        number("low"),
                        number("high"),
                        Table.Column.text("")),
                rows);
    }

    private static String baseline(Trivial trivial) {
        return trivial.baseline().name().toLowerCase(Locale.ROOT) + " alone";
    }

    private static List<String> missing(List<Trivial> trivial) {
        return trivial.stream()
                .filter(one -> one.missing() != null)
                .map(one ->
                        "Not compared with %s: %s."
                                .formatted(
                                        baseline(one),
                                        DisplayText.plain(Objects.requireNonNull(one.missing()))))
                .toList();
    }

    private static Table.Row area(
            String name, int successes, int others, @Nullable Auc auc, String mark) {
        return Table.Row.of(
                name,
                whole(successes),
                whole(others),
                auc == null ? NONE : two(auc.value()),
                auc == null ? NONE : two(auc.low()),
                auc == null ? NONE : two(auc.high()),
                mark);
    }

    private static Table slices(Separation separation) {
        return new Table(
                List.of(
                        Table.Column.key("decided from"),
                        Table.Column.key("until"),
                        number("succeeded"),
                        number("others"),
                        number("AUC"),
                        number("stability"),
                        Table.Column.text("")),
                separation.slices().stream()
                        .map(slice ->
                                Table.Row.of(
                                        slice.from().toString(),
                                        slice.to().toString(),
                                        whole(slice.successes()),
                                        whole(slice.others()),
                                        slice.auc() == null ? NONE : two(slice.auc().value()),
                                        slice.stability() == null ? NONE : two(slice.stability()),
                                        marks(slice)))
                        .toList());
    }

    private static String marks(Separation.Slice slice) {
        return Stream.of(slice.turned() ? "turned" : "", slice.shifted() ? "shifted" : "")
                .filter(mark -> !mark.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static List<String> leftOut(Separation separation) {
        var lines = new ArrayList<String>();
        if (separation.undecided() > 0) {
            lines.add(
                    "Left out: %s accounts of which it is not known whether they succeeded."
                            .formatted(whole(separation.undecided())));
        }
        separation
                .without()
                .forEach(without ->
                        lines.add(
                                "Left out: %s accounts without a value (%s)."
                                        .formatted(whole(without.accounts()), without.absence())));
        if (!lines.isEmpty()) {
            lines.addFirst("");
        }
        return lines;
    }

    public static List<String> lines(MetricAudit audit, Screen screen) {
        var lines = new ArrayList<String>();
        lines.add("%s, read %s.".formatted(audit.success(), audit.time().words()));
        lines.add("");
        lines.addAll(
                new Table(
                                List.of(
                                        Table.Column.key("metric"),
                                        Table.Column.text("verdict"),
                                        number("AUC"),
                                        number("low"),
                                        number("high"),
                                        number("p"),
                                        number("moved"),
                                        Table.Column.text("trust"),
                                        Table.Column.text("lacks")),
                                audit.rows().stream().map(SeparationLines::row).toList())
                        .lines(screen));
        audit.trivial().stream()
                .filter(one -> one.missing() == null)
                .forEach(one ->
                        lines.add(
                                "%s: AUC %s"
                                        .formatted(
                                                baseline(one),
                                                one.auc() == null
                                                        ? NONE
                                                        : two(one.auc().value()))));
        lines.addAll(missing(audit.trivial()));
        if (!audit.refused().isEmpty()) {
            lines.add("");
            lines.add("Not read:");
            audit.refused()
                    .forEach(refused ->
                            lines.add(
                                    "  %s: %s"
                                            .formatted(
                                                    refused.metric(),
                                                    DisplayText.plain(refused.reason()))));
        }
        return lines;
    }

    private static Table.Row row(MetricAudit.Row row) {
        var auc = row.strength().auc();
        return Table.Row.of(
                row.metric().name(),
                row.verdict().name(),
                auc == null ? NONE : two(auc.value()),
                auc == null ? NONE : two(auc.low()),
                auc == null ? NONE : two(auc.high()),
                row.p() == null ? NONE : DisplayText.chance(row.p()),
                row.moved() == null ? NONE : percent(row.moved()),
                trust(row),
                row.gaps().stream()
                        .sorted()
                        .map(gap -> gap.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .collect(Collectors.joining(", ")));
    }

    /** The worst grade, and of how many sources where not all have one. */
    private static String trust(MetricAudit.Row row) {
        var grade = row.trust();
        if (grade == null) {
            return NONE;
        }
        long graded = row.sources().stream().filter(source -> source.grade() != null).count();
        return graded == row.sources().size()
                ? grade.name()
                : "%s (%d of %d)".formatted(grade, graded, row.sources().size());
    }

    private static Table.Column number(String header) {
        return new Table.Column(List.of(header), Table.Side.RIGHT, false);
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String two(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", 100 * share);
    }

    private static String decimals(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? String.format(Locale.ROOT, "%,.0f", number)
                : String.format(Locale.ROOT, "%,.2f", number);
    }
}
