package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.in.ImportUseCase.Reject;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.time.PointInTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportedMembersTest extends ImportScenario {
    @Test
    void accounts_come_with_attributes_and_marks() {
        var account =
                new Entity(
                        EntityKind.ACCOUNT,
                        "Account",
                        "",
                        "id",
                        List.of(
                                new Attribute(Field.of("plan", DataType.TEXT), Mark.NONE),
                                new Attribute(Field.of("since", DataType.DATE), Mark.START),
                                new Attribute(Field.of("gone", DataType.TIMESTAMP), Mark.REMOVED)));

        imported(
                "account",
                Rows.of(
                        List.of("id", "plan", "since", "gone"),
                        "a-1,pro,2020-01-01,2021-01-01 10:00",
                        "a-2,,,",
                        ",pro,,",
                        "a-3,,2020-01-02,2020-01-01 05:00"),
                account);

        assertThat(members)
                .containsExactly(
                        new Member(
                                "a-1",
                                null,
                                PointInTime.on(LocalDate.of(2020, 1, 1)),
                                PointInTime.at(Instant.parse("2021-01-01T10:00:00Z")),
                                List.of(
                                        "pro",
                                        LocalDate.of(2020, 1, 1),
                                        Instant.parse("2021-01-01T10:00:00Z"))),
                        new Member("a-2", null, null, null, Arrays.asList(null, null, null)));
        assertThat(rejects).extracting(Reject::column).containsExactly("id", "gone");
        assertThat(calls).containsExactly("commit", "close");
    }

    @Test
    void users_name_their_account_in_a_column_account() {
        var user =
                new Entity(
                        EntityKind.USER,
                        "User",
                        "",
                        "id",
                        List.of(new Attribute(Field.of("role", DataType.TEXT), Mark.NONE)));

        assertThat(
                        problems(bring("user", Rows.of(List.of("id", "role")), null, user))
                                .getFirst()
                                .message())
                .contains("'account'");
        imported("user", Rows.of(List.of("id", "role", "account"), "u,admin,a-1", "v,,"), user);

        assertThat(members).extracting(Member::account).containsExactly("a-1", null);
    }
}
