package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Expectations.Broken;
import dev.cairn.domain.model.Expectations.Control;
import dev.cairn.domain.model.Expectations.OfField;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What is expected of a source as written: {@code expect: {cadence: day, orphans: 1%}} and {@code broken: [{from: 2026-03-02, until: 2026-03-09, why: tracker down}]}. */
final class ExpectationsForm {
    private static final Pattern DAYS = Pattern.compile("([0-9]{1,5})( days?)?");
    private static final Pattern SHARE =
            Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,20})?)%|(0(\\.[0-9]{1,20})?|1(\\.0{1,20})?)");

    /** Freshness as it is where nothing is said. */
    private static final String USUAL = "usual";

    static final String ANY = "any";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Keys keys;
    private final Findings findings;

    ExpectationsForm(Keys keys) {
        this.keys = keys;
        this.findings = keys.findings();
    }

    Expectations read() {
        var broken = broken();
        var written = keys.mapping("expect");
        if (written == null) {
            var none = Expectations.NONE;
            return new Expectations(
                    null, null, none.fields(), none.unique(), null, false, List.of(), broken);
        }
        var cadence = written.choice("cadence", Grain.class);
        var fresh = days(written);
        var fields = fields(written);
        var unique = written.list("unique").stream().map(ScalarNode::getValue).toList();
        var orphans = share(written, "orphans");
        var by = volumeBy(written);
        boolean volume = by != null || volume(written, cadence);
        var controls = controls(written);
        boolean optional = flag(written, "optional", "whether there need be no fact at all", false);
        written.finish("expect");
        return new Expectations(
                cadence, fresh, fields, unique, orphans, volume, controls, broken, by, optional);
    }

    /** {@code volume: {by: account.region}}; null: it is not said so. */
    private static @Nullable String volumeBy(Keys written) {
        if (!(written.value("volume") instanceof MappingNode)) {
            return null;
        }
        var volume = java.util.Objects.requireNonNull(written.mapping("volume"));
        var by = volume.required("by");
        volume.finish("volume");
        return by;
    }

    /** Looked at where facts come in periods, unless it says {@code volume: false}. */
    private boolean volume(Keys written, @Nullable Grain cadence) {
        if (written.value("volume") instanceof MappingNode) {
            return true;
        }
        return flag(
                written,
                "volume",
                "whether the number of facts a period is looked at",
                cadence != null);
    }

    private boolean flag(Keys written, String key, String what, boolean standard) {
        var scalar = written.scalar(key);
        if (scalar == null) {
            return standard;
        }
        if (!scalar.getValue().equals("true") && !scalar.getValue().equals("false")) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    written.path(key),
                    scalar,
                    "'%s' says %s: true or false.",
                    key,
                    what);
        }
        return scalar.getValue().equals("true");
    }

    private @Nullable Integer days(Keys written) {
        var scalar = written.scalar("freshness");
        if (scalar == null || scalar.getValue().equals(USUAL)) {
            return null;
        }
        if (scalar.getValue().equals(ANY)) {
            return Expectations.ANY_AGE;
        }
        var days = DAYS.matcher(scalar.getValue());
        int read = days.matches() ? Integer.parseInt(days.group(1)) : 0;
        if (read < 1) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    written.path("freshness"),
                    scalar,
                    "'freshness' is how old the newest fact may be, one day at least: freshness: 2 days; 'usual' is as the cadence says, 'any' however old.");
            return null;
        }
        return read;
    }

    private List<OfField> fields(Keys written) {
        var all = written.mapping("fields");
        if (all == null) {
            return List.of();
        }
        var read = new ArrayList<OfField>();
        for (var name : all.names()) {
            var field = all.mapping(name);
            if (field != null) {
                read.add(
                        new OfField(
                                name,
                                texts(field, "values"),
                                number(field, "min"),
                                number(field, "max"),
                                share(field, "empty"),
                                texts(field, "sentinels")));
                field.finish("field");
            }
        }
        return read;
    }

    private static List<String> texts(Keys written, String key) {
        return written.list(key).stream().map(ScalarNode::getValue).toList();
    }

    private @Nullable BigDecimal number(Keys written, String key) {
        var scalar = written.scalar(key);
        if (scalar == null) {
            return null;
        }
        if (!FieldForm.NUMBER.matcher(scalar.getValue()).matches()) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    written.path(key),
                    scalar,
                    "'%s' is no number: write 50 or 0.95.",
                    scalar.getValue());
            return null;
        }
        return new BigDecimal(scalar.getValue());
    }

    /** {@code 5%} or {@code 0.05}. */
    private @Nullable BigDecimal share(Keys written, String key) {
        var scalar = written.scalar(key);
        if (scalar == null) {
            return null;
        }
        var share = SHARE.matcher(scalar.getValue());
        if (share.matches()) {
            var percent = share.group(1);
            var read =
                    percent == null
                            ? new BigDecimal(scalar.getValue())
                            : new BigDecimal(percent).divide(HUNDRED);
            if (read.compareTo(BigDecimal.ONE) <= 0) {
                return read;
            }
        }
        findings.report(
                ProblemCode.BAD_VALUE,
                written.path(key),
                scalar,
                "'%s' is no share: write 5%% or 0.05, from 0 to 1.",
                scalar.getValue());
        return null;
    }

    private List<Control> controls(Keys written) {
        var all = written.mapping("controls");
        if (all == null) {
            return List.of();
        }
        var read = new ArrayList<Control>();
        for (var name : all.names()) {
            var control = all.mapping(name);
            if (control != null) {
                control(name, control, read);
                control.finish("control total");
            }
        }
        return read;
    }

    private void control(String name, Keys written, List<Control> into) {
        var formula = written.required("formula");
        var expected = written.required("expected");
        var tolerance = share(written, "tolerance");
        var per = written.choice("per", Grain.class);
        var from = day(written, "from");
        var until = day(written, "until");
        boolean isDated = from != null && until != null;
        if ((per == null) != isDated || (from == null) != (until == null)) {
            findings.report(
                    ProblemCode.CONFLICT,
                    written.path("per"),
                    written.node(),
                    "A control total is of each period (per: month), or of one time (from: 2026-01-01, until: 2026-04-01), the day after its last.");
            return;
        }
        if (from != null && until != null && !from.isBefore(until)) {
            report(written, from);
            return;
        }
        if (formula != null && expected != null) {
            into.add(
                    new Control(
                            name,
                            formula,
                            expected,
                            tolerance == null ? BigDecimal.ZERO : tolerance,
                            per,
                            from,
                            until));
        }
    }

    private List<Broken> broken() {
        var value = keys.value("broken");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    "broken",
                    value,
                    "'broken' is a list of stretches: broken: [{from: 2026-03-02, until: 2026-03-09, why: the tracker was down}].");
            return List.of();
        }
        var read = new ArrayList<Broken>();
        for (int at = 0; at < sequence.getValue().size(); at++) {
            var item = sequence.getValue().get(at);
            if (!(item instanceof MappingNode mapping)) {
                findings.report(
                        ProblemCode.BAD_VALUE,
                        "broken",
                        item,
                        "A broken stretch is a mapping: {from: 2026-03-02, until: 2026-03-09, why: the tracker was down}.");
                continue;
            }
            var written = Keys.of(mapping, "broken." + at, findings);
            var from = dayOf(written, "from");
            var until = dayOf(written, "until");
            var why = written.required("why");
            written.finish("broken stretch");
            if (from != null && until != null && !from.isBefore(until)) {
                report(written, from);
            } else if (from != null && until != null && why != null) {
                read.add(new Broken(from, until, why.strip()));
            }
        }
        return read;
    }

    private void report(Keys written, LocalDate from) {
        findings.report(
                ProblemCode.BAD_RANGE,
                written.path("until"),
                written.keyNode("until"),
                "What begins on %s ends before it begins; 'until' is the day after the last.",
                from);
    }

    private @Nullable LocalDate dayOf(Keys written, String key) {
        return written.required(key) == null ? null : day(written, key);
    }

    private @Nullable LocalDate day(Keys written, String key) {
        var scalar = written.scalar(key);
        if (scalar == null) {
            return null;
        }
        try {
            return LocalDate.parse(scalar.getValue());
        } catch (DateTimeException _) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    written.path(key),
                    scalar,
                    "'%s' is no date: write 2026-01-31.",
                    scalar.getValue());
            return null;
        }
    }
}
