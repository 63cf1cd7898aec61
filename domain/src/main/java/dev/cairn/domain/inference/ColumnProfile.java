package dev.cairn.domain.inference;

import dev.cairn.domain.fact.Blanks;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Notation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Goes over the values of one column, in bounded memory, and keeps the ways to read it that fit all of them. */
public final class ColumnProfile {
    private static final Set<String> MISSING =
            Set.of(
                    "?", "-", "--", "n/a", "na", "#n/a", "null", "none", "nil", "nan", "blank",
                    "(blank)", "\\n", "missing", "unknown");
    private static final Pattern ZEROS_FIRST = Pattern.compile("0[0-9]+");
    private static final Pattern LETTER = Pattern.compile(".*\\p{L}.*");
    private static final int MOST_EXAMPLES = 3;
    private static final int MOST_KNOWN = 5_000;
    private static final int MOST_MISSING = 20;
    private static final int MOST_DISPUTED = 50;
    private static final int MOST_VALUES = 1 << 22;
    private static final int MOST_ALIKE_BY_ACCIDENT = 20;
    private static final int LONGEST_TEXT = 60;
    private static final int LONGEST_READ = 64;

    private final String name;
    private List<Candidate> alive = Candidate.all();
    private final Map<String, Long> missing = new TreeMap<>();
    private final List<String> disputed = new ArrayList<>();
    private final Set<String> examples = new LinkedHashSet<>();
    private final Set<String> currencies = new LinkedHashSet<>();

    /** Texts that were read before: again they would say nothing new. */
    private final Set<String> known = new HashSet<>();

    private final HashSample seen = new HashSample(MOST_VALUES);
    private long values = 0;
    private long empty = 0;
    private long blank = 0;
    private long padded = 0;
    private boolean unique = true;
    private boolean uniqueKnown = true;
    private boolean brackets = false;
    private boolean zerosFirst = false;
    private boolean letters = false;
    private ColumnReport.@Nullable Odd odd = null;

    public ColumnProfile(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** The next value; empty text where it has none. */
    public void add(String raw) {
        if (raw.isEmpty()) {
            empty++;
            return;
        }
        remember(raw);
        var text = Blanks.strip(raw);
        if (text.isEmpty()) {
            blank++;
            return;
        }
        padded += text.length() < raw.length() ? 1 : 0;
        if (isMissing(text) && (missing.containsKey(text) || missing.size() < MOST_MISSING)) {
            missing.merge(text, 1L, Long::sum);
            return;
        }
        values++;
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(raw);
        }
        if (!alive.isEmpty() && !known.contains(text)) {
            if (known.size() < MOST_KNOWN) {
                known.add(text);
            }
            read(text);
        }
    }

    /** So many rows have no value. */
    public void addEmpty(long rows) {
        empty += rows;
    }

    private void remember(String raw) {
        if (unique && uniqueKnown) {
            switch (seen.add(raw)) {
                case NEW -> {}
                case KNOWN -> unique = false;
                case FULL -> uniqueKnown = false;
            }
        }
    }

    private static boolean isMissing(String text) {
        return text.length() <= 10 && MISSING.contains(text.toLowerCase(Locale.ROOT));
    }

    private void read(String text) {
        if (text.length() > LONGEST_READ) {
            spoiled(text);
            alive = List.of();
            return;
        }
        var fitting = new ArrayList<Candidate>(alive.size());
        String first = null;
        boolean split = false;
        for (var candidate : alive) {
            var value = candidate.value(text);
            if (value != null) {
                candidate.count(text, value);
                fitting.add(candidate);
                first = first == null ? value : first;
                split |= !value.equals(first);
            }
        }
        if (fitting.isEmpty()) {
            spoiled(text);
        }
        alive = fitting;
        if (split && disputed.size() < MOST_DISPUTED) {
            disputed.add(text);
        }
        zerosFirst |= ZEROS_FIRST.matcher(text).matches();
        letters |= LETTER.matcher(text).matches();
        brackets |= text.startsWith("(") || text.endsWith(")");
        for (var currency : Candidate.CURRENCIES) {
            if (text.contains(currency)) {
                currencies.add(currency);
            }
        }
    }

    /** The first value that none of the ways fits which fitted all before; where those were few, they say nothing. */
    private void spoiled(String text) {
        if (values > MOST_ALIKE_BY_ACCIDENT) {
            odd =
                    new ColumnReport.Odd(
                            shown(text), values - 1, survivors().stream().map(this::as).toList());
        }
    }

    /** What all values say. */
    public ColumnReport report() {
        var survivors = survivors();
        return new ColumnReport(
                name,
                values,
                empty,
                blank,
                padded,
                missing,
                List.copyOf(examples).stream().map(ColumnProfile::shown).toList(),
                unique && uniqueKnown && empty + blank == 0 && missing.isEmpty() && values > 0,
                zerosFirst,
                survivors.stream().map(this::as).toList(),
                example(survivors),
                Optional.ofNullable(odd));
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }

    /** One per way in which the survivors have read the column, each the preferred of those that agree. */
    private List<Candidate> survivors() {
        if (values == 0) {
            return List.of();
        }
        var byDigest = new LinkedHashMap<String, Candidate>();
        for (var candidate : alive) {
            if (candidate.type() != DataType.BOOLEAN || letters) {
                byDigest.putIfAbsent(candidate.type() + ":" + candidate.digest(), candidate);
            }
        }
        var survivors = List.copyOf(byDigest.values());
        if (survivors.stream().anyMatch(each -> each.type() == DataType.BOOLEAN)) {
            return survivors.stream().filter(each -> each.type() == DataType.BOOLEAN).toList();
        }
        // Whole days of a spreadsheet are dates.
        boolean days = survivors.stream().anyMatch(Candidate::isCountedDay);
        return survivors.stream().filter(each -> !days || !each.isCountedDayAndTime()).toList();
    }

    private ColumnReport.As as(Candidate candidate) {
        var notation = candidate.notation();
        boolean number = candidate.type() == DataType.DECIMAL;
        if (!number) {
            return new ColumnReport.As(candidate.type(), notation);
        }
        return new ColumnReport.As(
                candidate.isWhole() && notation.percent() == null
                        ? DataType.INTEGER
                        : DataType.DECIMAL,
                new Notation(
                        null,
                        List.of(),
                        null,
                        null,
                        notation.decimal(),
                        notation.thousands(),
                        List.copyOf(currencies),
                        brackets ? Notation.Negative.BRACKETS : null,
                        notation.percent(),
                        null,
                        null,
                        null));
    }

    /** A value that the survivors read differently, with what each makes of it. */
    private Optional<ColumnReport.Example> example(List<Candidate> survivors) {
        if (survivors.size() < 2) {
            return Optional.empty();
        }
        for (var text : disputed) {
            var meanings = survivors.stream().map(candidate -> candidate.value(text)).toList();
            if (Set.copyOf(meanings).size() > 1) {
                return Optional.of(new ColumnReport.Example(text, meanings));
            }
        }
        return Optional.empty();
    }
}
