package dev.cairn.application.service;

import dev.cairn.application.port.Records;
import dev.cairn.application.port.in.ImportUseCase.Left;
import dev.cairn.application.port.in.ImportUseCase.Request;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A file of accounts or users: the columns of its key, and of some of the attributes or all.
 *
 * @param key columns of the file with the key
 * @param account columns of a file of users with the key of each one's account; none: accounts have no other
 * @param taken attributes that it has a column for, each with the whole of its notation
 * @param left attributes that it has none for
 */
record MemberFile(
        Entity entity,
        MemberKey key,
        @Nullable MemberKey account,
        ImportHeader header,
        List<Attribute> taken,
        List<Left> left) {
    static MemberFile of(Entity declared, Entity accounts, Records records, Request request) {
        var entity = declared.stored();
        var fields = entity.fieldsAsRead();
        var optional = fields.stream().map(Field::column).collect(Collectors.toSet());
        var needed = new LinkedHashSet<String>();
        needed.addAll(entity.key());
        var ofAccount = entity.entity().isUser() ? columnsOf(accounts) : List.<String>of();
        needed.addAll(ofAccount);
        needed.addAll(HeldDays.columns(declared, request.asOf()));
        optional.removeAll(needed);
        var wanted = new LinkedHashSet<>(needed);
        fields.forEach(field -> wanted.add(field.column()));
        var header =
                ImportService.header(
                        records, request, fields, wanted, optional, "entity " + entity.name());
        var others =
                records.header().stream()
                        .filter(column -> !header.used().contains(column))
                        .toList();
        var taken = new ArrayList<Attribute>();
        var left = new ArrayList<Left>();
        for (int i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            if (header.has(field.column())) {
                taken.add(new Attribute(field, entity.attributes().get(i).mark()));
            } else {
                left.add(new Left(field.name(), NearestNames.nearest(field.column(), others)));
            }
        }
        return new MemberFile(
                entity,
                new MemberKey(entity.key(), entity.notation(), header),
                ofAccount.isEmpty() ? null : new MemberKey(ofAccount, entity.notation(), header),
                header,
                List.copyOf(taken),
                List.copyOf(left));
    }

    /** The account of a user stands in a column of its own, or in those of the parts of its key. */
    private static List<String> columnsOf(Entity accounts) {
        return accounts.key().size() == 1 ? List.of(EntityRef.ACCOUNT.name()) : accounts.key();
    }

    /** Fields of the attributes that are taken. */
    List<Field> fields() {
        return taken.stream().map(Attribute::field).toList();
    }

    /** What cannot be taken by halves, or is no attribute that is declared, it seems. */
    List<Problem> problems(@Nullable LocalDate asOf, List<String> columns) {
        var problems = new ArrayList<>(HeldDays.problems(entity, asOf, columns));
        var marks = taken.stream().map(Attribute::mark).collect(Collectors.toSet());
        existence(marks, Mark.START, Mark.REMOVED, problems);
        existence(marks, Mark.REMOVED, Mark.START, problems);
        if (taken.isEmpty()) {
            left.stream()
                    .filter(attribute -> !attribute.near().isEmpty())
                    .map(attribute ->
                            problem(
                                            ProblemCode.MISSING,
                                            "The file has no column '%s', and none of another attribute.",
                                            column(attribute.attribute()))
                                    .suggesting(attribute.near()))
                    .forEach(problems::add);
        }
        return problems;
    }

    /** One could be removed before it starts, and no row of the file would say so. */
    private void existence(Set<Mark> taken, Mark there, Mark missing, List<Problem> problems) {
        entity.marked(missing)
                .filter(_ -> taken.contains(there) && !taken.contains(missing))
                .map(field ->
                        problem(
                                ProblemCode.MISSING,
                                "The file has no column '%s': since when an account exists and until when it does come from one file.",
                                column(field.name())))
                .ifPresent(problems::add);
    }

    /** Columns of attributes that the first records did not have, so that values of later ones were not taken. */
    List<Problem> late(List<String> columns) {
        return left.stream()
                .map(attribute -> column(attribute.attribute()))
                .filter(columns::contains)
                .map(column ->
                        problem(
                                ProblemCode.UNKNOWN_COLUMN,
                                "Column '%s' is not in the first records, which say what columns there are, and comes later: name all columns with --columns. Nothing was imported.",
                                column))
                .toList();
    }

    private String column(String attribute) {
        return entity.attribute(attribute).map(Field::column).orElse(attribute);
    }

    private static Problem problem(ProblemCode code, String message, Object... arguments) {
        return Problem.of(code, new Place(List.of("header"), 1, 0), message, arguments);
    }
}
