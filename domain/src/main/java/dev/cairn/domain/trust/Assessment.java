package dev.cairn.domain.trust;

import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Expectations.Control;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.statistics.Volume;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.Check.Kind;
import dev.cairn.domain.trust.Check.Status;
import dev.cairn.domain.trust.SourceFigures.ControlFigure;
import dev.cairn.domain.trust.SourceFigures.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Judges a source by what was counted of it; no clock, no statement. */
public final class Assessment {
    /** Up to this share more than what is allowed warns, whatever is allowed. */
    private static final double LITTLE = 0.01;

    /** Wrong facts of a period that make it broken, and their share of it. */
    private static final long FEWEST_WRONG = 5;

    private static final double MOSTLY = 0.5;

    /** A period without facts is missed where chance would make one in at most one source of twenty, of all periods that are looked at. */
    private static final double HARDLY_BY_CHANCE = 0.05;

    /** Odd periods one after the other that fail; fewer warn unless they are recent. */
    private static final int STRETCH = 3;

    private static final int RECENT_DAYS = 7;
    private static final int WEEK = 7;

    private final Source source;
    private final Expectations expected;
    private final SourceFigures figures;
    private final LocalDate today;
    private final Grain grain;
    private final List<RowCheck> rowChecks;
    private final List<Check> checks = new ArrayList<>();
    private final List<BrokenStretch> broken = new ArrayList<>();

    /** Periods that are declared broken, have not ended, or are not covered. */
    private final BitSet leftOut = new BitSet();

    private Assessment(Source source, SourceFigures figures, Instant now) {
        this.source = source;
        this.expected = source.expectations();
        this.figures = figures;
        this.today = now.atZone(source.zone()).toLocalDate();
        this.grain = new TrustQuestions(source, now).grain();
        this.rowChecks = RowCheck.of(source);
    }

    /** @param now by which the newest fact is old or not */
    public static SourceTrust of(Source source, SourceFigures figures, Instant now) {
        return source.expectations().isNone()
                ? SourceTrust.unchecked(source.name())
                : new Assessment(source, figures, now).judged(now);
    }

    private SourceTrust judged(Instant now) {
        leaveOut();
        declared();
        noFacts();
        if (figures.newest() != null) {
            freshness(figures.newest());
            volume();
            for (int at = 0; at < rowChecks.size(); at++) {
                rows(rowChecks.get(at), at);
            }
            unique();
            expected.controls().forEach(this::control);
        }
        if (figures.newest() == null && expected.optional()) {
            return new SourceTrust(source.name(), null, checks, broken, now);
        }
        checks.sort(Comparator.comparing(Check::status).reversed());
        broken.sort(Comparator.comparing(BrokenStretch::from).thenComparing(BrokenStretch::until));
        return new SourceTrust(source.name(), Check.grade(checks), checks, broken, now);
    }

    private void leaveOut() {
        for (int at = 0; at < figures.periods().size(); at++) {
            var period = figures.periods().get(at);
            boolean isBroken =
                    expected.broken().stream()
                            .anyMatch(each ->
                                    each.from().isBefore(period.until())
                                            && period.from().isBefore(each.until()));
            if (isBroken
                    || period.facts() == null
                    || !period.whole()
                    || period.until().isAfter(today)) {
                leftOut.set(at);
            }
        }
    }

    private void declared() {
        for (var each : expected.broken()) {
            broken.add(
                    new BrokenStretch(source.name(), each.from(), each.until(), each.why(), true));
        }
        if (!expected.broken().isEmpty()) {
            var last = expected.broken().getLast();
            add(
                    "broken",
                    Kind.BROKEN,
                    null,
                    Status.WARN,
                    null,
                    null,
                    Span.of(
                            expected.broken().stream()
                                    .map(Expectations.Broken::from)
                                    .min(Comparator.naturalOrder())
                                    .orElseThrow(),
                            expected.broken().stream()
                                    .map(Expectations.Broken::until)
                                    .max(Comparator.naturalOrder())
                                    .orElseThrow()),
                    "%d declared, the last from %s until %s: %s."
                            .formatted(
                                    expected.broken().size(),
                                    last.from(),
                                    last.until(),
                                    last.why()),
                    "Import these days again where that is possible, and take the stretch out of the definition.");
        }
    }

