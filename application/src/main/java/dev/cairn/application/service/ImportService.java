package dev.cairn.application.service;

import dev.cairn.application.port.ClosingRefused;
import dev.cairn.application.port.Records;
import dev.cairn.application.port.Records.Raw;
import dev.cairn.application.port.in.ImportUseCase;
import dev.cairn.application.port.in.ImportUseCase.Left;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.application.port.out.AccountDirectory.CircularParents;
import dev.cairn.application.port.out.AccountDirectory.ContradictoryHistory;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.application.port.out.FactStore.DeclaredAnew;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.application.port.out.RecordFiles;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.fact.PointDoubt;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.problem.Article;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes in records of text: each typed by the declaration, rejected with its reason where that cannot be, and all of them committed at once or
 * not at all.
 */
public final class ImportService implements ImportUseCase {
    private final Supplier<Catalog> catalogs;
    private final RecordFiles files;
    private final FactStore facts;
    private final AccountDirectory accounts;
    private final Clock clock;

    public ImportService(
            Supplier<Catalog> catalogs,
            RecordFiles files,
            FactStore facts,
            AccountDirectory accounts,
            Clock clock) {
        this.catalogs = catalogs;
        this.files = files;
        this.facts = facts;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public Outcome importRecords(Request request) {
        return files.read(request.records(), records -> importRecords(records, request));
    }

    private Outcome importRecords(Records records, Request request) {
        var catalog = catalogs.get();
        return switch (catalog.find(request.target(), Definition.class).orElse(null)) {
            case null -> unknown(catalog, request.target());
            case Source source -> facts(source, catalog, records, request);
            case Entity entity ->
                    members(entity, catalog.entity(EntityRef.ACCOUNT), records, request);
            case Slice slice ->
                    rejected(
                            ProblemCode.UNKNOWN_SOURCE,
                            "'%s' is a slice of %s: import into the source.",
                            slice.name(),
                            slice.of());
            case Metric _,
                    Cohort _,
                    Calendar _,
                    ConformedDimension _,
                    Target _,
                    Baseline _,
                    Success _,
                    Scope _,
                    Question _,
                    Alert _ ->
                    unknown(catalog, request.target());
        };
    }

    private Outcome facts(Source source, Catalog catalog, Records file, Request request) {
        if (source.mapping() != null) {
            return rejected(
                    ProblemCode.INCOMPATIBLE,
                    "'%s' is mapped on the table %s, whose rows it is asked of where they are: nothing is imported into it. Change the table, or declare a source without 'table'.",
                    source.name(),
                    source.mapping().text());
        }
        var undated = DatedRecords.problem(source, request.asOf(), file.header());
        if (undated.isPresent() && !file.header().isEmpty()) {
            return new Outcome.Rejected(List.of(undated.get()));
        }
        var records = DatedRecords.of(source, file, request.asOf());
        var fields = source.fieldsAsRead();
        var wanted = fields.stream().filter(Field::isRead).map(Field::column).distinct().toList();
        var optional = source.optional().stream().map(Field::column).collect(Collectors.toSet());
        var header = header(records, request, fields, wanted, optional, "source " + source.name());
        var bindings = catalog.entry(source.name()).map(Entry::bindings).orElse(Map.of());
        var formulas = RowFormulas.of(source, bindings, Place.of(source.name()));
        var problems = new ArrayList<>(problems(header, records));
        problems.addAll(formulas.problems());
        problems.addAll(completeUntil(source, request));
        problems.addAll(CompleteFile.problems(source, request));
        if (!problems.isEmpty()) {
            return new Outcome.Rejected(problems);
        }
        var reader =
                new RowReader(fields, formulas.formulas(), formulas.where(), source.zone(), header);
        var load = facts.begin(source, clock);
        var ending = CompleteFile.ending(source, formulas, request, clock);
        try (var target =
                new FactImport(
                        source,
                        reader,
                        load,
                        request.completeUntil(),
                        ending,
                        lacking(source, header, records))) {
            return take(records, request, target, reader, header);
        }
    }

    private static List<Left> lacking(Source source, ImportHeader header, Records records) {
        var others =
                records.header().stream()
                        .filter(column -> !header.used().contains(column))
                        .toList();
        return source.optional().stream()
                .filter(field -> !header.has(field.column()))
                .map(field -> new Left(field.name(), NearestNames.nearest(field.column(), others)))
                .toList();
    }

    private static List<Problem> completeUntil(Source source, Request request) {
        var from = source.coverageFrom();
        var until = request.completeUntil();
        if (until != null && source.isTimeless()) {
            return List.of(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            Place.of("completeUntil"),
                            "Facts are complete until a day; rows of %s are of no time.",
                            source.name()));
        }
        if (from == null || until == null || from.isBefore(until)) {
            return List.of();
        }
        return List.of(
                Problem.of(
                        ProblemCode.BAD_RANGE,
                        Place.of("completeUntil"),
                        "%s is covered from %s on: it cannot be complete until %s.",
                        source.name(),
                        from,
                        until));
    }

