package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.lowering.Frame;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.Level;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Expectations.Control;
import dev.cairn.domain.model.Expectations.OfField;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.Literals;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;

/** Checks what a source says is expected of its facts. */
record ExpectationsCheck(Source source, Catalog catalog, Place place, Problems problems) {
    /** Control totals, fields and values of a source at most: each is a column of a question. */
    static final int MOST = 40;

    private static final String EXPECT = "expect";

    /** @param lowering of control totals, whose names become references of the source */
    void check(Lowering lowering) {
        var expected = source.expectations();
        if (expected.isNone()) {
            return;
        }
        if (source.isTimeless()) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    place.then(EXPECT),
                    "Rows of '%s' are of no time, so nothing is expected of when they come: leave out 'expect' and 'broken'.",
                    source.name());
            return;
        }
        if (expected.cadence() == Grain.HOUR) {
            problem(
                    ProblemCode.BAD_VALUE,
                    place.then(EXPECT, "cadence"),
                    "Facts are looked at by the day at the finest: write cadence: day.");
        }
        if (expected.volume() && expected.cadence() == null) {
            problem(
                    ProblemCode.MISSING,
                    place.then(EXPECT, "volume"),
                    "The number of facts is looked at by the period: say how often they come, cadence: day.");
        }
        if (expected.volumeBy() != null) {
            volumeBy(expected.volumeBy());
        }
        expected.fields().forEach(this::field);
        expected.unique().forEach(name -> known(name, place.then(EXPECT, "unique")));
        if (new HashSet<>(expected.unique()).size() < expected.unique().size()) {
            problem(
                    ProblemCode.CONFLICT,
                    place.then(EXPECT, "unique"),
                    "A field stands in 'unique' twice.");
        }
        if (expected.unique().size() > 1) {
            expected.unique().forEach(this::canBePart);
        }
        if (expected.orphans() != null && !source.isOfAccounts()) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    place.then(EXPECT, "orphans"),
                    "Facts of '%s' are of no account, so none is expected: leave out 'orphans', or say whose they are by 'account'.",
                    source.name());
        }
        int columns =
                expected.fields().stream().mapToInt(field -> 3 + field.sentinels().size()).sum()
                        + expected.controls().size();
        if (columns > MOST) {
            problem(
                    ProblemCode.LIMIT,
                    place.then(EXPECT),
                    "That is too much at once: fields (three each), sentinels and control totals are %d together, and may be %d.",
                    columns,
                    MOST);
        }
        expected.controls().forEach(control -> control(control, lowering));
    }

    private void volumeBy(String dimension) {
        boolean isOwn = dimension.startsWith(source.name() + ".");
        boolean isOfAccount = dimension.startsWith("account.") && source.isOfAccounts();
        if ((!isOwn && !isOfAccount) || Dimensions.find(dimension, catalog).isEmpty()) {
            problem(
                    ProblemCode.UNKNOWN_DIMENSION,
                    place.then(EXPECT, "volume"),
                    "'%s' is no field of '%s' and no attribute of its account: write volume: {by: account.region}, or %s.NAME of a field.",
                    dimension,
                    source.name(),
                    source.name());
        }
    }

    private void field(OfField expected) {
        var at = place.then(EXPECT, "fields", expected.field());
        known(expected.field(), at).ifPresent(field -> of(field, expected, at));
    }

    private void of(Field field, OfField expected, Place at) {
        boolean isNumber = Literals.isNumber(field.type());
        if ((expected.min() != null || expected.max() != null) && !isNumber) {
            problem(
                    ProblemCode.TYPE_MISMATCH,
                    at.then(expected.min() == null ? "max" : "min"),
                    "'%s' is no number, so it has no least and no greatest value: name the values it may have, 'values'.",
                    field.name());
        }
        if (expected.min() != null
                && expected.max() != null
                && expected.min().compareTo(expected.max()) > 0) {
            problem(
                    ProblemCode.BAD_RANGE,
                    at.then("min"),
                    "The least value %s is above the greatest, %s.",
                    expected.min(),
                    expected.max());
        }
        values(field, expected.values(), at.then("values"));
        values(field, expected.sentinels(), at.then("sentinels"));
        expected.sentinels().stream()
                .filter(expected.values()::contains)
                .forEach(value ->
                        problem(
                                ProblemCode.CONFLICT,
                                at.then("sentinels"),
                                "'%s' is a value that '%s' may have, and one that stands for a missing one: it is one or the other.",
                                value,
                                field.name()));
    }

    private void values(Field field, Collection<String> values, Place at) {
        values.stream()
                .filter(value -> Literals.of(value, field.type()).isEmpty())
                .findFirst()
                .ifPresent(value ->
                        problem(
                                ProblemCode.TYPE_MISMATCH,
                                at,
                                "'%s' is no value of '%s', which is of type %s. Values are named of texts, numbers and booleans.",
                                value,
                                field.name(),
                                field.type().name().toLowerCase(java.util.Locale.ROOT)));
    }

    private void canBePart(String name) {
        source.field(name)
                .filter(field -> field.type() == DataType.DECIMAL || field.type() == DataType.MONEY)
                .ifPresent(field ->
                        problem(
                                ProblemCode.TYPE_MISMATCH,
                                place.then(EXPECT, "unique"),
                                "'%s' is no part of a key: keys of several fields are of texts, whole numbers, days, times and booleans.",
                                name));
    }

    private void control(Control control, Lowering lowering) {
        formula(control.formula(), control.name(), "formula", lowering);
        if (!Literals.isPlainNumber(control.expected())) {
            formula(control.expected(), control.name(), "expected", lowering);
        }
        if (control.per() == Grain.HOUR) {
            problem(
                    ProblemCode.BAD_VALUE,
                    place.then(EXPECT, "controls", control.name(), "per"),
                    "Control totals are of days at the finest: write per: day.");
        }
    }

    private void formula(String formula, String name, String part, Lowering lowering) {
        lowering.formula(
                formula,
                Frame.of(
                        new Level.Cell(new Leaves(Leaves.Binder.OF_MEMBER)),
                        place.then(EXPECT, "controls", name, part)));
    }

    private Optional<Field> known(String name, Place at) {
        var field = source.field(name);
        if (field.isEmpty()) {
            problems.add(
                    Problem.of(
                                    ProblemCode.UNKNOWN_FIELD,
                                    at,
                                    "'%s' is not among the fields of %s.",
                                    name,
                                    source.name())
                            .suggesting(
                                    NearestNames.nearest(
                                            name,
                                            source.fields().stream().map(Field::name).toList())));
        }
        return field;
    }

    private void problem(ProblemCode code, Place at, String message, Object... arguments) {
        problems.add(Problem.of(code, at, message, arguments));
    }
}
