package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.analysis.Uncertainty.Method;
import dev.cairn.domain.impact.Impact;
import dev.cairn.domain.impact.Impact.Effect;
import dev.cairn.domain.impact.Impact.OfMetric;
import dev.cairn.domain.impact.Impact.Side;
import dev.cairn.domain.impact.Impact.Step;
import dev.cairn.domain.impact.ImpactWindows.Days;
import dev.cairn.domain.statistics.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What came of a change: what was compared, a table of the metrics, their effects as bars, and why each verdict is what it is. */
public record ImpactLines(Impact impact) {
    private static final String NONE = "-";
    private static final String INCOMPLETE = "?";
    private static final int NARROWEST = 40;
    private static final int WIDEST = 100;

    /** Metrics that are drawn by weeks: of more the lines would be longer than what they are about. */
    private static final int MOST_COURSES = 3;

    public List<String> lines(Screen screen) {
        var lines = new ArrayList<String>();
        lines.addAll(heading());
        lines.add("");
        lines.addAll(table().lines(screen));
        lines.addAll(plot(screen));
        if (impact.metrics().size() <= MOST_COURSES) {
            impact.metrics().forEach(metric -> lines.addAll(course(metric, screen)));
        }
        for (var metric : impact.metrics()) {
            lines.add("");
            lines.add("%s: %s".formatted(DisplayText.plain(metric.key()), metric.verdict()));
            metric.reasons()
                    .forEach(reason -> lines.add("  " + DisplayText.plain(reason.message())));
        }
        if (!impact.warnings().isEmpty()) {
            lines.add("");
            impact.warnings().forEach(warning -> lines.add(DisplayText.plain(warning.message())));
        }
        return lines;
    }

    private List<String> heading() {
        var windows = impact.windows();
        var lines = new ArrayList<String>();
        lines.add(
                "%s%s: %s beside %s."
                        .formatted(
                                impact.change() == null
                                        ? "Change of "
                                        : DisplayText.plain(impact.change()) + ", ",
                                windows.changedOn(),
                                days(windows.after()),
                                days(windows.before())));
        if (impact.treatedAccounts() > 0) {
            lines.add(
                    impact.comparisonAccounts() == null
                            ? "%s accounts.".formatted(whole(impact.treatedAccounts()))
                            : "%s accounts that it concerned, %s to compare with."
                                    .formatted(
                                            whole(impact.treatedAccounts()),
                                            whole(impact.comparisonAccounts())));
        }
        return lines;
    }

    private static String days(Days days) {
        return "%s to %s".formatted(days.from(), days.until().minusDays(1));
    }

    private Table table() {
        var header =
                new ArrayList<>(
                        List.of(
                                Table.Column.key("metric"),
                                number("before"),
                                number("after"),
                                number("n")));
        boolean compared = impact.comparisonAccounts() != null;
        if (compared) {
            header.addAll(List.of(number("others before"), number("after"), number("n")));
        }
        header.addAll(
                List.of(
                        number("effect"),
                        number("low"),
                        number("high"),
                        number("p"),
                        number("detectable"),
                        Table.Column.key("verdict")));
        return new Table(
                header, impact.metrics().stream().map(metric -> row(metric, compared)).toList());
    }

    private static Table.Row row(OfMetric metric, boolean compared) {
        var number = numbers(metric);
        var cells = new ArrayList<String>();
        cells.add(DisplayText.plain(metric.key()));
        addSide(metric.treated(), number, cells);
        if (compared) {
            addSide(Objects.requireNonNull(metric.comparison()), number, cells);
        }
        var effect = metric.effect();
        if (effect == null) {
            cells.addAll(List.of(NONE, NONE, NONE, NONE, NONE));
        } else {
            var interval = shown(effect);
            cells.add(text(number, effect.value()));
            cells.add(text(number, interval.low()));
            cells.add(text(number, interval.high()));
            cells.add(DisplayText.chance(effect.adjustedP()));
            cells.add(text(number, effect.detectable()));
        }
        cells.add(metric.verdict().name());
        return Table.Row.of(cells.toArray(String[]::new));
    }