    private Outcome members(Entity entity, Entity ofUsers, Records records, Request request) {
        if (entity.mapping() != null) {
            return rejected(
                    ProblemCode.INCOMPATIBLE,
                    "'%s' is mapped on the table %s, whose rows are read where they are: nothing is imported into it. Change the table, or declare it without 'table'.",
                    entity.name(),
                    entity.mapping().text());
        }
        if (request.completeUntil() != null) {
            return rejected(
                    ProblemCode.BAD_VALUE,
                    "Facts are complete until a day; attributes of %s are not.",
                    entity.name());
        }
        var file = MemberFile.of(entity, ofUsers, records, request);
        var problems = new ArrayList<>(problems(file.header(), records));
        problems.addAll(file.problems(request.asOf(), records.header()));
        problems.addAll(CompleteFile.problems(entity, request));
        if (!problems.isEmpty()) {
            return new Outcome.Rejected(problems);
        }
        var reader = new RowReader(file.fields(), Map.of(), null, ZoneOffset.UTC, file.header());
        var load = accounts.begin(entity, file.taken(), clock.instant());
        var held = HeldDays.of(entity, file.header(), request.asOf());
        var closing = CompleteFile.closing(entity, request, clock);
        try (var target = new MemberImport(entity, reader, file, held, load, closing)) {
            return take(records, request, target, reader, file.header());
        }
    }

    static ImportHeader header(
            Records records,
            Request request,
            List<Field> fields,
            Collection<String> wanted,
            Set<String> optional,
            String target) {
        var meant = ImportHeader.columnsMeant(request.columns(), fields);
        var header = ImportHeader.of(records.header(), meant, wanted, optional, target);
        records.want(header.used());
        return header;
    }

    /** What is wrong with the header; where there is none, why. */
    private static List<Problem> problems(ImportHeader header, Records records) {
        if (!records.header().isEmpty()) {
            return header.problems();
        }
        return List.of(
                records.next() instanceof Raw.Broken broken
                        ? ImportedRows.problem(broken)
                        : Problem.of(
                                ProblemCode.MISSING,
                                Place.of("header"),
                                "The file is empty: it does not even name its columns."));
    }

    private static Outcome take(
            Records records,
            Request request,
            ImportTarget target,
            RowReader reader,
            ImportHeader header) {
        var rows = new ImportedRows(target, request);
        var stopped = rows.take(records);
        if (stopped != null) {
            return new Outcome.Rejected(List.of(stopped));
        }
        var doubts = reader.pointDoubts();
        var contradicted = new ArrayList<>(contradicted(doubts));
        contradicted.addAll(target.late(records.header()));
        contradicted.addAll(CompleteFile.rejected(request, rows.rejected()));
        if (!contradicted.isEmpty()) {
            return new Outcome.Rejected(contradicted);
        }
        request.progress().accept(new Progress(Phase.MERGING, rows.read()));
        Loaded loaded;
        try {
            loaded = target.commit(request.isTrial());
        } catch (DeclaredAnew changed) {
            return rejected(
                    ProblemCode.CONFLICT,
                    "%s Nothing was imported: run the import again.",
                    String.valueOf(changed.getMessage()));
        } catch (ContradictoryHistory contradiction) {
            return contradictory(contradiction, rows);
        } catch (CircularParents circular) {
            return new Outcome.Rejected(
                    List.of(
                            ParentCircle.problem(
                                    Place.of("target"),
                                    circular.accounts(),
                                    "Nothing was imported.")));
        } catch (ClosingRefused refused) {
            return new Outcome.Rejected(
                    List.of(
                            Problem.of(
                                    refused.code(),
                                    Place.of("complete"),
                                    "%s Nothing was imported.",
                                    String.valueOf(refused.getMessage()))));
        }
        return new Outcome.Imported(
                new Summary(
                        rows.read(),
                        loaded.loaded(),
                        loaded.superseded(),
                        loaded.duplicates(),
                        loaded.deleted(),
                        rows.rejected(),
                        rows.filtered(),
                        rows.undecided(),
                        rows.emptied(),
                        header.ignored(records.header()),
                        doubtful(doubts),
                        similar(target, loaded),
                        target.taken(),
                        target.left(),
                        overlaps(loaded.overlaps()),
                        loaded.closed()));
    }

