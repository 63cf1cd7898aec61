package dev.cairn.domain.lowering;

import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a link leads to as a relation ({@code sum(line.product : list_price)}): the members that some row points at, each once. */
final class LinkRelations {
    private final Lowering lowering;

    LinkRelations(Lowering lowering) {
        this.lowering = lowering;
    }

    /** {@code count(line.product)}: in what takes no value the dotted form is the link, or the periods of a calendar. */
    Formula.Aggregate whole(Formula.Aggregate aggregate) {
        boolean takesNoValue =
                aggregate.function() == AggregateFunction.Named.COUNT
                        || aggregate.function() == AggregateFunction.Named.EXISTS;
        if (!takesNoValue
                || !(aggregate.value() instanceof Path path)
                || !(aggregate.relation().head() instanceof Head.Named(var head, _, _, var span))
                || path.names().size() != 2
                || !head.names().equals(path.names().subList(0, 1))
                || (target(path).isEmpty() && !isOfCalendar(path))) {
            return aggregate;
        }
        var relation = aggregate.relation();
        return new Formula.Aggregate(
                aggregate.function(),
                new RelationClause(
                        new Head.Named(path, null, List.of(), span),
                        relation.timing(),
                        relation.where(),
                        relation.weight(),
                        relation.span()),
                null,
                aggregate.span());
    }

    private boolean isOfCalendar(Path path) {
        return lowering.catalog().calendar(path.names().getFirst()).isPresent();
    }

    /** The relation in other words: members, of which some row points at each. Empty where there is a problem, which is told. */
    Optional<RelationClause> members(Head.Named named, RelationClause clause, Frame frame) {
        var place = frame.at(named.path().span());
        var names = named.path().names();
        var target = names.size() == 2 ? target(named.path()) : Optional.<String>empty();
        if (target.isEmpty()) {
            lowering.broken(noLink(named, place));
            return Optional.empty();
        }
        if (named.via() != null) {
            lowering.broken(byAnother(named, named.via(), frame.at(named.via().span())));
            return Optional.empty();
        }
        if (!named.by().isEmpty()) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    place,
                                    "'%s' is each once, and split by no value.",
                                    named.path().text())
                            .offering("account by " + named.by().getFirst().text()));
            return Optional.empty();
        }
        var span = clause.span();
        var rows = head(names.getFirst(), via(named.path()), span);
        var areThere =
                new Formula.Aggregate(
                        AggregateFunction.Named.EXISTS,
                        new RelationClause(rows, clause.timing(), null, null, span),
                        null,
                        span);
        var where = clause.where();
        return Optional.of(
                new RelationClause(
                        head(target.get(), null, span),
                        null,
                        where == null ? areThere : new Formula.And(areThere, where, span),
                        clause.weight(),
                        span));
    }

    private static Head.Named head(String name, @Nullable Path via, Span span) {
        return new Head.Named(new Path(List.of(name), span), via, List.of(), span);
    }

    /** The members that a link leads to, by the name of their relation; empty where it leads to none. */
    private Optional<String> target(Path path) {
        String link = path.names().getLast();
        var source = lowering.catalog().sourceUnder(path.names().getFirst());
        return source.flatMap(from -> Names.link(link, from))
                .map(_ -> link)
                .or(() ->
                        source.flatMap(from -> from.link(link))
                                .filter(found -> found.member().isEmpty())
                                .map(Link::to)
                                .filter(this::isEntity));
    }

    private boolean isEntity(String name) {
        return lowering.catalog().source(name).filter(Source::isEntity).isPresent();
    }

    /** The link of a declared entity; of the row's own account and user there is one at most. */
    private @Nullable Path via(Path path) {
        String link = path.names().getLast();
        return lowering.catalog()
                        .sourceUnder(path.names().getFirst())
                        .filter(from -> Names.link(link, from).isEmpty())
                        .isPresent()
                ? new Path(List.of(link), path.span())
                : null;
    }

    private static Problem byAnother(Head.Named named, Path via, Place place) {
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        place,
                        "'%s' is what the link '%s' leads to; beside it 'via' cannot name another.",
                        named.path().text(),
                        named.path().names().getLast())
                .offering(named.path().text(), named.name() + "." + via.text());
    }

    private Problem noLink(Head.Named named, Place place) {
        var names = named.path().names();
        var text = named.path().text();
        var source = lowering.catalog().sourceUnder(named.name());
        boolean isField =
                source.filter(from -> Names.link(names.get(1), from).isEmpty())
                        .filter(from -> from.field(names.get(1)).isPresent())
                        .isPresent();
        if (isField) {
            return Problem.of(
                            ProblemCode.UNKNOWN_SOURCE,
                            place,
                            "'%s' is a field and no relation; it is the value already.",
                            text)
                    .offering(
                            "sum(%s)".formatted(text),
                            "sum(%s : %s)".formatted(names.get(0), names.get(1)));
        }
        var link = source.flatMap(from -> from.link(names.get(1)));
        if (names.size() > 2) {
            return Problem.of(
                    ProblemCode.INCOMPATIBLE,
                    place,
                    "'%s' follows several links: as a relation stand the members that one link leads to. Begin with the source that has the last of them.",
                    text);
        }
        return link.isEmpty()
                ? Problem.of(
                                ProblemCode.UNKNOWN_SOURCE,
                                place,
                                "'%s' is no link: '%s' has none of that name.",
                                text,
                                named.name())
                        .suggesting(NearestNames.nearest(names.get(1), links(source)))
                : link.get().member().isPresent()
                        ? Problem.of(
                                        ProblemCode.INCOMPATIBLE,
                                        place,
                                        "'%s' is an account in another role: as a relation stand accounts, users, and members of declared entities. Group by it, or count them.",
                                        text)
                                .offering("distinct(%s)".formatted(text))
                        : Problem.of(
                                        ProblemCode.INCOMPATIBLE,
                                        place,
                                        "Rows of '%1$s', which '%2$s' leads to, have a time of their own, and are read in it: say which of them are meant.",
                                        link.get().to(),
                                        text)
                                .offering(
                                        "sum(%s where exists(%s via %s) : ...)"
                                                .formatted(
                                                        link.get().to(),
                                                        named.name(),
                                                        link.get().name()));
    }

    private static List<String> links(Optional<Source> source) {
        return source.stream().flatMap(from -> from.links().stream()).map(Link::name).toList();
    }
}
