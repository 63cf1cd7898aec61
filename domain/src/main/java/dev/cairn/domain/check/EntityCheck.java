package dev.cairn.domain.check;

import dev.cairn.domain.lowering.ComputedAttributes;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks the attributes of an entity, and what they mark. */
record EntityCheck(Entity entity, Place place, Problems problems) {
    /** Marks of attributes that are kept with members as they are stored. */
    private static final Set<Entity.Mark> STORED =
            EnumSet.of(Entity.Mark.START, Entity.Mark.REMOVED);

    void check() {
        var declared = entity.attributes().stream().map(Entity.Attribute::field).toList();
        var fields = new FieldCheck(place, "attributes", problems);
        fields.check(declared);
        if (entity.mapping() == null) {
            fields.notations(entity.notation(), declared);
        } else {
            mapping();
        }
        entity.attributes().forEach(this::mark);
        optional(declared);
        declared.stream()
                .filter(field -> field.currencyField() != null)
                .forEach(field ->
                        problems.add(
                                Problem.of(
                                        ProblemCode.INCOMPATIBLE,
                                        place.then("attributes", field.name(), "currency"),
                                        "'%s' is money of one currency: an attribute says nothing of the day that its amount is of, whose rate it would be converted at. Declare one currency (currency: EUR), or let a source with a validity have the amounts, each beside its currency ({type: money, currency: {field: currency}}), and ask sum(contract at end : convert(amount, 'EUR')).",
                                        field.name())));
        if (entity.entity().isUser() && entity.key().size() > 1) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "key",
                    "The key of a user is one column, and not %d: users are told apart within their account. Name the column that has it (key: user_key); facts make it of several fields: user_no: {type: text, compute: \"key(%s)\"}.",
                    entity.key().size(),
                    String.join(", ", entity.key()));
            return;
        }
        ComputedAttributes.of(entity, place).problems().forEach(problems::add);
    }

    /** Attributes may come from several files: each may lack any of them, and leaves it as it was. */
    private void optional(List<Field> declared) {
        if (entity.notation().isOptional()) {
            needless(place.then("read", "optional"));
        }
        declared.stream()
                .filter(field -> field.notation().isOptional())
                .forEach(field -> needless(place.then("attributes", field.name(), "optional")));
    }

    private void needless(Place at) {
        problems.add(
                Problem.of(
                        ProblemCode.BAD_VALUE,
                        at,
                        "A file of %ss needs no column for an attribute, and leaves one that it has none for as it was: leave out 'optional'.",
                        entity.name()));
    }

    /** Users, and what attributes were, are stored beside what is known now. */
    private void mapping() {
        if (entity.entity().isUser()) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "table",
                    "Users are not mapped on a table: each is known within an account by an id of Cairn's own, which facts have too. Import them (cairn import user FILE), or declare an entity of the table, and a link of the facts to it.");
            return;
        }
        new SourceCheck(entity.asTable(), place, problems).mapping();
        if (entity.mapping() instanceof Mapping(_, _, var version, _) && version != null) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "version",
                    "A version says whether the days of a calendar are to be read again; accounts are read by each question. Leave out 'version'.");
        }
        if (entity.history() != null) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "history",
                    "Accounts in a table of their own are as its rows say now, one for each. Leave out 'history', and declare an entity of a table that says what they were (history: {from: ..., until: ...}), with a link of the facts to it.");
        }
    }

    private void mark(Entity.Attribute attribute) {
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
        if (attribute.mark() == Entity.Mark.TEST && !entity.entity().isAccount()) {
            problem(
                    ProblemCode.BAD_VALUE,
                    "attributes",
                    "'%s' cannot be marked as test: accounts are left out as test accounts, with all that is theirs; a %s is left out by a condition.",
                    attribute.field().name(),
                    entity.name());
        }
        if (!attribute.field().isRead() && STORED.contains(attribute.mark())) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "attributes",
                    "'%s' is computed as each question is asked, and when a member exists is kept with it as it is imported: mark a column that says it ('%s').",
                    attribute.field().name(),
                    attribute.mark().name().toLowerCase(Locale.ROOT));
        }
    }

    private void problem(ProblemCode code, String part, String message, Object... arguments) {
        problems.add(Problem.of(code, place.then(part), message, arguments));
    }
}
