package dev.cairn.domain.formula;

import dev.cairn.domain.time.Grain;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words that mean something in a formula; in any case of letters they are names only in double quotes. */
final class Words {
    static final Map<String, AggregateFunction.Named> AGGREGATES =
            byName(AggregateFunction.Named.values());
    static final Map<String, Grain> GRAINS = byName(Grain.values());

    /** Singular and plural. */
    static final Map<String, TimeSpan.Unit> UNITS = units();

    /** Functions whose words are names only in quotes, and the one word that takes no arguments. */
    static final Set<String> FUNCTIONS = functions();

    static final Set<String> KEYWORDS =
            Set.of(
                    """
                    let in or and not is as of now fact over last to range all before ever from true false none case when then \
                    else end via every on at start during where weight steps touch after within per same changes gap inclusive \
                    first any strict unordered without prior next total by weighted missing spread zero neutral coverage scale \
                    survival conversion bucket\
                    """
                            .split(" "));

    /** Words that have a meaning where nothing else can stand, and are names elsewhere. */
    static final Set<String> CONTEXTUAL =
            Set.of("only", "convert", "window", "onward", "age", "between", "with", "pending");

    static final Set<String> RESERVED = reserved();
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");

    private Words() {}

    static boolean isReserved(String word) {
        return RESERVED.contains(word.toLowerCase(Locale.ROOT));
    }

    static boolean hasMeaning(String word) {
        return isReserved(word) || CONTEXTUAL.contains(word);
    }

    /** Whether a name can stand without quotes. */
    static boolean isPlainName(String name) {
        return PLAIN.matcher(name).matches() && !isReserved(name);
    }

    static boolean startsName(int letter) {
        return Character.isLetter(letter) || letter == '_';
    }

    static boolean continuesName(int letter) {
        return startsName(letter) || Character.getType(letter) == Character.DECIMAL_DIGIT_NUMBER;
    }

    private static Set<String> functions() {
        var all = new HashSet<>(Function.reservedWords());
        all.add("asof");
        return Set.copyOf(all);
    }

    private static Set<String> reserved() {
        var all = new HashSet<>(KEYWORDS);
        all.addAll(AGGREGATES.keySet());
        all.addAll(GRAINS.keySet());
        all.addAll(UNITS.keySet());
        all.addAll(FUNCTIONS);
        return Set.copyOf(all);
    }

    private static Map<String, TimeSpan.Unit> units() {
        var units = new HashMap<>(byName(TimeSpan.Unit.values()));
        for (var unit : TimeSpan.Unit.values()) {
            units.put(unit.name().toLowerCase(Locale.ROOT) + "s", unit);
        }
        return Map.copyOf(units);
    }

    private static <E extends Enum<E>> Map<String, E> byName(E[] values) {
        return Arrays.stream(values)
                .collect(
                        Collectors.toUnmodifiableMap(
                                value -> value.name().toLowerCase(Locale.ROOT), value -> value));
    }
}
