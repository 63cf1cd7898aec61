package dev.cairn.adapters.graphql.cohort;

import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.Cohort.Members;
import dev.cairn.domain.problem.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cohort's definition. */
public record DefineCohortInput(
        String key,
        String label,
        @Nullable String summary,
        CohortMembersInput members,
        @Nullable Boolean validateOnly) {
    /** Where parts of the definition stand here, if not under the same name. */
    static final Map<String, List<String>> PARTS =
            Map.of("name", List.of("key"), "rule", List.of("members", "rule"));

    /** What makes an account a member; one of the two. */
    public record CohortMembersInput(@Nullable String rule, @Nullable List<String> accounts) {
        Members toDomain() {
            if (rule != null) {
                return new Members.Rule(rule);
            }
            if (accounts != null) {
                return new Members.Accounts(accounts);
            }
            throw new IllegalStateException(
                    "CohortMembersInput has no field; validation should have refused it");
        }
    }

    Cohort toDomain() {
        return new Cohort(key, label, summary == null ? "" : summary, members.toDomain());
    }

    boolean isCheck() {
        return validateOnly != null && validateOnly;
    }

    Request toRequest() {
        return new Request(List.of(new Draft(toDomain(), Place.NOWHERE)), false, isCheck());
    }
}
