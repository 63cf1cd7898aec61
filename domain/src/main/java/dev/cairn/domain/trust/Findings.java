package dev.cairn.domain.trust;

import dev.cairn.domain.model.Source;
import dev.cairn.domain.trust.Check.Kind;
import dev.cairn.domain.trust.Check.Status;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What is found about a source: its checks and the stretches in which its data is broken. */
final class Findings {
    /** Up to this share more than what is allowed warns, whatever is allowed. */
    static final double LITTLE = 0.01;

    private final Source source;
    private final List<SourceFigures.Period> periods;
    private final boolean isByDay;
    private final List<Check> checks = new ArrayList<>();
    private final List<BrokenStretch> broken = new ArrayList<>();

    /** @param isByDay whether periods are days */
    Findings(Source source, List<SourceFigures.Period> periods, boolean isByDay) {
        this.source = source;
        this.periods = List.copyOf(periods);
        this.isByDay = isByDay;
    }

    /** The worst first. */
    List<Check> checks() {
        return checks.stream().sorted(Comparator.comparing(Check::status).reversed()).toList();
    }

    /** The earliest first. */
    List<BrokenStretch> broken() {
        return broken.stream()
                .sorted(
                        Comparator.comparing(BrokenStretch::from)
                                .thenComparing(BrokenStretch::until))
                .toList();
    }

    /** Whether some of the days from one until another are declared broken. */
    boolean isDeclaredBroken(LocalDate from, LocalDate until) {
        return source.expectations().broken().stream()
                .anyMatch(each -> each.from().isBefore(until) && from.isBefore(each.until()));
    }

    void declared(LocalDate from, LocalDate until, String why) {
        broken.add(new BrokenStretch(source.name(), from, until, why, true));
    }

    void broken(Stretch stretch, String why) {
        broken.add(new BrokenStretch(source.name(), stretch.from(), stretch.until(), why, false));
    }

    /** Successive periods for which something holds; one day in between does not part them. */
    List<Stretch> stretches(IntPredicate holds) {
        var found = new ArrayList<Stretch>();
        int last = Integer.MIN_VALUE / 2;
        for (int at = 0; at < periods.size(); at++) {
            if (!holds.test(at)) {
                continue;
            }
            var period = periods.get(at);
            boolean goesOn = at - last <= (isByDay ? 2 : 1);
            var before = goesOn ? Optional.of(found.removeLast()) : Optional.<Stretch>empty();
            found.add(
                    new Stretch(
                            before.map(Stretch::from).orElse(period.from()),
                            period.until(),
                            before.map(Stretch::periods).orElse(0) + 1));
            last = at;
        }
        return found;
    }

    static String listed(List<Stretch> stretches) {
        int most = 3;
        var words =
                stretches.stream()
                        .limit(most)
                        .map(each -> each.from() + " until " + each.until())
                        .toList();
        return String.join(", ", words)
                + (stretches.size() > most
                        ? " and %d more".formatted(stretches.size() - most)
                        : "");
    }

    static @Nullable Span span(List<Stretch> stretches) {
        return stretches.isEmpty()
                ? null
                : Span.of(stretches.getFirst().from(), stretches.getLast().until());
    }

    /** @param periods that are odd in it */
    record Stretch(LocalDate from, LocalDate until, int periods) {}

    record Span(LocalDate from, LocalDate until) {
        static Span of(LocalDate from, LocalDate until) {
            return new Span(from, until);
        }
    }

    /** With one decimal. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /**
     * A check as it came out.
     *
     * @param field it is of; null: of the whole source
     * @param figure what was found, as a number; null: none
     * @param allowed what is expected at most; null: not a number
     * @param touched the days concerned; null: none, or not known
     * @param found in words
     * @param action what to do about it, unless it passes
     */
    void add(
            String name,
            Kind kind,
            @Nullable String field,
            Status status,
            @Nullable Double figure,
            @Nullable Double allowed,
            @Nullable Span touched,
            String found,
            String action) {
        checks.add(
                new Check(
                        name,
                        kind,
                        field,
                        status,
                        figure,
                        allowed,
                        touched == null ? null : touched.from(),
                        touched == null ? null : touched.until(),
                        found,
                        status == Status.PASS ? "" : action));
    }
}
