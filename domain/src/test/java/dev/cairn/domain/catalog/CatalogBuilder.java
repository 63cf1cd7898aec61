package dev.cairn.domain.catalog;

import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a catalogue line by line. Fields are declared in short, the time field first: {@code "happened timestamp, who text -> account, price money EUR,
 * paid money of currency, no integer key"}; attributes too, with their mark: {@code "plan text, internal boolean test"}.
 */
public final class CatalogBuilder {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<Entry> older = new ArrayList<>();

    public static CatalogBuilder catalog() {
        return new CatalogBuilder();
    }

    public CatalogBuilder define(Definition definition) {
        entries.put(definition.name(), new Entry(definition, 1, Map.of()));
        return this;
    }

    public CatalogBuilder source(String name, String fields) {
        return define(sourceOf(name, fields));
    }

    /** Whose rows hold for a time, and which has no other. */
    public CatalogBuilder sourceValid(String name, String fields, String from, String until) {
        var source = sourceOf(name, fields);
        return define(
                new Source(
                                name,
                                name,
                                "",
                                null,
                                source.zone(),
                                null,
                                null,
                                source.accountField(),
                                source.userField(),
                                source.key(),
                                source.fields())
                        .with(new Validity(from, until)));
    }

    /** Rates to a currency: by the first field, of the second, in the third. */
    public CatalogBuilder rates(String name, String fields, String to) {
        var source = sourceOf(name, fields);
        return define(
                source.withRates(
                        new Rates(
                                source.fields().get(1).name(),
                                to,
                                source.fields().get(2).name(),
                                Rates.USUAL_CARRY)));
    }

    public static Source sourceOf(String name, String declared) {
        var fields = new ArrayList<Field>();
        var key = new ArrayList<String>();
        String account = null;
        String user = null;
        for (String line : declared.split(",")) {
            var words = List.of(line.strip().split(" +"));
            var field = field(words);
            fields.add(field);
            if (words.contains("key")) {
                key.add(field.name());
            }
            if (words.contains("->")) {
                boolean ofAccount = words.getLast().equals("account");
                account = ofAccount ? field.name() : account;
                user = ofAccount ? user : field.name();
            }
        }
        return new Source(
                name,
                name,
                "",
                fields.getFirst().name(),
                ZoneOffset.UTC,
                null,
                null,
                account,
                user,
                key,
                fields);
    }

    private static Field field(List<String> words) {
        var type = DataType.valueOf(words.get(1).toUpperCase(Locale.ROOT));
        if (words.size() > 3 && words.get(2).equals("of")) {
            return Field.of(words.getFirst(), type).inCurrencyOf(words.get(3));
        }
        String currency = type == DataType.MONEY ? words.get(2) : null;
        return new Field(
                words.getFirst(), words.getFirst(), type, currency, null, List.of(), null, null);
    }

    public CatalogBuilder account(String attributes) {
        return entity(EntityRef.ACCOUNT, attributes);
    }

    public CatalogBuilder user(String attributes) {
        return entity(EntityRef.USER, attributes);
    }

    private CatalogBuilder entity(EntityRef kind, String declared) {
        var attributes =
                Arrays.stream(declared.split(","))
                        .map(line -> List.of(line.strip().split(" +")))
                        .map(words -> new Entity.Attribute(field(words), mark(words)))
                        .toList();
        return define(new Entity(kind, kind.name(), "", kind.name() + "_key", attributes));
    }

    private static Entity.Mark mark(List<String> words) {
        return Arrays.stream(Entity.Mark.values())
                .filter(mark -> words.contains(mark.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(Entity.Mark.NONE);
    }

    public CatalogBuilder calendar(String name, int month, int day) {
        return define(new Calendar(name, name, "", month, day));
    }

    public CatalogBuilder slice(String name, String of, String where) {
        return define(new Slice(name, name, "", of, where));
    }

    /** A metric of a cell. */
    public CatalogBuilder metric(String name, String formula, Parameter... parameters) {
        return define(metricOf(name, Level.CELL, null, formula).with(List.of(parameters)));
    }

    public CatalogBuilder metric(
            String name, Level level, @Nullable RollUp rollUp, String formula) {
        return define(metricOf(name, level, rollUp, formula));
    }

    public static Metric metricOf(
            String name, Level level, @Nullable RollUp rollUp, String formula) {
        return new Metric(
                name,
                "The " + name,
                "",
                level,
                rollUp,
                formula,
                null,
                Metric.Direction.HIGHER,
                null,
                null,
                null,
                false,
                Metric.Status.PUBLISHED);
    }

    /** A metric of a cell that says nothing rather than 0 over no facts. */
    public CatalogBuilder metricEmptyIsNone(String name, String formula) {
        return define(
                new Metric(
                        name,
                        name,
                        "",
                        Level.CELL,
                        null,
                        formula,
                        null,
                        Metric.Direction.NEUTRAL,
                        null,
                        null,
                        null,
                        true,
                        Metric.Status.PUBLISHED));
    }

    public CatalogBuilder cohort(String name, String... accounts) {
        return define(new Cohort(name, name, "", new Cohort.Members.Accounts(List.of(accounts))));
    }

    public CatalogBuilder rule(String name, String formula) {
        return define(new Cohort(name, name, "", new Cohort.Members.Rule(formula)));
    }

    /** Says how a bare name of the definition was read when it was saved. */
    public CatalogBuilder bound(String definition, String relation, String name, Binding binding) {
        var entry = entries.get(definition);
        entries.put(
                definition,
                new Entry(
                        entry.definition(),
                        entry.version(),
                        Map.of(Binding.key(relation, name), binding)));
        return this;
    }

    /** What is in force was revised until it had this version. */
    public CatalogBuilder atVersion(String definition, int version) {
        var entry = entries.get(definition);
        entries.put(definition, new Entry(entry.definition(), version, entry.bindings()));
        return this;
    }

    /** An earlier version of a metric of a cell. */
    public CatalogBuilder earlier(String name, int version, String formula) {
        older.add(new Entry(metricOf(name, Level.CELL, null, formula), version, Map.of()));
        return this;
    }

    public Catalog build() {
        return Catalog.of(1, entries.values(), older);
    }
}
