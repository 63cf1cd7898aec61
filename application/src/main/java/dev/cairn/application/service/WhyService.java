package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.why.CellRows;
import dev.cairn.domain.why.WhyQuery;
import dev.cairn.domain.why.WhyQuery.AskedCell;
import dev.cairn.domain.why.WhyQuestion;
import dev.cairn.domain.why.WhyQuestion.Both;
import dev.cairn.domain.why.WhyQuestion.Checked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the value and the parts of its formula in both cells, and for what its counts and sums are in each group and of each account, and splits the change. All of it
 * are questions of the language, as the caller may ask them.
 */
public final class WhyService implements WhyUseCase {
    /** Accounts of a cell, in each group; more are not held in memory. */
    static final int MOST_ACCOUNTS = 100_000;

    private final Catalogs catalogs;
    private final AnalyzeUseCase analyses;
    private final ExportUseCase exports;

    public WhyService(Catalogs catalogs, AnalyzeUseCase analyses, ExportUseCase exports) {
        this.catalogs = catalogs;
        this.analyses = analyses;
        this.exports = exports;
    }

    @Override
    public Outcome why(WhyQuery query, Caller caller, Deadline deadline) {
        return switch (WhyQuestion.of(query, catalogs.current())) {
            case Checked.Unsound(var problems) -> new Outcome.Rejected(problems);
            case Checked.Sound(var question) -> new Asking(caller, deadline).answer(question);
        };
    }

    /** The questions of one caller. */
    private final class Asking {
        private final Caller caller;
        private final Deadline deadline;

        Asking(Caller caller, Deadline deadline) {
            this.caller = caller;
            this.deadline = deadline;
        }

        /**
         * What is known of accounts.
         *
         * @param rows of both cells; null where nothing is
         * @param why nothing is
         */
        private record Accounts(@Nullable Both<CellRows> rows, String why) {}

        /** What became of the questions of both cells. */
        private sealed interface Asked {
            record Answered(WhyQuestion question, Both<AnalysisResult> cells) implements Asked {}

            record Rejected(List<Problem> problems) implements Asked {}
        }

        Outcome answer(WhyQuestion asked) {
            return switch (cells(asked)) {
                case Asked.Rejected(var problems) -> new Outcome.Rejected(problems);
                case Asked.Answered(var question, var cells) -> {
                    var objections = question.objections(cells);
                    yield objections.isEmpty()
                            ? explained(question, cells)
                            : new Outcome.Rejected(objections);
                }
            };
        }

        private Outcome explained(WhyQuestion question, Both<AnalysisResult> cells) {
            var asOf = cells.from().asOf();
            var query = question.query();
            boolean isScore = question.isScore(cells);
            var groups = new ArrayList<CellRows>();
            for (var cell : List.of(query.from(), query.to())) {
                var grouped = question.groups(cell, asOf, isScore);
                if (grouped.isPresent()) {
                    var rows = question.rows();
                    var problems = taken(grouped.get(), rows);
                    if (!problems.isEmpty()) {
                        return new Outcome.Rejected(placed(problems, cell, query));
                    }
                    groups.add(rows);
                }
            }
            var accounts =
                    accounts(
                            question,
                            asOf,
                            isScore,
                            groups.isEmpty() ? Map.of() : groups.getFirst().moments());
            return new Outcome.Explained(
                    question.answer(
                            cells,
                            groups.size() == 2 ? new Both<>(groups.get(0), groups.get(1)) : null,
                            accounts.rows(),
                            accounts.why()));
        }

        /** Parts of a formula that cannot be asked for alone are left out, level by level. */
        private Asked cells(WhyQuestion asked) {
            var question = asked;
            while (true) {
                var query = question.query();
                var answers = new ArrayList<AnalysisResult>();
                var refused = new HashSet<String>();
                var others = new LinkedHashSet<Problem>();
                for (var cell : List.of(query.from(), query.to())) {
                    var of = question.cell(cell);
                    switch (answer(
                            answers.isEmpty() ? of : of.withAsOf(answers.getFirst().asOf()),
                            others.isEmpty())) {
                        case AnalyzeUseCase.Outcome.Answered(var answer) -> answers.add(answer);
                        case AnalyzeUseCase.Outcome.Rejected(var problems) -> {
                            refused.addAll(parts(problems, question));
                            others.addAll(placed(withoutParts(problems), cell, query));
                        }
                    }
                }
                if (!others.isEmpty()) {
                    return new Asked.Rejected(List.copyOf(others));
                }
                if (refused.isEmpty()) {
                    return new Asked.Answered(question, new Both<>(answers.get(0), answers.get(1)));
                }
                question = question.without(refused);
            }
        }

        /** @param isOfUse whether it is to be answered; else what is wrong with it */
        private AnalyzeUseCase.Outcome answer(AnalysisQuery asked, boolean isOfUse) {
            return isOfUse
                    ? analyses.analyze(asked, caller, deadline)
                    : new AnalyzeUseCase.Outcome.Rejected(
                            analyses.explain(asked, caller, deadline).problems());
        }