    private static void addSide(Side side, NumberText number, List<String> cells) {
        cells.add(side.before() == null ? NONE : text(number, side.before()));
        cells.add(side.after() == null ? NONE : text(number, side.after()));
        cells.add(whole(side.unitsAfter()));
    }

    /** Where one looks every day, the one that holds then. */
    private static Interval shown(Effect effect) {
        return effect.sequential() == null ? effect.interval() : effect.sequential();
    }

    private List<String> plot(Screen screen) {
        var points =
                impact.metrics().stream().map(ImpactLines::point).filter(Objects::nonNull).toList();
        if (points.isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("Effect in percent of what was before, with its interval of 95 %:");
        lines.addAll(BarPlot.lines(points, width(screen), screen.glyphs(), ImpactLines::percent));
        return lines;
    }

    private static int width(Screen screen) {
        return Math.max(NARROWEST, Math.min(WIDEST, screen.width()));
    }

    /** How a metric went, with the change as an upright line. */
    private List<String> course(OfMetric metric, Screen screen) {
        var steps = metric.course();
        var number = numbers(metric);
        var treated = steps.stream().map(step -> point(step, step.treated())).toList();
        boolean compared = steps.stream().map(Step::comparison).anyMatch(Objects::nonNull);
        var lines =
                LinePlot.lines(
                        treated,
                        compared
                                ? steps.stream()
                                        .map(step -> point(step, step.comparison()))
                                        .toList()
                                : List.of(),
                        steps.stream()
                                .map(step -> step.days().from())
                                .toList()
                                .indexOf(impact.windows().changedOn()),
                        width(screen),
                        screen.glyphs(),
                        value -> text(number, value));
        if (lines.isEmpty()) {
            return List.of();
        }
        var days = steps.getFirst().days();
        var told = new ArrayList<String>();
        told.add("");
        told.add(
                "%s by %s%s%s:"
                        .formatted(
                                DisplayText.plain(metric.key()),
                                days.from().plusDays(1).equals(days.until()) ? "day" : "week",
                                compared
                                        ? ", %s those to compare with"
                                                .formatted(screen.glyphs().lines().other())
                                        : "",
                                steps.stream().anyMatch(Step::incomplete)
                                        ? "; %s may still change, or is of broken or missing data"
                                                .formatted(INCOMPLETE)
                                        : ""));
        told.addAll(lines);
        return told;
    }

    private static Point point(Step step, @Nullable Double value) {
        return new Point(
                step.days().from().toString(), value, "", step.incomplete() ? INCOMPLETE : "");
    }

    private static @Nullable Point point(OfMetric metric) {
        var effect = metric.effect();
        if (effect == null || effect.relative() == null || metric.treated().before() == null) {
            return null;
        }
        var interval = shown(effect);
        double base = Math.abs(metric.treated().before());
        return new Point(
                DisplayText.plain(metric.key()),
                effect.relative(),
                percent(effect.relative()),
                "",
                new Uncertainty.Interval(
                        interval.low() / base, interval.high() / base, Method.STUDENT));
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%+.1f%%", 100 * part);
    }

    private static NumberText numbers(OfMetric metric) {
        var effect = metric.effect();
        return NumberText.of(
                metric.unit(),
                metric.currency(),
                Stream.of(
                                metric.treated().before(),
                                metric.treated().after(),
                                effect == null ? null : (Double) effect.value())
                        .filter(Objects::nonNull)
                        .map(value -> new BigDecimal(String.format(Locale.ROOT, "%.3g", value)))
                        .toList());
    }

    private static String text(NumberText number, double value) {
        return number.text(BigDecimal.valueOf(value));
    }

    private static Table.Column number(String header) {
        return new Table.Column(List.of(header), Table.Side.RIGHT, false);
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
