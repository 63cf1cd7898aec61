package dev.cairn.domain.shape;

import dev.cairn.domain.problem.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of a formula, and which parts of it were written by whom asks.
 *
 * @param spots in the order of the text, none within another
 * @param broken whether a written part cannot be read: the text is not asked then
 */
public record Wording(String text, List<Spot> spots, boolean broken) {
    private static final String GAP = "{}";

    public Wording {
        spots = List.copyOf(spots);
    }

    /**
     * A part that was written.
     *
     * @param from offset in the text, the first character of the part
     * @param to offset after it
     */
    public record Spot(Place place, int from, int to) {
        Spot moved(int by) {
            return new Spot(place, from + by, to + by);
        }
    }

    /** As it was written. A comment at its end does not reach what follows. */
    static Wording written(String text, Place place) {
        var spot = new Spot(place, 0, text.length());
        return new Wording(text.contains("--") ? text + "\n" : text, List.of(spot), false);
    }

    /** The template, each gap <code>{}</code> in it filled with the next part. */
    static Wording of(String template, Wording... parts) {
        var text = new StringBuilder();
        var spots = new ArrayList<Spot>();
        boolean broken = false;
        int read = 0;
        for (var part : parts) {
            int gap = template.indexOf(GAP, read);
            text.append(template, read, gap);
            int at = text.length();
            part.spots.forEach(spot -> spots.add(spot.moved(at)));
            text.append(part.text);
            broken |= part.broken;
            read = gap + GAP.length();
        }
        return new Wording(text.append(template.substring(read)).toString(), spots, broken);
    }

    Wording asBroken() {
        return new Wording(text, spots, true);
    }

    /** Where a position of the text was written; empty where nobody wrote what stands there. */
    Optional<Place> place(int line, int column) {
        if (line < 1 || column < 1) {
            return spots.stream().findFirst().map(Spot::place);
        }
        int at = offset(line, column);
        return spots.stream()
                .filter(spot -> spot.from <= at && at <= spot.to)
                .findFirst()
                .map(spot -> within(spot, at));
    }

    private int offset(int line, int column) {
        int start = 0;
        for (int passed = 1; passed < line; passed++) {
            start = text.indexOf('\n', start) + 1;
        }
        int left = text.codePointCount(start, text.length());
        return text.offsetByCodePoints(start, Math.min(column - 1, left));
    }

    private Place within(Spot spot, int at) {
        var before = text.substring(spot.from, at);
        int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
        int start = before.lastIndexOf('\n') + 1;
        return spot.place.at(line, before.codePointCount(start, before.length()) + 1);
    }
}
