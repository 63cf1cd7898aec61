package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Alert.Watched;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.MetricNotes;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Validity;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes definitions as YAML that {@link DefinitionReader} reads back as the very same; what is as by default is left out. */
public final class DefinitionWriter {
    private static final Pattern SIMPLE = Pattern.compile("-?[0-9A-Za-z][0-9A-Za-z.-]*");

    /** What some readers take for an octal number, and the library writes in quotes for that. */
    private static final Pattern LEADING_ZERO = Pattern.compile("0[0-9_]+");

    private static final Resolver RESOLVER = new Resolver();

    private DefinitionWriter() {}

    /** One document. */
    public static String text(Definition definition) {
        var options = new DumperOptions();
        options.setSplitLines(false);
        options.setAllowUnicode(true);
        options.setIndicatorIndent(0);
        var written = new StringWriter();
        new Yaml(options).serialize(mapping(definition), written);
        return written.toString();
    }

    private static void alert(Alert alert, Entries block) {
        block.text("owner", alert.owner());
        switch (alert.watched()) {
            case Watched.Groups(var of, var when, var provisional) ->
                    block.text("question", of)
                            .word("when", when == Alert.When.THERE ? null : when)
                            .truth("provisional", provisional, false);
            case Watched.Entered(var of, var provisional) ->
                    block.text("cohort", of).truth("provisional", provisional, false);
            case Watched.BandLeft(var of, var band, var provisional) ->
                    block.text("metric", of)
                            .text("band", band)
                            .truth("provisional", provisional, false);
            case Watched.GuardTripped(var of, var every) ->
                    block.text("guard", of)
                            .word("every", every == Alert.Every.MONTH ? null : every);
            case Watched.TrustLost(var of, var atLeast) ->
                    block.text("trust", of).text("at_least", atLeast.name());
        }
    }

    private static Node mapping(Definition definition) {
        var block = new Entries().text(definition.kind(), definition.name());
        block.textUnless(definition.label(), "label", definition.name());
        block.textUnless(definition.description(), "description", "");
        switch (definition) {
            case Source members when members.isEntity() -> members(members, block);
            case Source source -> source(source, block);
            case Entity entity -> entity(entity, block);
            case Slice(_, _, _, var of, var where) -> block.text("of", of).formula("where", where);
            case Metric metric -> metric(metric, block);
            case Cohort cohort -> members(cohort.members(), block);
            case ConformedDimension dimension ->
                    block.put(
                            "fields",
                            list(dimension.fields().stream().map(DefinitionWriter::text).toList()));
            case Target target -> target(target, block);
            case Baseline baseline -> baseline(baseline, block);
            case Success success -> success(success, block);
            case Question question -> question(question, block);
            case Alert alert -> alert(alert, block);
            case Scope(_, _, _, var owner, var where) ->
                    block.text("owner", owner).formula("where", where);
            case Calendar(_, _, _, var month, var day, var rows) -> {
                if (rows == null) {
                    block.text("year_begins", "%02d-%02d".formatted(month, day));
                } else {
                    block.textUnless(rows.mapping() == null ? rows.source() : "", "rows", "");
                    mapping(rows.mapping(), block);
                    block.text("day", rows.day());
                    var grains = new Entries();
                    rows.grains().forEach(grain -> grains.texts(grain.name(), grain.fields()));
                    block.put("grains", grains.node(FlowStyle.FLOW));
                }
            }
        }
        return block.node(FlowStyle.BLOCK);
    }

    private static void success(Success success, Entries block) {
        block.text("owner", success.owner()).formula("rule", success.rule());
        switch (success.window()) {
            case null -> {}
            case Success.Window.Dates(var from, var until) ->
                    block.day("from", from).day("until", until);
            case Success.Window.Days(var after, var from, var until) ->
                    block.text("after", after)
                            .text("from_day", Integer.toString(from))
                            .text("until_day", Integer.toString(until));
        }
        block.formula("size", success.size());
    }

