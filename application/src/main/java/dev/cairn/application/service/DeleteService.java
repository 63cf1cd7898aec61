package dev.cairn.application.service;

import dev.cairn.application.port.Deletion;
import dev.cairn.application.port.Deletion.Selection;
import dev.cairn.application.port.Records;
import dev.cairn.application.port.Records.Raw;
import dev.cairn.application.port.in.DeleteUseCase;
import dev.cairn.application.port.out.DeletionStore;
import dev.cairn.application.port.out.DeletionStore.Restoration;
import dev.cairn.application.port.out.RecordFiles;
import dev.cairn.application.service.RowReader.Row;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.fact.KeyText;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.planner.Listings;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Deletes, restores and purges facts and accounts. */
public final class DeleteService implements DeleteUseCase {
    private static final int MOST_KEYS = 100_000;
    private static final int MOST_PROBLEMS = 20;
    private static final int NAMED_ACCOUNTS = 10;

    private final Supplier<Catalog> catalogs;
    private final RecordFiles files;
    private final DeletionStore store;
    private final Clock clock;

    public DeleteService(
            Supplier<Catalog> catalogs, RecordFiles files, DeletionStore store, Clock clock) {
        this.catalogs = catalogs;
        this.files = files;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Choice choose(Request request) {
        return switch (request) {
            case Request.Facts(var source, var where) ->
                    ofSource(source, found -> facts(found, where));
            case Request.Keys keys ->
                    files.read(
                            keys.records(),
                            records ->
                                    ofSource(keys.source(), found -> keys(found, records, keys)));
            case Request.Accounts(var keys) -> accounts(keys);
        };
    }

    private Choice ofSource(String name, Function<Source, Choice> choice) {
        var catalog = catalogs.get();
        return catalog.source(name)
                .map(choice)
                .orElseGet(() -> {
                    var known = catalog.all(Source.class).stream().map(Definition::name).toList();
                    return rejected(
                            Problem.of(
                                            ProblemCode.UNKNOWN_SOURCE,
                                            Place.of("source"),
                                            "There is no source '%s'. Facts are of: %s.",
                                            name,
                                            String.join(", ", known))
                                    .suggesting(NearestNames.nearest(name, known)));
                });
    }

    private Choice facts(Source source, String where) {
        var problems = new Problems();
        var catalog = catalogs.get();
        var condition = Listings.factFilter(where, source, catalog, problems);
        elsewhere(condition, catalog)
                .map(table ->
                        Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                Place.of("where"),
                                "The condition reads the table %s, which may change at any time; facts are deleted by what they say themselves. Ask for the keys of these facts, and delete them by a file of keys (--keys).",
                                table.text()))
                .ifPresent(problems::add);
        return problems.isEmpty()
                ? chosen(
                        new Selection.Facts(source, condition),
                        "facts of %s where %s".formatted(source.name(), where))
                : new Choice.Rejected(problems.all());
    }

    /** A table that is not Cairn's and that a condition reads, if it does. */
    private static Optional<Mapping> elsewhere(Expr condition, Catalog catalog) {
        var read = new ArrayList<Mapping>();
        Exprs.any(
                condition,
                part -> {
                    if (part instanceof Expr.Linked(var hops, _)) {
                        hops.stream()
                                .flatMap(hop -> hop.row().stream())
                                .flatMap(row -> catalog.source(row.source()).stream())
                                .map(Source::mapping)
                                .filter(Objects::nonNull)
                                .forEach(read::add);
                    }
                    var accounts = catalog.entity(EntityRef.ACCOUNT).mapping();
                    if (accounts != null
                            && Exprs.attribute(part)
                                    .filter(attribute -> attribute.entity().isAccount())
                                    .isPresent()) {
                        read.add(accounts);
                    }
                    return false;
                });
        return read.stream().findFirst();
    }

    private Problem unknown(String account) {
        var table = catalogs.get().entity(EntityRef.ACCOUNT).mapping();
        var at = Place.of("account");
        return table == null
                ? Problem.of(ProblemCode.MISSING, at, "There is no account '%s'.", account)
                : Problem.of(
                        ProblemCode.MISSING,
                        at,
                        "Nothing is stored of an account '%s': no imported fact or user names it. If the table %s has it, take it out there.",
                        account,
                        table.text());
    }

    private Choice accounts(Set<String> keys) {
        var unknown = new TreeSet<>(store.unknownAccounts(keys));
        if (!unknown.isEmpty()) {
            return new Choice.Rejected(unknown.stream().map(this::unknown).toList());
        }
        var named = keys.stream().sorted().limit(NAMED_ACCOUNTS).collect(Collectors.joining(", "));
        return chosen(
                new Selection.Accounts(keys),
                keys.size() <= NAMED_ACCOUNTS
                        ? "account " + named
                        : "account %s and %d more".formatted(named, keys.size() - NAMED_ACCOUNTS));
    }

    private Choice chosen(Selection selection, String what) {
        return new Choice.Chosen(selection, what, store.count(selection));
    }

