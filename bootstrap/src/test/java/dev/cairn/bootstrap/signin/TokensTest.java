package dev.cairn.bootstrap.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.cairn.adapters.graphql.signin.BearerSignIn;
import dev.cairn.adapters.graphql.signin.SignInFailed;
import dev.cairn.adapters.graphql.signin.TokenRules;
import dev.cairn.adapters.graphql.signin.TokenRules.Unscoped;
import dev.cairn.adapters.graphql.signin.Tokens;
import dev.cairn.application.port.Identity;
import dev.cairn.application.port.in.SignInUseCase;
import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of a real provider in this process, good and forged ones; after each the good one is taken. */
@TestInstance(Lifecycle.PER_CLASS)
class TokensTest {
    private static final Map<Role, List<String>> ROLES =
            Map.of(
                    Role.VIEWER, List.of("cairn-viewer"),
                    Role.ANALYST, List.of("cairn-analyst"),
                    Role.ADMIN, List.of("cairn-admin"));

    private final Issuer issuer = new Issuer();
    private BearerSignIn signIn;

    @BeforeAll
    void start() throws Exception {
        issuer.start(0);
        signIn = signIn(issuer.url(), Unscoped.REFUSE, "roles", Clock.systemUTC());
    }

    @AfterAll
    void stop() {
        issuer.close();
    }

    @AfterEach
    void the_good_token_is_taken() {
        assertThat(signIn.signIn(issuer.token(_ -> {})).caller().role()).isEqualTo(Role.ANALYST);
    }

    private static BearerSignIn signIn(
            String issuer, Unscoped unscoped, String roleClaim, Clock clock) {
        return signIn(issuer, unscoped, roleClaim, "sub", clock);
    }

    private static BearerSignIn signIn(
            String issuer, Unscoped unscoped, String roleClaim, String nameClaim, Clock clock) {
        var rules =
                new TokenRules(
                        URI.create(issuer),
                        Set.of(Issuer.AUDIENCE, "another"),
                        Set.of("RS256"),
                        nameClaim,
                        roleClaim,
                        ROLES,
                        "cairn_scopes",
                        unscoped);
        return new BearerSignIn(
                new ScopesAsNamed(), false, new Tokens(rules, clock), Duration.ofSeconds(10));
    }

    /** The formula of a scope is its name. */
    private static final class ScopesAsNamed implements SignInUseCase {
        @Override
        public SignIn withKey(String hash) {
            throw new AssertionError("no keys here");
        }

        @Override
        public SignIn vouched(Identity identity) {
            return new SignIn.Admitted(
                    new Caller(
                            identity.name(),
                            identity.role(),
                            identity.everything()
                                    ? null
                                    : new AccessScope(identity.scopes(), identity.claims())));
        }
    }

    private Caller taken(Consumer<JWTClaimsSet.Builder> change) {
        return signIn.signIn(issuer.token(change)).caller();
    }

    private void refused(String token, SignInFailed.Reason reason, String why) {
        refused(signIn, token, reason, why);
    }

    private static void refused(
            BearerSignIn signIn, String token, SignInFailed.Reason reason, String why) {
        assertThatThrownBy(() -> signIn.signIn(token))
                .isInstanceOfSatisfying(
                        SignInFailed.class, failed -> assertThat(failed.reason()).isEqualTo(reason))
                .hasMessageContaining(why)
                .hasMessageNotContaining(token);
    }

    @Test
    void a_token_says_who_it_is_with_which_role_scopes_and_claims() {
        var caller = taken(claims -> claims.claim("cairn_scopes", List.of("emea", "own")));

        assertThat(caller.name()).isEqualTo("ann");
        assertThat(caller.role()).isEqualTo(Role.ANALYST);
        assertThat(caller.access()).isNotNull();
        assertThat(caller.access().formulas()).containsExactly("emea", "own");
        assertThat(caller.access().claims()).containsEntry("email", "ann@example.com");
    }

