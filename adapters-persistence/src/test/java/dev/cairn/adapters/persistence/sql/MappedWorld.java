package dev.cairn.adapters.persistence.sql;

import dev.cairn.adapters.persistence.schema.ColumnType;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.lowering.RowFormulas;
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
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The facts of a world in tables of a schema of their own: what Cairn's tables hold is no fact, and no first one. */
final class MappedWorld {
    private static final String SCHEMA = "company";

    private MappedWorld() {}

    /** An executor over a world that is in the database, but for questions of what was known, which such tables do not keep; its facts are moved out of Cairn's own tables, and their sources mapped on where they are then. */
    static AnalysisExecutor executor(DSLContext dsl, World world) {
        var mapped = move(dsl, world);
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
