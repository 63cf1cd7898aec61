package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.why.Piece;
import dev.cairn.domain.why.Piece.Kind;
import dev.cairn.domain.why.Piece.Moved;
import dev.cairn.domain.why.Why;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a value moved, as a sentence and a tree in a table. */
public final class WhyLines {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final String STEP = "  ";
    private static final int NARROWEST = 40;
    private static final int WIDEST = 80;

    private final Why why;
    private final NumberText values;
    private final NumberText changes;

    public WhyLines(Why why) {
        this.why = why;
        var pieces = why.lines().stream().map(Why.Line::piece).toList();
        this.values =
                NumberText.of(
                        why.unit(),
                        why.currency(),
                        List.of(decimal(why.from().value()), decimal(why.to().value())));
        this.changes =
                NumberText.of(
                        why.unit() == MetricUnit.RATIO ? MetricUnit.POINTS : why.unit(),
                        why.currency(),
                        Stream.concat(
                                        pieces.stream().map(Piece::contribution),
                                        Stream.of(why.change()))
                                .map(this::change)
                                .limit(1)
                                .toList());
    }

    public List<String> lines(Screen screen) {
        var lines = new ArrayList<String>();
        lines.add(DisplayText.plain(why.sentence()));
        incomplete("from", why.from()).ifPresent(lines::add);
        incomplete("to", why.to()).ifPresent(lines::add);
        lines.add("");
        var rows = new ArrayList<Table.Row>();
        add(rows, why.whole(), 0);
        lines.addAll(
                new Table(
                                List.of(
                                        Table.Column.key("piece"),
                                        Table.Column.text("kind"),
                                        right("from"),
                                        right("to"),
                                        right(why.unit() == MetricUnit.RATIO ? "points" : "change"),
                                        right("accounts")),
                                rows)
                        .lines(screen));
        var points = told(why.whole()).stream().map(this::point).toList();
        if (points.size() > 1) {
            lines.add("");
            lines.addAll(
                    BarPlot.lines(
                            points,
                            Math.max(NARROWEST, Math.min(WIDEST, screen.width())),
                            screen.glyphs(),
                            this::signed));
        }
        return lines;
    }

    /** What the sentence is about: groups, where they were asked for, else parts of the formula, else accounts. */
    private static List<Piece> told(Piece whole) {
        if (!whole.groups().isEmpty()) {
            return whole.groups();
        }
        if (whole.parts().isEmpty()) {
            return whole.members();
        }
        return whole.parts().size() == 1 ? told(whole.parts().getFirst()) : whole.parts();
    }

    private Point point(Piece piece) {
        return new Point(
                DisplayText.plain(piece.what()),
                piece.contribution(),
                signed(piece.contribution()),
                "",
                null);
    }

    private static Optional<String> incomplete(String cell, Why.Value value) {
        return value.incompleteBecause().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "The value of %s is incomplete: %s."
                                .formatted(
                                        cell,
                                        value.incompleteBecause().stream()
                                                .map(reason -> word(reason.name()))
                                                .collect(Collectors.joining(", "))));
    }

    private static Table.Column right(String header) {
        return new Table.Column(List.of(header), Table.Side.RIGHT, false);
    }

    private void add(List<Table.Row> rows, Piece piece, int level) {
        boolean isWhole = piece.kind() == Kind.WHOLE;
        rows.add(
                Table.Row.of(
                        STEP.repeat(level) + DisplayText.plain(piece.what()),
                        isWhole ? "" : word(piece.kind().name()),
                        own(piece.from(), isWhole),
                        own(piece.to(), isWhole),
                        signed(piece.contribution()),
                        piece.accounts() == null
                                ? ""
                                : String.format(Locale.ROOT, "%,d", piece.accounts())));
        piece.parts().forEach(part -> add(rows, part, level + 1));
        piece.groups().forEach(group -> add(rows, group, level + 1));
        if (level == 0) {
            piece.members().forEach(member -> add(rows, member, level + 1));
        }
        piece.moved().forEach(moved -> rows.add(moved(moved, level + 1)));
    }

    private Table.Row moved(Moved moved, int level) {
        return Table.Row.of(
                STEP.repeat(level) + DisplayText.plain(key(moved.account())),
                "account",
                own(moved.from(), false),
                own(moved.to(), false),
                moved.contribution() == null ? "" : signed(moved.contribution()),
                "");
    }

    private static String key(GroupValue account) {
        return account.value() == null ? "(no account)" : String.valueOf(account.value());
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A part has another unit than the whole: it is shown with four digits. */
    private String own(@Nullable Double value, boolean isWhole) {
        if (value == null) {
            return "";
        }
        return isWhole ? values.text(decimal(value)) : number(value);
    }

    private static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1000 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 1 ? "%,.2f" : "%,.4f", value);
    }

    private String signed(double contribution) {
        var text = changes.text(change(contribution));
        return contribution > 0 ? "+" + text : text;
    }

    private BigDecimal change(double value) {
        var exact = decimal(value);
        return why.unit() == MetricUnit.RATIO ? exact.multiply(HUNDRED) : exact;
    }

    private static BigDecimal decimal(double value) {
        return BigDecimal.valueOf(value);
    }
}
