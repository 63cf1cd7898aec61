package dev.cairn.adapters.files.fact;

import dev.cairn.application.port.Account;
import dev.cairn.application.port.KeyRange;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.application.port.out.FactStore.Ending;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.overview.AttributeOfAccount;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands each fact on and keeps none. */
final class TakenFacts implements FactStore {
    /** Beside it: no test here imports accounts. */
    static final AccountDirectory NO_ACCOUNTS =
            new AccountDirectory() {
                @Override
                public Load begin(Entity entity, List<Attribute> attributes, Instant recordedAt) {
                    throw new UnsupportedOperationException("not of this test");
                }

                @Override
                public List<Account> page(Expr where, KeyRange range) {
                    return List.of();
                }

                @Override
                public Optional<Account> find(String key, Expr where) {
                    return Optional.empty();
                }

                @Override
                public List<AttributeOfAccount.Interval> history(String key) {
                    return List.of();
                }
            };

    private final Consumer<Fact> taker;
    private final Runnable committed;

    TakenFacts(Consumer<Fact> taker, Runnable committed) {
        this.taker = taker;
        this.committed = committed;
    }

    @Override
    public Load begin(Source source, InstantSource clock) {
        return new Load() {
            private long added = 0;

            @Override
            public void add(Fact fact) {
                added++;
                taker.accept(fact);
            }

            @Override
            public void withdraw(String key) {
                throw new UnsupportedOperationException("not of these tests");
            }

            @Override
            public Loaded commit(
                    @Nullable LocalDate completeUntil, @Nullable Ending ending, boolean isTrial) {
                committed.run();
                return new Loaded(added, 0, 0);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public long dataVersion(String source) {
        return 0;
    }
}