        /** Of both cells; columns that cannot be asked of accounts are left out, and dimensions that cannot be read as of a moment are read as of now. */
        private Accounts accounts(
                WhyQuestion question, Instant asOf, boolean isScore, Map<String, String> moments) {
            var refused = new HashSet<String>();
            var undated = new HashSet<Integer>();
            while (true) {
                int known = refused.size() + undated.size();
                var accounts = accounts(question, asOf, isScore, moments, refused, undated);
                if (accounts.rows() != null || refused.size() + undated.size() == known) {
                    return accounts;
                }
            }
        }

        private Accounts accounts(
                WhyQuestion question,
                Instant asOf,
                boolean isScore,
                Map<String, String> moments,
                Set<String> refused,
                Set<Integer> undated) {
            var taken = new ArrayList<CellRows>();
            for (var cell : List.of(question.query().from(), question.query().to())) {
                var asked = question.accounts(cell, asOf, isScore, moments, refused, undated);
                if (asked.isEmpty()) {
                    return new Accounts(null, WhyQuestion.NOTHING_OF_ACCOUNTS);
                }
                var rows = question.rows();
                for (var one : asked) {
                    var problems = taken(one, rows);
                    if (!problems.isEmpty()) {
                        problems.forEach(problem -> {
                            number(problem, "metrics")
                                    .ifPresent(at ->
                                            refused.add(
                                                    String.valueOf(one.metrics().get(at).as())));
                            number(problem, "groupBy").ifPresent(undated::add);
                        });
                        return new Accounts(null, problems.getFirst().message());
                    }
                }
                taken.add(rows);
            }
            return new Accounts(new Both<>(taken.get(0), taken.get(1)), "");
        }

        /** Empty where all rows were taken. */
        private List<Problem> taken(AnalysisQuery asked, CellRows rows) {
            try {
                return switch (exports.export(asked, null, caller, deadline, new Taker(rows))) {
                    case ExportUseCase.Outcome.Rejected(var problems) -> problems;
                    case ExportUseCase.Outcome.Exported _ -> List.of();
                };
            } catch (TooMany _) {
                return List.of(tooMany());
            }
        }
    }

    /** There are more rows than are held. */
    private static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany() {
            super("", null, false, false);
        }
    }

    private static final class Taker implements ExportUseCase.Taker {
        private final CellRows rows;
        private int taken;

        Taker(CellRows rows) {
            this.rows = rows;
        }

        @Override
        public void begin(List<Column> columns, List<Kind> kinds, Instant asOf) {
            rows.begin(columns);
        }

        @Override
        public void take(List<Cell> cells) {
            if (taken++ == MOST_ACCOUNTS) {
                throw new TooMany();
            }
            rows.take(cells);
        }
    }

    private static Problem tooMany() {
        return Problem.of(
                ProblemCode.LIMIT,
                Place.of("groupBy"),
                "More than %,d accounts and groups would be read at once. Ask with fewer groups, or for a cohort.",
                MOST_ACCOUNTS);
    }

    private static List<String> parts(List<Problem> problems, WhyQuestion question) {
        return problems.stream()
                .flatMap(problem -> part(problem).stream())
                .map(at -> question.keys().get(at))
                .toList();
    }

    private static List<Problem> withoutParts(List<Problem> problems) {
        return problems.stream().filter(problem -> part(problem).isEmpty()).toList();
    }

    /** Which part of the formula a problem is with; empty where it is with the value itself, or with none. */
    private static Optional<Integer> part(Problem problem) {
        return number(problem, "metrics").filter(number -> number > 0).map(number -> number - 1);
    }

    /** Which metric or dimension of its question a problem is with. */
    private static Optional<Integer> number(Problem problem, String of) {
        var path = problem.place().path();
        return path.size() > 1 && path.getFirst().equals(of)
                ? Optional.of(Integer.parseInt(path.get(1)))
                : Optional.empty();
    }

    /** Problems of a question of a cell as problems of the query. */
    private static List<Problem> placed(List<Problem> problems, AskedCell cell, WhyQuery query) {
        var name = cell.equals(query.from()) ? "from" : "to";
        return problems.stream()
                .map(problem -> problem.in(placed(problem.place(), name, cell, query)))
                .toList();
    }

    private static Place placed(Place place, String name, AskedCell cell, WhyQuery query) {
        if (place.path().isEmpty()) {
            return place;
        }
        var rest = place.path().subList(1, place.path().size()).toArray(String[]::new);
        return switch (place.path().getFirst()) {
            case "metrics" ->
                    Place.of("metric")
                            .then(place.path().stream().skip(2).toArray(String[]::new))
                            .at(place.line(), place.column());
            case "timeRange" -> Place.of(name, "timeRange").then(rest);
            case "groupBy" -> Place.of("by").then(rest).at(place.line(), place.column());
            case "filter" -> Place.of("account");
            case "where" -> {
                boolean isOfCell = query.where() == null;
                boolean isOfBoth = !isOfCell && cell.where() != null;
                var where = isOfCell ? Place.of(name, "where") : Place.of("where");
                yield isOfBoth ? where : where.at(place.line(), place.column());
            }
            default -> place;
        };
    }
}
