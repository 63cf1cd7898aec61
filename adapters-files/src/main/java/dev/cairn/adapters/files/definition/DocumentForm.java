package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.problem.Article;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** One document: a definition of the kind that one of its keys says. */
final class DocumentForm {
    private static final List<String> KINDS =
            List.of(
                    "entity",
                    "source",
                    "slice",
                    "metric",
                    "cohort",
                    "calendar",
                    "dimension",
                    "target",
                    "baseline",
                    "success",
                    "scope",
                    "question",
                    "alert");

    private static final List<String> ENTITIES =
            EntityRef.BUILT_IN.stream().map(EntityRef::name).toList();

    private static final Pattern MONTH_DAY = Pattern.compile("(\\d{2})-(\\d{2})");

    private final Keys keys;
    private final Findings findings;

    DocumentForm(Keys keys) {
        this.keys = keys;
        this.findings = keys.findings();
    }

    /** The definition; null where there is none, which is reported. */
    @Nullable Definition read() {
        // A target names its metric by the word for the kind, and so does a baseline; a target may
        // have a baseline of its own. A question may be of the accounts of a cohort, and an alert
        // names what it watches by the word for its kind.
        boolean isTarget = keys.names().contains("target");
        boolean isBaseline = !isTarget && keys.names().contains("baseline");
        boolean isAlert = keys.names().contains("alert");
        boolean isQuestion = !isAlert && keys.names().contains("question");
        var kinds =
                keys.names().stream()
                        .filter(KINDS::contains)
                        .filter(kind -> !((isTarget || isBaseline) && kind.equals("metric")))
                        .filter(kind -> !(isTarget && kind.equals("baseline")))
                        .filter(kind -> !(isQuestion && kind.equals("cohort")))
                        .filter(kind -> !(isAlert && AlertForm.WATCHED.contains(kind)))
                        .toList();
        if (kinds.size() != 1) {
            noKind(kinds);
            return null;
        }
        var kind = kinds.getFirst();
        var name = keys.required(kind);
        if (name == null || !Words.isName(name, kind, value(kind), findings)) {
            return null;
        }
        if (!kind.equals("entity") && ENTITIES.contains(name)) {
            findings.report(
                    ProblemCode.CONFLICT,
                    kind,
                    value(kind),
                    "'%s' is the name of an entity; a %s needs another.",
                    name,
                    kind);
            return null;
        }
        if (kind.equals("entity") && isMisspelt(name)) {
            return null;
        }
        findings.about(name);
        findings.stands("", value(kind));
        var definition =
                switch (kind) {
                    case "entity" ->
                            EntityRef.isBuiltIn(name)
                                    ? entity(new EntityRef(name))
                                    : new EntityForm(name, keys).read();
                    case "source" -> new SourceForm(name, keys).read();
                    case "slice" -> slice(name);
                    case "metric" -> metric(name);
                    case "calendar" -> calendar(name);
                    case "dimension" -> conformed(name);
                    case "target" -> new TargetForm(keys).read(name);
                    case "baseline" -> new BaselineForm(keys).read(name);
                    case "success" -> new SuccessForm(keys).read(name);
                    case "scope" -> scope(name);
                    case "question" -> new QuestionForm(keys).read(name);
                    case "alert" -> new AlertForm(keys).read(name);
                    default -> cohort(name);
                };
        keys.finish(kind);
        return definition;
    }

    /** Whether an entity is rather one that is built in than one of its own, which is reported. */
    private boolean isMisspelt(String name) {
        var meant =
                ENTITIES.stream()
                        .filter(builtIn -> NearestNames.isOneEditFrom(name, builtIn))
                        .toList();
        if (!meant.isEmpty()) {
            findings.add(
                    findings.problem(
                                    ProblemCode.CONFLICT,
                                    "entity",
                                    value("entity"),
                                    "'%s' is nearly the name of an entity that is built in; one of your own needs a name that nobody takes for it.",
                                    name)
                            .suggesting(meant));
        }
        return !meant.isEmpty();
    }

    private Node value(String kind) {
        var value = keys.value(kind);
        return value == null ? keys.node() : value;
    }

    private void noKind(List<String> kinds) {
        if (kinds.isEmpty()) {
            var near =
                    keys.names().stream()
                            .flatMap(name -> NearestNames.nearest(name, KINDS).stream())
                            .limit(1)
                            .toList();
            findings.add(
                    findings.problem(
                                    ProblemCode.MISSING,
                                    "",
                                    keys.node(),
                                    "A definition says what it is of: %s.",
                                    String.join(", ", KINDS))
                            .suggesting(near));
        } else {
            findings.report(
                    ProblemCode.CONFLICT,
                    "",
                    keys.keyNode(kinds.get(1)),
                    "One definition to a document: it is %s already. Begin another with '---'.",
                    Article.a(kinds.getFirst()));
        }
    }

