package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Problems of definitions whose references lead nowhere or back to them. */
public final class BrokenReference {
    private BrokenReference() {}

    static Problem cycle(String name, Frame frame, Span span) {
        return cycle(name, frame.inside(), frame.at(span));
    }

    /** @param inside definitions on the way, outermost first; the name is among them */
    public static Problem cycle(String name, Collection<String> inside, Place place) {
        var way = List.copyOf(inside);
        var ring = new ArrayList<>(way.subList(way.indexOf(name), way.size()));
        ring.add(name);
        return Problem.of(
                ProblemCode.CYCLE,
                place,
                "'%s' refers to itself: %s.",
                name,
                String.join(" -> ", ring));
    }

    public static Problem noSource(Slice slice, Catalog catalog, Place place) {
        var known =
                Stream.of(Source.class, Slice.class)
                        .flatMap(kind -> catalog.all(kind).stream())
                        .map(Definition::name)
                        .filter(name -> !name.equals(slice.name()))
                        .toList();
        return Problem.of(
                        ProblemCode.UNKNOWN_SOURCE,
                        place,
                        "'%s' is a slice of '%s', which is no source or slice.",
                        slice.name(),
                        slice.of())
                .suggesting(NearestNames.nearest(slice.of(), known));
    }
}