    private void noFacts() {
        boolean isEmpty = figures.newest() == null;
        add(
                "facts",
                Kind.NO_FACTS,
                null,
                isEmpty && !expected.optional() ? Status.FAIL : Status.PASS,
                null,
                null,
                null,
                isEmpty
                        ? expected.optional()
                                ? "It has no facts, and needs none."
                                : "It has no facts until now."
                        : "It has facts.",
                "Import facts, or look at the table it is mapped on.");
    }

    private void freshness(LocalDate newest) {
        Integer declared = expected.freshDays();
        if (declared == null ? expected.cadence() == null : declared == Expectations.ANY_AGE) {
            return;
        }
        long allowed = declared == null ? usualAge(grain) : declared;
        long age = ChronoUnit.DAYS.between(newest, today);
        add(
                "freshness",
                Kind.FRESHNESS,
                null,
                age <= allowed ? Status.PASS : age <= 2 * allowed ? Status.WARN : Status.FAIL,
                (double) age,
                (double) allowed,
                age <= allowed ? null : Span.of(newest.plusDays(1), today.plusDays(1)),
                "The newest fact is of %s, %d days old; at most %d are expected."
                        .formatted(newest, age, allowed),
                "See whether the import runs, and what it says.");
    }

    /** Days that a newest fact may be old that comes once a period: the period and the next one, in which it comes. */
    static long usualAge(Grain grain) {
        return switch (grain) {
            case HOUR, DAY -> 2;
            case WEEK -> 14;
            case MONTH -> 62;
            case QUARTER -> 184;
            case YEAR -> 732;
        };
    }

    private void volume() {
        if (expected.cadence() == null || !expected.volume()) {
            return;
        }
        var counts =
                figures.periods().stream()
                        .map(Period::facts)
                        .map(facts -> Objects.requireNonNullElse(facts, 0L))
                        .toList();
        var judged = Volume.judge(counts, grain == Grain.DAY ? WEEK : 1, leftOut);
        boolean isRegular = isRegular(counts);
        var missing =
                stretches(at ->
                        !leftOut.get(at)
                                && counts.get(at) == 0
                                && (isRegular
                                        ? judged.get(at).usual() >= 1
                                        : judged.get(at).noneByChance() <= HARDLY_BY_CHANCE));
        found(
                "completeness",
                Kind.COMPLETENESS,
                missing,
                "%s without any fact, where there are always some",
                "Import these days again.");
        var bySegment =
                figures.segments().values().stream()
                        .map(each -> Volume.judge(each, grain == Grain.DAY ? WEEK : 1, leftOut))
                        .toList();
        var odd =
                stretches(at ->
                        bySegment.stream().anyMatch(each -> isInStretch(each, at))
                                || (judged.get(at).isOdd()
                                        && (counts.get(at) > 0 || grain == Grain.DAY)));
        found(
                "volume",
                Kind.VOLUME,
                odd,
                "%s with two fifths or less, or five halves or more, of the facts that those around them have",
                "See whether facts were lost or loaded twice; if it is right so, say 'volume: false', else import them again or declare the stretch broken.");
    }

    /** Whether nearly all periods have about as many facts, as of a feed: what comes by chance varies more where it is little. */
    private boolean isRegular(List<Long> counts) {
        var sorted =
                IntStream.range(0, counts.size())
                        .filter(at -> !leftOut.get(at))
                        .mapToLong(counts::get)
                        .sorted()
                        .toArray();
        int edge = sorted.length / 10;
        return sorted.length > 0
                && sorted[edge] > 0
                && sorted[sorted.length - 1 - edge] <= 2 * sorted[edge];
    }