    private static void source(Source source, Entries block) {
        var time = new Entries().text("field", source.timeField());
        var validity = validity(source.validity());
        (source.timeField() == null ? validity : time)
                .textUnless(source.zone().getId(), "zone", "UTC");
        if (source.timeField() != null) {
            block.put("time", time.node(FlowStyle.FLOW));
        }
        if (source.isTimeless()) {
            block.text("time", "none");
        } else if (source.validity() != null) {
            block.put("validity", validity.node(FlowStyle.FLOW));
        }
        if (source.rates() != null) {
            block.put("rates", rates(source.rates()).node(FlowStyle.FLOW));
        }
        var mapping = source.mapping();
        mapping(mapping, block);
        var completeUntil = mapping == null ? null : mapping.completeUntil();
        boolean isCovered =
                source.coverageFrom() != null
                        || source.coverageUntil() != null
                        || completeUntil != null;
        if (isCovered && !source.isTimeless()) {
            var coverage =
                    new Entries()
                            .day("from", source.coverageFrom())
                            .day("until", source.coverageUntil());
            if (completeUntil != null) {
                coverage.put("until", greatest(completeUntil));
            }
            block.put("coverage", coverage.node(FlowStyle.FLOW));
        }
        link("account", source.accountFields(), block);
        if (source.accountVia() != null) {
            block.put(
                    "account", new Entries().text("via", source.accountVia()).node(FlowStyle.FLOW));
        }
        link("user", source.userField() == null ? List.of() : List.of(source.userField()), block);
        if (!source.key().isEmpty()) {
            block.put("key", list(source.key().stream().map(DefinitionWriter::text).toList()));
        }
        links(source.pointers(), block);
        notation(source.notation(), block);
        block.formula("where", source.where());
        var fields = new Entries();
        source.fields().stream()
                .filter(field -> !source.made().contains(field))
                .filter(field -> !source.isImplied(field))
                .forEach(field -> fields.put(field.name(), field(field, Mark.NONE)));
        block.put("fields", fields.node(FlowStyle.BLOCK));
        expectations(source.expectations(), block);
    }

    private static void expectations(Expectations expectations, Entries block) {
        var written =
                new Entries()
                        .word("cadence", expectations.cadence())
                        .text("freshness", freshness(expectations.freshDays()));
        if (!expectations.fields().isEmpty()) {
            var fields = new Entries();
            expectations.fields().forEach(field -> fields.put(field.field(), expected(field)));
            written.put("fields", fields.node(FlowStyle.BLOCK));
        }
        written.texts("unique", expectations.unique());
        written.number("orphans", expectations.orphans());
        if (expectations.volumeBy() != null) {
            written.put(
                    "volume",
                    new Entries().text("by", expectations.volumeBy()).node(FlowStyle.FLOW));
        } else if (expectations.volume() != (expectations.cadence() != null)) {
            written.put("volume", asWritten(Boolean.toString(expectations.volume())));
        }
        if (!expectations.controls().isEmpty()) {
            var controls = new Entries();
            expectations
                    .controls()
                    .forEach(control -> controls.put(control.name(), control(control)));
            written.put("controls", controls.node(FlowStyle.BLOCK));
        }
        if (expectations.optional()) {
            written.put("optional", asWritten("true"));
        }
        if (!written.entries.isEmpty()) {
            block.put("expect", written.node(FlowStyle.BLOCK));
        }
        if (!expectations.broken().isEmpty()) {
            block.put(
                    "broken",
                    new SequenceNode(
                            Tag.SEQ,
                            expectations.broken().stream()
                                    .map(broken ->
                                            new Entries()
                                                    .day("from", broken.from())
                                                    .day("until", broken.until())
                                                    .text("why", broken.why())
                                                    .node(FlowStyle.FLOW))
                                    .toList(),
                            FlowStyle.BLOCK));
        }
    }

    private static @Nullable String freshness(@Nullable Integer days) {
        if (days == null) {
            return null;
        }
        return days == Expectations.ANY_AGE ? ExpectationsForm.ANY : days + " days";
    }

    private static Node expected(Expectations.OfField field) {
        var written = new Entries();
        if (!field.values().isEmpty()) {
            written.put(
                    "values",
                    list(field.values().stream().map(DefinitionWriter::asWritten).toList()));
        }
        written.number("min", field.min()).number("max", field.max());
        written.number("empty", field.empty());
        if (!field.sentinels().isEmpty()) {
            written.put(
                    "sentinels",
                    list(field.sentinels().stream().map(DefinitionWriter::asWritten).toList()));
        }
        return written.node(FlowStyle.FLOW);
    }

