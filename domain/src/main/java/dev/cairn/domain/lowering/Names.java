package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.FormulaNames;
import dev.cairn.domain.formula.Moment;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Changes;
import dev.cairn.domain.plan.Touches;
import dev.cairn.domain.problem.Article;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what a name means where it stands: a field of the innermost relation, else of the catalogue; both is an error that asks. */
final class Names {
    private static final String ACCOUNT = EntityRef.ACCOUNT.name();
    private static final String USER = EntityRef.USER.name();

    /** Names of {@code let} in one place. */
    private static final int MOST_NAMES = 1_000;

    private final Lowering lowering;
    private final Catalog catalog;
    private final CatalogNames catalogNames;
    private final MemberNames memberNames;
    private final AskedNames asked;
    private final AttemptNames attemptNames;
    private final TouchNames touchNames;
    private final ChangeNames changeNames;

    Names(Lowering lowering) {
        this.lowering = lowering;
        this.catalog = lowering.catalog();
        this.catalogNames = new CatalogNames(lowering);
        this.memberNames = new MemberNames(lowering, this, catalogNames);
        this.asked = new AskedNames(lowering, this, catalogNames);
        this.attemptNames = new AttemptNames(lowering);
        this.touchNames = new TouchNames(lowering);
        this.changeNames = new ChangeNames(lowering);
    }

    Expr resolve(Path path, Frame frame) {
        String first = path.names().getFirst();
        if (path.names().size() == 1 && frame.names().containsKey(first)) {
            return Objects.requireNonNull(frame.names().get(first))
                    .at(frame, lowering)
                    .orElseGet(() -> letOutOfReach(first, path, frame));
        }
        if (first.equals(AccessRule.CALLER) && !isTaken(first, frame)) {
            return claim(path, frame);
        }
        return switch (frame.level()) {
            case Level.Row row -> ofRow(path, row, frame);
            case Level.Member member -> memberNames.ofMember(path, member, frame);
            case Level.Cell _ ->
                    path.names().size() == 1
                            ? catalogNames.resolve(path, frame, List.of())
                            : catalogNames.rowValue(path, frame);
            case Level.Rule rule -> memberNames.ofRule(path, rule, frame);
            case Level.Asked(var relation, _, _) -> asked.resolve(path, relation, frame);
        };
    }

    Expr let(Formula.Let let, Frame frame) {
        // What is in force may have such names: they were not refused always. See refusedIfNew of
        // DefinitionChecker.
        var unread = frame.isOfDefinition() ? List.<Formula.Binding>of() : FormulaNames.unread(let);
        unread.forEach(binding ->
                lowering.broken(FormulaNames.neverNamed(binding, frame.at(binding.span()))));
        var inner = frame;
        for (var binding : let.bindings()) {
            if (inner.names().size() >= MOST_NAMES) {
                return lowering.broken(
                        ProblemCode.LIMIT,
                        frame,
                        binding.value().span(),
                        "At most %d names can be given by 'let'.",
                        MOST_NAMES);
            }
            var value = lowering.common(lowering.lower(binding.value(), inner));
            inner = inner.naming(binding.name(), new Named(binding.value(), inner, value));
        }
        var body = lowering.lower(let.body(), inner);
        return unread.isEmpty() ? body : Expr.BROKEN;
    }

    /** Whether what a formula names so may be something that a company declared; in a scope it never is, where attributes are said in full. */
    private boolean isTaken(String name, Frame frame) {
        boolean isScope = frame.level() instanceof Level.Rule rule && rule.isScope();
        return !(isScope && frame.isOutermost())
                && (catalog.entry(name).isPresent()
                        || catalog.all(Source.class).stream()
                                .anyMatch(source ->
                                        source.field(name).isPresent()
                                                || source.link(name).isPresent())
                        || catalog.all(Entity.class).stream()
                                .anyMatch(entity ->
                                        entity.attribute(name).isPresent()
                                                || MemberLinks.leads(entity, List.of(name))));
    }

