package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.lowering.LinkedFields;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks computed fields that read what links lead to: their formulas, and that nothing by which rows are stored is one of them. */
final class LinkedFieldCheck {
    private final Source source;
    private final Place place;
    private final Set<String> linked;
    private final Problems problems = new Problems();

    private LinkedFieldCheck(Source source, Place place) {
        this.source = source;
        this.place = place;
        this.linked = LinkedFields.in(source).keySet();
    }

    /** @param place of the source */
    static LinkedFields.Checked of(Source source, Catalog catalog, Place place) {
        var check = new LinkedFieldCheck(source, place);
        if (check.linked.isEmpty()) {
            return new LinkedFields.Checked(List.of(), Set.of());
        }
        var formulas =
                new Lowering(catalog, ZoneOffset.UTC, new Problems())
                        .linkedFields()
                        .check(source, place);
        formulas.problems().forEach(check.problems::add);
        check.stored();
        return new LinkedFields.Checked(check.problems.all(), formulas.references());
    }

    private void stored() {
        stored("the time of a row", place.then("time"), Stream.of(source.timeField()));
        var validity = source.validity();
        if (validity != null) {
            var names =
                    Stream.concat(
                            Stream.of(validity.from(), validity.until()), validity.per().stream());
            stored("from when until when a row holds", place.then("validity"), names);
        }
        stored("the account of a row", place.then("account"), Stream.of(source.accountField()));
        stored("the user of a row", place.then("user"), Stream.of(source.userField()));
        stored("the key of a row", place.then("key"), source.key().stream());
        source.pointers()
                .forEach(link ->
                        stored(
                                "what a row points at",
                                place.then("links", link.name()),
                                link.fields().stream()));
        var rates = source.rates();
        if (rates != null) {
            stored("a rate", place.then("rates"), Stream.of(rates.currency(), rates.rate()));
        }
    }

    private void stored(String what, Place at, Stream<@Nullable String> fields) {
        fields.filter(Objects::nonNull)
                .filter(linked::contains)
                .forEach(field ->
                        problems.add(
                                Problem.of(
                                        ProblemCode.INCOMPATIBLE,
                                        at,
                                        "'%s' is computed from what a link leads to, which is looked up when a question is asked; %s is stored with the row.",
                                        field,
                                        what)));
    }
}
