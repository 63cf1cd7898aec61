package dev.cairn.adapters.persistence.fact;

import dev.cairn.adapters.persistence.schema.Recording;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.adapters.persistence.staging.Storable;
import dev.cairn.application.port.out.FactStore.Ending;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Load;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One load: checks facts, streams them into staging, and has them merged. */
final class FactLoad implements Load {
    private final Source source;
    private final InstantSource clock;
    private final FactStaging columns;
    private final SourceKeys keys;
    private final Staging staging;
    private final List<Field> times;
    private long withdrawn;
    private boolean over;

    FactLoad(DataSource dataSource, Source source, InstantSource clock, int batchBytes) {
        this.source = source;
        this.clock = clock;
        this.columns = new FactStaging(source);
        this.keys = new SourceKeys(source);
        this.times =
                source.timesOfEveryRow().stream()
                        .flatMap(name -> source.field(name).stream())
                        .toList();
        this.staging = Staging.open(dataSource, source.name(), columns.all(), batchBytes);
    }

    @Override
    public void add(Fact fact) {
        if (over) {
            throw new IllegalStateException("the load is over");
        }
        List<@Nullable Object> values = storable(fact.values());
        for (var time : times) {
            if (values.get(source.fields().indexOf(time)) == null) {
                throw new IllegalArgumentException(
                        "%s: a fact needs its time".formatted(time.name()));
            }
        }
        var row = new ArrayList<@Nullable Object>(values.size() + 1);
        row.add(Storable.instant("occurred", fact.occurred()));
        row.addAll(values);
        staging.add(
                keys.of(fact, values),
                Storable.key("account", fact.account()),
                Storable.key("user", fact.user()),
                row);
    }

    @Override
    public void withdraw(String key) {
        if (over) {
            throw new IllegalStateException("the load is over");
        }
        if (source.key().isEmpty()) {
            throw new IllegalArgumentException("facts of %s have no key".formatted(source.name()));
        }
        withdrawn++;
        staging.add(keys.of(key), null, null, Collections.nCopies(columns.all().size(), null));
    }

    private List<@Nullable Object> storable(List<@Nullable Object> values) {
        if (values.size() != source.fields().size()) {
            throw new IllegalArgumentException(
                    "%d values for %d fields".formatted(values.size(), source.fields().size()));
        }
        var storable = new ArrayList<@Nullable Object>(values.size());
        for (int i = 0; i < values.size(); i++) {
            Field field = source.fields().get(i);
            storable.add(Storable.value(field.name(), field.type(), values.get(i)));
        }
        return storable;
    }

    @Override
    public long stored() {
        return staging.resumed();
    }

    @Override
    public Loaded commit(
            @Nullable LocalDate completeUntil, @Nullable Ending ending, boolean isTrial) {
        if (over) {
            throw new IllegalStateException("the load is over");
        }
        over = true;
        return staging.merge(
                transaction -> Recording.lock(transaction, clock),
                (transaction, locked) ->
                        new FactMerge(transaction, staging, source, columns)
                                .merge(locked, completeUntil, withdrawn, ending),
                isTrial);
    }

    @Override
    public void close() {
        over = true;
        staging.close();
    }
}