    private Entity entity(EntityRef kind) {
        var name = kind.name();
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        var key = new KeyForm(keys).read(name);
        var attributes = attributes(key);
        var notation = NotationForm.ofAll(keys);
        var history = new HistoryForm(keys).read();
        var links = new MemberLinksForm(name, keys).read(attributes);
        return new Entity(kind, label, description, key, links.attributes(), notation, history)
                .withLinks(links.links())
                .withMapping(new MappingForm(keys).read(null));
    }

    private List<Attribute> attributes(List<String> key) {
        var parts = Entity.parts(key);
        var written = keys.mapping("attributes");
        if (written == null) {
            return parts;
        }
        var attributes = new ArrayList<>(parts);
        var marked = new EnumMap<Mark, String>(Mark.class);
        var form = new FieldForm(written);
        for (var name : written.names()) {
            var read = form.attribute(name, "a date or a timestamp");
            if (read == null) {
                continue;
            }
            if (parts.size() > 1 && key.contains(name)) {
                int at = key.indexOf(name);
                attributes.set(at, KeyForm.part(parts.get(at), read, written));
                continue;
            }
            attributes.add(new Attribute(read.field(), read.mark()));
            // Several may mark test accounts; one of them is enough.
            boolean isAlone = read.mark() != Mark.NONE && read.mark() != Mark.TEST;
            var other = isAlone ? marked.putIfAbsent(read.mark(), name) : null;
            if (other != null) {
                findings.report(
                        ProblemCode.CONFLICT,
                        written.path(name),
                        written.keyNode(name),
                        "'%s' marks %s already.",
                        other,
                        Words.of(read.mark()));
            }
        }
        return List.copyOf(attributes);
    }

    private @Nullable Slice slice(String name) {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        var of = keys.required("of");
        var where = keys.required("where");
        return of == null || where == null ? null : new Slice(name, label, description, of, where);
    }

    private @Nullable Scope scope(String name) {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        var owner = keys.text("owner");
        var where = keys.required("where");
        return where == null ? null : new Scope(name, label, description, owner, where);
    }

    private ConformedDimension conformed(String name) {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        var fields = keys.list("fields").stream().map(ScalarNode::getValue).toList();
        return new ConformedDimension(name, label, description, fields);
    }