    private static Node control(Expectations.Control control) {
        var written =
                new Entries()
                        .formula("formula", control.formula())
                        .formula("expected", control.expected());
        if (control.tolerance().signum() != 0) {
            written.number("tolerance", control.tolerance());
        }
        return written.word("per", control.per())
                .day("from", control.from())
                .day("until", control.until())
                .node(FlowStyle.BLOCK);
    }

    private static void mapping(@Nullable Mapping mapping, Entries block) {
        if (mapping != null) {
            block.text("table", mapping.text());
            if (mapping.version() != null) {
                block.put("version", greatest(mapping.version()));
            }
        }
    }

    private static Node greatest(String column) {
        return new Entries().text("max", column).node(FlowStyle.FLOW);
    }

    /** A declared entity; the columns of its key are texts unless they say otherwise. */
    private static void members(Source entity, Entries block) {
        mapping(entity.mapping(), block);
        block.put("key", list(entity.linkKey().stream().map(DefinitionWriter::text).toList()));
        notation(entity.notation(), block);
        var written =
                entity.fields().stream()
                        .filter(field -> !entity.isImplied(field))
                        .filter(field -> !entity.made().contains(field))
                        .filter(field -> !isOfHistory(field, entity.history()))
                        .filter(field ->
                                !(entity.key().contains(field.name())
                                        && field.equals(Field.of(field.name(), DataType.TEXT))))
                        .toList();
        if (!written.isEmpty()) {
            var attributes = new Entries();
            written.forEach(
                    field -> attributes.put(field.name(), field(field, entity.mark(field))));
            block.put("attributes", attributes.node(FlowStyle.BLOCK));
        }
        links(entity.pointers(), block);
        history(entity.history(), block);
    }

    /** Columns by which rows hold are declared by the history alone. */
    private static boolean isOfHistory(Field field, @Nullable History history) {
        return history != null
                && (history.begins().equals(field.name())
                        || history.ends().filter(field.name()::equals).isPresent());
    }

    private static void links(List<Link> links, Entries block) {
        if (!links.isEmpty()) {
            var entries = new Entries();
            for (var link : links) {
                var fields = list(link.fields().stream().map(DefinitionWriter::text).toList());
                var written =
                        switch (link.target()) {
                            case LinkTarget.OfSource(var source) ->
                                    new Entries().text("source", source);
                            case LinkTarget.OfEntity(var entity) ->
                                    new Entries().text("entity", entity.name());
                        };
                entries.put(link.name(), written.put("fields", fields).node(FlowStyle.FLOW));
            }
            block.put("links", entries.node(FlowStyle.BLOCK));
        }
    }

    private static Entries validity(@Nullable Validity validity) {
        var entries = new Entries();
        if (validity != null) {
            entries.text("from", validity.from()).text("until", validity.until());
            if (!validity.per().isEmpty()) {
                entries.put(
                        "per", list(validity.per().stream().map(DefinitionWriter::text).toList()));
            }
        }
        return entries;
    }

    private static Entries rates(Rates rates) {
        var entries =
                new Entries()
                        .text("currency", rates.currency())
                        .text("to", rates.to())
                        .text("rate", rates.rate());
        entries.textUnless(rates.carry() + " days", "carry", Rates.USUAL_CARRY + " days");
        return entries;
    }

    private static void notation(Notation notation, Entries block) {
        if (!notation.isStandard()) {
            block.put("read", new Entries().notation(notation).node(FlowStyle.FLOW));
        }
    }

    private static void link(String entity, List<String> fields, Entries block) {
        if (fields.size() == 1) {
            block.put(entity, new Entries().text("field", fields.getFirst()).node(FlowStyle.FLOW));
        } else if (!fields.isEmpty()) {
            var written = list(fields.stream().map(DefinitionWriter::text).toList());
            block.put(entity, new Entries().put("fields", written).node(FlowStyle.FLOW));
        }
    }

