package dev.cairn.domain.plan;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what a name means where it stands: a field of the innermost relation, else of the catalogue; both is an error that asks. */
final class Names {
    private static final String ACCOUNT = EntityKind.ACCOUNT.word();
    private static final String USER = EntityKind.USER.word();

    private final Lowering lowering;
    private final Catalog catalog;
    private final MetricReferences metrics;
    private final AskedNames asked;

    Names(Lowering lowering) {
        this.lowering = lowering;
        this.catalog = lowering.catalog;
        this.metrics = new MetricReferences(lowering);
        this.asked = new AskedNames(lowering, this);
    }

    Expr resolve(Path path, Frame frame) {
        String first = path.names().getFirst();
        if (path.names().size() == 1 && frame.names().containsKey(first)) {
            var value = frame.names().get(first);
            return value != null ? value : letOutOfReach(first, path, frame);
        }
        return switch (frame.level()) {
            case Level.Row row -> ofRow(path, row, frame);
            case Level.Member member -> ofMember(path, member, frame);
            case Level.Cell _ -> ofCell(path, frame);
            case Level.Rule _ -> ofRule(path, frame);
            case Level.Asked(var relation) -> asked.resolve(path, relation, frame);
        };
    }

    private Expr letOutOfReach(String name, Path path, Frame frame) {
        return lowering.broken(
                ProblemCode.LEVEL_MISMATCH,
                frame,
                path.span(),
                "'%s' was defined by 'let' outside of this relation; it is not a value of %s.",
                name,
                frame.level().word());
    }

    // ---- a row of facts

    private Expr ofRow(Path path, Level.Row row, Frame frame) {
        var names = path.names();
        var source = row.source();
        if (names.size() > 1 && row.names().contains(names.getFirst())) {
            var rest = new Path(names.subList(1, names.size()), path.span());
            return names.size() == 2
                    ? fieldOrLink(rest, row, frame, true)
                    : ofRow(rest, row, frame);
        }
        if (names.size() == 1) {
            return fieldOrLink(path, row, frame, false);
        }
        return throughLink(path, source, frame).orElseGet(() -> unknownField(path, row, frame));
    }

    private Expr fieldOrLink(Path path, Level.Row row, Frame frame, boolean qualified) {
        String name = path.names().getFirst();
        var source = row.source();
        var link = link(name, source);
        if (link.isPresent()) {
            return link.get();
        }
        var field = source.field(name).filter(found -> row.visible().contains(found.name()));
        boolean inCatalog = !qualified && catalog.entry(name).isPresent();
        var reading =
                qualified
                        ? Optional.of(Binding.FIELD)
                        : reading(source.name(), name, field.isPresent(), inCatalog, frame);
        if (reading.isEmpty()) {
            return ambiguous(source.name(), path, frame);
        }
        if (reading.get() == Binding.FIELD && field.isPresent()) {
            return new Expr.Field(source.name(), name, TypeRules.of(field.get()));
        }
        if (EntityKind.ACCOUNT.word().equals(name) || USER.equals(name)) {
            return noLink(name, source, path.span(), frame);
        }
        return inCatalog ? notOfRow(path, row, frame) : unknownField(path, row, frame);
    }

    /** {@code account} and {@code user} themselves, where the source links to them. */
    static Optional<Expr> link(String name, Source source) {
        if (name.equals(ACCOUNT) && source.accountField() != null) {
            return Optional.of(new Expr.Key(EntityKind.ACCOUNT));
        }
        return name.equals(USER) && source.userField() != null
                ? Optional.of(new Expr.Key(EntityKind.USER))
                : Optional.empty();
    }

    /** {@code account.plan}, {@code user.role}, {@code user.account.plan}. */
    private Optional<Expr> throughLink(Path path, Source source, Frame frame) {
        var names = path.names();
        if (names.size() == 3 && names.get(0).equals(USER) && names.get(1).equals(ACCOUNT)) {
            return throughLink(new Path(names.subList(1, 3), path.span()), source, frame);
        }
        String first = names.getFirst();
        if (names.size() != 2 || !(first.equals(ACCOUNT) || first.equals(USER))) {
            return Optional.empty();
        }
        return Optional.of(
                link(first, source).isPresent()
                        ? attribute(kind(first), names.get(1), path.span(), frame)
                        : noLink(first, source, path.span(), frame));
    }

    private Expr noLink(String entity, Source source, Span span, Frame frame) {
        return lowering.broken(
                ProblemCode.INCOMPATIBLE,
                frame,
                span,
                "Facts of '%s' are of no %s: the source declares no %s field.",
                source.name(),
                entity,
                entity);
    }

    static EntityKind kind(String word) {
        return word.equals(ACCOUNT) ? EntityKind.ACCOUNT : EntityKind.USER;
    }

