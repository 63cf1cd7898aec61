package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Records.Raw;
import dev.cairn.application.port.in.ImportUseCase.Left;
import dev.cairn.application.port.in.ImportUseCase.Reject;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.PointInTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImportedMembersTest extends ImportScenario {
    @Test
    void accounts_come_with_attributes_and_marks() {
        var account =
                new Entity(
                        EntityRef.ACCOUNT,
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
        assertThat(calls).containsExactly("begin plan since gone", "commit", "close");
    }

    private static final Entity ENROLMENT =
            new Entity(
                    EntityRef.ACCOUNT,
                    "Enrolment",
                    "",
                    List.of("module", "student"),
                    Stream.concat(
                                    Entity.parts(List.of("module", "student")).stream(),
                                    Stream.of(
                                            new Attribute(
                                                    Field.of("plan", DataType.TEXT), Mark.NONE)))
                            .toList(),
                    Notation.STANDARD,
                    null);

    @Test
    void key_of_several_columns_is_one_text_and_none_without_one_of_them() {
        imported(
                "account",
                Rows.of(List.of("plan", "student", "module"), "pro,1,A", "free,,A", "pro,2/%,A"),
                ENROLMENT);

        assertThat(members)
                .containsExactly(
                        new Member("A/1", null, null, null, List.of("pro")),
                        new Member("A/2%2F%25", null, null, null, List.of("pro")));
        assertThat(rejects).extracting(Reject::column).containsExactly("module, student");
    }

    @Test
    void users_name_their_account_by_the_columns_of_its_key() {
        var user = new Entity(EntityRef.USER, "User", "", "id", List.of());

        imported(
                "user",
                Rows.of(List.of("id", "module", "student"), "u,A,1", "v,,1"),
                ENROLMENT,
                user);

        assertThat(members)
                .containsExactly(
                        new Member("u", "A/1", null, null, List.of()),
                        new Member("v", null, null, null, List.of()));
    }

    private static final Entity PARTS =
            new Entity(
                    EntityRef.ACCOUNT,
                    "Account",
                    "",
                    "id",
                    List.of(
                            new Attribute(Field.of("plan", DataType.TEXT), Mark.NONE),
                            new Attribute(Field.of("country", DataType.TEXT), Mark.NONE),
                            new Attribute(Field.of("since", DataType.DATE), Mark.START),
                            new Attribute(Field.of("gone", DataType.DATE), Mark.REMOVED)));

    @Test
    void a_file_may_bring_some_attributes_and_the_others_are_told() {
        var summary =
                imported("account", Rows.of(List.of("id", "contry", "plan"), "a,DE,pro"), PARTS);

        assertThat(members).containsExactly(new Member("a", null, null, null, List.of("pro")));
        assertThat(calls).startsWith("begin plan");
        assertThat(summary.taken()).containsExactly("plan");
        assertThat(summary.left())
                .containsExactly(
                        new Left("country", List.of("contry")),
                        new Left("since", List.of()),
                        new Left("gone", List.of()));
        assertThat(summary.ignored()).containsExactly("contry");
    }

    @Test
    void a_file_of_keys_alone_leaves_all_attributes() {
        var summary = imported("account", Rows.of(List.of("id"), "a"), PARTS);

        assertThat(members).containsExactly(new Member("a", null, null, null, List.of()));
        assertThat(summary.taken()).isEmpty();
        assertThat(summary.left()).hasSize(4);
    }

    @Test
    void a_file_without_the_key_or_with_no_attribute_but_one_that_is_near_is_refused() {
        assertThat(
                        problems(bring("account", Rows.of(List.of("plan")), null, PARTS))
                                .getFirst()
                                .message())
                .contains("no column 'id'");
        var misspelt = problems(bring("account", Rows.of(List.of("id", "Plan")), null, PARTS));

        assertThat(misspelt).hasSize(1);
        assertThat(misspelt.getFirst().message()).contains("no column 'plan'");
        assertThat(misspelt.getFirst().suggestions()).containsExactly("Plan");
        assertThat(members).isEmpty();
    }

    @Test
    void an_attribute_whose_column_comes_after_the_first_records_is_not_passed_over() {
        var header = new ArrayList<>(List.of("id", "plan"));
        var rows =
                Stream.of(List.of("a", "pro"), List.of("b", "free", "de"))
                        .map(cells -> {
                            if (cells.size() > header.size()) {
                                header.add("country");
                            }
                            return (Raw) new Raw.Read(header.size(), cells);
                        })
                        .iterator();

        assertThat(problems(bring("account", new Rows(header, rows), null, PARTS)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_COLUMN);
                    assertThat(problem.message()).contains("'country'", "--columns");
                });
        assertThat(calls).doesNotContain("commit");
    }

    @Test
    void since_and_until_when_an_account_exists_come_from_one_file() {
        var halves =
                List.of(
                        problems(bring("account", Rows.of(List.of("id", "since")), null, PARTS)),
                        problems(bring("account", Rows.of(List.of("id", "gone")), null, PARTS)));

        assertThat(halves.get(0))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("'gone'");
        assertThat(halves.get(1))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("'since'");
    }

    @Test
    void users_name_their_account_in_a_column_account() {
        var user =
                new Entity(
                        EntityRef.USER,
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