    private static void entity(Entity entity, Entries block) {
        mapping(entity.mapping(), block);
        if (entity.key().size() == 1) {
            block.text("key", entity.key().getFirst());
        } else {
            block.put("key", list(entity.key().stream().map(DefinitionWriter::text).toList()));
        }
        notation(entity.notation(), block);
        history(entity.history(), block);
        var written =
                entity.attributes().stream()
                        .filter(attribute -> !Entity.parts(entity.key()).contains(attribute))
                        .filter(attribute -> !entity.isMade(attribute))
                        .toList();
        if (!written.isEmpty()) {
            var attributes = new Entries();
            written.forEach(attribute ->
                    attributes.put(
                            attribute.field().name(),
                            entity.isPart(attribute)
                                    ? part(attribute.field())
                                    : field(attribute.field(), attribute.mark())));
            block.put("attributes", attributes.node(FlowStyle.BLOCK));
        }
        links(entity.links(), block);
    }

    /** Nothing is said of a part of the key but what it is called. */
    private static Node part(Field field) {
        return new Entries().text("type", "text").text("label", field.label()).node(FlowStyle.FLOW);
    }

    private static void missing(List<String> codes, Entries entries) {
        if (!codes.isEmpty()) {
            entries.put("missing", list(codes.stream().map(DefinitionWriter::asWritten).toList()));
        }
    }

    private static void history(@Nullable History history, Entries block) {
        switch (history) {
            case History.Intervals(var from, var until, var missing) -> {
                var entries = new Entries().text("from", from).text("until", until);
                missing(missing, entries);
                block.put("history", entries.node(FlowStyle.FLOW));
            }
            case History.Snapshots(var on) ->
                    block.put("history", new Entries().text("snapshot", on).node(FlowStyle.FLOW));
            case History.OfFiles() -> block.text("history", "as_of");
            case null -> {}
        }
    }

    private static void metric(Metric metric, Entries block) {
        block.text("of", metric.of());
        block.word("rollup", metric.rollUp());
        block.word("unit", metric.unit());
        if (metric.direction() != Metric.Direction.NEUTRAL) {
            block.word("direction", metric.direction());
        }
        block.word("domain", metric.domain());
        block.text("owner", metric.owner());
        block.text("counter", metric.counter());
        if (metric.emptyIsNone()) {
            block.text("empty", "none");
        }
        if (metric.sample().least() != null) {
            block.number("minSample", BigDecimal.valueOf(metric.sample().least()));
        }
        block.word("cluster", metric.sample().cluster());
        if (metric.sample().trust() != null) {
            block.put(
                    "trust",
                    new Entries()
                            .text("at_least", metric.sample().trust().name())
                            .node(FlowStyle.FLOW));
        }
        if (metric.status() != Metric.Status.PUBLISHED) {
            block.word("status", metric.status());
        }
        if (!metric.parameters().isEmpty()) {
            var parameters = new Entries();
            metric.parameters()
                    .forEach(parameter ->
                            parameters.put(
                                    parameter.name(),
                                    new Entries()
                                            .word("type", parameter.type())
                                            .put("default", asWritten(parameter.defaultValue()))
                                            .node(FlowStyle.FLOW)));
            block.put("params", parameters.node(FlowStyle.BLOCK));
        }
        block.formula("formula", metric.formula());
        if (!metric.bands().isEmpty()) {
            var bands = new Entries();
            metric.bands()
                    .forEach(band ->
                            bands.put(
                                    band.name(),
                                    new Entries()
                                            .number("below", band.below())
                                            .node(FlowStyle.FLOW)));
            block.put("bands", bands.node(FlowStyle.FLOW));
        }
        notes(metric.notes(), block);
    }

    private static void notes(MetricNotes notes, Entries block) {
        block.word("timing", notes.timing());
        block.text("no_counter", notes.noCounter());
        block.word("account_list", notes.accountList());
        block.text("decision", notes.decision());
        block.lines("rules", notes.rules());
        block.lines("pitfalls", notes.pitfalls());
        block.text("example", notes.example());
        block.lines("sources", notes.sources());
    }

