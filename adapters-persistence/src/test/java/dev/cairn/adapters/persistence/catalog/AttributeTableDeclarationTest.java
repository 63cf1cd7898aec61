package dev.cairn.adapters.persistence.catalog;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.trySave;
import static dev.cairn.adapters.persistence.generated.Tables.ATTRIBUTE_ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import java.math.BigDecimal;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AttributeTableDeclarationTest {
    private static final Field NAME = Field.of("name", DataType.TEXT);
    private static final Field SEATS = Field.of("seats", DataType.INTEGER);
    private static final Field DECIMAL_SEATS = Field.of("seats", DataType.DECIMAL);

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final DSLContext dsl = Postgres.dsl(database);

    @Test
    void attributes_get_columns_and_keep_them() {
        save(database, entity(EntityRef.ACCOUNT, NAME), entity(EntityRef.USER, SEATS));
        save(database, entity(EntityRef.ACCOUNT, NAME, SEATS));
        save(database, entity(EntityRef.ACCOUNT, SEATS));

        assertThat(columns(EntityRef.ACCOUNT))
                .containsExactlyInAnyOrder("account_id bigint", "a_name text", "a_seats bigint");
        assertThat(columns(EntityRef.USER))
                .containsExactlyInAnyOrder("account_id bigint", "user_id bigint", "a_seats bigint");
    }

    @Test
    void an_attribute_without_values_may_change_its_type() {
        save(database, entity(EntityRef.ACCOUNT, SEATS));

        save(database, entity(EntityRef.ACCOUNT, DECIMAL_SEATS));

        assertThat(columns(EntityRef.ACCOUNT))
                .containsExactlyInAnyOrder("account_id bigint", "a_seats numeric");
    }

    @Test
    void an_attribute_with_values_does_not_change_its_type() {
        save(database, entity(EntityRef.ACCOUNT, DECIMAL_SEATS));
        var seats =
                new AttributeTable(EntityRef.ACCOUNT)
                        .column(DECIMAL_SEATS)
                        .coerce(BigDecimal.class);
        dsl.insertInto(ATTRIBUTE_ACCOUNT)
                .columns(ATTRIBUTE_ACCOUNT.ACCOUNT_ID, seats)
                .values(0L, BigDecimal.TEN)
                .execute();

        assertThat(trySave(database, entity(EntityRef.ACCOUNT, SEATS)))
                .isInstanceOfSatisfying(
                        Saved.Refused.class,
                        refused ->
                                assertThat(refused.reasons().get("account").getFirst())
                                        .contains("seats"));
        assertThat(columns(EntityRef.ACCOUNT)).contains("a_seats numeric");
    }

    private List<String> columns(EntityRef kind) {
        return ExistingColumns.of(dsl, new AttributeTable(kind).name()).types().entrySet().stream()
                .map(column -> column.getKey() + " " + column.getValue())
                .toList();
    }

    private static Entity entity(EntityRef kind, Field... attributes) {
        return new Entity(
                kind,
                "",
                "",
                "key",
                List.of(attributes).stream()
                        .map(field -> new Entity.Attribute(field, Entity.Mark.NONE))
                        .toList());
    }
}