    /** What is known of whoever asks. */
    private Expr claim(Path path, Frame frame) {
        if (!(frame.level() instanceof Level.Rule rule)
                || !rule.isScope()
                || !frame.isOutermost()) {
            return lowering.broken(
                    ProblemCode.LEVEL_MISMATCH,
                    frame,
                    path.span(),
                    "'%s' is a claim of whoever asks, and stands in access scopes alone: an answer says the same to all who may see it. Put the condition into a scope (scope: ..., where: account.csm = caller.email), or write the value itself.",
                    path.text());
        }
        var claim = rule.claims().get(path.names().getLast());
        return AccessRule.isClaim(path) && claim != null
                ? Expr.text(claim)
                : lowering.broken(
                        Problem.of(
                                        ProblemCode.UNKNOWN_FIELD,
                                        frame.at(path.span()),
                                        "'%s' is no claim: a claim is one name after 'caller'.",
                                        path.text())
                                .offering("caller.email"));
    }

    private Expr letOutOfReach(String name, Path path, Frame frame) {
        var problem =
                Problem.of(
                        ProblemCode.LEVEL_MISMATCH,
                        frame.at(path.span()),
                        "'%s' was defined by 'let' outside of this relation; it is not a value of %s.",
                        name,
                        frame.level().word());
        return lowering.broken(
                frame.level() instanceof Level.Row row && row.source().field(name).isPresent()
                        ? problem.offering(row.source().name() + "." + name)
                        : problem);
    }

    // ---- a row of facts

    private Expr ofRow(Path path, Level.Row row, Frame frame) {
        var ofDerived =
                switch (row.derived()) {
                    case null -> Optional.<Expr>empty();
                    case Attempts attempts -> attemptNames.named(path, row, attempts, frame);
                    case Touches touches -> touchNames.named(path, row.source(), touches, frame);
                    case Changes changes -> changeNames.named(path, row.source(), changes, frame);
                };
        return ofDerived.orElseGet(() -> ofRowItself(path, row, frame));
    }

    /** What is written in full means just that, and nothing that is made of the row. */
    private Expr ofRowItself(Path path, Level.Row row, Frame frame) {
        var names = path.names();
        if (names.size() > 1 && row.names().contains(names.getFirst())) {
            var rest = new Path(names.subList(1, names.size()), path.span());
            return names.size() == 2
                    ? fieldOrLink(rest, row, frame, true)
                    : ofRowItself(rest, row, frame);
        }
        if (names.size() == 1) {
            return fieldOrLink(path, row, frame, false);
        }
        return lowering.links()
                .ofRow(path, row.source(), frame)
                .or(() -> throughLink(path, row.source(), frame))
                .orElseGet(() -> unknownField(path, row, frame));
    }

    private Expr fieldOrLink(Path path, Level.Row row, Frame frame, boolean qualified) {
        String name = path.names().getFirst();
        var source = row.source();
        var field = source.field(name).filter(found -> row.visible().contains(found.name()));
        var link = link(name, source);
        boolean fieldIsMeant = row.isBeingRead() || (qualified && !source.isLinksOwn(name));
        if (link.isPresent() && !(fieldIsMeant && field.isPresent())) {
            return link.get();
        }
        if (field.isEmpty() && source.link(name).isPresent()) {
            return lowering.links().ofRow(path, source, frame).orElseThrow();
        }
        boolean inCatalog =
                !qualified && !row.isBeingRead() && isInCatalog(name, field.isPresent());
        var reading =
                qualified
                        ? Optional.of(Binding.FIELD)
                        : reading(source.name(), name, field.isPresent(), inCatalog, frame);
        if (reading.isEmpty()) {
            return ambiguous(source.name(), path, frame);
        }
        if (reading.get() == Binding.FIELD && field.isPresent()) {
            return lowering.linkedFields().of(source, field.get(), frame.asOf());
        }
        if (ACCOUNT.equals(name) || USER.equals(name)) {
            return noLink(name, source, path.span(), frame);
        }
        if (source.isMember(name) && !qualified && !row.isBeingRead()) {
            return lowering.links().itself(source, path, frame);
        }
        return inCatalog ? notOfRow(path, row, frame) : unknownField(path, row, frame);
    }

