package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Changes;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Names of dimensions and filters: {@code source.field}, {@code account.plan}, {@code account}; bare where only one reading is possible. */
final class AskedNames {
    private static final String ACCOUNT = EntityRef.ACCOUNT.name();

    private final Lowering lowering;
    private final Catalog catalog;
    private final Names names;
    private final CatalogNames catalogNames;
    private final AttemptNames attemptNames;
    private final TouchNames touchNames;
    private final ChangeNames changeNames;
    private final ConformedNames conformedNames;

    AskedNames(Lowering lowering, Names names, CatalogNames catalogNames) {
        this.lowering = lowering;
        this.catalogNames = catalogNames;
        this.catalog = lowering.catalog();
        this.names = names;
        this.attemptNames = new AttemptNames(lowering);
        this.touchNames = new TouchNames(lowering);
        this.changeNames = new ChangeNames(lowering);
        this.conformedNames = new ConformedNames(lowering);
    }

    Expr resolve(Path path, RelationKey relation, Frame frame) {
        var parts = path.names();
        String first = parts.getFirst();
        if (isEntity(first)) {
            return entity(path, relation, frame);
        }
        var ofPair = relation.split().flatMap(pairing -> ofPair(path, pairing, frame));
        if (ofPair.isPresent()) {
            return ofPair.get();
        }
        var ofDerived = ofDerived(path, relation, frame);
        if (ofDerived.isPresent()) {
            return ofDerived.get();
        }
        if (parts.size() == 1) {
            return member(path, relation, frame).orElseGet(() -> bare(path, relation, frame));
        }
        var read = relation.factsOf();
        var source = catalog.sourceUnder(first);
        if (AttemptNames.isOfStep(path) && isOfAttempt(first, source, read)) {
            return relation.attemptsAt()
                    .map(sequence -> attemptNames.ofStep(path, sequence.attempts(), frame))
                    .orElseGet(() -> doesNotApply(path.text(), relation, frame, path));
        }
        boolean isHere = source.isPresent() && source.equals(read);
        var rest = new Path(parts.subList(1, parts.size()), path.span());
        boolean isOfOneRow = !(relation.derived().orElse(null) instanceof RelationKey.Changing);
        var linked =
                read.filter(_ -> isOfOneRow)
                        .flatMap(from ->
                                isHere
                                        ? lowering.links().ofRow(rest, from, frame)
                                        : lowering.links().ofDimension(path, from, frame));
        if (linked.isPresent()) {
            return linked.get();
        }
        boolean isElsewhere =
                source.isEmpty()
                        ? catalog.all(Source.class).stream()
                                .anyMatch(other -> other.link(first).isPresent())
                        : source.get().link(parts.get(1)).isPresent();
        if (isElsewhere) {
            return doesNotApply(path.text(), relation, frame, path);
        }
        if (source.isEmpty() || parts.size() > 2) {
            return unknown(path, frame);
        }
        return Names.inFull(parts.get(1), source.get(), frame.asOf(), lowering)
                .map(value -> ofSource(source.get(), value, path, relation, frame))
                .orElseGet(() -> unknown(path, frame));
    }

    /** The member of a declared entity that a row is, or leads to; empty where the name has another reading, or the question reads nothing of the entity. */
    private Optional<Expr> member(Path path, RelationKey relation, Frame frame) {
        String name = path.text();
        var read = relation.factsOf();
        var entity = catalog.source(name).filter(found -> found.isMember(name));
        if (entity.isEmpty()
                || read.isEmpty()
                || relation.derived().orElse(null) instanceof RelationKey.Changing) {
            return Optional.empty();
        }
        boolean isOther = readingsOf(name).stream().anyMatch(reading -> !leads(reading, name));
        if (isOther) {
            return Optional.empty();
        }
        return read.equals(entity)
                ? Optional.of(lowering.links().itself(entity.get(), path, frame))
                : lowering.links().ofDimension(path, read.get(), frame);
    }

