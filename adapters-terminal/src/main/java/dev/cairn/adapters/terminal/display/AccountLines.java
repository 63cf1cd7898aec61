package dev.cairn.adapters.terminal.display;

import dev.cairn.application.port.in.AccountOverviewUseCase.Child;
import dev.cairn.application.port.in.AccountOverviewUseCase.Found;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.analysis.ScoreChange;
import dev.cairn.domain.overview.AccountMetrics;
import dev.cairn.domain.overview.AccountMetrics.MetricOfAccount;
import dev.cairn.domain.overview.AccountMetrics.Point;
import dev.cairn.domain.overview.AccountMetrics.Refused;
import dev.cairn.domain.overview.AttributeOfAccount;
import dev.cairn.domain.overview.AttributeOfAccount.Held;
import dev.cairn.domain.overview.RowsOfAccount;
import dev.cairn.domain.overview.RowsOfAccount.RowList;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.why.ScoreSentence;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of an overview of an account as lines of text. */
public final class AccountLines {
    private static final int MOST_FIELDS = 6;
    private static final int MOST_CHILDREN = 12;

    private final ZoneId zone;
    private final Screen screen;

    public AccountLines(ZoneId zone, Screen screen) {
        this.zone = zone;
        this.screen = screen;
    }

    /** Who it is, and since when. */
    public List<String> head(Found.Known known) {
        var account = known.account();
        var lines = new ArrayList<String>();
        lines.add(
                DisplayText.plain(account.key())
                        + (account.name().equals(account.key())
                                ? ""
                                : "  " + DisplayText.plain(account.name())));
        var said = new ArrayList<String>();
        said.add("as of " + CellText.instant(known.subject().asOf(), zone));
        if (account.since() != null) {
            said.add("there since " + account.since());
        }
        if (account.until() != null) {
            said.add("gone (merged or deleted) since " + account.until());
        }
        if (known.isTest()) {
            said.add("a test account, left out elsewhere");
        }
        lines.add(String.join("; ", said));
        return lines;
    }

    /** A line for each attribute that has or had a value. */
    public List<String> attributes(List<AttributeOfAccount> attributes) {
        var rows =
                attributes.stream()
                        .filter(attribute ->
                                attribute.value() != null || attribute.history().size() > 1)
                        .map(attribute ->
                                Table.Row.of(
                                        DisplayText.plain(attribute.name()),
                                        CellText.value(attribute.value(), zone),
                                        history(attribute.history())))
                        .toList();
        return rows.isEmpty()
                ? List.of()
                : new Table(
                                List.of(
                                        Table.Column.key("attribute"),
                                        Table.Column.text("value"),
                                        Table.Column.text("history")),
                                rows)
                        .lines(screen);
    }

    /** The latest first; a value that never changed has none. */
    private String history(List<Held> history) {
        return history.size() < 2
                ? ""
                : history.reversed().stream()
                        .map(held ->
                                "%s%s"
                                        .formatted(
                                                held.value() == null
                                                        ? "(none)"
                                                        : CellText.value(held.value(), zone),
                                                held.from() == null ? "" : " from " + held.from()))
                        .collect(Collectors.joining(", "));
    }

    public List<String> children(List<Child> children) {
        if (children.isEmpty()) {
            return List.of();
        }
        var shown =
                children.stream()
                        .limit(MOST_CHILDREN)
                        .map(child ->
                                DisplayText.plain(
                                        child.name() == null
                                                ? child.key()
                                                : child.key() + " " + child.name()))
                        .collect(Collectors.joining(", "));
        int more = children.size() - MOST_CHILDREN;
        return List.of(
                "Belonging to it: " + shown + (more > 0 ? " and %d more".formatted(more) : ""));
    }

    /** The score and its parts on two days. */
    public List<String> health(String metric, ScoreChange change, LocalDate before, LocalDate now) {
        var rows = new ArrayList<Table.Row>();
        rows.add(
                Table.Row.of(
                        DisplayText.plain(metric),
                        score(change.before()),
                        score(change.after()),
                        signed(change.difference())));
        change.parts().stream()
                .filter(part -> part.before() != null || part.after() != null)
                .forEach(part ->
                        rows.add(
                                Table.Row.of(
                                        "  "
                                                + (part.name() == null
                                                        ? "(unnamed)"
                                                        : DisplayText.plain(part.name())),
                                        part(part.before(), change.before()),
                                        part(part.after(), change.after()),
                                        signed(part.difference()))));
        var lines =
                new ArrayList<>(
                        new Table(
                                        List.of(
                                                Table.Column.key("health"),
                                                Table.Column.text(before.toString()),
                                                Table.Column.text(now.toString()),
                                                Table.Column.text("change")),
                                        rows)
                                .lines(screen));
        var sentence = ScoreSentence.of(metric, change);
        if (sentence != null) {
            lines.add(DisplayText.plain(sentence));
        }
        return lines;
    }

