package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.name;

import dev.cairn.application.port.TableChanged;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.MappedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.CommonTableExpression;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;
import org.jooq.impl.SQLDataType;

/**
 * What stands for tables of Cairn's own in statements over sources whose rows stay elsewhere: common tables of the same names and columns, in front of all
 * others. Whatever reads facts, coverage or members reads them as it does those that are stored; PostgreSQL puts each in the place where it is read.
 */
public final class MappedTables {
    private final List<MappedRows> mapped;
    private final String statement;

    /** @param statement as text, without these tables: what it does not name it does not read */
    private MappedTables(List<MappedRows> mapped, String statement) {
        this.mapped = mapped;
        this.statement = statement;
    }

    /**
     * The common tables that a statement needs.
     *
     * @param told sources whose coverage is read
     */
    static List<CommonTableExpression<?>> of(
            List<MappedRows> mapped, Select<?> statement, Set<String> told) {
        return mapped.isEmpty()
                ? List.of()
                : new MappedTables(mapped, DSL.using(SQLDialect.POSTGRES).render(statement))
                        .of(told);
    }

    private List<CommonTableExpression<?>> of(Set<String> told) {
        var facts = mapped.stream().filter(rows -> rows.members() == null).toList();
        var tables = new ArrayList<CommonTableExpression<?>>();
        boolean apart = names(name("source_key"));
        for (var rows : facts) {
            var source = rows.source().name();
            if (names(StoreTables.fact(source).getUnqualifiedName())) {
                tables.add(new MappedFacts(rows, mapped).table(apart));
            }
        }
        var accounts = MappedAccounts.in(mapped);
        var account = StoreTables.members(EntityRef.ACCOUNT).getUnqualifiedName();
        var attributes = StoreTables.attributes(EntityRef.ACCOUNT).getUnqualifiedName();
        if (accounts.isPresent() && !(tables.isEmpty() && !names(account) && !names(attributes))) {
            tables.addFirst(accounts.get().table());
        }
        if (accounts.isPresent() && names(attributes)) {
            tables.add(accounts.get().attributes());
        }
        var covered = facts.stream().filter(rows -> told.contains(rows.source().name())).toList();
        for (var state : List.of(StoreTables.sourceState(), StoreTables.coverageHistory())) {
            if (!covered.isEmpty() && names(state.getUnqualifiedName())) {
                tables.add(MappedCoverage.table(state, covered));
            }
        }
        var begun =
                names(name("first_fact"))
                        ? MappedMembers.tables(facts, mapped).toList()
                        : List.<CommonTableExpression<?>>of();
        tables.addAll(begun);
        boolean isThere = begun.stream().anyMatch(table -> table.getName().equals(account.last()));
        if (accounts.isPresent() && names(account) && !isThere) {
            tables.add(MappedAccounts.members());
        }
        return tables;
    }

    /**
     * What a statement over facts gives where some of them stay in tables of their own.
     *
     * @throws TableChanged where a table is not as declared
     */
    public static Result<Record> fetch(
            DSLContext dsl, List<MappedRows> mapped, Select<Record> statement) {
        var tables = of(mapped, statement, Set.of());
        if (tables.isEmpty()) {
            return dsl.fetch(statement);
        }
        var all = inFrontOf(statement, tables);
        var read = readIn(mapped, all);
        MappableSchemas.check(dsl, read);
        try {
            return dsl.fetch(all);
        } catch (DataAccessException failed) {
            throw JooqTableMappings.failure(dsl, read, failed);
        }
    }

    /** The same statement of no common tables, reading such tables where it names them. */
    static Select<Record> reading(List<MappedRows> mapped, Select<Record> statement) {
        var tables = of(mapped, statement, Set.of());
        return tables.isEmpty() ? statement : inFrontOf(statement, tables);
    }

    /** The statement itself, in its own order. */
    @SuppressWarnings("unchecked")
    private static Select<Record> inFrontOf(
            Select<Record> statement, List<CommonTableExpression<?>> tables) {
        return (Select<Record>) statement.$with((QOM.With) DSL.with(tables));
    }

    /** The greatest value of the column that tells one state of the rows from another, as text; empty where there is none, or no such column. */
    public static Optional<String> version(DSLContext dsl, MappedRows rows) {
        var column = rows.mapping().version();
        if (column == null) {
            return Optional.empty();
        }
        try {
            MappableSchemas.check(dsl, List.of(rows));
            return Optional.ofNullable(
                    dsl.select(DSL.max(MappedValues.column(column)).cast(SQLDataType.CLOB))
                            .from(MappedValues.own(rows.mapping()))
                            .fetchSingle()
                            .value1());
        } catch (DataAccessException | TableChanged _) {
            return Optional.empty();
        }
    }

    /** Those whose tables a statement reads. */
    static List<MappedRows> readIn(List<MappedRows> mapped, Select<?> statement) {
        return mapped.isEmpty()
                ? List.of()
                : readIn(mapped, DSL.using(SQLDialect.POSTGRES).render(statement));
    }

    /** The same of a statement's text. */
    static List<MappedRows> readIn(List<MappedRows> mapped, String text) {
        if (mapped.isEmpty()) {
            return List.of();
        }
        var postgres = DSL.using(SQLDialect.POSTGRES);
        return mapped.stream()
                .filter(rows -> text.contains(postgres.render(MappedValues.table(rows.mapping()))))
                .toList();
    }

    private boolean names(Name name) {
        return statement.contains("\"" + name.last() + "\"");
    }
}
