package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.fact.NotationCheck;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.lowering.BrokenReference;
import dev.cairn.domain.lowering.ComputedAttributes;
import dev.cairn.domain.lowering.Frame;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.Level;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.lowering.ParameterValues;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.EnumSet;
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
     * @param inherited those of the problems that arose inside of a definition that it refers to, and may be told there
     */
    public record Checked(
            Map<String, Binding> bindings,
            Set<String> references,
            List<Problem> problems,
            Set<Problem> inherited) {
        public Checked {
            bindings = Map.copyOf(bindings);
            references = Set.copyOf(references);
            problems = List.copyOf(problems);
            inherited = Set.copyOf(inherited);
        }
    }

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,49}");

    private final Catalog catalog;
    private final Entry entry;
    private final Place place;

    /** Marks of attributes that are looked at where members are stored or listed. */
    private static final Set<Entity.Mark> STORED =
            EnumSet.of(Entity.Mark.START, Entity.Mark.REMOVED, Entity.Mark.NAME);

    private final Problems problems = new Problems();
    private final Map<String, Binding> bindings = new HashMap<>();
    private final Set<String> references = new HashSet<>();
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
        }
        return new Checked(
                checker.bindings, checker.references, checker.problems.all(), checker.inherited);
    }

    /** What is refused where it is defined anew or revised; what is in force already stays as it is. */
    public static List<Problem> refusedIfNew(Definition definition, Place place) {
        return definition instanceof Metric metric
                ? ParameterCheck.neverNamed(metric, place)
                : fieldsCalledAsLinks(definition, place);
    }

    /**
     * Fields that are called as a link is and are not that link's own: what they are called in full and what the link is called would be told apart by
     * nobody. One that is in force already keeps its reading ({@code ticket.account} is the field).
     */
    private static List<Problem> fieldsCalledAsLinks(Definition definition, Place place) {
        return switch (definition) {
            case Source source ->
                    Stream.of(EntityKind.values())
                            .filter(kind -> source.field(kind.word()).isPresent())
                            .filter(kind -> !source.isLinksOwn(kind.word()))
                            .map(kind -> calledAsLink(kind, place.then("fields", kind.word())))
                            .toList();
            case Entity entity ->
                    Stream.of(EntityKind.values())
                            .filter(kind -> entity.attribute(kind.word()).isPresent())
                            .map(kind ->
                                    Problem.of(
                                            ProblemCode.CONFLICT,
                                            place.then("attributes", kind.word()),
                                            "'%s' is the word for the %s itself; give the attribute another name.",
                                            kind.word(),
                                            kind.word()))
                            .toList();
            case Slice _, Metric _, Cohort _, Calendar _ -> List.of();
        };
    }

    private static Problem calledAsLink(EntityKind kind, Place place) {
        String word = kind.word();
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

    // ---- source and entity

    private void source(Source source) {
        fields(source.fields(), "fields");
        notations(source.notation(), source.fields(), "fields");
        time(source, source.timeField(), "time");
        validity(source);
        link(source, source.accountField(), "account");
        link(source, source.userField(), "user");
        source.key().stream()
                .filter(key -> source.field(key).isEmpty())
                .forEach(key -> unknownField(source, key, "key"));
        var links = LinkCheck.of(source, catalog, place);
        problems.addAll(links.problems());
        references.addAll(links.references());
        var from = source.coverageFrom();
        var until = source.coverageUntil();
        if (from != null && until != null && !from.isBefore(until)) {
            problem(
                    ProblemCode.BAD_RANGE,
                    "coverage",
                    "Coverage ends (%s, out) before it starts (%s).",
                    until,
                    from);
        }
        new MoneyCheck(source, catalog, place, problems).check();
        var formulas = RowFormulas.of(source, entry.bindings(), place);
        problems.addAll(formulas.problems());
        bindings.putAll(formulas.bindings());
    }

    private void notations(Notation around, List<Field> fields, String part) {
        var ofAll = NotationCheck.ofAll(around);
        ofAll.forEach(finding -> notation(place.then("read", finding.property()), finding));
        if (!ofAll.isEmpty()) {
            return;
        }
        for (var field : fields) {
            for (var finding : NotationCheck.ofField(field, around)) {
                notation(place.then(part, field.name(), finding.property()), finding);
            }
        }
    }

    private void notation(Place at, NotationCheck.Finding finding) {
        problems.add(Problem.of(ProblemCode.BAD_VALUE, at, "%s", finding.message()));
    }

    private void validity(Source source) {
        var validity = source.validity();
        if (validity == null) {
            if (source.timeField() == null) {
                problem(
                        ProblemCode.MISSING,
                        "time",
                        "A source has a time, a validity, or both; '%s' has neither.",
                        source.name());
            }
            return;
        }
        var from = time(source, validity.from(), "validity");
        var until = time(source, validity.until(), "validity");
        if (validity.from().equals(validity.until())) {
            problem(
                    ProblemCode.CONFLICT,
                    "validity",
                    "A validity begins and ends by two fields; both are '%s'.",
                    validity.from());
        } else if (from != null && until != null && from.type() != until.type()) {
            problem(
                    ProblemCode.TYPE_MISMATCH,
                    "validity",
                    "A validity begins and ends by fields of one type; '%s' is a %s and '%s' a %s.",
                    from.name(),
                    word(from.type()),
                    until.name(),
                    word(until.type()));
        }
        validity.per().stream()
                .filter(field -> source.field(field).isEmpty())
                .forEach(field -> unknownField(source, field, "validity"));
    }

    /** A field that says a time; null where there is none, or it is of another type. */
    private @Nullable Field time(Source source, @Nullable String name, String part) {
        if (name == null) {
            return null;
        }
        var field = source.field(name).orElse(null);
        if (field == null) {
            unknownField(source, name, part);
        } else if (field.type() != DataType.DATE && field.type() != DataType.TIMESTAMP) {
            problem(
                    ProblemCode.TYPE_MISMATCH,
                    part,
                    "The time field '%s' must be a date or a timestamp.",
                    name);
            return null;
        }
        return field;
    }

    private static String word(DataType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private void link(Source source, @Nullable String field, String part) {
        if (field != null && source.field(field).isEmpty()) {
            unknownField(source, field, part);
        }
    }

    private void unknownField(Source source, String name, String part) {
        problems.add(
                Problem.of(
                        ProblemCode.UNKNOWN_FIELD,
                        place.then(part),
                        "'%s' declares no field '%s'.",
                        source.name(),
                        name),
                name,
                () -> source.fields().stream().map(Field::name).toList());
    }

    private void fields(List<Field> fields, String part) {
        var seen = new HashSet<String>();
        for (var field : fields) {
            name(field.name(), part);
            if (!seen.add(field.name())) {
                problem(ProblemCode.CONFLICT, part, "'%s' is declared twice.", field.name());
            }
            if (field.type() == DataType.MONEY
                    && field.currency() == null
                    && field.currencyField() == null) {
                problem(
                        ProblemCode.MISSING,
                        part,
                        "'%s' is money; say of which currency.",
                        field.name());
            }
            if (field.min() != null
                    && field.max() != null
                    && field.min().compareTo(field.max()) > 0) {
                problem(
                        ProblemCode.BAD_RANGE,
                        part,
                        "The least value of '%s' is above its greatest.",
                        field.name());
            }
        }
    }

    private void entity(Entity entity) {
        fields(entity.attributes().stream().map(Entity.Attribute::field).toList(), "attributes");
        notations(
                entity.notation(),
                entity.attributes().stream().map(Entity.Attribute::field).toList(),
                "attributes");
        entity.attributes().forEach(attribute -> mark(entity, attribute));
        entity.attributes().stream()
                .map(Entity.Attribute::field)
                .filter(field -> field.currencyField() != null)
                .forEach(field ->
                        problems.add(
                                Problem.of(
                                        ProblemCode.NOT_YET_AVAILABLE,
                                        place.then("attributes", field.name(), "currency"),
                                        "An attribute in the currency of another attribute cannot be declared yet.")));
        ComputedAttributes.of(entity, place).problems().forEach(problems::add);
    }

    private void mark(Entity entity, Entity.Attribute attribute) {
        var type = attribute.field().type();
        boolean fits =
                switch (attribute.mark()) {
                    case NONE -> true;
                    case TEST -> type == DataType.BOOLEAN;
                    case START, REMOVED -> type == DataType.DATE || type == DataType.TIMESTAMP;
                    case NAME -> type == DataType.TEXT;
                };
        if (!fits) {
            problem(
                    ProblemCode.TYPE_MISMATCH,
                    "attributes",
                    "'%s' cannot be marked as %s: it is of type %s.",
                    attribute.field().name(),
                    attribute.mark().name().toLowerCase(Locale.ROOT),
                    type.name().toLowerCase(Locale.ROOT));
        }
        if (attribute.mark() == Entity.Mark.TEST && entity.entity() != EntityKind.ACCOUNT) {
            problem(
                    ProblemCode.BAD_VALUE,
                    "attributes",
                    "'%s' cannot be marked as test: accounts are left out as test accounts, with all that is theirs; a %s is left out by a condition.",
                    attribute.field().name(),
                    entity.name());
        }
        if (!attribute.field().isRead() && STORED.contains(attribute.mark())) {
            problem(
                    ProblemCode.NOT_YET_AVAILABLE,
                    "attributes",
                    "'%s' is computed, and cannot be marked as %s yet.",
                    attribute.field().name(),
                    attribute.mark().name().toLowerCase(Locale.ROOT));
        }
    }

    // ---- calendar

    private void calendar(Calendar calendar) {
        var part = place.then("year_begins");
        int month = calendar.beginsMonth();
        int day = calendar.beginsDay();
        if (month < 1 || month > 12 || day < 1 || day > Month.of(month).maxLength()) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            part,
                            "There is no month and day %02d-%02d; a year that begins in February has 02-01.",
                            month,
                            day));
        } else if (day > Calendar.LAST_DAY) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            part,
                            "A year begins on a day that each month has, from 1 to %d: its months begin on it too, and not each has a %d.",
                            Calendar.LAST_DAY,
                            day));
        }
    }

    // ---- slice, metric, cohort

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
        var rows = frame(level, "where", false).at(Level.Row.of(source, names));
        lowering.rule(slice.where(), rows);
        keep(lowering);
    }

    private void metric(Metric metric) {
        var lowering = lowering();
        var leaves = new Leaves(Leaves.Binder.OF_MEMBER);
        Level level =
                switch (metric.level()) {
                    case CELL -> new Level.Cell(leaves);
                    case ACCOUNT -> new Level.Member(EntityKind.ACCOUNT, leaves);
                    case USER -> new Level.Member(EntityKind.USER, leaves);
                };
        problems.addAll(ParameterCheck.of(metric, place));
        var frame =
                frame(level, "formula", metric.emptyIsNone())
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
        counter(metric);
    }

    private void counter(Metric metric) {
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
        var lowering = lowering();
        var cell = frame(new Level.Cell(new Leaves(Leaves.Binder.OF_MEMBER)), "rollup", false);
        lowering.metric(entry, cell, Span.NOWHERE);
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
                                                EntityKind.ACCOUNT,
                                                new Leaves(Leaves.Binder.OF_MEMBER)),
                                        "rule",
                                        false)
                                .asState());
                keep(lowering);
            }
        }
    }
}
