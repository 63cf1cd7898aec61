package dev.cairn.adapters.persistence.key;

import static dev.cairn.adapters.persistence.generated.Tables.API_KEY;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.ApiKey;
import dev.cairn.application.port.Identity;
import dev.cairn.application.port.out.KeyStore;
import dev.cairn.domain.analysis.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keys in PostgreSQL. Each request that presents one looks it up by its hash, which an index finds. */
public final class JooqKeyStore implements KeyStore {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final DSLContext dsl;

    public JooqKeyStore(DataSource dataSource) {
        this.dsl = Postgres.dsl(dataSource);
    }

    @Override
    public boolean add(ApiKey key) {
        var identity = key.identity();
        return dsl.insertInto(API_KEY)
                        .set(API_KEY.NAME, key.name())
                        .set(API_KEY.HASH, key.hash())
                        .set(API_KEY.ROLE, identity.role().name().toLowerCase(Locale.ROOT))
                        .set(API_KEY.SEES_EVERYTHING, identity.everything())
                        .set(API_KEY.SCOPES, identity.scopes().toArray(String[]::new))
                        .set(
                                API_KEY.CLAIMS,
                                JSONB.valueOf(JSON.writeValueAsString(identity.claims())))
                        .set(API_KEY.CREATED_AT, key.created())
                        .set(API_KEY.EXPIRES_AT, key.expires())
                        .set(API_KEY.REVOKED_AT, key.revoked())
                        .set(API_KEY.LAST_USED_AT, key.lastUsed())
                        .onConflict(API_KEY.NAME)
                        .doNothing()
                        .execute()
                == 1;
    }

    @Override
    public Optional<ApiKey> find(String hash) {
        return dsl.selectFrom(API_KEY).where(API_KEY.HASH.eq(hash)).fetchOptional(JooqKeyStore::of);
    }

    @Override
    public List<ApiKey> keys() {
        return dsl.selectFrom(API_KEY).orderBy(API_KEY.NAME).fetch(JooqKeyStore::of);
    }

    @Override
    public Optional<ApiKey> revoke(String name, Instant at) {
        return dsl.update(API_KEY)
                .set(API_KEY.REVOKED_AT, DSL.coalesce(API_KEY.REVOKED_AT, DSL.val(at)))
                .where(API_KEY.NAME.eq(name))
                .returning()
                .fetchOptional(JooqKeyStore::of);
    }

    @Override
    public void used(String hash, Instant at) {
        dsl.update(API_KEY)
                .set(API_KEY.LAST_USED_AT, at)
                .where(API_KEY.HASH.eq(hash))
                .and(API_KEY.LAST_USED_AT.isNull().or(API_KEY.LAST_USED_AT.lt(at)))
                .execute();
    }

    private static ApiKey of(Record row) {
        return new ApiKey(
                row.get(API_KEY.HASH),
                new Identity(
                        row.get(API_KEY.NAME),
                        Role.valueOf(row.get(API_KEY.ROLE).toUpperCase(Locale.ROOT)),
                        row.get(API_KEY.SEES_EVERYTHING),
                        List.of(row.get(API_KEY.SCOPES)),
                        JSON.readValue(
                                row.get(API_KEY.CLAIMS).data(),
                                new TypeReference<Map<String, String>>() {})),
                row.get(API_KEY.CREATED_AT),
                row.get(API_KEY.EXPIRES_AT),
                row.get(API_KEY.REVOKED_AT),
                row.get(API_KEY.LAST_USED_AT));
    }
}