    Expr attribute(EntityKind kind, String name, Span span, Frame frame) {
        var entity = catalog.entity(kind);
        return entity.attribute(name)
                .<Expr>map(field -> new Expr.Attribute(kind, name, TypeRules.of(field)))
                .orElseGet(() ->
                        lowering.broken(
                                Problem.of(
                                                ProblemCode.UNKNOWN_FIELD,
                                                frame.at(span),
                                                "No attribute '%s' of %s.",
                                                name,
                                                kind.word())
                                        .suggesting(
                                                NearestNames.nearest(
                                                        name, attributeNames(entity)))));
    }

    static List<String> attributeNames(Entity entity) {
        return entity.attributes().stream().map(attribute -> attribute.field().name()).toList();
    }

    private Expr notOfRow(Path path, Level.Row row, Frame frame) {
        String name = path.text();
        var definition = catalog.entry(name).orElseThrow().definition();
        if (definition instanceof Cohort) {
            return cohortAlone(name, path, frame);
        }
        return lowering.broken(
                Problem.of(
                                ProblemCode.LEVEL_MISMATCH,
                                frame.at(path.span()),
                                "'%s' is a %s, not a value of %s.",
                                name,
                                definition.kind(),
                                row.word())
                        .offering("per(account : %s)".formatted(name)));
    }

    private Expr cohortAlone(String name, Path path, Frame frame) {
        return lowering.broken(
                Problem.of(
                                ProblemCode.LEVEL_MISMATCH,
                                frame.at(path.span()),
                                "'%s' is a cohort; ask whether the account is in it.",
                                name)
                        .offering("account in " + name));
    }

    private Expr unknownField(Path path, Level.Row row, Frame frame) {
        String wanted = path.names().getLast();
        var known = new ArrayList<>(row.visible());
        known.addAll(row.names());
        return lowering.broken(
                Problem.of(
                                ProblemCode.UNKNOWN_FIELD,
                                frame.at(path.span()),
                                "No field '%s' in '%s'.",
                                path.text(),
                                row.source().name())
                        .suggesting(NearestNames.nearest(wanted, known)));
    }

    // ---- an account or user

    private Expr ofMember(Path path, Level.Member member, Frame frame) {
        var names = path.names();
        String first = names.getFirst();
        boolean reachable = first.equals(ACCOUNT) || first.equals(member.entity().word());
        if (reachable && names.size() <= 2) {
            return names.size() == 1
                    ? new Expr.Key(kind(first))
                    : attribute(kind(first), names.get(1), path.span(), frame);
        }
        if (names.size() > 1) {
            return rowValue(path, frame);
        }
        var attribute = catalog.entity(member.entity()).attribute(first);
        return bare(path, member.entity(), attribute, frame)
                .orElseGet(() ->
                        catalogName(
                                path,
                                frame,
                                Names.attributeNames(catalog.entity(member.entity()))));
    }

    /** An attribute by its bare name; empty: the catalogue has it, or nobody. */
    private Optional<Expr> bare(
            Path path, EntityKind entity, Optional<Field> attribute, Frame frame) {
        String name = path.names().getFirst();
        var reading =
                reading(
                        entity.word(),
                        name,
                        attribute.isPresent(),
                        catalog.entry(name).isPresent(),
                        frame);
        if (reading.isEmpty()) {
            return Optional.of(ambiguous(entity.word(), path, frame));
        }
        return attribute
                .filter(_ -> reading.get() == Binding.FIELD)
                .map(field -> new Expr.Attribute(entity, name, TypeRules.of(field)));
    }

    private Expr ofRule(Path path, Frame frame) {
        var names = path.names();
        if (names.getFirst().equals(ACCOUNT) && names.size() <= 2) {
            return names.size() == 1
                    ? new Expr.Key(EntityKind.ACCOUNT)
                    : attribute(EntityKind.ACCOUNT, names.get(1), path.span(), frame);
        }
        var account = catalog.entity(EntityKind.ACCOUNT);
        return bare(
                        path,
                        EntityKind.ACCOUNT,
                        names.size() == 1 ? account.attribute(names.getFirst()) : Optional.empty(),
                        frame)
                .orElseGet(() ->
                        catalog.metric(path.text()).isPresent()
                                ? lowering.broken(
                                        ProblemCode.NOT_YET_AVAILABLE,
                                        frame,
                                        path.span(),
                                        "Rules over metrics are not yet available in this version; use attributes.")
                                : catalogName(path, frame, attributeNames(account)));
    }

    // ---- a cell

    private Expr ofCell(Path path, Frame frame) {
        return path.names().size() == 1
                ? catalogName(path, frame, List.of())
                : rowValue(path, frame);
    }

    private Expr rowValue(Path path, Frame frame) {
        return lowering.broken(
                Problem.of(
                                ProblemCode.LEVEL_MISMATCH,
                                frame.at(path.span()),
                                "'%s' is a value of a row, not of %s; put it inside an aggregate.",
                                path.text(),
                                frame.level().word())
                        .offering(
                                "sum(%s : %s)"
                                        .formatted(
                                                path.names().getFirst(), path.names().getLast())));
    }

