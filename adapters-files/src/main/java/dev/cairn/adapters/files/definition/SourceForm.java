package dev.cairn.adapters.files.definition;

import static java.util.Objects.requireNonNull;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.ProblemCode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A source as written. */
final class SourceForm {
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern CARRY = Pattern.compile("([0-9]{1,5})( days?)?");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final String name;
    private final Keys keys;
    private final Findings findings;
    private final List<Field> fields = new ArrayList<>();
    private final Set<String> declared = new LinkedHashSet<>();
    private ZoneId validityZone = UTC;

    /** Whether it says that its rows are of no time. */
    private boolean isTimeless;

    SourceForm(String name, Keys keys) {
        this.name = name;
        this.keys = keys;
        this.findings = keys.findings();
    }

    /** The source; null where it has neither a time field nor a validity, which is reported. */
    @Nullable Source read() {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        readFields();
        var notation = NotationForm.ofAll(keys);
        var where = keys.text("where");
        var time = time();
        var validity = validity();
        var coverage = coverage();
        var accountVia = via();
        var account = saysVia() ? List.<String>of() : link("account");
        var user = link("user");
        var key = key();
        var links = new LinkForm(name, declared, findings).read(keys);
        var rates = rates();
        var mapping = new MappingForm(keys).read(coverage.untilGreatest());
        var expectations = new ExpectationsForm(keys).read();
        boolean valid = validity != null && keys.value("time") == null;
        if (time == null && !valid && !isTimeless) {
            return null;
        }
        var source =
                new Source(
                        name,
                        label,
                        description,
                        time == null ? null : time.field(),
                        time == null ? validityZone : time.zone(),
                        coverage.from(),
                        coverage.until(),
                        key,
                        fields,
                        notation,
                        where,
                        validity,
                        Stream.concat(Source.own(account, user).stream(), links.stream()).toList(),
                        accountVia,
                        rates,
                        false,
                        null,
                        mapping,
                        expectations);
        return (isTimeless ? source.timeless() : source).withMadeKeys();
    }

    private record Time(String field, ZoneId zone) {}

    /** @param untilGreatest a column of a table: until the local day of its greatest value; null: as said otherwise */
    private record Days(
            @Nullable LocalDate from, @Nullable LocalDate until, @Nullable String untilGreatest) {}

    private void readFields() {
        var written = keys.mapping("fields");
        if (written == null) {
            if (keys.value("fields") == null) {
                findings.report(
                        ProblemCode.MISSING,
                        "fields",
                        keys.node(),
                        "A source has fields: fields: {plan: text}.");
            }
            return;
        }
        if (written.names().isEmpty()) {
            findings.report(
                    ProblemCode.MISSING,
                    "fields",
                    keys.keyNode("fields"),
                    "A source has at least one field.");
        }
        declared.addAll(written.names());
        var form = new FieldForm(written);
        for (var field : written.names()) {
            var read = form.field(field);
            if (read != null) {
                fields.add(read);
            }
        }
    }

    private @Nullable Time time() {
        var value = keys.value("time");
        if (value == null && keys.value("validity") != null) {
            return null;
        }
        if (value == null) {
            findings.report(
                    ProblemCode.MISSING,
                    "time",
                    keys.keyNode("time"),
                    "A source says when its facts happened, time: {field: a date or timestamp}; or from when until when they hold, validity: {from: a date or timestamp, until: another}; or that they are of no time, time: none.");
            return null;
        }
        if (value instanceof ScalarNode none
                && none.getValue().equals("none")
                && !declared.contains("none")) {
            timeless(none);
            return null;
        }
        if (value instanceof ScalarNode scalar) {
            var field = keys.required("time");
            return field != null && hasTime(field, "time", scalar) ? new Time(field, UTC) : null;
        }
        var written = keys.mapping("time");
        if (written == null) {
            return null;
        }
        var field = written.required("field");
        var compute = written.text("compute");
        var type = written.choice("type", DataType.class);
        var zone = zone(written);
        written.finish("time");
        if (field == null) {
            return null;
        }
        var at = written.value("field");
        if (declared.contains(field)) {
            again(written, "compute", field);
            again(written, "type", field);
        } else if (at != null && (compute != null || type != null)) {
            addTime(field, type == null ? DataType.DATE : type, written, at);
        }
        return at != null && hasTime(field, "time", at) ? new Time(field, zone) : null;
    }

    /** {@code time: none}. */
    private void timeless(Node none) {
        isTimeless = true;
        for (var other : List.of("validity", "coverage", "rates")) {
            if (keys.value(other) != null) {
                findings.report(
                        ProblemCode.CONFLICT,
                        other,
                        keys.keyNode(other),
                        "Rows of a source without time hold always; it has no '%s'.",
                        other);
            }
        }
        Source.IMPLIED.stream()
                .map(Field::name)
                .filter(declared::contains)
                .forEach(field ->
                        findings.report(
                                ProblemCode.CONFLICT,
                                "fields." + field,
                                none,
                                "'%s' says that rows hold always, where a source has no time; give the field another name.",
                                field));
    }

