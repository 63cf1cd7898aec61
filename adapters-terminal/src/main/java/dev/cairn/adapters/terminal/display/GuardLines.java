package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.Guard.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guards as a table. */
public record GuardLines(List<Guard> guards) {
    private static final String NONE = "-";

    public GuardLines {
        guards = List.copyOf(guards);
    }

    public List<String> lines(Screen screen) {
        if (guards.isEmpty()) {
            return List.of("No metric names a counter-metric.");
        }
        var first = guards.getFirst();
        var lines = new ArrayList<String>();
        lines.add(
                "%s to %s beside the cycle before; p has to be below %s."
                        .formatted(
                                first.from(),
                                first.until().minusDays(1),
                                number("%.4f", first.level())));
        lines.add("");
        lines.addAll(
                new Table(
                                List.of(
                                        Table.Column.key("metric"),
                                        Table.Column.text("state"),
                                        Table.Column.text("since"),
                                        right("change"),
                                        right("p (better)"),
                                        Table.Column.text("counter-metric"),
                                        right("change"),
                                        right("p (worse)")),
                                guards.stream().map(GuardLines::row).toList())
                        .lines(screen));
        return lines;
    }

    private static Table.Row row(Guard guard) {
        var own = guard.metricMove();
        var others = guard.counterMove();
        return Table.Row.of(
                DisplayText.plain(guard.metric()),
                state(guard),
                guard.since() == null ? "" : guard.since().toString(),
                change(own),
                own == null ? NONE : number("%.4f", own.better()),
                DisplayText.plain(guard.counter()),
                change(others),
                others == null ? NONE : number("%.4f", others.worse()));
    }

    /** How it stands, in a word or two. */
    public static String state(Guard guard) {
        return guard.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String change(@Nullable Move move) {
        return move == null ? NONE : number("%+,.3f", move.change());
    }

    private static String number(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }

    private static Table.Column right(String header) {
        return new Table.Column(List.of(header), Table.Side.RIGHT, false);
    }
}