    /** Whether a reading is a link to members of an entity. */
    private boolean leads(String reading, String entity) {
        var parts = reading.split("\\.", 2);
        return catalog.source(parts[0])
                .flatMap(source -> source.link(parts[1]))
                .filter(link -> link.member().isEmpty() && link.to().equals(entity))
                .isPresent();
    }

    /** Whether a link of attempts is meant, and nothing else that is called like one. */
    private static boolean isOfAttempt(
            String word, Optional<Source> source, Optional<Source> read) {
        return source.isEmpty() && read.flatMap(from -> from.link(word)).isEmpty();
    }

    /** A field of the row that a touch does not stand at, by its source or by the link to it; a field of a change. */
    private Optional<Expr> ofDerived(Path path, RelationKey relation, Frame frame) {
        return relation.derived()
                .flatMap(derivation ->
                        switch (derivation) {
                            case RelationKey.Sequence _ -> Optional.empty();
                            case RelationKey.Touching(_, var touches, _) ->
                                    path.names().size() == 1
                                            ? Optional.empty()
                                            : touchNames.named(
                                                    path,
                                                    relation.factsOf().orElseThrow(),
                                                    touches,
                                                    frame);
                            case RelationKey.Changing(var changes, _) ->
                                    ofChange(path, relation, changes, frame);
                        });
    }

    /** A value that members are split by, under its own name or that of another way to it; empty for everything else. */
    private Optional<Expr> ofPair(Path path, RelationKey.Pairing pairing, Frame frame) {
        var parts = path.names();
        if (parts.size() != 2) {
            return pairing.named(path.text()).map(field -> field);
        }
        return pairing.named(path.text())
                .<Expr>map(field -> field)
                .or(() ->
                        catalog.sourceUnder(parts.getFirst())
                                .filter(pairing.source()::equals)
                                .flatMap(source -> source.field(parts.getLast()))
                                .map(field ->
                                        lowering.linkedFields()
                                                .of(pairing.source(), field, frame.asOf()))
                                .flatMap(pairing::of));
    }

    /** A bare name has one reading, unless something else of the catalogue has the name; what has none here is told as elsewhere. */
    private Optional<Expr> ofChange(Path path, RelationKey relation, Changes changes, Frame frame) {
        boolean isBare = path.names().size() == 1;
        var others = isBare ? readingsOf(path.text()) : List.<String>of();
        boolean isOfChange =
                isBare
                        && changes.fields().stream()
                                .anyMatch(field -> field.name().equals(path.text()));
        if (isOfChange && !others.isEmpty()) {
            return Optional.of(changeNames.asks(path, others, frame));
        }
        boolean isOwn = isBare && others.isEmpty() && conformedNames.asked(path.text()).isEmpty();
        var source = relation.factsOf().orElseThrow();
        boolean isOfRows =
                !isBare
                        && catalog.sourceUnder(path.names().getFirst())
                                .filter(source::equals)
                                .isPresent();
        return isOwn
                ? changes.fields().stream()
                        .filter(field -> field.name().equals(path.text()))
                        .findFirst()
                        .map(field -> field)
                : isOfRows || changeNames.isInFull(path)
                        ? changeNames.named(path, source, changes, frame)
                        : Optional.empty();
    }

    private static boolean isEntity(String word) {
        return word.equals(ACCOUNT) || word.equals(EntityRef.USER.name());
    }

    private Expr ofSource(Source source, Expr value, Path path, RelationKey relation, Frame frame) {
        boolean here =
                relation.factsOf().filter(read -> read.name().equals(source.name())).isPresent();
        return here ? value : doesNotApply(path.text(), relation, frame, path);
    }