    private static Outcome contradictory(ContradictoryHistory history, ImportedRows rows) {
        var line = rows.line(history.first());
        return rejected(
                ProblemCode.CONFLICT,
                "The file contradicts itself: %d of its rows say of a day what an earlier row of the same key says otherwise; the first of them is %s. Nothing was imported.",
                history.rows(),
                line.isPresent()
                        ? "on line " + line.getAsLong()
                        : "number %d of the rows that fit".formatted(history.first()));
    }

    private static Overlaps overlaps(FactStore.Overlaps overlaps) {
        return new Overlaps(
                overlaps.rows(),
                overlaps.first().stream()
                        .map(row -> new Overlap(row.of(), row.from(), row.earlierUntil()))
                        .toList());
    }

    private static List<Similar> similar(ImportTarget target, Loaded loaded) {
        var similar = new ArrayList<>(target.similar());
        loaded.alike().stream()
                .map(alike ->
                        new Similar(
                                target.column(alike.entity()),
                                alike.keys(),
                                alike.stored(),
                                alike.key(),
                                Among.STORED))
                .forEach(similar::add);
        return similar;
    }

    /** Columns in which some numbers have no decimal point, so that others must not be read with one. */
    private static List<Problem> contradicted(Map<String, PointDoubt> doubts) {
        return doubts.entrySet().stream()
                .filter(column -> column.getValue().isContradicted())
                .map(column -> {
                    var doubt = column.getValue();
                    return Problem.of(
                            ProblemCode.BAD_VALUE,
                            new Place(List.of("records", column.getKey()), 0, 0),
                            "Column %s fits two readings: %d of its numbers, such as %s, may have a point between thousands, and %d others, such as %s, have no decimal point. Declare decimal: ',' with thousands: '.', or decimal: '.' where the point is the decimal point. Nothing was imported.",
                            column.getKey(),
                            doubt.doubtful(),
                            doubt.example(),
                            doubt.against(),
                            doubt.againstExample());
                })
                .toList();
    }

    private static List<Doubtful> doubtful(Map<String, PointDoubt> doubts) {
        return doubts.entrySet().stream()
                .filter(column -> column.getValue().isOpen())
                .map(column ->
                        new Doubtful(
                                column.getKey(),
                                column.getValue().doubtful(),
                                column.getValue().example()))
                .toList();
    }

    private static Outcome unknown(Catalog catalog, String target) {
        var known = new ArrayList<String>();
        catalog.all(Source.class).stream().map(Definition::name).forEach(known::add);
        catalog.all(Entity.class).stream().map(Definition::name).forEach(known::add);
        var is =
                catalog.entry(target)
                        .map(entry ->
                                "'%s' is %s, not a source."
                                        .formatted(target, Article.a(entry.definition().kind())));
        return new Outcome.Rejected(
                List.of(
                        Problem.of(
                                        ProblemCode.UNKNOWN_SOURCE,
                                        Place.of("target"),
                                        "%s Facts go into one of: %s.",
                                        is.orElse("There is no source '%s'.".formatted(target)),
                                        String.join(", ", known))
                                .suggesting(NearestNames.nearest(target, known))));
    }

    private static Outcome rejected(ProblemCode code, String message, Object... arguments) {
        return new Outcome.Rejected(
                List.of(Problem.of(code, Place.of("target"), message, arguments)));
    }
}
