package dev.cairn.application.port.in;

import dev.cairn.application.port.ApiKey;
import dev.cairn.application.port.KeyText;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes keys that people and programs ask with, and revokes them. */
public interface KeysUseCase {
    /** Makes a key. */
    Outcome create(NewKey key);

    /** All keys there are and were, by name. */
    List<ApiKey> keys();

    /** Revokes the keys of these names, at once: all of them, or none where one is not there. */
    Revocation revoke(List<String> names);

    /**
     * What is asked for.
     *
     * @param name of whom or what it is for; no other key ever has it
     * @param everything whether all accounts are seen
     * @param scopes names of defined scopes; none where everything is seen
     * @param claims what scopes may read of {@code caller}
     * @param lasts null: for ever
     */
    record NewKey(
            String name,
            Role role,
            boolean everything,
            List<String> scopes,
            Map<String, String> claims,
            @Nullable Duration lasts) {
        public NewKey {
            scopes = List.copyOf(scopes);
            claims = Map.copyOf(claims);
        }
    }

    /** What came of making one. */
    sealed interface Outcome {
        /** @param text the key itself, which nothing keeps */
        record Created(ApiKey key, KeyText text) implements Outcome {}

        /** Places are {@code name}, {@code scope}, {@code claim}, {@code expires}. */
        record Rejected(List<Problem> problems) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }

    /** What came of revoking. */
    sealed interface Revocation {
        record Revoked(List<ApiKey> keys) implements Revocation {
            public Revoked {
                keys = List.copyOf(keys);
            }
        }

        record Rejected(List<Problem> problems) implements Revocation {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }
}
