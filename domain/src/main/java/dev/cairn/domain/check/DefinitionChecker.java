package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.lowering.AccessRule;
import dev.cairn.domain.lowering.BrokenReference;
import dev.cairn.domain.lowering.Frame;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.Level;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.lowering.Naming;
import dev.cairn.domain.lowering.ParameterValues;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.problem.Article;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.question.QuestionText;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks a definition against the catalogue it would be in force in, and resolves its names. */
public final class DefinitionChecker {

    /**
     * What was found.
     *
     * @param bindings how its bare names are read
     * @param references definitions that it names
     * @param namings where its formula names metrics and slices
     * @param inherited those of the problems that arose inside of a definition that it refers to, and may be told there
     */
    public record Checked(
            Map<String, Binding> bindings,
            Set<String> references,
            Map<Span, Naming> namings,
            List<Problem> problems,
            Set<Problem> inherited) {
        public Checked {
            bindings = Map.copyOf(bindings);
            references = Set.copyOf(references);
            namings = Map.copyOf(namings);
            problems = List.copyOf(problems);
            inherited = Set.copyOf(inherited);
        }
    }

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,49}");

    private final Catalog catalog;
    private final Entry entry;
    private final Place place;

    private final Problems problems = new Problems();
    private final Map<String, Binding> bindings = new HashMap<>();
    private final Set<String> references = new HashSet<>();
    private final Map<Span, Naming> namings = new HashMap<>();
    private final Set<Problem> inherited = new HashSet<>();

    private DefinitionChecker(Catalog catalog, Entry entry, Place place) {
        this.catalog = catalog;
        this.entry = entry;
        this.place = place;
    }

    /**
     * @param catalog with the definition in it
     * @param entry its bindings are kept to where they still hold; empty for a new definition
     * @param place of the definition; problems in a formula add the part that holds it, and line and column within it
     */
    public static Checked check(Catalog catalog, Entry entry, Place place) {
        var checker = new DefinitionChecker(catalog, entry, place);
        checker.name(entry.name(), "name");
        switch (entry.definition()) {
            case Source source -> checker.source(source);
            case Entity entity -> checker.entity(entity);
            case Slice slice -> checker.slice(slice);
            case Metric metric -> checker.metric(metric);
            case Cohort cohort -> checker.cohort(cohort);
            case Calendar calendar -> checker.calendar(calendar);
            case ConformedDimension dimension -> checker.conformed(dimension);
            case Target target -> checker.target(target);
            case Baseline baseline -> checker.baseline(baseline);
            case Success success -> checker.success(success);
            case Scope scope -> checker.scope(scope);
            case Question question -> checker.question(question);
            case Alert alert -> checker.alert(alert);
        }
        return new Checked(
                checker.bindings,
                checker.references,
                checker.namings,
                checker.problems.all(),
                checker.inherited);
    }

    private void calendar(Calendar calendar) {
        if (calendar.rows() != null && calendar.rows().mapping() == null) {
            references.add(calendar.rows().source());
        }
        problems.addAll(CalendarCheck.of(calendar, catalog, place));
    }

    private void target(Target target) {
        references.add(target.metric());
        problems.addAll(TargetCheck.of(target, catalog, place));
    }

    private void baseline(Baseline baseline) {
        references.add(baseline.metric());
        problems.addAll(BaselineCheck.of(baseline, catalog, place));
    }

    /** As far as it can be read; what it asks for is checked by planning it ({@code SavedQuestions}). */
    private void question(Question question) {
        QuestionText.read(question.asked()).inFile(place).forEach(problems::add);
    }

    private void alert(Alert alert) {
        references.add(alert.watched().of());
        problems.addAll(AlertCheck.of(alert, catalog, place));
    }

    private void conformed(ConformedDimension dimension) {
        var checked = ConformedCheck.of(dimension, catalog, place);
        references.addAll(checked.references());
        problems.addAll(checked.problems());
    }

    /** What is refused where it is defined anew or revised; what is in force already stays as it is. */
    public static List<Problem> refusedIfNew(Definition definition, Place place) {
        var problems = new ArrayList<>(fieldsCalledAsLinks(definition, place));
        problems.addAll(UnreadNames.of(definition, place));
        if (definition instanceof Metric metric) {
            problems.addAll(SizeCheck.of(metric, place));
            problems.addAll(ParameterCheck.neverNamed(metric, place));
        }
        return problems;
    }

    /**
     * Fields that are called as a link is and are not that link's own: what they are called in full and what the link is called would be told apart by
     * nobody. One that is in force already keeps its reading ({@code ticket.account} is the field).
     */
    private static List<Problem> fieldsCalledAsLinks(Definition definition, Place place) {
        return switch (definition) {
            case Source source ->
                    EntityRef.BUILT_IN.stream()
                            .filter(kind -> source.field(kind.name()).isPresent())
                            .filter(kind -> !source.isLinksOwn(kind.name()))
                            .map(kind -> calledAsLink(kind, place.then("fields", kind.name())))
                            .toList();
            case Entity entity ->
                    EntityRef.BUILT_IN.stream()
                            .filter(kind -> entity.attribute(kind.name()).isPresent())
                            .map(kind ->
                                    Problem.of(
                                            ProblemCode.CONFLICT,
                                            place.then("attributes", kind.name()),
                                            "'%s' is the word for the %s itself; give the attribute another name.",
                                            kind.name(),
                                            kind.name()))
                            .toList();
            case Slice _,
                    Metric _,
                    Cohort _,
                    Calendar _,
                    ConformedDimension _,
                    Target _,
                    Baseline _,
                    Success _,
                    Scope _,
                    Question _,
                    Alert _ ->
                    List.of();
        };
    }

    private static Problem calledAsLink(EntityRef kind, Place place) {
        String word = kind.name();
        return Problem.of(
                        ProblemCode.CONFLICT,
                        place,
                        "'%s' is the word for the link to the %s; only the link's own field may be called so. Make it the link, or give the field another name.",
                        word,
                        word)
                .offering("%s: {field: %s}".formatted(word, word));
    }

    private Lowering lowering() {
        return new Lowering(catalog, ZoneOffset.UTC, problems);
    }

    private Frame frame(Level level, String part, boolean emptyIsNone) {
        return Frame.of(level, place.then(part), entry.bindings(), emptyIsNone);
    }

    private void keep(Lowering lowering) {
        bindings.putAll(lowering.bindings());
        references.addAll(lowering.references());
        namings.putAll(lowering.namings());
        inherited.addAll(lowering.inherited());
    }

    private void problem(ProblemCode code, String part, String message, Object... arguments) {
        problems.add(Problem.of(code, place.then(part), message, arguments));
    }

    private void name(String name, String part) {
        badName(name, place.then(part)).ifPresent(problems::add);
    }

    /** What is wrong with a name of something that is defined or declared. */
    static Optional<Problem> badName(String name, Place place) {
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                ProblemCode.BAD_VALUE,
                                place,
                                "'%s' is not a name: a lower-case letter, then lower-case letters, digits and '_', 50 in all at most.",
                                name));
    }

    private void source(Source source) {
        new SourceCheck(source, place, problems).check();
        var links = LinkCheck.of(source, catalog, place);
        problems.addAll(links.problems());
        references.addAll(links.references());
        new MoneyCheck(source, catalog, place, problems).check();
        var controls = lowering();
        new ExpectationsCheck(source, catalog, place, problems).check(controls);
        controls.references().stream()
                .filter(name -> !name.equals(source.name()))
                .forEach(references::add);
        var linked = LinkedFieldCheck.of(source, catalog, place);
        problems.addAll(linked.problems());
        references.addAll(linked.references());
        var formulas = RowFormulas.of(source, entry.bindings(), place);
        // Fields that keys are made of are checked with the links that name them.
        var made = source.made().stream().map(Field::name).toList();
        formulas.problems().stream()
                .filter(problem -> Collections.disjoint(problem.place().path(), made))
                .forEach(problems::add);
        bindings.putAll(formulas.bindings());
    }

    private void entity(Entity entity) {
        new EntityCheck(entity, place, problems).check();
        if (!entity.links().isEmpty()) {
            var links = MemberLinkCheck.of(entity, catalog, place);
            problems.addAll(links.problems());
            references.addAll(links.references());
        }
    }

    private void slice(Slice slice) {
        var names = new LinkedHashSet<String>();
        var outermost = slice;
        if (catalog.entry(slice.of()).isPresent()) {
            references.add(slice.of());
        }
        while (names.add(outermost.name())) {
            var source = catalog.source(outermost.of());
            if (source.isPresent()) {
                names.add(source.get().name());
                where(slice, source.get(), names);
                return;
            }
            var outer = catalog.slice(outermost.of());
            if (outer.isEmpty()) {
                told(
                        BrokenReference.noSource(outermost, catalog, place.then("of")),
                        outermost,
                        slice);
                return;
            }
            outermost = outer.get();
        }
        told(BrokenReference.cycle(outermost.name(), names, place.then("of")), outermost, slice);
    }

    private void told(Problem problem, Slice where, Slice slice) {
        problems.add(problem);
        if (!where.equals(slice)) {
            inherited.add(problem);
        }
    }

    private void where(Slice slice, Source source, Set<String> names) {
        var lowering = lowering();
        var level = new Level.Cell(new Leaves(Leaves.Binder.OF_MEMBER));
        var own = new Leaves(Leaves.Binder.OF_MEMBER);
        var rows = frame(level, "where", false).at(Level.Row.of(source, names, own));
        lowering.rule(slice.where(), rows);
        keep(lowering);
    }

    private void metric(Metric metric) {
        boolean isOfEntity = metric.level() == Metric.Level.ENTITY;
        if (isOfEntity != (metric.entity() != null)) {
            problem(
                    ProblemCode.MISSING,
                    "of",
                    isOfEntity
                            ? "A metric of ENTITY says in 'entity' which declared entity it is of."
                            : "'entity' is for metrics of ENTITY alone; leave it out.");
            return;
        }
        var entity = isOfEntity ? entityOf(metric) : null;
        if (isOfEntity && entity == null) {
            return;
        }
        var lowering = lowering();
        problems.addAll(ParameterCheck.of(metric, place));
        var frame =
                frame(levelOf(metric, entity), "formula", metric.emptyIsNone())
                        .with(ParameterValues.defaultsOf(metric));
        var value = lowering.formula(metric.formula(), frame);
        keep(lowering);
        if (value.type().kind() == Type.Kind.NONE) {
            problem(ProblemCode.TYPE_MISMATCH, "formula", "The formula never has a value.");
        }
        if (problems.isEmpty()) {
            checkUnit(metric, value.type());
            checkRollUp(metric);
        }
        problems.addAll(BandCheck.of(metric, value.type(), place));
        checkSample(metric);
        counter(metric);
    }

    /** @param entity null unless it is of a declared one */
    private static Level levelOf(Metric metric, @Nullable Source entity) {
        var leaves = new Leaves(Leaves.Binder.OF_MEMBER);
        return switch (metric.level()) {
            case CELL -> new Level.Cell(leaves);
            case ACCOUNT -> new Level.Member(EntityRef.ACCOUNT, leaves);
            case USER -> new Level.Member(EntityRef.USER, leaves);
            case ENTITY -> {
                var source = Objects.requireNonNull(entity);
                yield Level.Row.of(source, Set.of(source.name()), leaves);
            }
        };
    }

    /** Null where there is none of the name, which is told. */
    private @Nullable Source entityOf(Metric metric) {
        var entity = catalog.source(metric.of()).filter(Source::isEntity);
        entity.ifPresent(found -> references.add(found.name()));
        if (entity.isEmpty()) {
            var known =
                    Stream.concat(
                                    Stream.of("cell", "account", "user"),
                                    catalog.all(Source.class).stream()
                                            .filter(Source::isEntity)
                                            .map(Source::name))
                            .toList();
            problems.add(
                    Problem.of(
                                    ProblemCode.BAD_VALUE,
                                    place.then("of"),
                                    "A metric is of cell, account, user or a declared entity; '%s' is none of them.",
                                    metric.of())
                            .suggesting(NearestNames.nearest(metric.of(), known)));
        }
        return entity.orElse(null);
    }

    private void counter(Metric metric) {
        if (metric.counter() != null && metric.notes().noCounter() != null) {
            problem(
                    ProblemCode.CONFLICT,
                    "no_counter",
                    "This says why no metric guards it, and 'counter' names '%s': leave one of them out.",
                    metric.counter());
        }
        if (metric.counter() != null && catalog.metric(metric.counter()).isEmpty()) {
            problems.add(
                    Problem.of(
                                    ProblemCode.UNKNOWN_METRIC,
                                    place.then("counter"),
                                    "No metric '%s'.",
                                    metric.counter())
                            .suggesting(catalog.nearest(metric.counter(), Metric.class)));
        }
    }

    private void checkUnit(Metric metric, Type type) {
        if (metric.unit() == null || type.isWild()) {
            return;
        }
        boolean fits =
                switch (Objects.requireNonNull(metric.unit())) {
                    case MONEY -> type.unit().isMoney();
                    case COUNT -> type.unit().equals(Unit.COUNT) || type.unit().equals(Unit.PLAIN);
                    case DURATION ->
                            type.unit() instanceof Unit.Elapsed || type.unit().equals(Unit.PLAIN);
                    case RATIO, SCORE, POINTS -> !type.unit().isMoney();
                };
        if (!fits) {
            problem(
                    ProblemCode.UNIT_MISMATCH,
                    "unit",
                    "The unit is declared as %s, the formula gives %s.",
                    metric.unit().name().toLowerCase(Locale.ROOT),
                    type.word());
        }
    }

    private void checkRollUp(Metric metric) {
        if (metric.rollUp() == null) {
            return;
        }
        if (metric.level() == Metric.Level.CELL) {
            problem(ProblemCode.INCOMPATIBLE, "rollup", "A metric of a cell has no roll-up.");
            return;
        }
        inCell("rollup");
    }

    /** Has told what is wrong with the metric as a value of a cell. */
    private void inCell(String part) {
        var cell = frame(new Level.Cell(new Leaves(Leaves.Binder.OF_MEMBER)), part, false);
        lowering().metric(entry, cell, Span.NOWHERE);
    }

    private void checkSample(Metric metric) {
        var least = metric.sample().least();
        if (metric.sample().trust() == Grade.F) {
            problem(
                    ProblemCode.BAD_VALUE,
                    "trust",
                    "F is the worst grade, so nothing would be asked of the data: ask for A, B, C or D, or leave it out.");
        }
        if (metric.sample().cluster() != null
                && metric.level() != Metric.Level.CELL
                && metric.rollUp() == null) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "cluster",
                    "Errors are of values of cells, and a metric of %s without a roll-up has none; say its rollup, or leave cluster out.",
                    Article.a(metric.of()));
        }
        if (least == null) {
            return;
        }
        if (least < 1) {
            problem(
                    ProblemCode.BAD_VALUE,
                    "minSample",
                    "A cell needs at least so many observations: a whole number from 1, not %d.",
                    least);
        } else if (metric.level() != Metric.Level.CELL && metric.rollUp() == null) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "minSample",
                    "Observations of cells are counted, and a metric of %s without a roll-up has no value in a cell; say its rollup, or leave minSample out.",
                    Article.a(metric.of()));
        } else if (problems.isEmpty()) {
            inCell("minSample");
        }
    }

    /** Of attributes and lists as of now; said in full, as whoever was given the scope sees by it whatever is defined later. */
    private void scope(Scope scope) {
        var lowering = lowering();
        lowering.rule(scope.where(), frame(AccessRule.unbound(scope.where()), "where", false));
        keep(lowering);
        if (!problems.isEmpty()) {
            return;
        }
        bindings.keySet().stream()
                .map(key -> key.substring(key.indexOf('/') + 1))
                .sorted()
                .map(name ->
                        Problem.of(
                                        ProblemCode.AMBIGUOUS_NAME,
                                        place.then("where"),
                                        "A scope says attributes in full, so that nothing that is defined later gives '%s' another reading.",
                                        name)
                                .offering(EntityRef.ACCOUNT.name() + "." + name))
                .forEach(problems::add);
    }

    /** Its rule is read in the time in which it is decided; without one it is a state. */
    private void success(Success success) {
        problems.addAll(SuccessCheck.of(success, catalog, place));
        var lowering = lowering();
        var leaves = new Leaves(Leaves.Binder.OF_MEMBER);
        var account = frame(new Level.Member(EntityRef.ACCOUNT, leaves), "rule", false);
        lowering.rule(success.rule(), success.window() == null ? account.asState(null) : account);
        if (success.window() instanceof Success.Window.Days(_, var from, _)
                && from > 0
                && leaves.size() > 0) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "from_day",
                    "Where days are counted from a date of the account, facts are read from that date on (from_day: 0); a success that is decided from a later day is told by attributes of the account alone.");
        }
        if (success.size() != null) {
            var size =
                    frame(
                                    new Level.Member(
                                            EntityRef.ACCOUNT, new Leaves(Leaves.Binder.OF_MEMBER)),
                                    "size",
                                    false)
                            .asState(null);
            var value = lowering.formula(success.size(), size);
            if (!value.type().isNumber() && !value.type().isWild()) {
                problem(
                        ProblemCode.TYPE_MISMATCH,
                        "size",
                        "How large an account is, is a number, not %s.",
                        value.type().word());
            }
        }
        keep(lowering);
    }

    private void cohort(Cohort cohort) {
        switch (cohort.members()) {
            case Cohort.Members.Accounts _ -> {}
            case Cohort.Members.Rule(var formula) -> {
                var lowering = lowering();
                lowering.rule(
                        formula,
                        frame(
                                        new Level.Member(
                                                EntityRef.ACCOUNT,
                                                new Leaves(Leaves.Binder.OF_MEMBER)),
                                        "rule",
                                        false)
                                .asState(null));
                keep(lowering);
            }
        }
    }
}