    private static void target(Target target, Entries block) {
        block.text("metric", target.metric());
        switch (target.goal()) {
            case Target.Goal.Reach(var value) -> block.number("value", value);
            case Target.Goal.Between(var least, var most) ->
                    block.put(
                            "between",
                            list(
                                    List.of(
                                            asWritten(least.toPlainString()),
                                            asWritten(most.toPlainString()))));
        }
        block.number("baseline", target.baseline());
        block.day("from", target.from()).day("until", target.until());
        scope(target.scope(), block);
        block.word("holds", target.holds()).word("each", target.each());
        if (target.near().compareTo(Target.NEAR) != 0) {
            block.number("near", target.near());
        }
    }

    private static void baseline(Baseline baseline, Entries block) {
        block.text("metric", baseline.metric());
        block.number("version", decimal(baseline.metricVersion()));
        block.number("value", baseline.value());
        block.number("n", decimal(baseline.sampleSize()));
        block.number("error", baseline.standardError());
        block.day("from", baseline.from()).day("until", baseline.until());
        block.textUnless(baseline.zone().getId(), "zone", "UTC");
        scope(baseline.scope(), block);
        if (baseline.level()) {
            block.put("level", asWritten("true"));
        }
        block.text("kept", baseline.kept().toString());
        block.text("as_of", baseline.asOf() == null ? null : baseline.asOf().toString());
    }

    private static void question(Question question, Entries block) {
        var asked = question.asked();
        block.text("owner", question.owner());
        block.lines("metrics", asked.metrics());
        if (!asked.by().isEmpty()) {
            block.put("by", list(asked.by().stream().map(DefinitionWriter::text).toList()));
        }
        block.text("grain", asked.grain()).text("range", asked.range());
        block.textUnless(asked.zone(), "zone", "UTC");
        block.text("week_starts", asked.weekStarts()).text("compare", asked.compareTo());
        block.formula("where", asked.where()).formula("cohort", asked.cohort());
        block.formula("having", asked.having());
        if (!asked.order().isEmpty()) {
            block.put("order", list(asked.order().stream().map(DefinitionWriter::text).toList()));
        }
        block.text("top", asked.top()).number("first", decimal(asked.first()));
        block.text("as_of", asked.asOf()).text("known_at", asked.knownAt());
        block.truth("totals", asked.totals(), false).truth("fill", asked.fill(), true);
        block.truth("other", asked.other(), true);
        block.truth("empty_is_none", asked.emptyIsNone(), false);
        block.truth("targets", asked.targets(), false);
        block.truth("baselines", asked.baselines(), false);
    }

    private static @Nullable BigDecimal decimal(@Nullable Number number) {
        return number == null ? null : BigDecimal.valueOf(number.longValue());
    }

    private static void scope(List<Target.ScopeKey> keys, Entries block) {
        if (!keys.isEmpty()) {
            var scope = new Entries();
            keys.forEach(key -> scope.text(key.dimension(), key.value()));
            block.put("for", scope.node(FlowStyle.FLOW));
        }
    }

    private static void members(Cohort.Members members, Entries block) {
        switch (members) {
            case Cohort.Members.Rule(var formula) -> block.formula("rule", formula);
            case Cohort.Members.Accounts(var keys) ->
                    block.put("accounts", list(keys.stream().map(DefinitionWriter::text).toList()));
        }
    }

    private static Node field(Field field, Mark mark) {
        if (field.equals(Field.of(field.name(), field.type()))
                && mark == Mark.NONE
                && field.type() != DataType.MONEY) {
            return text(Words.of(field.type()));
        }
        var entries = new Entries().word("type", field.type());
        entries.textUnless(field.label(), "label", field.name());
        entries.text("currency", field.currency());
        if (field.currencyField() != null) {
            entries.put(
                    "currency",
                    new Entries().text("field", field.currencyField()).node(FlowStyle.FLOW));
        }
        entries.notation(field.notation());
        missing(field.missing(), entries);
        entries.number("min", field.min()).number("max", field.max());
        if (mark != Mark.NONE) {
            entries.word("marks", mark);
        }
        var compute = field.compute();
        if (compute != null) {
            entries.formula("compute", compute, false);
        }
        return entries.node(
                compute != null && compute.contains("\n") ? FlowStyle.BLOCK : FlowStyle.FLOW);
    }

    private static Node list(List<Node> items) {
        return new SequenceNode(Tag.SEQ, items, FlowStyle.FLOW);
    }

