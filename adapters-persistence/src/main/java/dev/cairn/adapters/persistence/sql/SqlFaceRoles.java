package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.currentUser;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The roles that views are given to. */
final class SqlFaceRoles {
    private static final Table<?> ROLES = DSL.table(name("pg_catalog", "pg_roles"));
    private static final Field<String> ROLE = field(name("rolname"), String.class);
    private static final Table<?> TABLES = DSL.table(name("pg_catalog", "pg_tables"));
    private static final Field<String> TABLE = field(name("tablename"), String.class);
    private static final Field<String> SCHEMA = field(name("schemaname"), String.class);
    private static final Field<String> OWNER = field(name("tableowner"), String.class);
    private static final Table<?> NAMESPACES = DSL.table(name("pg_catalog", "pg_namespace"));
    private static final Field<String> NAMESPACE = field(name("nspname"), String.class);

    private SqlFaceRoles() {}

    /** Those of them that there are. */
    static Set<String> known(DSLContext dsl, Collection<String> roles) {
        return dsl.select(ROLE).from(ROLES).where(ROLE.in(roles)).fetchSet(ROLE);
    }

    /**
     * A sentence for each that is not there, or can read or change what is beneath the views.
     *
     * @param views the schema that they are in
     */
    static List<String> refusals(DSLContext dsl, String views, Collection<String> roles) {
        var own = String.valueOf(dsl.select(DSL.currentSchema()).fetchSingle().value1());
        var schemas = List.of(own, views);
        var known = known(dsl, roles);
        var refusals = new ArrayList<String>();
        for (var role : new TreeSet<>(roles)) {
            if (!known.contains(role)) {
                refusals.add(
                        "There is no role '%s' in the database: create role %s login password '...';"
                                .formatted(role, dsl.render(name(role))));
            } else if (isCairn(dsl, role) || hasTables(dsl, schemas, role)) {
                refusals.add(
                        "The role '%s' can read or change Cairn's own tables, where no scope holds: take a role that is no superuser, no member of Cairn's role, and has no rights on its tables."
                                .formatted(role));
            } else {
                creates(dsl, schemas, role).stream()
                        .map(schema ->
                                "The role '%s' can create in the schema '%s', and views would call what it makes there: revoke create on schema %s from %s, public;"
                                        .formatted(
                                                role,
                                                schema,
                                                dsl.render(name(schema)),
                                                dsl.render(name(role))))
                        .forEach(refusals::add);
            }
        }
        return refusals;
    }

    /** Whether it may act as Cairn's role, also where it has that role's rights only after {@code set role}. */
    private static boolean isCairn(DSLContext dsl, String role) {
        return dsl.fetchExists(
                DSL.selectOne()
                        .where(
                                right(
                                        "pg_has_role",
                                        DSL.val(role),
                                        currentUser(),
                                        DSL.inline("member"))));
    }

    private static boolean hasTables(DSLContext dsl, List<String> schemas, String role) {
        var table = DSL.concat(quoted(SCHEMA), DSL.inline("."), quoted(TABLE));
        var any =
                right(
                        "has_table_privilege",
                        DSL.val(role),
                        table,
                        DSL.inline(
                                "select, insert, update, delete, truncate, references, trigger"));
        var ofColumns =
                right(
                        "has_any_column_privilege",
                        DSL.val(role),
                        table,
                        DSL.inline("select, insert, update, references"));
        return dsl.fetchExists(
                DSL.selectOne()
                        .from(TABLES)
                        .where(SCHEMA.in(schemas))
                        .and(OWNER.eq(currentUser()))
                        .and(any.or(ofColumns)));
    }

    private static List<String> creates(DSLContext dsl, List<String> schemas, String role) {
        return dsl.select(NAMESPACE)
                .from(NAMESPACES)
                .where(NAMESPACE.in(schemas))
                .and(right("has_schema_privilege", DSL.val(role), NAMESPACE, DSL.inline("create")))
                .orderBy(NAMESPACE)
                .fetch(NAMESPACE);
    }

    static Condition right(String function, Field<?>... arguments) {
        return DSL.condition(DSL.function(name(function), SQLDataType.BOOLEAN, arguments));
    }

    private static Field<String> quoted(Field<String> name) {
        return DSL.function(name("quote_ident"), SQLDataType.CLOB, name);
    }
}
