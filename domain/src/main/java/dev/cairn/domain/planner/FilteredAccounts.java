package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The question's filter says which rows are aggregated; what is read for their account, beneath {@code per} or by a key, is of all its rows. Where both are
 * of one source and the filter asks for fields of it, it is not clear whether the values of accounts were to be narrowed too, so it is refused.
 */
final class FilteredAccounts {
    private final AnalysisQuery query;

    FilteredAccounts(AnalysisQuery query) {
        this.query = query;
    }

    List<Problem> problems(Leaves leaves) {
        return leaves.grouped().stream()
                .flatMap(scan -> problem(scan).stream())
                .distinct()
                .toList();
    }

    private Optional<Problem> problem(Leaves.Grouped scan) {
        return scan.scan()
                .relation()
                .factsOf()
                .filter(source -> isReadForAccounts(source, scan))
                .flatMap(source -> problem(source, Exprs.fieldsIn(scan.bound().where())));
    }

    private static boolean isReadForAccounts(Source source, Leaves.Grouped scan) {
        var leaves = scan.leaves();
        var read = new ArrayList<>(scan.bound().keys());
        leaves.leaves().stream()
                .filter(leaf -> leaves.key(leaf.scan()).equals(scan.scan()))
                .forEach(leaf -> {
                    read.addAll(List.<Expr>of(leaf.where(), leaf.aggregation().value()));
                    read.addAll(leaf.aggregation().besides());
                });
        return read.stream()
                .flatMap(expr -> scan.inner().readsOf(expr).stream())
                .anyMatch(of -> of.source().equals(source.name()));
    }

    private Optional<Problem> problem(Source source, Set<String> fields) {
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                        ProblemCode.INCOMPATIBLE,
                                        Place.of(query.filter() != null ? "filter" : "where"),
                                        "The filter asks for '%s', and rows of '%s' are read for each account too ('per' or a key): of all of them, or of those alone? Say it in the formulas.",
                                        String.join(
                                                "', '",
                                                new TreeSet<>(fields)
                                                        .stream()
                                                                .map(field ->
                                                                        source.name() + "." + field)
                                                                .toList()),
                                        source.name())
                                .offering("only(... where ...)"));
    }
}
