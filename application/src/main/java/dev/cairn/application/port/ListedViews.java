package dev.cairn.application.port;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Views of a database that saved questions are read by.
 *
 * @param names of those that have rows, in order
 * @param refusals why there is none, by the name that it would have, or by that of a scope of which there are none
 */
public record ListedViews(List<String> names, Map<String, String> refusals) {
    public ListedViews {
        names = List.copyOf(names);
        refusals = Collections.unmodifiableMap(new TreeMap<>(refusals));
    }
}
