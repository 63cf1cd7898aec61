package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.application.port.in.ScopesUseCase.Outcome;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopesServiceTest {
    private static final Scope EMEA =
            new Scope("emea", "EMEA", "", "ann", "account.region = 'EMEA'");
    private static final Scope OWN =
            new Scope("own", "Own", "", null, "account.csm = caller.email");
    private static final Scope PILOTS = new Scope("seen_pilots", "", "", null, "account in pilots");
    private static final Cohort LIST =
            new Cohort("pilots", "", "", new Cohort.Members.Accounts(List.of("a-1")));

    private final MemoryStore store =
            new MemoryStore(catalog(accounts("region", "csm"), EMEA, OWN, PILOTS, LIST));
    private final Catalogs catalogs = new Catalogs(store);

    private static Catalog catalog(Definition... definitions) {
        var entries = Arrays.stream(definitions).map(one -> new Entry(one, 1, Map.of())).toList();
        return Catalog.of(1, entries, List.of());
    }

    private static Entity accounts(String... attributes) {
        return new Entity(
                EntityRef.ACCOUNT,
                "Account",
                "",
                "id",
                Arrays.stream(attributes)
                        .map(name ->
                                new Entity.Attribute(
                                        Field.of(name, DataType.TEXT), Entity.Mark.NONE))
                        .toList());
    }

    private Outcome of(String... names) {
        return new ScopesService(catalogs).of(List.of(names), Map.of("email", "ann@x"));
    }

    private static List<Problem> refused(Outcome outcome) {
        return ((Outcome.Refused) outcome).problems();
    }

    private DefineUseCase.Outcome retire(String name) {
        return new DefineService(catalogs, store)
                .define(new Request(List.of(), false, false, null, Set.of(name)));
    }

    @Test
    void scopes_are_looked_up_with_the_claims_of_the_caller() {
        assertThat(of("own", "emea", "own"))
                .isEqualTo(
                        new Outcome.Found(
                                new AccessScope(
                                        List.of(
                                                "account.csm = caller.email",
                                                "account.region = 'EMEA'"),
                                        Map.of("email", "ann@x"))));
    }

    @Test
    void a_scope_has_the_claims_alone_that_it_reads() {
        var claims = Map.of("email", "ann@x", "exp", "1796000000");
        assertThat(new ScopesService(catalogs).of(List.of("own"), claims))
                .isEqualTo(
                        new Outcome.Found(
                                new AccessScope(
                                        List.of("account.csm = caller.email"),
                                        Map.of("email", "ann@x"))));
        assertThat(new ScopesService(catalogs).of(List.of("emea"), claims))
                .isEqualTo(new Outcome.Found(new AccessScope("account.region = 'EMEA'")));
    }

    @Test
    void one_unknown_name_refuses_all() {
        assertThat(refused(of("emea", "emae")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message())
                            .isEqualTo("There is no access scope 'emae'. Did you mean 'emea'?");
                    assertThat(problem.suggestions()).containsExactly("emea");
                });
        assertThat(refused(of("pilots"))).hasSize(1);
        assertThat(refused(of())).hasSize(1);
    }

    @Test
    void a_retired_scope_is_refused() {
        assertThat(retire("emea")).isInstanceOf(DefineUseCase.Outcome.Applied.class);
        assertThat(refused(of("emea"))).hasSize(1);
        assertThat(of("own")).isInstanceOf(Outcome.Found.class);
    }

    @Test
    void what_a_scope_names_is_neither_retired_nor_changed_away() {
        assertThat(refusals(retire("pilots"))).containsExactly(ProblemCode.IN_USE);
        assertThat(refusals(retire("account"))).isNotEmpty();
        var without = new Draft(accounts("csm"), Place.of("file"));
        assertThat(
                        refusals(
                                new DefineService(catalogs, store)
                                        .define(new Request(List.of(without), false, false))))
                .containsExactly(ProblemCode.IN_USE);
    }

    @Test
    void who_is_no_admin_changes_nothing_that_a_scope_reads() {
        var wider =
                new Cohort("pilots", "", "", new Cohort.Members.Accounts(List.of("a-1", "a-2")));
        var named = new Cohort("pilots", "Ours", "", LIST.members());
        var other = new Cohort("others", "", "", new Cohort.Members.Accounts(List.of("a-2")));

        var outcome = define(wider, Role.ANALYST);

        assertThat(refusals(outcome)).containsExactly(ProblemCode.IN_USE);
        assertThat(((DefineUseCase.Outcome.Rejected) outcome).problems().getFirst().message())
                .contains("'pilots'", "'seen_pilots'", "admins");
        for (var allowed :
                List.of(
                        define(named, Role.ANALYST),
                        define(other, Role.ANALYST),
                        define(wider, Role.ADMIN))) {
            assertThat(allowed).isInstanceOf(DefineUseCase.Outcome.Applied.class);
        }
    }

    private DefineUseCase.Outcome define(Definition definition, Role role) {
        return new DefineService(catalogs, store)
                .define(
                        new Request(
                                        List.of(new Draft(definition, Place.of("cohort"))),
                                        false,
                                        false)
                                .by(new Author("ann", role, "defineCohort")));
    }

    @Test
    void a_scope_that_cannot_be_read_any_more_is_refused() {
        var elsewhere = new Catalogs(new MemoryStore(catalog(accounts("csm"), EMEA, OWN)));
        var scopes = new ScopesService(elsewhere);
        assertThat(refused(scopes.of(List.of("emea", "own"), Map.of())))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.UNKNOWN_FIELD);
    }

    private static List<ProblemCode> refusals(DefineUseCase.Outcome outcome) {
        return ((DefineUseCase.Outcome.Rejected) outcome)
                .problems().stream().map(Problem::code).toList();
    }
}
