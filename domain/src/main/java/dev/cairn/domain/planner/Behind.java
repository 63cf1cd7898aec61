package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.AnalysisPlan.GroupKey;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.CellOpening;
import dev.cairn.domain.plan.CellOpening.Into;
import dev.cairn.domain.plan.CellOpening.Value;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Touches;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a cell is opened into, or why it is not. */
final class Behind {
    private static final Expr ACCOUNT = new Expr.Key(EntityRef.ACCOUNT);
    private static final Expr USER = new Expr.Key(EntityRef.USER);
    private static final GroupKey ACCOUNTS = new GroupKey("account", Type.TEXT, true, true);
    private static final GroupKey USERS = new GroupKey("user", Type.TEXT, false, true);

    /** Column that says of rows of a source without a key how many are alike. */
    static final String ROW_COUNT = "row.count";

    private static final Place BY = Place.of("by");

    private final MembersQuery asked;
    private final AnalysisPlan plan;
    private final RowKey key;
    private final Catalog catalog;
    private final Problems problems;

    Behind(MembersQuery asked, AnalysisPlan plan, RowKey key, Catalog catalog, Problems problems) {
        this.asked = asked;
        this.plan = plan;
        this.key = key;
        this.catalog = catalog;
        this.problems = problems;
    }

    /** @param plan of the question, with a leaf more where rows that are alike are counted */
    record Found(AnalysisPlan plan, Into into) {}

    /** Empty where there is a problem, which is told. */
    Optional<Found> into(List<Value> values) {
        var outer =
                values.stream()
                        .flatMap(value -> Exprs.leavesIn(value.of()).stream())
                        .sorted()
                        .map(leaf -> plan.scans().get(plan.leaves().get(leaf).scan()))
                        .distinct()
                        .toList();
        var scans = outer.stream().flatMap(Behind::grouped).distinct().toList();
        checkValues(values, scans);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return switch (asked.by()) {
            case ACCOUNT -> byAccount(scans, values);
            case USER -> byUser(scans, values);
            case ROW -> byRow(outer, values);
        };
    }

    private static Stream<Scan> grouped(Scan scan) {
        return scan.relation() instanceof Relation.Ticks(_, var own)
                ? own.grouped()
                : Stream.of(scan);
    }

    private void checkValues(List<Value> values, List<Scan> scans) {
        if (values.stream().anyMatch(value -> Exprs.any(value.of(), Expr.Rank.class::isInstance))) {
            incompatible(
                    Place.of("column"),
                    "'%s' is computed from ranks among all groups, which have no parts; ask for what is ranked as a column of its own, and open that.",
                    asked.column());
        }
        if (scans.isEmpty()) {
            incompatible(
                    Place.of("column"),
                    "'%s' reads no facts and no members; nothing is behind it.",
                    asked.column());
        } else if (scans.stream().noneMatch(scan -> scan.dropped().isEmpty())) {
            incompatible(
                    Place.of("column"),
                    "'%s' is a total, the same for all groups; open that of a question without groups.",
                    asked.column());
        }
        if (key.kind().hasGroups() && scans.stream().anyMatch(scan -> scan.inUnits() != null)) {
            incompatible(
                    Place.of("key"),
                    "'%s' is grouped by an age of what is at no one time: a row is of an age in a unit of time, and in the cell for each of them. Add 'account' to the groups of the question; its rows of this age are the parts.",
                    asked.column());
        }
    }

    private Optional<Found> byAccount(List<Scan> scans, List<Value> values) {
        scans.stream()
                .filter(scan -> scan.dropped().isEmpty() && !isOfAccounts(scan))
                .forEach(scan ->
                        incompatible(
                                BY,
                                "'%s' is of no account; open the cell by ROW.",
                                word(scan.relation())));
        return into(
                List.of(ACCOUNTS),
                scan -> List.of(isOfAccounts(scan) ? ACCOUNT : Expr.NONE),
                values);
    }

    private Optional<Found> byUser(List<Scan> scans, List<Value> values) {
        scans.stream()
                .filter(scan -> scan.dropped().isEmpty() && !isOfUsers(scan))
                .forEach(scan ->
                        incompatible(
                                BY,
                                "'%s' is of no user; open the cell by %s.",
                                word(scan.relation()),
                                isOfAccounts(scan) ? "ACCOUNT" : "ROW"));
        if (scans.stream().anyMatch(Behind::isOfAttemptsOfAccounts)) {
            incompatible(
                    BY,
                    "'%s' is made of attempts of accounts, of each of which one counts, whatever its user; open the cell by ACCOUNT, or ask for attempts per user.",
                    asked.column());
        }
        return into(
                List.of(ACCOUNTS, USERS),
                scan ->
                        List.of(
                                isOfAccounts(scan) ? ACCOUNT : Expr.NONE,
                                isOfUsers(scan) ? USER : Expr.NONE),
                values);
    }

