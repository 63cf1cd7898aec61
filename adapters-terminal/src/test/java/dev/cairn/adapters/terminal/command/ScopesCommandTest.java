package dev.cairn.adapters.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.in.ListScopesUseCase;
import dev.cairn.application.port.in.ListScopesUseCase.Listed;
import dev.cairn.domain.model.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopesCommandTest {
    private static final Listed OWN =
            new Listed(
                    new Scope("own", "Own", "", "success", "account.csm = caller.email"),
                    List.of("email"),
                    null,
                    null,
                    null);
    private static final Listed PRO =
            new Listed(
                    new Scope("pro", "Pro", "", null, "account.plan = 'pro'"),
                    List.of(),
                    1234L,
                    "bi_pro",
                    null);
    private static final Listed BROKEN =
            new Listed(
                    new Scope("old", "Old", "", null, "account.gone = 'x'"),
                    List.of(),
                    null,
                    null,
                    "Accounts have no 'gone'.");

    private static FakeCairn listing(Listed... scopes) {
        ListScopesUseCase all = (_, _) -> List.of(scopes);
        return FakeCairn.with(all);
    }

    @Test
    void a_scope_is_shown_with_its_formula_its_claims_its_accounts_and_its_role() {
        var said = listing(OWN, PRO).execute("scopes");

        assertThat(said.exit()).isZero();
        assertThat(said.output())
                .contains("own", "account.csm = caller.email", "email")
                .contains("pro", "account.plan = 'pro'", "1,234", "bi_pro")
                .doesNotContain("refused");
    }

    @Test
    void a_scope_that_nobody_can_be_answered_by_says_why() {
        assertThat(listing(BROKEN).execute("scopes").output())
                .contains("Whoever has 'old' is refused: Accounts have no 'gone'.");
    }

    @Test
    void programs_are_given_numbers_and_nothing_where_there_is_none() {
        assertThat(listing(PRO, BROKEN).execute("scopes", "--format", "json").output())
                .containsPattern("\"accounts\" ?: 1234")
                .containsPattern("\"sqlRole\" ?: \"bi_pro\"")
                .containsPattern("\"accounts\" ?: null")
                .containsPattern("\"problem\" ?: \"Accounts have no 'gone'.\"");
    }

    @Test
    void without_scopes_that_is_said() {
        assertThat(listing().execute("scopes").output()).isEqualTo("There are no access scopes.\n");
    }
}
