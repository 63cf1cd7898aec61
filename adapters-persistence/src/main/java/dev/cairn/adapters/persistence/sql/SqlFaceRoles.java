package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.currentUser;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    private SqlFaceRoles() {}

    /** Those of them that there are. */
    static Set<String> known(DSLContext dsl, Collection<String> roles) {
        return dsl.select(ROLE).from(ROLES).where(ROLE.in(roles)).fetchSet(ROLE);
    }

    /** A sentence for each that is not there, or can read what is beneath the views. */
    static List<String> refusals(DSLContext dsl, Collection<String> roles) {
        var known = known(dsl, roles);
        var refusals = new ArrayList<String>();
        for (var role : new TreeSet<>(roles)) {
            if (!known.contains(role)) {
                refusals.add(
                        "There is no role '%s' in the database: create role %s login password '...';"
                                .formatted(role, dsl.render(name(role))));
            } else if (readsTables(dsl, role)) {
                refusals.add(
                        "The role '%s' can read Cairn's own tables, where no scope holds: take a role that is no superuser, no member of Cairn's role, and has no rights on its tables."
                                .formatted(role));
            }
        }
        return refusals;
    }

    private static boolean readsTables(DSLContext dsl, String role) {
        var table = DSL.concat(quoted(SCHEMA), DSL.inline("."), quoted(TABLE));
        var reads =
                DSL.function(
                        name("has_table_privilege"),
                        SQLDataType.BOOLEAN,
                        DSL.val(role),
                        table,
                        DSL.inline("select"));
        return dsl.fetchExists(
                DSL.selectOne()
                        .from(TABLES)
                        .where(SCHEMA.eq(DSL.currentSchema()))
                        .and(OWNER.eq(currentUser()))
                        .and(DSL.condition(reads)));
    }

    private static Field<String> quoted(Field<String> name) {
        return DSL.function(name("quote_ident"), SQLDataType.CLOB, name);
    }
}