    private Choice keys(Source source, Records records, Request.Keys request) {
        var fields =
                source.key().stream()
                        .flatMap(name ->
                                source.fieldsAsRead().stream()
                                        .filter(field -> field.name().equals(name)))
                        .toList();
        if (fields.isEmpty() || !fields.stream().allMatch(Field::isRead)) {
            return rejected(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            Place.of("source"),
                            fields.isEmpty()
                                    ? "Facts of %s have no key: say which by a condition."
                                    : "The key of %s is computed: say which facts by a condition.",
                            source.name()));
        }
        var header =
                ImportHeader.of(
                        records.header(),
                        ImportHeader.columnsMeant(request.columns(), fields),
                        fields.stream().map(Field::column).distinct().toList(),
                        "source " + source.name());
        records.want(header.used());
        var problems = new ArrayList<>(header.problems());
        var keys = new HashSet<String>();
        if (problems.isEmpty()) {
            read(
                    records,
                    new RowReader(fields, Map.of(), null, source.zone(), header),
                    keys,
                    problems);
        }
        return problems.isEmpty()
                ? chosen(
                        new Selection.Keys(source, keys),
                        "facts of %s by %d keys".formatted(source.name(), keys.size()))
                : new Choice.Rejected(problems);
    }

    private static void read(
            Records records, RowReader reader, Set<String> keys, List<Problem> problems) {
        for (var raw = records.next(); raw != null; raw = records.next()) {
            switch (raw) {
                case Raw.Broken(var line, var column, var reason) ->
                        problems.add(problem(ProblemCode.SYNTAX, line, column, reason));
                case Raw.Malformed(var line, _, var reason) ->
                        problems.add(problem(ProblemCode.BAD_VALUE, line, 0, reason));
                case Raw.Read(var line, var cells) -> {
                    var row = reader.read(cells);
                    for (var wrong : row.wrong()) {
                        problems.add(
                                problem(
                                        ProblemCode.BAD_VALUE,
                                        line,
                                        0,
                                        wrong.column() + ": " + wrong.reason()));
                    }
                    if (row.wrong().isEmpty()) {
                        add(row, line, keys, problems);
                    }
                }
            }
            if (keys.size() > MOST_KEYS) {
                problems.add(
                        problem(
                                ProblemCode.LIMIT,
                                raw.line(),
                                0,
                                "more than %d keys at once".formatted(MOST_KEYS)));
                return;
            }
            if (problems.size() >= MOST_PROBLEMS) {
                return;
            }
        }
    }

    private static void add(Row row, long line, Set<String> keys, List<Problem> problems) {
        var values = new ArrayList<>();
        for (var value : row.values()) {
            if (value == null || value.equals("")) {
                problems.add(
                        problem(ProblemCode.BAD_VALUE, line, 0, "a field of the key is empty"));
                return;
            }
            values.add(value);
        }
        keys.add(KeyText.joined(values));
    }

    private static Problem problem(ProblemCode code, long line, int column, String reason) {
        return Problem.of(
                code,
                new Place(List.of("records"), Math.clamp(line, 0, Integer.MAX_VALUE), column),
                "%s",
                reason);
    }

    private static Choice rejected(Problem problem) {
        return new Choice.Rejected(List.of(problem));
    }

    @Override
    public Optional<Deletion> delete(Choice.Chosen chosen) {
        return store.delete(chosen.selection(), chosen.what(), clock);
    }

    @Override
    public List<Deletion> deletions() {
        return store.deletions();
    }

    @Override
    public Outcome restore(long id) {
        return switch (store.restore(id, clock)) {
            case Restoration.Restored(var deletion) -> new Outcome.Done(List.of(deletion));
            case Restoration.NotPending() -> new Outcome.Rejected(List.of(notPending(id)));
            case Restoration.Circular(var accounts) ->
                    new Outcome.Rejected(
                            List.of(
                                    ParentCircle.problem(
                                            Place.of("id"), accounts, "Nothing was restored.")));
            case Restoration.Held(var by) ->
                    new Outcome.Rejected(
                            List.of(
                                    Problem.of(
                                            ProblemCode.IN_USE,
                                            Place.of("id"),
                                            "Facts of deletion %d are of accounts that are deleted too; first restore %s.",
                                            id,
                                            by.stream()
                                                    .map(String::valueOf)
                                                    .collect(Collectors.joining(" and ")))));
        };
    }

    @Override
    public Outcome purge(Set<Long> ids) {
        var pending =
                store.deletions().stream()
                        .filter(Deletion::isPending)
                        .map(Deletion::id)
                        .collect(Collectors.toSet());
        var problems =
                ids.stream()
                        .sorted()
                        .filter(id -> !pending.contains(id))
                        .map(this::notPending)
                        .toList();
        if (!problems.isEmpty()) {
            return new Outcome.Rejected(problems);
        }
        var now = clock.instant();
        return new Outcome.Done(
                ids.stream().sorted().flatMap(id -> store.purge(id, now).stream()).toList());
    }

    @Override
    public List<Deletion> pending(Duration age) {
        var latest = clock.instant().minus(age);
        return store.deletions().stream()
                .filter(deletion -> deletion.isPending() && !deletion.at().isAfter(latest))
                .toList();
    }

    private Problem notPending(long id) {
        var state =
                store.deletions().stream()
                        .filter(deletion -> deletion.id() == id)
                        .findFirst()
                        .map(deletion ->
                                deletion.purged() != null
                                        ? "Deletion %d is purged: what it took is gone."
                                        : "Deletion %d is restored already.")
                        .orElse("There is no deletion %d.");
        return Problem.of(ProblemCode.MISSING, Place.of("id"), state, id);
    }
}
