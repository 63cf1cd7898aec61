package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.CatalogBuilder.catalog;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.check.DefinitionChecker;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Links of accounts: what is refused when they are declared. */
class MemberLinksTest {
    private static Entity accounts(@Nullable String compute, Link... links) {
        var attributes = new ArrayList<Entity.Attribute>();
        for (var name : List.of("plan", "above")) {
            attributes.add(new Entity.Attribute(Field.of(name, DataType.TEXT), Mark.NONE));
        }
        attributes.add(new Entity.Attribute(Field.of("seats", DataType.INTEGER), Mark.NONE));
        if (compute != null) {
            attributes.add(
                    new Entity.Attribute(
                            new Field(
                                    "tier",
                                    "tier",
                                    DataType.TEXT,
                                    null,
                                    compute,
                                    List.of(),
                                    null,
                                    null),
                            Mark.NONE));
        }
        return new Entity(EntityRef.ACCOUNT, "Account", "", "account_key", attributes)
                .withLinks(List.of(links));
    }

    private static List<String> told(Entity accounts) {
        var built =
                catalog()
                        .source(
                                "event",
                                "at timestamp, customer text -> account, number integer key")
                        .define(accounts)
                        .build();
        return DefinitionChecker.check(
                        built, built.entry("account").orElseThrow(), Place.of("file.yaml"))
                .problems()
                .stream()
                .map(MemberLinksTest::brief)
                .toList();
    }

    private static String brief(Problem problem) {
        return problem.code() + " " + String.join("/", problem.place().path());
    }

    @Test
    void link_leads_to_an_account_by_a_text() {
        assertThat(told(accounts(null, new Link("parent", EntityRef.ACCOUNT, "above")))).isEmpty();
        assertThat(told(accounts(null, new Link("parent", EntityRef.ACCOUNT, "seats"))))
                .containsExactly("TYPE_MISMATCH file.yaml/links/parent");
        assertThat(told(accounts(null, new Link("parent", EntityRef.ACCOUNT, "beneath"))))
                .containsExactly("UNKNOWN_FIELD file.yaml/links/parent");
        assertThat(told(accounts(null, new Link("plan", EntityRef.ACCOUNT, "above"))))
                .containsExactly("CONFLICT file.yaml/links/plan");
        assertThat(
                        told(
                                accounts(
                                        null,
                                        new Link(
                                                "parent",
                                                new LinkTarget.OfEntity(EntityRef.ACCOUNT),
                                                List.of("above", "plan")))))
                .containsExactly("INCOMPATIBLE file.yaml/links/parent");
    }

    @Test
    void link_leads_to_no_user_and_to_no_fact() {
        assertThat(told(accounts(null, new Link("owner", EntityRef.USER, "above"))))
                .containsExactly("INCOMPATIBLE file.yaml/links/owner");
        assertThat(told(accounts(null, new Link("last", "event", List.of("seats")))))
                .containsExactly("INCOMPATIBLE file.yaml/links/last");
        assertThat(told(accounts(null, new Link("last", "evnt", List.of("seats")))))
                .containsExactly("UNKNOWN_SOURCE file.yaml/links/last");
    }

    @Test
    void links_are_counted_on_through_entities() {
        var segment =
                Source.entity(
                        "segment",
                        "Segment",
                        "",
                        List.of("code"),
                        List.of(
                                Field.of("code", DataType.TEXT),
                                Field.of("owner_key", DataType.TEXT)),
                        Notation.STANDARD,
                        List.of(new Link("owner", EntityRef.ACCOUNT, "owner_key")),
                        null);
        var world =
                catalog()
                        .define(segment)
                        .define(
                                accounts(
                                        null,
                                        new Link(
                                                "segment",
                                                new LinkTarget.OfEntity(new EntityRef("segment")),
                                                List.of("above"))));
        var five = "account.segment.owner.segment.owner.segment";

        assertThat(Question.formula("count(account where %s is none)".formatted(five)).ready(world))
                .isNotNull();
        assertThat(
                        Question.formula("count(account where %s.owner is none)".formatted(five))
                                .told(world))
                .singleElement()
                .asString()
                .startsWith("LIMIT");
    }

    @Test
    void user_has_a_key_of_one_column() {
        var users =
                new Entity(
                        EntityRef.USER,
                        "User",
                        "",
                        List.of("module", "person"),
                        Entity.parts(List.of("module", "person")),
                        Notation.STANDARD,
                        null);
        var built = catalog().define(users).build();

        assertThat(
                        DefinitionChecker.check(
                                        built,
                                        built.entry("user").orElseThrow(),
                                        Place.of("file.yaml"))
                                .problems())
                .extracting(MemberLinksTest::brief)
                .containsExactly("INCOMPATIBLE file.yaml/key");
    }

    @Test
    void attribute_that_would_be_computed_from_itself_by_a_link_is_refused() {
        var parent = new Link("parent", EntityRef.ACCOUNT, "above");

        assertThat(told(accounts("coalesce(plan, account.parent.tier)", parent)))
                .containsExactly("INCOMPATIBLE file.yaml/attributes/tier/compute");
        assertThat(told(accounts("parent.plan", parent)))
                .containsExactly("INCOMPATIBLE file.yaml/attributes/tier/compute");
        assertThat(told(accounts("above", new Link("parent", EntityRef.ACCOUNT, "tier"))))
                .containsExactly("INCOMPATIBLE file.yaml/links/parent");
    }
}