    /** A text; in quotes where it would be read as something else. */
    private static Node text(String value) {
        var style =
                isOdd(value)
                        ? ScalarStyle.DOUBLE_QUOTED
                        : value.contains("\n") ? ScalarStyle.LITERAL : ScalarStyle.PLAIN;
        return new ScalarNode(Tag.STR, value, null, null, style);
    }

    /** Whether something in it is better seen as an escape: other line ends, tabs, marks and controls. */
    private static boolean isOdd(String value) {
        return value.codePoints()
                .anyMatch(c ->
                        (c != '\n' && Character.isISOControl(c))
                                || c == 0x2028
                                || c == 0x2029
                                || c == 0xfeff);
    }

    /** Without quotes wherever that is possible: a number, a day, a code. */
    private static Node asWritten(String value) {
        var tag = RESOLVER.resolve(NodeId.scalar, value, true);
        boolean isQuoted =
                tag.equals(Tag.NULL)
                        || !SIMPLE.matcher(value).matches()
                        || LEADING_ZERO.matcher(value).matches();
        return isQuoted ? text(value) : new ScalarNode(tag, value, null, null, ScalarStyle.PLAIN);
    }

    /** The entries of a mapping, in order. */
    private static final class Entries {
        private final List<NodeTuple> entries = new ArrayList<>();

        Entries put(String key, Node value) {
            entries.add(new NodeTuple(DefinitionWriter.text(key), value));
            return this;
        }

        Entries text(String key, @Nullable String value) {
            return value == null ? this : put(key, DefinitionWriter.text(value));
        }

        void textUnless(String value, String key, String standard) {
            if (!value.equals(standard)) {
                text(key, value);
            }
        }

        Entries word(String key, @Nullable Enum<?> word) {
            return word == null ? this : text(key, Words.of(word));
        }

        Entries notation(Notation notation) {
            text("column", notation.column());
            texts("format", notation.formats());
            text("locale", notation.locale());
            if (notation.pivot() != null) {
                put("pivot", asWritten(notation.pivot().toString()));
            }
            text("decimal", notation.decimal()).text("thousands", notation.thousands());
            texts("strip", notation.strip());
            word("negative", notation.negative()).word("percent", notation.percent());
            if (notation.trim() != null) {
                put("trim", asWritten(notation.trim().toString()));
            }
            word("case", notation.letterCase());
            return notation.optional() == null
                    ? this
                    : put("optional", asWritten(notation.optional().toString()));
        }

        /** One text as it is, more as a list. */
        private void texts(String key, List<String> texts) {
            if (texts.size() == 1) {
                text(key, texts.getFirst());
            } else if (!texts.isEmpty()) {
                put(key, list(texts.stream().map(DefinitionWriter::text).toList()));
            }
        }

        /** A list, a text to a line. */
        void lines(String key, List<String> texts) {
            if (!texts.isEmpty()) {
                put(
                        key,
                        new SequenceNode(
                                Tag.SEQ,
                                texts.stream().map(DefinitionWriter::text).toList(),
                                FlowStyle.BLOCK));
            }
        }

        Entries number(String key, @Nullable BigDecimal value) {
            return value == null ? this : put(key, asWritten(value.toPlainString()));
        }

        /** Left out where it is as it would be without. */
        Entries truth(String key, boolean value, boolean standard) {
            return value == standard ? this : put(key, asWritten(Boolean.toString(value)));
        }

        Entries day(String key, @Nullable LocalDate day) {
            return day == null ? this : put(key, asWritten(day.toString()));
        }

        /** In quotes of the kind that formulas do not use, where it needs any. */
        Entries formula(String key, String formula, boolean plain) {
            boolean odd = formula.contains("\n") || formula.contains("\"");
            return put(
                    key,
                    plain || odd
                            ? DefinitionWriter.text(formula)
                            : new ScalarNode(
                                    Tag.STR, formula, null, null, ScalarStyle.DOUBLE_QUOTED));
        }

        Entries formula(String key, @Nullable String formula) {
            return formula == null
                    ? this
                    : formula(key, formula, !formula.contains(": ") && !formula.contains(" #"));
        }

        Node node(FlowStyle style) {
            return new MappingNode(Tag.MAP, entries, style);
        }
    }
}
