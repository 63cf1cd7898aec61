package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.ImpactUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.impact.ChangeMarker;
import dev.cairn.domain.impact.ImpactCheck;
import dev.cairn.domain.impact.ImpactCourse;
import dev.cairn.domain.impact.ImpactFold;
import dev.cairn.domain.impact.ImpactFold.Samples;
import dev.cairn.domain.impact.ImpactQuery;
import dev.cairn.domain.impact.ImpactQuery.Unit;
import dev.cairn.domain.impact.ImpactQuestion;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.sample.Sample;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks for the values of accounts before and after a change, one statement for each time, and for moves at earlier days where there is nothing to compare with. */
public final class ImpactService implements ImpactUseCase {
    private final Catalogs catalogs;
    private final AnalyzeUseCase analyses;
    private final AccountSample samples;
    private final Clock clock;

    public ImpactService(
            Catalogs catalogs, AnalyzeUseCase analyses, AccountSample samples, Clock clock) {
        this.catalogs = catalogs;
        this.analyses = analyses;
        this.samples = samples;
        this.clock = clock;
    }

    /** Something that is asked for this is not answered. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<Problem> problems;

        Refused(List<Problem> problems) {
            super("refused", null, false, false);
            this.problems = List.copyOf(problems);
        }
    }

    @Override
    public Outcome impact(ImpactQuery query, Caller caller, Deadline deadline) {
        try {
            return new Asked(query, catalogs.current(), caller, deadline).outcome();
        } catch (Refused refused) {
            return new Outcome.Rejected(refused.problems);
        }
    }

    /** One question while it is answered. */
    private final class Asked {
        private final ImpactQuery query;
        private final Catalog catalog;
        private final Caller caller;
        private final Deadline deadline;

        Asked(ImpactQuery query, Catalog catalog, Caller caller, Deadline deadline) {
            this.query = query;
            this.catalog = catalog;
            this.caller = caller;
            this.deadline = deadline;
        }

        Outcome outcome() {
            Instant asOf = query.asOf() == null ? clock.instant() : query.asOf();
            var today = asOf.atZone(query.zone()).toLocalDate();
            var problems = new ArrayList<>(ImpactCheck.problems(query, catalog));
            var marker = query.change() == null ? null : marker(query.change(), asOf, problems);
            var changedOn = marker == null ? query.changedOn() : marker.changedOn();
            var concerned = marker == null ? null : marker.concerns(catalog);
            if (marker != null) {
                problems.addAll(ImpactCheck.ofMarker(query, concerned));
            }
            if (changedOn != null) {
                problems.addAll(ImpactCheck.problems(query, changedOn, today));
            }
            if (changedOn == null || !problems.isEmpty()) {
                var rest = ImpactQuestion.rest(query, catalog, concerned, asOf, today);
                return new Outcome.Rejected(
                        Stream.concat(problems.stream(), further(rest).stream())
                                .distinct()
                                .toList());
            }
            var question = ImpactQuestion.of(query, catalog, changedOn, concerned, asOf, today);
            var fold = query.unit() == Unit.ROW ? ofRows(question) : ofAccounts(question);
            return new Outcome.Assessed(
                    fold.impact(
                            placebos(question, fold.unexplained()),
                            query.course() ? course(question) : null,
                            marker == null ? null : marker.name()));
        }

        /** What is wrong besides, such as names that are not known. */
        private List<Problem> further(ImpactQuestion rest) {
            if (query.unit() != Unit.ROW) {
                return ofEach(rest);
            }
            var ofRows =
                    query.metrics().isEmpty()
                            ? List.<Problem>of()
                            : analyses.explain(rest.rows(rest.windows().before()), caller, deadline)
                                    .problems();
            return Stream.concat(rest.placed(ofRows).stream(), ofEach(rest.ofGroups()).stream())
                    .toList();
        }

        private List<Problem> ofEach(ImpactQuestion asked) {
            return asked.placed(AccountSample.problems(asked.before(), analyses, caller, deadline));
        }

        /** @param problems takes what keeps it from being found; then null */
        private @Nullable ChangeMarker marker(String key, Instant asOf, List<Problem> problems) {
            var unasked = ChangeMarker.problems(catalog);
            if (unasked.isEmpty()) {
                unasked = ChangeMarker.outOfSight(catalog, caller);
            }
            if (!unasked.isEmpty()) {
                problems.addAll(unasked);
                return null;
            }
            var asked = ChangeMarker.question(catalog, query.zone(), asOf);
            return switch (ChangeMarker.find(key, answer(asked, null))) {
                case ChangeMarker.Found.One(var marker) -> marker;
                case ChangeMarker.Found.None(var problem) -> {
                    problems.add(problem);
                    yield null;
                }
            };
        }

        private ImpactFold ofAccounts(ImpactQuestion question) {
            var before = sample(question.before(), question);
            return ImpactFold.of(
                    question,
                    catalog,
                    new Samples(
                            sample(question.prior(), question),
                            before,
                            sample(question.after(), question)),
                    answer(question.together(), question));
        }

        private ImpactFold ofRows(ImpactQuestion question) {
            return ImpactFold.ofRows(
                    question,
                    catalog,
                    answer(question.rows(question.windows().before()), question),
                    answer(question.rows(question.windows().after()), question));
        }

        /** A metric with windows of its own cannot be asked by weeks: there are none of it. */
        private Map<Integer, AnalysisResult> placebos(
                ImpactQuestion question, List<Integer> metrics) {
            var answers = new HashMap<Integer, AnalysisResult>();
            for (int metric : metrics) {
                if (analyses.analyze(question.placebos(metric), caller, deadline)
                        instanceof AnalyzeUseCase.Outcome.Answered(var answer)) {
                    answers.put(metric, answer);
                }
            }
            return answers;
        }

        /** What is not answered by weeks, as a metric of the question's whole range, is left out. */
        private @Nullable ImpactCourse course(ImpactQuestion question) {
            var treated = course(question, false);
            var compared = query.comparison() == null ? null : course(question, true);
            return treated == null || (query.comparison() != null && compared == null)
                    ? null
                    : new ImpactCourse(treated, compared);
        }

        private @Nullable AnalysisResult course(ImpactQuestion question, boolean compared) {
            return analyses.analyze(
                                    question.course(compared).page(QuestionLimits.MOST_ROWS, null),
                                    caller,
                                    deadline)
                            instanceof AnalyzeUseCase.Outcome.Answered(var answer)
                    ? answer
                    : null;
        }

        private Sample sample(AnalysisQuery asked, ImpactQuestion question) {
            return switch (samples.of(asked, caller, deadline)) {
                case AccountSample.Outcome.Taken(var sample) -> sample;
                case AccountSample.Outcome.Rejected(var problems) ->
                        throw new Refused(question.placed(problems));
            };
        }

        /** @param question whose places problems have; null: they have none */
        private AnalysisResult answer(AnalysisQuery asked, @Nullable ImpactQuestion question) {
            return switch (analyses.analyze(
                    asked.page(QuestionLimits.MOST_ROWS, null), caller, deadline)) {
                case AnalyzeUseCase.Outcome.Answered(var result) -> result;
                case AnalyzeUseCase.Outcome.Rejected(var problems) ->
                        throw new Refused(question == null ? problems : question.placed(problems));
            };
        }
    }
}