    /** Whether a period is one of several odd ones in a row: of many segments single ones are odd by chance. */
    private static boolean isInStretch(List<Volume.Judged> segment, int at) {
        int from = at;
        int until = at;
        while (from > 0 && segment.get(from).isOdd()) {
            from--;
        }
        while (until < segment.size() && segment.get(until).isOdd()) {
            until++;
        }
        return segment.get(at).isOdd()
                && until - from - (segment.get(from).isOdd() ? 0 : 1) >= STRETCH;
    }

    /** Fails where a stretch is long or recent. */
    private void found(String name, Kind kind, List<Stretch> found, String what, String action) {
        int periods = found.stream().mapToInt(Stretch::periods).sum();
        boolean fails =
                found.stream()
                        .anyMatch(each ->
                                each.periods() >= STRETCH
                                        || each.until().isAfter(lastDay().minusDays(RECENT_DAYS)));
        var words = what.formatted(periods == 1 ? "1 period" : periods + " periods");
        add(
                name,
                kind,
                null,
                found.isEmpty() ? Status.PASS : fails ? Status.FAIL : Status.WARN,
                judgedPeriods() == 0 ? null : (double) periods / judgedPeriods(),
                0.0,
                span(found),
                words + (found.isEmpty() ? "." : ": " + listed(found) + "."),
                action);
        found.forEach(each ->
                broken.add(
                        new BrokenStretch(
                                source.name(), each.from(), each.until(), kind.words(), false)));
    }

    private LocalDate lastDay() {
        return figures.periods().isEmpty() ? today : figures.periods().getLast().until();
    }

    private int judgedPeriods() {
        return figures.periods().size() - leftOut.cardinality();
    }

    private void rows(RowCheck check, int index) {
        long facts = 0;
        long wrong = 0;
        Span touched = null;
        for (int at = 0; at < figures.periods().size(); at++) {
            var period = figures.periods().get(at);
            var all = period.facts();
            if (all == null || isDeclaredBroken(period)) {
                continue;
            }
            facts += all;
            wrong += period.wrong().get(index);
            if (period.wrong().get(index) > 0) {
                touched =
                        touched == null
                                ? Span.of(period.from(), period.until())
                                : Span.of(touched.from(), period.until());
            }
        }
        double share = facts == 0 ? 0 : (double) wrong / facts;
        double allowed = check.allowed().doubleValue();
        var stretches = stretches(at -> isBrokenBy(at, index, allowed));
        var status =
                share > Math.max(2 * allowed, allowed + LITTLE)
                        ? Status.FAIL
                        : share > allowed || !stretches.isEmpty() ? Status.WARN : Status.PASS;
        add(
                check.name(),
                check.kind(),
                check.field(),
                status,
                share,
                allowed,
                status == Status.PASS ? null : touched,
                "%d of %d facts (%s) %s; at most %s are expected.%s"
                        .formatted(
                                wrong,
                                facts,
                                percent(share),
                                check.what(),
                                percent(allowed),
                                stretches.isEmpty()
                                        ? ""
                                        : " Most of them from " + listed(stretches) + "."),
                actionOf(check.kind()));
        stretches.forEach(each ->
                broken.add(
                        new BrokenStretch(
                                source.name(),
                                each.from(),
                                each.until(),
                                "'%s': %s"
                                        .formatted(
                                                check.field() == null ? "account" : check.field(),
                                                check.kind().words()),
                                false)));
    }

    /** Whether most facts of a period are wrong, and far more than allowed. */
    private boolean isBrokenBy(int at, int index, double allowed) {
        var period = figures.periods().get(at);
        var facts = period.facts();
        long wrong = period.wrong().get(index);
        return facts != null
                && !isDeclaredBroken(period)
                && wrong >= FEWEST_WRONG
                && wrong > Math.max(MOSTLY, 2 * allowed) * facts;
    }

    private boolean isDeclaredBroken(Period period) {
        return expected.broken().stream()
                .anyMatch(each ->
                        each.from().isBefore(period.until())
                                && period.from().isBefore(each.until()));
    }

