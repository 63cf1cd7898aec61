package dev.cairn.adapters.graphql.separation;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.adapters.graphql.trust.SourcedAnswer;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.SeparateUseCase;
import dev.cairn.application.port.in.SeparateUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.separation.MetricAudit;
import dev.cairn.domain.separation.Separation;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Vanity or actionable. */
@Controller
public final class SeparationController {
    private final SeparateUseCase separations;

    public SeparationController(SeparateUseCase separations) {
        this.separations = separations;
    }

    /** Never null: the field is, so that an error stays local. */
    @QueryMapping
    @Nullable Separation separation(
            @Argument SeparationInput input, Caller caller, DataFetchingEnvironment field) {
        return SourcedAnswer.of(
                field,
                () -> answer(separations.separate(input.toDomain(), caller, Deadline.current())));
    }

    /** Never null, as {@link #separation}. */
    @QueryMapping
    @Nullable MetricAuditOutput metricAudit(
            @Argument MetricAuditInput input, Caller caller, DataFetchingEnvironment field) {
        return SourcedAnswer.of(
                field,
                () ->
                        new MetricAuditOutput(
                                answer(
                                        separations.audit(
                                                input.toDomain(), caller, Deadline.current()))));
    }

    private static <A> A answer(Outcome<A> outcome) {
        return switch (outcome) {
            case Outcome.Answered<A>(var answer) -> answer;
            case Outcome.Rejected<A>(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, problems);
        };
    }

    /** An audit, whose metrics are told by key. */
    public record MetricAuditOutput(MetricAudit audit) {
        public String success() {
            return audit.success();
        }

        public Separation.Time time() {
            return audit.time();
        }

        public List<Separation.Trivial> trivial() {
            return audit.trivial();
        }

        public List<AuditedMetric> metrics() {
            return audit.rows().stream().map(AuditedMetric::new).toList();
        }

        public List<MetricAudit.Refused> refused() {
            return audit.refused();
        }
    }

    /** A metric of an audit. */
    public record AuditedMetric(MetricAudit.Row row) {
        public String metric() {
            return row.metric().name();
        }

        public String label() {
            return row.metric().label();
        }

        public @Nullable String owner() {
            return row.metric().owner();
        }

        public @Nullable String decision() {
            return row.metric().notes().decision();
        }

        public @Nullable String counter() {
            return row.metric().counter();
        }

        public Separation.Strength strength() {
            return row.strength();
        }

        public @Nullable Double p() {
            return row.p();
        }

        public @Nullable Double moved() {
            return row.moved();
        }

        public Separation.Verdict verdict() {
            return row.verdict();
        }

        public List<Separation.Reason> reasons() {
            return row.reasons();
        }

        public @Nullable Grade trust() {
            return row.trust();
        }

        public List<MetricAudit.SourceGrade> sources() {
            return row.sources();
        }

        public List<MetricAudit.Gap> gaps() {
            return row.gaps().stream().sorted().toList();
        }
    }
}