    /** {@code year_begins: 02-01}, {@code rows: retail_day, day: ds, grains: {quarter: [year, quarter]}}, or these of a {@code table: finance.calendar}. */
    private @Nullable Calendar calendar(String name) {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        if (Stream.of("rows", "table", "day", "grains").anyMatch(key -> keys.value(key) != null)) {
            return calendarOfRows(name, label, description);
        }
        var begins = keys.required("year_begins");
        if (begins == null) {
            return null;
        }
        var written = MONTH_DAY.matcher(begins);
        if (!written.matches()) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    "year_begins",
                    keys.keyNode("year_begins"),
                    "'%s' is no month and day; a year that begins in February has 02-01.",
                    begins);
            return null;
        }
        return new Calendar(
                name,
                label,
                description,
                Integer.parseInt(written.group(1)),
                Integer.parseInt(written.group(2)));
    }

    private @Nullable Calendar calendarOfRows(String name, String label, String description) {
        if (keys.value("year_begins") != null) {
            findings.report(
                    ProblemCode.CONFLICT,
                    "year_begins",
                    keys.keyNode("year_begins"),
                    "The rows of a calendar say when its year begins.");
        }
        boolean isMapped = keys.value("table") != null;
        if (isMapped && keys.value("rows") != null) {
            findings.report(
                    ProblemCode.CONFLICT,
                    "rows",
                    keys.keyNode("rows"),
                    "The rows of a calendar are those of a source or of a table, not of both.");
        }
        var source = isMapped ? name : keys.required("rows");
        var mapping = new MappingForm(keys).read(null);
        var day = keys.required("day");
        var written = keys.mapping("grains");
        if (source == null || day == null || (isMapped && mapping == null)) {
            return null;
        }
        var grains = new ArrayList<Calendar.Period>();
        if (written != null) {
            for (var grain : written.names()) {
                grains.add(
                        new Calendar.Period(
                                grain,
                                written.list(grain).stream().map(ScalarNode::getValue).toList()));
            }
        }
        return new Calendar(
                name, label, description, 0, 0, new Calendar.Rows(source, day, grains, mapping));
    }

    /** What a metric is a value of; everything else is the name of a declared entity. */
    private static final Map<String, Metric.Level> BUILT_IN =
            Map.of(
                    "cell", Metric.Level.CELL,
                    "account", Metric.Level.ACCOUNT,
                    "user", Metric.Level.USER);

    private @Nullable Metric metric(String name) {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        int before = findings.count();
        var of = keys.text("of");
        var level = of == null ? null : BUILT_IN.getOrDefault(of, Metric.Level.ENTITY);
        if (level == null && findings.count() == before) {
            findings.report(
                    ProblemCode.MISSING,
                    "of",
                    keys.keyNode("of"),
                    "A metric says what it is a value of: of: cell, of: account, of: user, or a declared entity.");
        }
        var rollUp = keys.choice("rollup", Metric.RollUp.class);
        if (rollUp != null && level == Metric.Level.CELL) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    "rollup",
                    keys.keyNode("rollup"),
                    "A roll-up is for metrics of an account or a user; this is one of a cell.");
        }
        var formula = keys.required("formula");
        var unit = keys.choice("unit", Metric.MetricUnit.class);
        var direction = keys.choice("direction", Metric.Direction.NEUTRAL);
        var domain = keys.choice("domain", Metric.MetricDomain.class);
        var owner = keys.text("owner");
        var counter = keys.text("counter");
        var empty = keys.choice("empty", Empty.ZERO);
        var status = keys.choice("status", Metric.Status.PUBLISHED);
        var parameters = parameters();
        var least = least();
        var cluster = keys.choice("cluster", Metric.Cluster.class);
        var floor = floor();
        var notes = NotesForm.read(keys);
        var bands = BandsForm.read(keys);
        return level == null || formula == null
                ? null
                : new Metric(
                        name,
                        label,
                        description,
                        level,
                        rollUp,
                        formula,
                        unit,
                        direction,
                        domain,
                        owner,
                        counter,
                        empty == Empty.NONE,
                        status,
                        parameters,
                        new Metric.Sample(least, cluster, floor),
                        level == Metric.Level.ENTITY ? of : null,
                        notes,
                        bands);
    }

    /** {@code trust: {at_least: B}}. */
    private @Nullable Grade floor() {
        var written = keys.mapping("trust");
        if (written == null) {
            return null;
        }
        var text = written.required("at_least");
        var at = written.value("at_least");
        written.finish("trust");
        if (text == null || at == null) {
            return null;
        }
        for (var grade : Grade.values()) {
            if (grade != Grade.F && grade.name().equals(text)) {
                return grade;
            }
        }
        findings.report(
                ProblemCode.BAD_VALUE,
                "trust.at_least",
                at,
                "'%s' is no grade that data can be asked for: write A, B, C or D.",
                text);
        return null;
    }

    /** How many observations a cell needs; null where it is not said, or is no number. */
    private @Nullable Integer least() {
        var written = keys.scalar("minSample");
        if (written == null) {
            return null;
        }
        try {
            return Integer.valueOf(written.getValue());
        } catch (NumberFormatException _) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    "minSample",
                    written,
                    "'%s' is no whole number; a cell needs at least so many observations: minSample: 30.",
                    written.getValue());
            return null;
        }
    }

    /** What counts and sums are over no facts. */
    private enum Empty {
        ZERO,
        NONE
    }

    private @Nullable Cohort cohort(String name) {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        boolean byList = keys.value("accounts") != null;
        boolean byRule = keys.value("rule") != null;
        if (byList == byRule) {
            findings.report(
                    byList ? ProblemCode.CONFLICT : ProblemCode.MISSING,
                    byList ? "rule" : "",
                    byList ? keys.keyNode("rule") : value("cohort"),
                    "A cohort has either 'accounts', the keys of its members, or a 'rule'.");
            return null;
        }
        if (byRule) {
            var rule = keys.required("rule");
            return rule == null
                    ? null
                    : new Cohort(name, label, description, new Cohort.Members.Rule(rule));
        }
        return new Cohort(name, label, description, new Cohort.Members.Accounts(accounts()));
    }

    private List<String> accounts() {
        var accounts = new ArrayList<String>();
        for (ScalarNode account : keys.list("accounts")) {
            if (account.getValue().isEmpty()) {
                findings.report(
                        ProblemCode.BAD_VALUE,
                        "accounts",
                        account,
                        "An account has a key that is not empty.");
            }
            accounts.add(account.getValue());
        }
        return List.copyOf(accounts);
    }

    private List<Parameter> parameters() {
        var written = keys.mapping("params");
        if (written == null) {
            return List.of();
        }
        var parameters = new ArrayList<Parameter>();
        for (var name : written.names()) {
            var value = written.value(name);
            var parameter = value == null ? null : written.mapping(name);
            if (parameter == null) {
                if (value == null) {
                    findings.report(
                            ProblemCode.MISSING,
                            written.path(name),
                            written.keyNode(name),
                            "A parameter has a type and a default: {type: integer, default: 4}.");
                }
                continue;
            }
            Words.isName(name, written.path(name), written.keyNode(name), findings);
            int before = findings.count();
            var type = parameter.choice("type", DataType.class);
            if (type == null && findings.count() == before) {
                findings.report(
                        ProblemCode.MISSING,
                        parameter.path("type"),
                        parameter.keyNode("type"),
                        "'type' is missing.");
            }
            var standard = parameter.text("default");
            if (standard == null && findings.count() == before) {
                findings.report(
                        ProblemCode.MISSING,
                        parameter.path("default"),
                        parameter.keyNode("default"),
                        "'default' is missing: a metric has a value wherever it is named.");
            }
            parameter.finish("parameter");
            if (type != null && standard != null) {
                parameters.add(new Parameter(name, type, standard));
            }
        }
        return List.copyOf(parameters);
    }
}
