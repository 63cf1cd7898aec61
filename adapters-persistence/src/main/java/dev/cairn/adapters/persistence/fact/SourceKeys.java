package dev.cairn.adapters.persistence.fact;

import dev.cairn.adapters.persistence.staging.KeyDigest;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a fact within its source: the first 128 bits of the SHA-256 of its key; without a key, of what was read for it. Computed
 * fields are left out of that: they follow from the others, and may be computed in a new way.
 */
final class SourceKeys {
    private final Source source;
    private final KeyDigest digest = new KeyDigest();

    /** Fields that are read, by name: their order in the declaration says nothing. */
    private final List<Integer> read;

    private final boolean accountIsRead;
    private final boolean userIsRead;
    private final StringBuilder content = new StringBuilder();

    SourceKeys(Source source) {
        this.source = source;
        this.read =
                IntStream.range(0, source.fields().size())
                        .boxed()
                        .filter(i -> source.fields().get(i).isRead())
                        .sorted(Comparator.comparing(i -> source.fields().get(i).name()))
                        .toList();
        this.accountIsRead = isRead(source.accountField());
        this.userIsRead = isRead(source.userField());
    }

    private boolean isRead(@Nullable String field) {
        return field == null || source.field(field).map(Field::isRead).orElse(true);
    }

    /** The key of a fact whose values are as they are kept; where equal facts without a key follow, this is the first one's. */
    UUID of(Fact fact, List<@Nullable Object> values) {
        content.setLength(0);
        if (!source.key().isEmpty()) {
            if (fact.key() == null) {
                throw new IllegalArgumentException(
                        "a fact of %s needs its key".formatted(source.name()));
            }
            return of(fact.key());
        } else {
            append("@account", accountIsRead ? fact.account() : null);
            append("@user", userIsRead ? fact.user() : null);
            for (int i : read) {
                append(source.fields().get(i).name(), values.get(i));
            }
        }
        return digest.of(content);
    }

    /** The key of a fact of a source that declares a key. */
    UUID of(String key) {
        content.setLength(0);
        return digest.of(content.append(key));
    }

    private void append(String name, @Nullable Object value) {
        if (value != null) {
            String text =
                    value instanceof BigDecimal number
                            ? number.stripTrailingZeros().toPlainString()
                            : value.toString();
            content.append(name).append(':').append(text.length()).append(':').append(text);
        }
    }
}