    private Expr entity(Path path, RelationKey relation, Frame frame) {
        var parts = path.names();
        if (parts.size() > 2 && !parts.getFirst().equals(ACCOUNT) && parts.get(1).equals(ACCOUNT)) {
            return entity(new Path(parts.subList(1, parts.size()), path.span()), relation, frame);
        }
        var of = Names.kind(parts.getFirst());
        var rest = parts.subList(1, parts.size());
        if (MemberLinks.leads(catalog.entity(of), rest)) {
            return relation.reaches(of)
                    ? lowering.links().ofMembers().ofOwn(of, rest, path, frame).orElseThrow()
                    : doesNotApply(path.text(), relation, frame, path);
        }
        if (parts.size() > 2) {
            return unknown(path, frame);
        }
        var kind = Names.kind(parts.getFirst());
        if (parts.size() == 2 && catalog.entity(kind).attribute(parts.get(1)).isEmpty()) {
            return unknown(path, frame);
        }
        if (!relation.reaches(kind)) {
            return doesNotApply(path.text(), relation, frame, path);
        }
        return parts.size() == 1
                ? new Expr.Key(kind)
                : names.attribute(kind, parts.get(1), path.span(), frame);
    }

    private Expr bare(Path path, RelationKey relation, Frame frame) {
        String name = path.text();
        var readings = readingsOf(name);
        var conformed = conformedNames.asked(name);
        if (conformed.isPresent()) {
            return conformed(conformed.get(), readings, path, frame);
        }
        if (readings.isEmpty()) {
            return unknown(path, frame);
        }
        if (readings.size() > 1 && !lowering.readers().all()) {
            return Expr.BROKEN;
        }
        if (readings.size() > 1) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.AMBIGUOUS_NAME,
                                    frame.at(path.span()),
                                    "'%s' has more than one reading: %s.",
                                    name,
                                    String.join(", ", readings))
                            .offering(readings.toArray(String[]::new)));
        }
        return resolve(
                new Path(List.of(readings.getFirst().split("\\.", 2)), path.span()),
                relation,
                frame);
    }

    private Expr conformed(
            ConformedDimension dimension, List<String> readings, Path path, Frame frame) {
        var others = conformedNames.others(dimension, readings);
        if (others.isEmpty()) {
            return conformedNames.named(dimension, path, frame);
        }
        return lowering.readers().all()
                ? lowering.broken(
                        Problem.of(
                                        ProblemCode.AMBIGUOUS_NAME,
                                        frame.at(path.span()),
                                        "'%s' is a dimension and has other readings: %s. Name one of them in full, or add it to the dimension.",
                                        dimension.name(),
                                        String.join(", ", others))
                                .offering(others.toArray(String[]::new)))
                : Expr.BROKEN;
    }

    /** Fields of the sources that the question reads, and attributes, of that name; in full. */
    List<String> readingsOf(String name) {
        var readings = new ArrayList<String>();
        catalog.all(Source.class).stream()
                .filter(source ->
                        lowering.readers().mayRead(source)
                                && (source.field(name).isPresent() || isRole(name, source)))
                .forEach(source -> readings.add(source.name() + "." + name));
        for (var kind : EntityRef.BUILT_IN) {
            catalog.entity(kind)
                    .attribute(name)
                    .filter(_ -> lowering.readers().mayReach(kind))
                    .ifPresent(_ -> readings.add(kind.name() + "." + name));
        }
        return readings;
    }

    /** Whether a link of that name leads to a member, which is a value itself. */
    private boolean isRole(String name, Source source) {
        return source.link(name)
                .filter(link ->
                        link.member().isPresent()
                                || catalog.source(link.to()).filter(Source::isEntity).isPresent())
                .isPresent();
    }

    private Expr unknown(Path path, Frame frame) {
        if (catalog.metric(path.text()).isPresent()) {
            return metric(
                    path, path, frame, account -> catalogNames.resolve(path, account, List.of()));
        }
        return lowering.unknown(
                Problem.of(
                        ProblemCode.UNKNOWN_DIMENSION,
                        frame.at(path.span()),
                        "No dimension '%s'.",
                        path.text()),
                path.text(),
                () -> all(catalog));
    }

    /** Where a metric of an entity stands as a value of its rows; empty where what is asked are others, or nothing is read for them. */
    private Optional<Frame> ofEntity(Path path, Frame frame) {
        if (!(frame.level()
                        instanceof
                        Level.Asked(
                                RelationKey.OfFacts(var source, var placing, var derivation),
                                _,
                                var own))
                || derivation != null
                || own == null) {
            return Optional.empty();
        }
        return catalog.metric(path.text())
                .filter(metric -> source.name().equals(metric.entity()))
                .map(_ ->
                        frame.at(Level.Row.of(source, Set.of(source.name()), own, placing))
                                .knowing(frame.known()));
    }

    /**
     * A metric in a formula of a key is of the account of the row, or of the member of the entity that it leads to; elsewhere it must be said whose it is.
     *
     * @param whole the metric as it is written, with its parameters
     * @param value of the metric for an account
     */
    Expr metric(Path path, Formula whole, Frame frame, Function<Frame, Expr> value) {
        var row = ofEntity(path, frame);
        if (row.isPresent()) {
            return value.apply(row.get());
        }
        var entity = catalog.metric(path.text()).map(Metric::entity);
        if (frame.level().isKey()) {
            return entity.map(of ->
                            lowering.ofAccount()
                                    .ofEntity()
                                    .per(
                                            new Path(List.of(of), path.span()),
                                            whole,
                                            frame,
                                            path.span()))
                    .orElseGet(() -> lowering.ofAccount().value(frame, path.span(), value));
        }
        return lowering.broken(
                Problem.of(
                                ProblemCode.UNKNOWN_DIMENSION,
                                frame.at(path.span()),
                                "No dimension '%s': it is a metric, not a value of %s; conditions on computed values go into 'having'.",
                                path.text(),
                                frame.level().word())
                        .offering(
                                "per(%s : %s)".formatted(entity.orElse(ACCOUNT), path.text()),
                                "(%1$s) as %1$s".formatted(path.text())));
    }

    private Expr doesNotApply(String what, RelationKey relation, Frame frame, Path path) {
        var place = frame.at(path.span());
        var child = catalog.sourceUnder(path.names().getFirst());
        var parent = relation.factsOf();
        boolean multiplies =
                child.isPresent()
                        && parent.isPresent()
                        && lowering.links().lead(child.get(), parent.get());
        return lowering.broken(
                multiplies
                        ? multiplies(what, child.get(), parent.get(), relation, place)
                        : doesNotApply(what, relation, place));
    }

    /** Of many rows one is counted once for each: links are followed to the one row that they lead to. */
    private Problem multiplies(
            String what, Source child, Source parent, RelationKey relation, Place place) {
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        place,
                        "'%s' does not apply to %s, which reads '%s': any number of rows of '%s' point at one of '%s', which would count once for each. Ask it of '%s', or make one value of them for each row of '%s'.",
                        what,
                        lowering.readers().of(relation),
                        relation.word(),
                        child.name(),
                        parent.name(),
                        child.name(),
                        parent.name())
                .offering(
                        Links.between(child, parent).stream()
                                .map(link -> pointing(child, link, parent))
                                .toArray(String[]::new));
    }

    private static String pointing(Source child, Link link, Source parent) {
        return Links.between(child, parent).size() == 1
                ? "exists(%s)".formatted(child.name())
                : "exists(%s via %s)".formatted(child.name(), link.name());
    }

    private Problem doesNotApply(String what, RelationKey relation, Place place) {
        return Problem.of(
                ProblemCode.INCOMPATIBLE,
                place,
                "'%s' does not apply to %s, which reads '%s'; leave one of them out.",
                what,
                lowering.readers().of(relation),
                relation.word());
    }

    /** All names that something can be grouped or filtered by. */
    static List<String> all(Catalog catalog) {
        var known = new ArrayList<String>();
        for (var source : catalog.all(Source.class)) {
            source.fields().forEach(field -> known.add(source.name() + "." + field.name()));
        }
        for (var kind : EntityRef.BUILT_IN) {
            known.add(kind.name());
            MemberLinks.names(catalog.entity(kind))
                    .forEach(name -> known.add(kind.name() + "." + name));
        }
        catalog.all(dev.cairn.domain.model.Cohort.class)
                .forEach(cohort -> known.add(cohort.name()));
        known.addAll(catalog.names(ConformedDimension.class));
        return known;
    }
}