    /** All fields of the facts are keys: facts of a source without a key that are equal in all of them are one row, with how many they are. */
    private Optional<Found> byRow(List<Scan> scans, List<Value> values) {
        var sources = new ArrayList<Source>();
        for (var scan : scans) {
            if (scan.relation() instanceof Relation.Facts(var name, _, _, var derived)
                    && derived == null) {
                source(name).filter(found -> !sources.contains(found)).ifPresent(sources::add);
            } else {
                incompatible(
                        BY,
                        "'%s' is made of %s, which are no rows of a source; open the cell by ACCOUNT.",
                        asked.column(),
                        rows(scan.relation()));
            }
        }
        if (sources.size() > 1) {
            incompatible(
                    BY,
                    "'%s' is made of rows of %s, which have not the same fields; open %s by ACCOUNT.",
                    asked.column(),
                    String.join(" and ", sources.stream().map(Source::name).toList()),
                    isRatio() ? "its numerator, its denominator, or the cell" : "the cell");
        }
        if (!problems.isEmpty() || sources.size() != 1) {
            return Optional.empty();
        }
        return ofFacts(sources.getFirst(), values);
    }

    private Optional<Found> ofFacts(Source source, List<Value> values) {
        var shown = new ArrayList<GroupKey>();
        var read = new ArrayList<Expr>();
        if (source.isOfAccounts()) {
            shown.add(ACCOUNTS);
            read.add(ACCOUNT);
        }
        if (source.userField() != null) {
            shown.add(USERS);
            read.add(USER);
        }
        var lowering = new Lowering(catalog, source.zone(), problems);
        for (var field : source.fields()) {
            if (isKeyOfOwn(source, field.name())) {
                continue;
            }
            var expr = lowering.linkedFields().of(source, field, null);
            shown.add(new GroupKey(source.name() + "." + field.name(), expr.type(), false, true));
            read.add(expr);
        }
        var counting =
                source.key().isEmpty() && !asked.column().equals(ROW_COUNT)
                        ? CellOpening.counting(plan, values)
                        : Optional.<AnalysisPlan>empty();
        return counting.map(counted ->
                        new Found(counted, new Into(shown, _ -> read, with(values, counted))))
                .or(() -> into(shown, _ -> read, values));
    }

    /** How many rows there are that are alike. */
    private static List<Value> with(List<Value> values, AnalysisPlan counted) {
        var all = new ArrayList<>(values);
        all.add(new Value(ROW_COUNT, new Expr.LeafValue(counted.leaves().size() - 1, Type.COUNT)));
        return all;
    }

    /** Whether it says the account or the user that the row is of, who are shown in any case. */
    private static boolean isKeyOfOwn(Source source, String field) {
        return field.equals(source.accountField()) || field.equals(source.userField());
    }

    private Optional<Found> into(
            List<GroupKey> shown, Function<Scan, List<Expr>> ofScan, List<Value> values) {
        return problems.isEmpty()
                ? Optional.of(new Found(plan, new Into(shown, ofScan, values)))
                : Optional.empty();
    }

    private boolean isOfAccounts(Scan scan) {
        return switch (scan.relation()) {
            case Relation.Facts(var name, _, _, _) ->
                    source(name).map(Source::isOfAccounts).orElse(false);
            case Relation.Members _ -> true;
            case Relation.Ticks _ -> false;
        };
    }

    private boolean isOfUsers(Scan scan) {
        return switch (scan.relation()) {
            case Relation.Facts(var name, _, _, _) ->
                    source(name).map(found -> found.userField() != null).orElse(false);
            case Relation.Members(var entity, _, _) -> entity.isUser();
            case Relation.Ticks _ -> false;
        };
    }

    private static boolean isOfAttemptsOfAccounts(Scan scan) {
        return scan.relation() instanceof Relation.Facts(_, _, _, Attempts attempts)
                && !attempts.per().isUser();
    }

    private Optional<Source> source(String name) {
        return catalog.source(name);
    }

    private static String word(Relation relation) {
        return switch (relation) {
            case Relation.Facts(var source, _, _, _) -> source;
            case Relation.Members(var entity, _, _) -> entity.name();
            case Relation.Ticks _ -> "unit of time";
        };
    }

    private static String rows(Relation relation) {
        return switch (relation) {
            case Relation.Facts(_, _, _, var derived) ->
                    derived instanceof Touches ? "touches" : "attempts at steps";
            case Relation.Members(var entity, var pairs, _) ->
                    pairs == null
                            ? entity.name() + "s"
                            : "pairs of %s and value".formatted(entity.name());
            case Relation.Ticks _ -> "units of time";
        };
    }

    private boolean isRatio() {
        return plan.outputs().stream()
                .anyMatch(output ->
                        output.column().equals(asked.column()) && output.numerator() != null);
    }

    private void incompatible(Place place, String message, Object... arguments) {
        problems.add(Problem.of(ProblemCode.INCOMPATIBLE, place, message, arguments));
    }
}