    @Test
    void a_token_that_the_provider_itself_makes_is_taken() {
        var token =
                issuer.issued(
                        new DefaultOAuth2TokenCallback(
                                Issuer.name(),
                                "bob",
                                "at+jwt",
                                List.of(Issuer.AUDIENCE),
                                Map.of("roles", "cairn-viewer", "cairn_scopes", "emea apac"),
                                600));

        var caller = signIn.signIn(token).caller();

        assertThat(caller.name()).isEqualTo("bob");
        assertThat(caller.role()).isEqualTo(Role.VIEWER);
        assertThat(caller.access().formulas()).containsExactly("apac", "emea");
    }

    Stream<Arguments> forged() {
        var now = Instant.now();
        return Stream.of(
                wrong("another issuer", c -> c.issuer("https://elsewhere.example"), "iss"),
                wrong("no issuer", c -> c.issuer(null), "iss"),
                wrong("another audience", c -> c.audience("other-app"), "audience"),
                wrong("no audience", c -> c.audience((String) null), "audience"),
                wrong(
                        "expired",
                        c ->
                                c.issueTime(Date.from(now.minusSeconds(600)))
                                        .expirationTime(Date.from(now.minusSeconds(61))),
                        "expired"),
                wrong("without an end", c -> c.expirationTime(null), "exp"),
                wrong(
                        "from tomorrow",
                        c -> c.notBeforeTime(Date.from(now.plusSeconds(86_400))),
                        "before"),
                wrong(
                        "issued tomorrow",
                        c ->
                                c.notBeforeTime(null)
                                        .issueTime(Date.from(now.plusSeconds(86_400)))
                                        .expirationTime(Date.from(now.plusSeconds(90_000))),
                        "future"),
                wrong(
                        "over before it is issued",
                        c -> c.expirationTime(Date.from(now.minusSeconds(3_600))),
                        "ends before it is issued"),
                wrong("of nobody", c -> c.subject(null), "'sub'"));
    }