    private static String actionOf(Kind kind) {
        return switch (kind) {
            case EMPTY ->
                    "See since when the values are missing, and whether their column was renamed.";
            case SENTINEL ->
                    "Declare the codes as missing in the field ('missing: [...]') and import again.";
            case RANGE ->
                    "Correct the values where they come from, or add new ones to the definition.";
            case ORPHANS -> "See whether the accounts' keys are written alike in both files.";
            case NOT_MEASURED, NO_FACTS, FRESHNESS, COMPLETENESS, VOLUME, UNIQUE, CONTROL, BROKEN ->
                    "";
        };
    }

    private void unique() {
        if (expected.unique().isEmpty()) {
            return;
        }
        long repeated = figures.keyed() - figures.distinct();
        double share = figures.keyed() == 0 ? 0 : (double) repeated / figures.keyed();
        add(
                "unique",
                Kind.UNIQUE,
                null,
                repeated == 0 ? Status.PASS : share <= LITTLE ? Status.WARN : Status.FAIL,
                share,
                0.0,
                null,
                "%d of %d facts have the %s of another."
                        .formatted(repeated, figures.keyed(), String.join(", ", expected.unique())),
                "Declare these fields as the key of the source, so that a fact sent twice counts once.");
    }

    private void control(Control control) {
        var compared =
                figures.controls().stream()
                        .filter(figure -> figure.control().equals(control.name()))
                        .filter(figure -> figure.actual() != null && figure.expected() != null)
                        .filter(figure ->
                                expected.broken().stream()
                                        .noneMatch(each ->
                                                each.from().isBefore(figure.until())
                                                        && figure.from().isBefore(each.until())))
                        .toList();
        double tolerance = control.tolerance().doubleValue();
        var differing = compared.stream().filter(figure -> difference(figure) > tolerance).toList();
        var worst = compared.stream().max(Comparator.comparingDouble(Assessment::difference));
        add(
                "control:" + control.name(),
                Kind.CONTROL,
                null,
                compared.isEmpty() ? Status.WARN : differing.isEmpty() ? Status.PASS : Status.FAIL,
                worst.map(Assessment::difference).orElse(null),
                tolerance,
                differing.isEmpty()
                        ? null
                        : Span.of(differing.getFirst().from(), differing.getLast().until()),
                worst.map(figure ->
                                "%d of %d periods differ; the most from %s until %s: %s, where %s is expected."
                                        .formatted(
                                                differing.size(),
                                                compared.size(),
                                                figure.from(),
                                                figure.until(),
                                                number(figure.actual()),
                                                number(figure.expected())))
                        .orElse("There is nothing to compare with."),
                "Compare the facts of these days with the books, and import what is missing.");
    }

    /** As a share of what is expected; any difference from an expected zero is infinite, told as 1. */
    private static double difference(ControlFigure figure) {
        double actual = Objects.requireNonNull(figure.actual());
        double expected = Objects.requireNonNull(figure.expected());
        // Sums of doubles differ in their last digits.
        if (Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected))) {
            return 0;
        }
        return expected == 0 ? 1 : Math.abs(actual - expected) / Math.abs(expected);
    }

    private static String number(@Nullable Double value) {
        return new java.math.BigDecimal(
                        String.format(Locale.ROOT, "%.2f", Objects.requireNonNull(value)))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Successive periods for which something holds; one day in between does not part them. */
    private List<Stretch> stretches(IntPredicate holds) {
        var found = new ArrayList<Stretch>();
        int last = Integer.MIN_VALUE / 2;
        for (int at = 0; at < figures.periods().size(); at++) {
            if (!holds.test(at)) {
                continue;
            }
            var period = figures.periods().get(at);
            boolean goesOn = at - last <= (grain == Grain.DAY ? 2 : 1);
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

    private static String listed(List<Stretch> stretches) {
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

    private static @Nullable Span span(List<Stretch> stretches) {
        return stretches.isEmpty()
                ? null
                : Span.of(stretches.getFirst().from(), stretches.getLast().until());
    }

    /** @param periods that are odd in it */
    private record Stretch(LocalDate from, LocalDate until, int periods) {}

    private record Span(LocalDate from, LocalDate until) {
        static Span of(LocalDate from, LocalDate until) {
            return new Span(from, until);
        }
    }

    private void add(
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