    /** What belongs to the field, where the field stands among the fields. */
    private void again(Keys written, String what, String field) {
        if (written.value(what) != null) {
            findings.report(
                    ProblemCode.CONFLICT,
                    written.path(what),
                    written.keyNode(what),
                    "'%s' stands among the fields: write its %s there.",
                    field,
                    what);
        }
    }

    private void addTime(String field, DataType type, Keys written, Node at) {
        if (Words.isName(field, "time.field", at, findings)) {
            fields.add(
                    new Field(
                            field,
                            field,
                            type,
                            null,
                            written.text("compute"),
                            List.of(),
                            null,
                            null));
            declared.add(field);
            var formula = written.value("compute");
            if (formula != null) {
                findings.stands("fields." + field + ".compute", formula);
            }
        }
    }

    /** {@code validity: {from: starts_on, until: ends_on, per: [subscription]}}; a source without a time may say its zone here. */
    private @Nullable Validity validity() {
        var written = keys.mapping("validity");
        if (written == null) {
            return null;
        }
        var from = end(written, "from");
        var until = end(written, "until");
        var per = new LinkedHashSet<String>();
        for (var scalar : written.list("per")) {
            if (known(scalar.getValue(), written.path("per"), scalar)) {
                per.add(scalar.getValue());
            }
        }
        if (keys.value("time") == null) {
            validityZone = zone(written);
        }
        written.finish("validity");
        if (from != null && from.equals(until)) {
            findings.report(
                    ProblemCode.CONFLICT,
                    written.path("until"),
                    written.keyNode("until"),
                    "A validity begins and ends by two fields; both are '%s'.",
                    from);
            return null;
        }
        return from == null || until == null ? null : new Validity(from, until, List.copyOf(per));
    }

    /** {@code rates: {currency: currency, to: USD, rate: usd_per_unit, carry: 7 days}}. */
    private @Nullable Rates rates() {
        var written = keys.mapping("rates");
        if (written == null) {
            return null;
        }
        var currency = ofRates(written, "currency");
        var rate = ofRates(written, "rate");
        var to = to(written);
        var carry = carry(written);
        written.finish("rates");
        return currency == null || rate == null || to == null
                ? null
                : new Rates(currency, to, rate, carry);
    }

    private @Nullable String ofRates(Keys written, String key) {
        var field = written.required(key);
        var at = written.value(key);
        return field != null && at != null && known(field, written.path(key), at) ? field : null;
    }