    private static String score(ScoreChange.Score score) {
        return score.value() == null
                ? String.valueOf(score.absence()).toLowerCase(Locale.ROOT).replace('_', ' ')
                : rounded(score.value()) + (score.band() == null ? "" : " " + score.band());
    }

    private static String part(@Nullable Double value, ScoreChange.Score of) {
        return value != null ? rounded(value) : of.value() == null ? "" : "missing";
    }

    private static String signed(@Nullable Double value) {
        return value == null
                ? ""
                : (BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).signum() > 0
                                ? "+"
                                : "")
                        + rounded(value);
    }

    private static String rounded(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).toPlainString();
    }

    /**
     * Metrics that have a value in some period.
     *
     * @param most so many of them, those whose standing is farthest from the middle first; else all in order
     */
    public List<String> metrics(AccountMetrics metrics, Grain grain, @Nullable Integer most) {
        var valued =
                metrics.metrics().stream()
                        .filter(metric ->
                                metric.trend().stream()
                                        .anyMatch(point -> point.value().value().value() != null))
                        .toList();
        var chosen =
                most == null
                        ? valued
                        : valued.stream()
                                .sorted(
                                        Comparator.comparingDouble(AccountLines::distance)
                                                .reversed())
                                .limit(most)
                                .toList();
        var columns = new ArrayList<Table.Column>();
        columns.add(Table.Column.key("metric"));
        metrics.periods().forEach(start -> columns.add(right(CellText.bucket(start, grain, zone))));
        List.of("change", "rank", "percentile", "median").forEach(name -> columns.add(right(name)));
        var rows = chosen.stream().map(this::row).toList();
        var lines = new ArrayList<String>();
        lines.add(
                "Metrics by %s%s%s"
                        .formatted(
                                grain.text(),
                                peers(metrics),
                                chosen.size() < valued.size()
                                        ? "; %d of %d that have a value, farthest from the middle first: --metrics all for the others"
                                                .formatted(chosen.size(), valued.size())
                                        : ""));
        if (!rows.isEmpty()) {
            lines.addAll(new Table(columns, rows).lines(screen));
        }
        lines.addAll(refused(metrics.refused()));
        return lines;
    }

    private static double distance(MetricOfAccount metric) {
        return metric.standing() == null ? -1 : Math.abs(metric.standing().percentile() - 50);
    }

    private static Table.Column right(String header) {
        return new Table.Column(List.of(header), Table.Side.RIGHT, false);
    }

    private static String peers(AccountMetrics metrics) {
        var group = metrics.group();
        return group == null
                ? ""
                : ", peers by %s = %s"
                        .formatted(
                                DisplayText.plain(group.attribute()),
                                group.value() == null
                                        ? "(none)"
                                        : DisplayText.plain(group.value()));
    }

    private Table.Row row(MetricOfAccount metric) {
        var standing = metric.standing();
        var numbers =
                Stream.concat(
                                metric.trend().stream()
                                        .map(point ->
                                                CellText.number(point.value().value().value())),
                                Stream.of(
                                        standing == null
                                                ? null
                                                : BigDecimal.valueOf(standing.median())))
                        .flatMap(Stream::ofNullable)
                        .toList();
        var text = NumberText.of(metric.column().unit(), metric.column().currency(), numbers);
        var cells = new ArrayList<String>();
        cells.add(
                DisplayText.plain(metric.metric())
                        + (metric.column().currency() == null
                                ? ""
                                : " " + metric.column().currency()));
        metric.trend().forEach(point -> cells.add(value(point, text)));
        cells.add(
                metric.change() == null
                        ? ""
                        : (metric.change() > 0 ? "+" : "")
                                + text.text(BigDecimal.valueOf(metric.change())));
        cells.add(standing == null ? "" : standing.rank() + " of " + standing.counted());
        cells.add(
                standing == null
                        ? ""
                        : BigDecimal.valueOf(standing.percentile())
                                .setScale(0, RoundingMode.HALF_UP)
                                .toPlainString());
        cells.add(standing == null ? "" : text.text(BigDecimal.valueOf(standing.median())));
        return Table.Row.of(cells.toArray(String[]::new));
    }

    private String value(Point point, NumberText text) {
        var value = point.value().value().value();
        var number = CellText.number(value);
        return number != null
                ? text.text(number) + (point.value().incomplete().isEmpty() ? "" : "*")
                : value == null ? "-" : CellText.value(value, zone);
    }

    /** A table for each list. */
    public List<String> lists(RowsOfAccount lists) {
        var lines = new ArrayList<String>();
        for (var list : lists.lists()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(
                    "%s (%s)"
                            .formatted(
                                    DisplayText.plain(list.label()),
                                    DisplayText.plain(list.name())));
            lines.addAll(rows(list));
        }
        lines.addAll(refused(lists.refused()));
        return lines;
    }

    /** The first fields that some row has, without the account: json has all. */
    private List<String> rows(RowList list) {
        var rows = cells(list.rows());
        var columns =
                fields(list.rows()).stream()
                        .filter(at -> rows.stream().anyMatch(row -> !text(row, at).isEmpty()))
                        .limit(MOST_FIELDS)
                        .toList();
        var lines =
                new ArrayList<>(
                        new Table(
                                        columns.stream()
                                                .map(at ->
                                                        Table.Column.text(field(list.rows(), at)))
                                                .toList(),
                                        rows.stream()
                                                .map(row ->
                                                        Table.Row.of(
                                                                columns.stream()
                                                                        .map(at -> text(row, at))
                                                                        .toArray(String[]::new)))
                                                .toList())
                                .lines(screen));
        if (list.rows().hasNextPage()) {
            lines.add("There are more: --first shows so many of each.");
        }
        return lines;
    }

    private static List<Row> cells(AnalysisResult result) {
        return result.rows().stream().filter(row -> row.kind() == RowKind.CELL).toList();
    }

    private static List<Integer> fields(AnalysisResult result) {
        return IntStream.range(0, result.columns().size())
                .filter(at -> result.columns().get(at).role() == Role.DIMENSION)
                .filter(at -> !result.columns().get(at).key().equals("account"))
                .boxed()
                .toList();
    }

    /** Without its source. */
    private static String field(AnalysisResult result, int at) {
        var key = result.columns().get(at).key();
        return DisplayText.plain(key.substring(key.indexOf('.') + 1));
    }

    private String text(Row row, int at) {
        return row.cells().get(at) instanceof Cell.Group(GroupValue group)
                        && group.kind() == GroupValue.Kind.VALUE
                ? CellText.value(group.value(), zone)
                : "";
    }

    /** A fact, and when it was. */
    private record Happened(Instant at, String shown, String source, String fields) {}

    /**
     * The latest facts of all sources together.
     *
     * @param most so many
     */
    public List<String> facts(RowsOfAccount facts, int most) {
        var happened =
                facts.lists().stream()
                        .flatMap(
                                list -> cells(list.rows()).stream().map(row -> happened(list, row)))
                        .sorted(Comparator.comparing(Happened::at).reversed())
                        .limit(most)
                        .map(fact -> Table.Row.of(fact.shown(), fact.source(), fact.fields()))
                        .toList();
        var lines = new ArrayList<String>();
        if (!happened.isEmpty()) {
            lines.addAll(
                    new Table(
                                    List.of(
                                            Table.Column.key("latest facts"),
                                            Table.Column.text("source"),
                                            Table.Column.text("fields")),
                                    happened)
                            .lines(screen));
        }
        lines.addAll(refused(facts.refused()));
        return lines;
    }

    private Happened happened(RowList list, Row row) {
        var time =
                row.cells().stream()
                        .filter(Cell.Value.class::isInstance)
                        .map(cell -> ((Cell.Value) cell).value().value())
                        .flatMap(Stream::ofNullable)
                        .findFirst()
                        .orElseThrow();
        var shown = CellText.value(time, zone);
        var fields =
                fields(list.rows()).stream()
                        .filter(at -> !text(row, at).isEmpty() && !text(row, at).equals(shown))
                        .limit(MOST_FIELDS)
                        .map(at -> field(list.rows(), at) + " " + text(row, at))
                        .collect(Collectors.joining(", "));
        return new Happened(
                time instanceof LocalDate date
                        ? date.atStartOfDay(zone).toInstant()
                        : (Instant) time,
                shown,
                DisplayText.plain(list.name()),
                fields);
    }

    private static List<String> refused(List<Refused> refused) {
        return refused.stream()
                .map(one ->
                        "Not shown: %s. %s"
                                .formatted(
                                        DisplayText.plain(one.metric()),
                                        DisplayText.plain(one.message())))
                .toList();
    }
}