    /** {@code account} and {@code user} themselves, where the source links to them. */
    static Optional<Expr> link(String name, Source source) {
        if (name.equals(ACCOUNT) && source.isOfAccounts()) {
            return Optional.of(new Expr.Key(EntityRef.ACCOUNT));
        }
        return name.equals(USER) && source.userField() != null
                ? Optional.of(new Expr.Key(EntityRef.USER))
                : Optional.empty();
    }

    /** What {@code source.name} means: the field of that name, unless there is only the link, or the field is that link's own. */
    static Optional<Expr> inFull(
            String name, Source source, @Nullable AsOf asOf, Lowering lowering) {
        return source.isLinksOwn(name)
                ? link(name, source)
                : source.field(name)
                        .map(field -> lowering.linkedFields().of(source, field, asOf))
                        .or(() -> link(name, source));
    }

    /** {@code account.plan}, {@code user.role}, {@code user.account}, {@code user.account.plan}. */
    private Optional<Expr> throughLink(Path path, Source source, Frame frame) {
        var names = path.names();
        if (names.get(0).equals(USER) && names.get(1).equals(ACCOUNT)) {
            var rest = new Path(names.subList(1, names.size()), path.span());
            return names.size() == 2
                    ? link(ACCOUNT, source)
                            .or(() -> Optional.of(noLink(ACCOUNT, source, path.span(), frame)))
                    : throughLink(rest, source, frame);
        }
        String first = names.getFirst();
        boolean isEntity = first.equals(ACCOUNT) || first.equals(USER);
        if (isEntity && link(first, source).isPresent()) {
            var beyond =
                    lowering.links()
                            .ofMembers()
                            .ofOwn(kind(first), names.subList(1, names.size()), path, frame);
            if (beyond.isPresent()) {
                return beyond;
            }
        }
        if (names.size() != 2 || !isEntity) {
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

    static EntityRef kind(String word) {
        return word.equals(ACCOUNT) ? EntityRef.ACCOUNT : EntityRef.USER;
    }

    Expr attribute(EntityRef kind, String name, Span span, Frame frame) {
        var entity = catalog.entity(kind);
        return entity.attribute(name)
                .map(field -> lowering.attributes().of(kind, field, frame.asOf()))
                .orElseGet(() ->
                        lowering.unknown(
                                Problem.of(
                                        ProblemCode.UNKNOWN_FIELD,
                                        frame.at(span),
                                        "No attribute '%s' of %s.",
                                        name,
                                        kind.name()),
                                name,
                                () -> MemberLinks.names(entity)));
    }

    static List<String> attributeNames(Entity entity) {
        return entity.attributes().stream().map(attribute -> attribute.field().name()).toList();
    }

    private Expr notOfRow(Path path, Level.Row row, Frame frame) {
        String name = path.text();
        var definition = catalog.entry(name).orElseThrow().definition();
        if (definition instanceof Cohort || definition instanceof ConformedDimension) {
            return catalogNames.resolve(path, frame, List.of());
        }
        if (definition instanceof Metric metric && MetricReferences.isOfRow(metric, row)) {
            return catalogNames.metric(
                    catalog.entry(name).orElseThrow(),
                    ParameterValues.defaultsOf(metric),
                    path.span(),
                    frame);
        }
        var whose =
                definition instanceof Metric metric && metric.level() == Metric.Level.ENTITY
                        ? metric.of()
                        : ACCOUNT;
        return lowering.broken(
                Problem.of(
                                ProblemCode.LEVEL_MISMATCH,
                                frame.at(path.span()),
                                "'%s' is %s, not a value of %s.",
                                name,
                                Article.a(definition.kind()),
                                row.word())
                        .offering("per(%s : %s)".formatted(whose, name)));
    }

    private Expr unknownField(Path path, Level.Row row, Frame frame) {
        return lowering.unknown(
                Problem.of(
                        ProblemCode.UNKNOWN_FIELD,
                        frame.at(path.span()),
                        "No field '%s' in '%s'.",
                        path.text(),
                        row.source().name()),
                path.names().getLast(),
                () ->
                        Stream.of(row.visible().stream(), row.names().stream(), ofDerived(row))
                                .flatMap(names -> names)
                                .toList());
    }

    private static Stream<String> ofDerived(Level.Row row) {
        return switch (row.derived()) {
            case null -> Stream.of();
            case Attempts attempts -> AttemptNames.of(attempts);
            case Touches touches -> TouchNames.of(touches);
            case Changes changes -> ChangeNames.of(changes);
        };
    }

    // ---- shared

    /** How a bare name is read; empty: it has two readings and nothing was said when its definition was saved. */
    Optional<Binding> reading(
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
        reading.filter(_ -> isField || isCatalog)
                .ifPresent(found -> lowering.bound(frame, relation, name, found));
        return reading;
    }

    Expr ambiguous(String relation, Path path, Frame frame) {
        String name = path.text();
        return lowering.broken(
                Problem.of(
                                ProblemCode.AMBIGUOUS_NAME,
                                frame.at(path.span()),
                                "'%s' is a field of '%s' and %s; say which.",
                                name,
                                relation,
                                Article.a(catalog.entry(name).orElseThrow().definition().kind()))
                        .offering(relation + "." + name));
    }

    /** Whether the catalogue has another reading of a bare name. A field that is called like a conformed dimension is that dimension where it has one. */
    boolean isInCatalog(String name, boolean isField) {
        return catalog.isInFormulas(name) && !(isField && catalog.conformed(name).isPresent());
    }

    List<String> readingsOf(String name) {
        return asked.readingsOf(name);
    }

    Expr metric(Entry metric, ParameterValues values, Span span, Frame frame) {
        return catalogNames.metric(metric, values, span, frame);
    }

    /** {@code name(goal: 5)}, where there is a metric of that name. */
    Expr metricWith(Formula.Call call, Frame frame) {
        lowering.bound(frame, "", call.name(), Binding.CATALOG);
        var entry = catalog.entry(call.name()).orElseThrow();
        var values = ParameterValues.defaultsOf((Metric) entry.definition());
        var problems =
                call.arguments().stream()
                        .flatMap(argument ->
                                values.give(argument, frame.at(argument.value().span())).stream())
                        .toList();
        problems.forEach(lowering::broken);
        lowering.given(call.name(), values.given(), frame);
        var path = new Path(List.of(call.name()), call.span());
        return switch (frame.level()) {
            case Level.Cell _, Level.Member _ ->
                    problems.isEmpty()
                            ? catalogNames.metric(entry, values, call.span(), frame)
                            : Expr.BROKEN;
            case Level.Row row ->
                    !MetricReferences.isOfRow((Metric) entry.definition(), row)
                            ? notOfRow(path, row, frame)
                            : problems.isEmpty()
                                    ? catalogNames.metric(entry, values, call.span(), frame)
                                    : Expr.BROKEN;
            case Level.Rule rule -> memberNames.metricInRule(path, rule, frame);
            case Level.Asked _ ->
                    problems.isEmpty()
                            ? asked.metric(
                                    path,
                                    call,
                                    frame,
                                    account ->
                                            catalogNames.metric(
                                                    entry, values, call.span(), account))
                            : Expr.BROKEN;
        };
    }

    Expr cohort(String name, @Nullable Moment asOf, Frame frame, Span span) {
        return catalogNames.cohort(name, asOf, frame, span);
    }
}