    /** A name that only the catalogue can have. */
    private Expr catalogName(Path path, Frame frame, List<String> alsoKnown) {
        String name = path.text();
        var definition = catalog.entry(name).map(Entry::definition).orElse(null);
        if (definition == null) {
            return nobodyKnows(path, frame, alsoKnown);
        }
        return switch (definition) {
            case Metric _ -> metrics.refer(name, path.span(), frame);
            case Cohort _ -> cohortAlone(name, path, frame);
            case Source _, Slice _, Entity _ ->
                    lowering.broken(
                            Problem.of(
                                            ProblemCode.LEVEL_MISMATCH,
                                            frame.at(path.span()),
                                            "'%s' is a %s, not a value; aggregate it.",
                                            name,
                                            definition.kind())
                                    .offering("count(%s)".formatted(name)));
        };
    }

    private Expr nobodyKnows(Path path, Frame frame, List<String> alsoKnown) {
        String name = path.text();
        var holders =
                catalog.all(Source.class).stream()
                        .filter(source -> source.field(name).isPresent())
                        .toList();
        if (!holders.isEmpty() && !(frame.level() instanceof Level.Rule)) {
            String source = holders.getFirst().name();
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.LEVEL_MISMATCH,
                                    frame.at(path.span()),
                                    "'%s' is a field of a row of '%s', not a value of %s; put it inside an aggregate.",
                                    name,
                                    source,
                                    frame.level().word())
                            .offering("sum(%s : %s)".formatted(source, name)));
        }
        var known = new ArrayList<>(alsoKnown);
        catalog.all(Metric.class).stream().map(Definition::name).forEach(known::add);
        return lowering.broken(
                Problem.of(
                                ProblemCode.UNKNOWN_METRIC,
                                frame.at(path.span()),
                                "No metric '%s'.",
                                name)
                        .suggesting(NearestNames.nearest(name, known)));
    }

    // ---- shared

    /** How a bare name is read; empty: it has two readings and nothing was said when its definition was saved. */
    private Optional<Binding> reading(
            String relation, String name, boolean isField, boolean isCatalog, Frame frame) {
        var said =
                Optional.ofNullable(frame.bindings().get(Binding.key(relation, name)))
                        .filter(binding -> binding == Binding.FIELD ? isField : isCatalog);
        var reading =
                said.isPresent()
                        ? said
                        : isField && isCatalog
                                ? Optional.<Binding>empty()
                                : Optional.of(isField ? Binding.FIELD : Binding.CATALOG);
        reading.ifPresent(found -> lowering.bound(frame, relation, name, found));
        return reading;
    }

    private Expr ambiguous(String relation, Path path, Frame frame) {
        String name = path.text();
        return lowering.broken(
                Problem.of(
                                ProblemCode.AMBIGUOUS_NAME,
                                frame.at(path.span()),
                                "'%s' is a field of '%s' and a %s; say which.",
                                name,
                                relation,
                                catalog.entry(name).orElseThrow().definition().kind())
                        .offering(relation + "." + name));
    }

    Expr metric(Entry metric, Span span, Frame frame) {
        return metrics.refer(metric, span, frame);
    }

    /** Whether the account at hand is a member; empty for facts of no account. */
    Expr cohort(String name, Frame frame, Span span) {
        var entry = catalog.entry(name).filter(found -> found.definition() instanceof Cohort);
        if (entry.isEmpty()) {
            return lowering.broken(
                    Problem.of(ProblemCode.UNKNOWN_COHORT, frame.at(span), "No cohort '%s'.", name)
                            .suggesting(catalog.nearest(name, Cohort.class)));
        }
        if (frame.inside().contains(name)) {
            return lowering.broken(MetricReferences.cycle(name, frame, span));
        }
        lowering.refersTo(frame, name);
        var cohort = (Cohort) entry.get().definition();
        return switch (cohort.members()) {
            case Cohort.Members.Accounts(var keys) ->
                    new Expr.In(
                            new Expr.Key(EntityKind.ACCOUNT),
                            keys.stream().map(Expr::text).toList());
            case Cohort.Members.Rule(var formula) -> {
                var inner = frame.into(name, new Level.Rule(), span, entry.get().bindings(), false);
                yield ofAccount(lowering.rule(formula, inner));
            }
        };
    }

    /** A rule is of accounts: facts of none are neither in nor out, whatever it says of empty attributes. */
    private static Expr ofAccount(Expr rule) {
        return rule.type().isBroken()
                ? rule
                : new Expr.Case(
                        List.of(new Expr.Arm(hasAccount(), rule)),
                        new Expr.Literal(null, Type.NONE),
                        Type.BOOLEAN);
    }

    static Expr hasAccount() {
        return new Expr.Not(
                new Expr.Is(new Expr.Key(EntityKind.ACCOUNT), new Expr.Literal(null, Type.NONE)));
    }
}
