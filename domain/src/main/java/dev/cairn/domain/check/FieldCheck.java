package dev.cairn.domain.check;

import dev.cairn.domain.fact.NotationCheck;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.HashSet;
import java.util.List;

/**
 * Checks the fields of a source or the attributes of an entity.
 *
 * @param place of the definition
 * @param part of it that declares them
 */
record FieldCheck(Place place, String part, Problems problems) {
    void check(List<Field> fields) {
        var seen = new HashSet<String>();
        for (var field : fields) {
            DefinitionChecker.badName(field.name(), place.then(part)).ifPresent(problems::add);
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

    void notations(Notation around, List<Field> fields) {
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

    private void problem(ProblemCode code, String part, String message, Object... arguments) {
        problems.add(Problem.of(code, place.then(part), message, arguments));
    }
}
