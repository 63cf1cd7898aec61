package dev.cairn.application.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final Caller CALLER = scoped("ann", "EMEA");

    private final Seal seal = new Seal(key(1));

    @Test
    void what_was_sealed_is_opened_by_the_same_key_in_another_service() {
        var sealed = seal.sealed("a.b.c", CALLER, "list");

        assertThat(new Seal(key(1)).opened(sealed, scoped("ann", "EMEA"), "list"))
                .contains("a.b.c");
        assertThat(new Seal(key(2)).opened(sealed, CALLER, "list")).isEmpty();
    }

    @Test
    void it_is_of_one_caller_with_one_scope_and_of_what_it_is_bound_to() {
        var sealed = seal.sealed("text", CALLER, "a", "b");

        assertThat(
                        List.of(
                                seal.opened(sealed, scoped("bob", "EMEA"), "a", "b"),
                                seal.opened(sealed, scoped("ann", "APAC"), "a", "b"),
                                seal.opened(sealed, new Caller("ann", Role.VIEWER, null), "a", "b"),
                                seal.opened(sealed, CALLER, "a"),
                                seal.opened(sealed, CALLER, "ab"),
                                seal.opened(sealed, CALLER, "b", "a")))
                .allMatch(Optional::isEmpty);
    }

    /** 20,000 texts that are near: one character other, gone, twice, or two changed places. */
    @Test
    void no_near_text_is_opened() {
        var random = new Random(20_261_130);
        var sealed = seal.sealed("YzEfMTIzNDU2Nzg5MA", CALLER, "list");
        for (int number = 0; number < 20_000; number++) {
            var changed = changed(sealed, random);
            if (!changed.equals(sealed)) {
                assertThat(seal.opened(changed, CALLER, "list")).as(changed).isEmpty();
            }
        }
    }

    @Test
    void no_text_at_all_is_opened_unsealed() {
        assertThat(seal.opened("", CALLER)).isEmpty();
        assertThat(seal.opened(".", CALLER)).isEmpty();
        assertThat(seal.opened("text", CALLER)).isEmpty();
        assertThat(seal.opened("text.", CALLER)).isEmpty();
    }

    @Test
    void a_short_key_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Seal(new byte[31]));
    }

    private static String changed(String text, Random random) {
        int at = random.nextInt(text.length() - 1);
        char other = (char) ('-' + random.nextInt('z' - '-'));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at) + other + text.substring(at + 1);
            case 1 -> text.substring(0, at) + text.substring(at + 1);
            case 2 -> text.substring(0, at) + text.charAt(at) + text.substring(at);
            default ->
                    text.substring(0, at)
                            + text.charAt(at + 1)
                            + text.charAt(at)
                            + text.substring(at + 2);
        };
    }

    private static Caller scoped(String name, String region) {
        return new Caller(
                name,
                Role.VIEWER,
                new AccessScope(
                        List.of("account.region = caller.region"), Map.of("region", region)));
    }

    private static byte[] key(int first) {
        var key = new byte[32];
        key[0] = (byte) first;
        return key;
    }
}
