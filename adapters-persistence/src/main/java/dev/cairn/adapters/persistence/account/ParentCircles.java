package dev.cairn.adapters.persistence.account;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds accounts that are above themselves at some time. */
final class ParentCircles {
    /**
     * That an account has a parent, from one day until another.
     *
     * @param until out
     */
    record Child(String key, String parent, LocalDate from, LocalDate until) {}

    /** Where a way upwards has come to, the days on which all of it holds, and what leads on. */
    private record Reached(String key, LocalDate from, LocalDate until, Iterator<Child> further) {}

    private final Map<String, List<Child>> byKey = new HashMap<>();
    private final List<String> keys = new ArrayList<>();

    /** Those above which no circle is found, whatever the day. */
    private final Set<String> clear = new HashSet<>();

    ParentCircles(List<Child> children) {
        for (var child : children) {
            byKey.computeIfAbsent(
                            child.key(),
                            key -> {
                                keys.add(key);
                                return new ArrayList<>();
                            })
                    .add(child);
        }
    }

    /** The accounts of the first circle, each the child of the next; none where there is no circle. */
    List<String> first() {
        for (var key : keys) {
            var circle = above(key);
            if (!circle.isEmpty()) {
                return circle;
            }
            clear.add(key);
        }
        return List.of();
    }

    private List<String> above(String key) {
        Deque<Reached> way = new ArrayDeque<>();
        var on = new HashSet<String>();
        way.addLast(at(key, LocalDate.MIN, LocalDate.MAX));
        on.add(key);
        while (!way.isEmpty()) {
            var reached = way.getLast();
            if (!reached.further().hasNext()) {
                on.remove(way.removeLast().key());
                continue;
            }
            var child = reached.further().next();
            var from = later(reached.from(), child.from());
            var until =
                    later(child.until(), reached.until()).equals(reached.until())
                            ? child.until()
                            : reached.until();
            if (!from.isBefore(until) || clear.contains(child.parent())) {
                continue;
            }
            if (!on.add(child.parent())) {
                return way.stream()
                        .map(Reached::key)
                        .dropWhile(passed -> !passed.equals(child.parent()))
                        .toList();
            }
            way.addLast(at(child.parent(), from, until));
        }
        return List.of();
    }

    private Reached at(String key, LocalDate from, LocalDate until) {
        return new Reached(key, from, until, byKey.getOrDefault(key, List.of()).iterator());
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