    private static Arguments wrong(String name, Consumer<JWTClaimsSet.Builder> change, String why) {
        return Arguments.of(name, change, why);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forged")
    void a_token_that_is_not_for_this_service_and_this_time_is_refused(
            String name, Consumer<JWTClaimsSet.Builder> change, String why) {
        refused(issuer.token(change), SignInFailed.Reason.NOT_KNOWN, why);
    }

    @Test
    void clocks_may_be_a_minute_apart() {
        var late = Date.from(Instant.now().minusSeconds(30));
        var early = Date.from(Instant.now().plusSeconds(30));

        assertThat(taken(c -> c.issueTime(null).expirationTime(late)).name()).isEqualTo("ann");
        assertThat(taken(c -> c.notBeforeTime(early).issueTime(early)).name()).isEqualTo("ann");
    }

    @Test
    void a_token_without_a_signature_is_refused() {
        var plain = new PlainJWT(issuer.claims().build()).serialize();
        var signed = issuer.token(_ -> {});

        refused(plain, SignInFailed.Reason.NOT_KNOWN, "not signed");
        refused(
                signed.substring(0, signed.lastIndexOf('.') + 1),
                SignInFailed.Reason.NOT_KNOWN,
                "not signed");
    }

    /** Who takes the algorithm from the token takes the public key for a secret. */
    @Test
    void a_token_signed_with_the_public_key_as_a_secret_is_refused() throws JOSEException {
        var publicKey = issuer.key().toRSAPublicKey().getEncoded();
        for (byte[] secret :
                List.of(
                        publicKey,
                        ("-----BEGIN PUBLIC KEY-----\n"
                                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                                .encodeToString(publicKey)
                                        + "\n-----END PUBLIC KEY-----\n")
                                .getBytes(StandardCharsets.US_ASCII))) {
            var token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.HS256)
                                    .keyID(issuer.key().getKeyID())
                                    .build(),
                            issuer.claims().build());
            token.sign(new MACSigner(secret));

            refused(token.serialize(), SignInFailed.Reason.NOT_KNOWN, "not signed");
        }
    }

    @Test
    void a_token_signed_by_somebody_else_is_refused_whatever_key_it_names() {
        var claims = issuer.claims().build();
        var type = JOSEObjectType.JWT;

        refused(
                Issuer.signed(Issuer.key("unknown"), type, claims),
                SignInFailed.Reason.NOT_KNOWN,
                "not signed");
        refused(
                Issuer.signed(Issuer.key(issuer.key().getKeyID()), type, claims),
                SignInFailed.Reason.NOT_KNOWN,
                "not signed");
    }

    /** The header of a token may bring along the key that it is to be looked at with. */
    @Test
    void a_key_that_a_token_brings_along_is_not_taken() throws JOSEException {
        var own = Issuer.key("k1");
        var token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .jwk(own.toPublicJWK())
                                .jwkURL(URI.create("https://elsewhere.example/keys"))
                                .build(),
                        issuer.claims().build());
        token.sign(new RSASSASigner(own));

        refused(token.serialize(), SignInFailed.Reason.NOT_KNOWN, "not signed");
    }

    @Test
    void a_token_that_was_changed_is_refused() {
        var parts = issuer.token(_ -> {}).split("\\.");
        var changed =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                        .replace("cairn-analyst", "cairn-admin");
        parts[1] =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(changed.getBytes(StandardCharsets.UTF_8));

        refused(String.join(".", parts), SignInFailed.Reason.NOT_KNOWN, "not signed");
    }

    @Test
    void a_token_for_another_purpose_is_refused() {
        refused(
                Issuer.signed(
                        issuer.key(), new JOSEObjectType("logout+jwt"), issuer.claims().build()),
                SignInFailed.Reason.NOT_KNOWN,
                "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "a.b.c",
                "a.b.c.d.e",
                "eyJhbGciOiJub25lIn0.e30.",
                "..",
                "{}",
                "cairn_x"
            })
    void what_is_no_token_is_refused(String text) {
        refused(text, SignInFailed.Reason.NOT_KNOWN, "");
    }

    @Test
    void a_token_that_grants_no_role_of_cairn_is_not_allowed() {
        for (Object said :
                new Object[] {null, "", List.of(), "admin", List.of("root"), 7, Map.of()}) {
            refused(
                    issuer.token(c -> c.claim("roles", said)),
                    SignInFailed.Reason.NOT_ALLOWED,
                    "grants no role");
        }
    }

    @Test
    void the_highest_role_that_is_granted_holds_also_from_within_another_claim() {
        var nested = signIn(issuer.url(), Unscoped.REFUSE, "realm_access.roles", Clock.systemUTC());
        var token =
                issuer.token(c ->
                        c.claim("roles", null)
                                .claim(
                                        "realm_access",
                                        Map.of("roles", List.of("cairn-viewer", "cairn-admin"))));

        assertThat(nested.signIn(token).caller().role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void a_token_that_names_no_scope_sees_nothing_unless_that_is_set() {
        var everything = signIn(issuer.url(), Unscoped.EVERYTHING, "roles", Clock.systemUTC());
        for (Object said : new Object[] {null, "", " , ", List.of()}) {
            var token = issuer.token(c -> c.claim("cairn_scopes", said));

            refused(token, SignInFailed.Reason.NOT_ALLOWED, "names no scope");
            assertThat(everything.signIn(token).caller().access()).isNull();
        }
        for (Object said : new Object[] {7, List.of(1), Map.of("emea", true)}) {
            var token = issuer.token(c -> c.claim("cairn_scopes", said));

            refused(token, SignInFailed.Reason.NOT_ALLOWED, "no list of names");
            refused(everything, token, SignInFailed.Reason.NOT_ALLOWED, "no list of names");
        }
    }

    @Test
    void an_address_that_is_not_verified_is_no_claim() {
        assertThat(taken(c -> c.claim("email_verified", false)).access().claims())
                .doesNotContainKey("email");
        assertThat(taken(c -> c.claim("email_verified", true)).access().claims())
                .containsKey("email");
    }

    @Test
    void nobody_is_called_by_an_address_that_is_not_verified() {
        var byAddress = signIn(issuer.url(), Unscoped.REFUSE, "roles", "email", Clock.systemUTC());
        var claimed = issuer.token(c -> c.claim("email_verified", false));

        refused(byAddress, claimed, SignInFailed.Reason.NOT_KNOWN, "no claim 'email'");
        assertThat(byAddress.signIn(issuer.token(c -> c.claim("email_verified", true))).caller())
                .extracting(Caller::name)
                .asString()
                .contains("@");
    }

    @Test
    void a_name_that_cannot_be_written_down_is_none() {
        for (var said : List.of("a\0b", "a\nb", "a".repeat(201))) {
            refused(
                    issuer.token(c -> c.subject(said)),
                    SignInFailed.Reason.NOT_KNOWN,
                    "its claim 'sub' is no name");
        }
        assertThat(taken(c -> c.subject("Zo\u00eb \ud83d\ude00")).name()).startsWith("Zo");
    }

    @Test
    void a_new_key_of_the_provider_is_found_and_the_old_one_refused() throws Exception {
        var before = issuer.token(_ -> {});
        assertThat(signIn.signIn(before).caller().name()).isEqualTo("ann");

        issuer.rotate("k2");
        var after = issuer.token(_ -> {});

        // Keys that are not known are asked for every few seconds, whoever names them.
        RunningCairn.await(() -> {
            try {
                return signIn.signIn(after).caller().name().equals("ann");
            } catch (SignInFailed notYet) {
                return false;
            }
        });
        refused(before, SignInFailed.Reason.NOT_KNOWN, "not signed");
    }

    @Test
    void who_goes_on_with_a_token_is_nobody_when_it_has_ended() {
        var now = new Instant[] {Instant.now()};
        InstantSource time = () -> now[0];
        var later = signIn(issuer.url(), Unscoped.REFUSE, "roles", time.withZone(ZoneOffset.UTC));
        var authority = later.signIn(issuer.token(_ -> {})).authority();
        assertThat(authority.now()).isPresent();

        now[0] = now[0].plusSeconds(700);

        assertThat(authority.now()).isEmpty();
    }

    @Test
    void a_provider_that_is_out_of_reach_or_another_lets_nobody_in() {
        var nowhere = signIn("http://127.0.0.1:1", Unscoped.EVERYTHING, "roles", Clock.systemUTC());
        refused(nowhere, issuer.token(_ -> {}), SignInFailed.Reason.NO_ISSUER, "cannot be reached");
        var another = signIn(issuer.url() + "/", Unscoped.EVERYTHING, "roles", Clock.systemUTC());
        refused(another, issuer.token(_ -> {}), SignInFailed.Reason.NO_ISSUER, "cannot be reached");
    }

    @Test
    void a_provider_that_comes_back_is_used() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var now = new Instant[] {Instant.now()};
        InstantSource time = () -> now[0];
        var patient =
                signIn(
                        "http://localhost:%d/company".formatted(port),
                        Unscoped.REFUSE,
                        "roles",
                        time.withZone(ZoneOffset.UTC));
        refused(patient, "a.b.c", SignInFailed.Reason.NO_ISSUER, "cannot be reached");

        try (var late = new Issuer()) {
            late.start(port);
            now[0] = now[0].plusSeconds(5);

            assertThat(patient.signIn(late.token(_ -> {})).caller().name()).isEqualTo("ann");
        }
    }

    @Test
    void an_issuer_is_reached_over_tls_or_on_this_machine() {
        for (String good :
                List.of("https://login.example/x", "http://localhost:9/x", "http://127.0.0.1/x")) {
            assertThat(Tokens.isTrusted(URI.create(good))).as(good).isTrue();
        }
        for (String bad :
                List.of(
                        "http://login.example",
                        "https://a:b@login.example",
                        "https://login.example?x=y",
                        "login.example",
                        "file:///etc/x",
                        "http://localhost.example")) {
            assertThat(Tokens.isTrusted(URI.create(bad))).as(bad).isFalse();
        }
    }

    @Test
    void an_algorithm_that_others_could_sign_with_cannot_be_set() {
        assertThat(List.of("RS256", "ES384", "PS512")).allMatch(Tokens::isAlgorithm);
        assertThat(List.of("HS256", "none", "rs256", "")).noneMatch(Tokens::isAlgorithm);
    }
}