    private @Nullable String to(Keys written) {
        var to = written.required("to");
        var at = written.value("to");
        if (to == null || at == null) {
            return null;
        }
        try {
            return Currency.getInstance(to).getCurrencyCode();
        } catch (IllegalArgumentException _) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    written.path("to"),
                    at,
                    "'%s' is no currency: write its three letters, for example EUR.",
                    to);
            return null;
        }
    }

    private int carry(Keys written) {
        var scalar = written.scalar("carry");
        if (scalar == null) {
            return Rates.USUAL_CARRY;
        }
        var days = CARRY.matcher(scalar.getValue());
        int carry = days.matches() ? Integer.parseInt(days.group(1)) : 0;
        if (carry < 1) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    written.path("carry"),
                    scalar,
                    "A rate holds for so many days at most, one at least: write carry: 7 days.");
            return Rates.USUAL_CARRY;
        }
        return carry;
    }

    private @Nullable String end(Keys validity, String key) {
        var field = validity.required(key);
        var at = validity.value(key);
        return field != null && at != null && hasTime(field, validity.path(key), at) ? field : null;
    }

    private boolean hasTime(String field, String part, Node at) {
        var found = fields.stream().filter(each -> each.name().equals(field)).findFirst();
        if (found.isEmpty()) {
            if (!declared.contains(field)) {
                unknown(field, part, at);
            }
            return false;
        }
        var type = found.get().type();
        if (type != DataType.DATE && type != DataType.TIMESTAMP) {
            findings.report(
                    ProblemCode.TYPE_MISMATCH,
                    part,
                    at,
                    "A time is a date or a timestamp; '%s' is %s.",
                    field,
                    Words.of(type));
            return false;
        }
        return true;
    }

    private ZoneId zone(Keys written) {
        var scalar = written.scalar("zone");
        if (scalar == null) {
            return UTC;
        }
        try {
            return ZoneId.of(scalar.getValue());
        } catch (DateTimeException _) {
            findings.add(
                    findings.problem(
                                    ProblemCode.BAD_VALUE,
                                    written.path("zone"),
                                    scalar,
                                    "'%s' is no time zone: write one such as Europe/London or UTC.",
                                    scalar.getValue())
                            .suggesting(
                                    NearestNames.nearest(
                                            scalar.getValue(), ZoneId.getAvailableZoneIds())));
            return UTC;
        }
    }

    private Days coverage() {
        var written = keys.mapping("coverage");
        if (written == null) {
            return new Days(null, null, null);
        }
        var from = day(written, "from");
        var greatest =
                written.value("until") instanceof MappingNode
                        ? MappingForm.greatest(written, "until")
                        : null;
        var until = greatest == null ? day(written, "until") : null;
        written.finish("coverage");
        if (from != null && until != null && !from.isBefore(until)) {
            findings.report(
                    ProblemCode.BAD_RANGE,
                    "coverage",
                    written.node(),
                    "The coverage from %s ends before it begins; 'until' is the first day that is not complete.",
                    from);
        }
        return new Days(from, until, greatest);
    }

    private @Nullable LocalDate day(Keys coverage, String key) {
        var scalar = coverage.scalar(key);
        if (scalar == null) {
            return null;
        }
        try {
            if (DAY.matcher(scalar.getValue()).matches()) {
                return LocalDate.parse(scalar.getValue());
            }
            findings.report(
                    ProblemCode.BAD_VALUE,
                    coverage.path(key),
                    scalar,
                    "'%s' is no date: write 2026-01-31.",
                    scalar.getValue());
        } catch (DateTimeParseException _) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    coverage.path(key),
                    scalar,
                    "There is no day %s.",
                    scalar.getValue());
        }
        return null;
    }

    private boolean saysVia() {
        return keys.value("account") instanceof MappingNode
                && requireNonNull(keys.mapping("account")).names().contains("via");
    }

    /** {@code account: {via: subscription}}, or {@code subscription.account}: the account of the row that the link leads to; null: it is not said so. */
    private @Nullable String via() {
        var written = saysVia() ? keys.mapping("account") : null;
        if (written == null) {
            return null;
        }
        var via = written.required("via");
        written.finish("account");
        if (via == null) {
            return null;
        }
        var names = List.of(via.split("\\.", -1));
        boolean isAccount = names.size() == 1 || names.get(1).equals("account");
        if (names.size() > 2 || !isAccount) {
            findings.add(
                    findings.problem(
                                    ProblemCode.INCOMPATIBLE,
                                    written.path("via"),
                                    written.keyNode("via"),
                                    "'%s' is more than one link. A row is of the account of the row that it points at itself: name that link, and let the source that it leads to have its account by a link of its own.",
                                    via)
                            .offering(names.getFirst()));
            return null;
        }
        return names.getFirst();
    }

    /** {@code account: customer}, {@code account: {field: customer}}, or {@code account: {fields: [module, student]}}; none: it is not said, or not well. */
    private List<String> link(String entity) {
        var value = keys.value(entity);
        if (value == null) {
            return List.of();
        }
        if (value instanceof ScalarNode) {
            return known(keys.list(entity), entity);
        }
        var written = keys.mapping(entity);
        if (written == null) {
            return List.of();
        }
        boolean areSeveral = written.names().contains("fields");
        var fields = areSeveral ? written.list("fields") : List.<ScalarNode>of();
        var field = areSeveral ? written.text("field") : written.required("field");
        if (areSeveral && field != null) {
            findings.report(
                    ProblemCode.CONFLICT,
                    written.path("field"),
                    written.keyNode("field"),
                    "The key has 'field' or 'fields', not both.");
        }
        if (areSeveral && fields.isEmpty()) {
            findings.report(
                    ProblemCode.MISSING,
                    written.path("fields"),
                    written.keyNode("fields"),
                    "No field says the key: fields: [module, student].");
        }
        written.finish(entity);
        return known(areSeveral ? fields : written.list("field"), entity);
    }

    /** Those of them that are fields, if all are. */
    private List<String> known(List<ScalarNode> written, String part) {
        long known =
                written.stream().filter(scalar -> known(scalar.getValue(), part, scalar)).count();
        return known == written.size()
                ? written.stream().map(ScalarNode::getValue).toList()
                : List.of();
    }

    private List<String> key() {
        var key = new LinkedHashSet<String>();
        for (var scalar : keys.list("key")) {
            var field = scalar.getValue();
            if (known(field, "key", scalar) && !key.add(field)) {
                findings.report(
                        ProblemCode.CONFLICT,
                        "key",
                        scalar,
                        "'%s' stands in the key twice.",
                        field);
            }
        }
        return List.copyOf(key);
    }

    private boolean known(String field, String part, Node at) {
        boolean known = declared.contains(field);
        if (!known) {
            unknown(field, part, at);
        }
        return known;
    }

    private void unknown(String field, String part, Node at) {
        findings.unknown(
                findings.problem(
                        ProblemCode.UNKNOWN_FIELD,
                        part,
                        at,
                        "'%s' is not among the fields of %s.",
                        field,
                        name),
                field,
                declared);
    }
}
