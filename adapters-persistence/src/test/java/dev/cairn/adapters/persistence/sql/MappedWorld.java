package dev.cairn.adapters.persistence.sql;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;

import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.ColumnType;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.MappedRows;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The facts of a world in tables of a schema of their own: what Cairn's tables hold is no fact, and no first one. */
final class MappedWorld {
    private static final String SCHEMA = "company";

    private MappedWorld() {}

    /** An executor over a world that is in the database, but for questions of what was known, which such tables do not keep; its facts are moved out of Cairn's own tables, and their sources mapped on where they are then. */
    static AnalysisExecutor executor(DSLContext dsl, World world) {
        return executor(dsl, world, move(dsl, world));
    }

    /** The same with accounts that are rows of a table too, where they have no history and their starts are of one type: those without users are in none of Cairn's own. */
    static AnalysisExecutor executorOfAccounts(DSLContext dsl, World world) {
        var mapped = new ArrayList<>(move(dsl, world));
        var entity = world.catalog().entity(EntityRef.ACCOUNT);
        if (entity.history() == null && !areOfBothTypes(dsl)) {
            mapped.addFirst(RowFormulas.mapped(moveAccounts(dsl, entity)));
            if (mapped.size() == world.sources().size() + 1) {
                dsl.deleteFrom(ACCOUNT)
                        .where(ACCOUNT.ACCOUNT_ID.ne(FactTable.NO_ACCOUNT))
                        .and(
                                ACCOUNT.ACCOUNT_ID.notIn(
                                        DSL.select(ACCOUNT_USER.ACCOUNT_ID).from(ACCOUNT_USER)))
                        .execute();
            }
        }
        return executor(dsl, world, mapped);
    }

    /** Members have starts that no attribute of the world says: two more do. */
    private static Entity moveAccounts(DSLContext dsl, Entity declared) {
        var start =
                isAny(dsl, ACCOUNT.DECLARED_START_ON)
                        ? ACCOUNT.DECLARED_START_ON
                        : ACCOUNT.DECLARED_START;
        var end = isAny(dsl, ACCOUNT.REMOVED_ON) ? ACCOUNT.REMOVED_ON : ACCOUNT.REMOVED_AT;
        var stored = new AttributeTable(EntityRef.ACCOUNT);
        var attributes =
                declared.attributes().stream()
                        .map(attribute ->
                                attribute.mark() == Mark.START || attribute.mark() == Mark.REMOVED
                                        ? new Attribute(attribute.field(), Mark.NONE)
                                        : attribute)
                        .collect(Collectors.toCollection(ArrayList::new));
        var read = new ArrayList<SelectField<?>>(List.of(ACCOUNT.ACCOUNT_KEY.as("key_of_account")));
        declared.stored()
                .attributes()
                .forEach(attribute ->
                        read.add(stored.column(attribute.field()).as(attribute.field().column())));
        read.add(start.as("starts_of_it"));
        read.add(end.as("ends_of_it"));
        attributes.add(new Attribute(Field.of("starts_of_it", type(start)), Mark.START));
        attributes.add(new Attribute(Field.of("ends_of_it", type(end)), Mark.REMOVED));
        dsl.createTable(DSL.name(SCHEMA, "customers"))
                .as(
                        DSL.select(read)
                                .from(ACCOUNT)
                                .leftJoin(stored.table())
                                .on(stored.accountId().eq(ACCOUNT.ACCOUNT_ID))
                                .where(ACCOUNT.ACCOUNT_ID.ne(FactTable.NO_ACCOUNT)))
                .execute();
        dsl.deleteFrom(stored.table()).execute();
        dsl.update(ACCOUNT)
                .setNull(ACCOUNT.DECLARED_START)
                .setNull(ACCOUNT.DECLARED_START_ON)
                .setNull(ACCOUNT.REMOVED_AT)
                .setNull(ACCOUNT.REMOVED_ON)
                .execute();
        return new Entity(
                        EntityRef.ACCOUNT,
                        declared.label(),
                        declared.description(),
                        List.of("key_of_account"),
                        attributes,
                        declared.notation(),
                        null,
                        declared.links())
                .withMapping(new Mapping(SCHEMA, "customers"));
    }

    private static boolean areOfBothTypes(DSLContext dsl) {
        return isAny(dsl, ACCOUNT.DECLARED_START_ON) && isAny(dsl, ACCOUNT.DECLARED_START)
                || isAny(dsl, ACCOUNT.REMOVED_ON) && isAny(dsl, ACCOUNT.REMOVED_AT);
    }

    private static boolean isAny(DSLContext dsl, org.jooq.Field<?> column) {
        return dsl.fetchExists(ACCOUNT, column.isNotNull());
    }

    private static DataType type(org.jooq.Field<?> column) {
        return column.getType() == LocalDate.class ? DataType.DATE : DataType.TIMESTAMP;
    }

    private static AnalysisExecutor executor(DSLContext dsl, World world, List<MappedRows> mapped) {
        var inner = new JooqAnalysisExecutor(dsl);
        return new AnalysisExecutor() {
            @Override
            public Capabilities capabilities() {
                return inner.capabilities();
            }

            @Override
            public Answer execute(AnalysisPlan plan, Duration limit) {
                return plan.time().knownAt() == null
                        ? inner.execute(plan.withMapped(mapped), limit)
                        : new ReferenceExecutor(world).execute(plan, limit);
            }

            @Override
            public Map<String, LocalDate> coverageStarts(
                    Set<String> sources, @Nullable Instant knownAt) {
                return inner.coverageStarts(sources, knownAt);
            }

            @Override
            public String describe(AnalysisPlan plan) {
                return inner.describe(plan.withMapped(mapped));
            }
        };
    }

    private static List<MappedRows> move(DSLContext dsl, World world) {
        dsl.createSchema(DSL.name(SCHEMA)).execute();
        var mapped = new ArrayList<MappedRows>();
        for (var name : world.sources()) {
            var source = world.source(name);
            if (canBe(source, world)) {
                move(dsl, source);
                var entry = world.catalog().entry(name).orElseThrow();
                var declared = source.withMapping(new Mapping(SCHEMA, name));
                mapped.add(RowFormulas.mapped(declared, entry, world.catalog()::source));
            }
        }
        if (mapped.size() == world.sources().size()) {
            for (var members : List.of("account", "account_user")) {
                dsl.update(DSL.table(DSL.name(members)))
                        .setNull(DSL.field(DSL.name("first_fact")))
                        .setNull(DSL.field(DSL.name("first_fact_on")))
                        .execute();
            }
        }
        return mapped;
    }

    /** What an import said of its end is said by no table. */
    private static boolean canBe(Source source, World world) {
        return world.loads().stream()
                .noneMatch(load ->
                        load.source().equals(source.name()) && load.completeUntil() != null);
    }

    private static void move(DSLContext dsl, Source source) {
        var facts = new FactTable(source.name());
        var read = source.fields().stream().filter(Field::isRead).toList();
        var table = DSL.name(SCHEMA, source.name());
        var create = dsl.createTable(table);
        var columns =
                read.stream()
                        .<org.jooq.Field<?>>map(field ->
                                DSL.field(DSL.name(field.column()), ColumnType.of(field.type())))
                        .toList();
        create.columns(columns).execute();
        dsl.insertInto(DSL.table(table), columns)
                .select(
                        DSL.select(read.stream().map(facts::column).toList())
                                .from(facts.table())
                                .where(facts.inForce()))
                .execute();
        dsl.deleteFrom(facts.table()).execute();
    }
}
