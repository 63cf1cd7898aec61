package dev.cairn.adapters.graphql.signin;

import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import dev.cairn.adapters.graphql.signin.SignInFailed.Reason;
import dev.cairn.adapters.graphql.signin.TokenRules.Unscoped;
import dev.cairn.application.port.Identity;
import dev.cairn.domain.analysis.Role;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Reads tokens of an OpenID Connect provider: who has one, and what was granted to them. */
public final class Tokens {
    /** How far the clocks of the provider and of this machine may be apart. */
    static final Duration SKEW = Duration.ofSeconds(60);

    /** Of a name, which is written down with each thing that is read. */
    private static final int MOST_CHARACTERS = 200;

    private static final String EMAIL = "email";

    private final TokenRules rules;
    private final Provider provider;
    private final Clock clock;
    private final OAuth2TokenValidator<Jwt> validator;

    public Tokens(TokenRules rules, Clock clock) {
        this.rules = rules;
        this.provider = new Provider(rules.issuer(), clock);
        this.clock = clock;
        this.validator = validator(rules, clock);
    }

    /** Whether what a provider publishes at an address can be relied on. */
    public static boolean isTrusted(URI issuer) {
        return Provider.isPrivate(issuer) && issuer.getQuery() == null;
    }

    /** Whether a signature of this algorithm can be made by the issuer alone. */
    public static boolean isAlgorithm(String name) {
        return SignatureAlgorithm.from(name) != null;
    }

    /** Looks for the provider; what fails is told in the log, and tried again when a token comes. */
    public void prepare() {
        try {
            provider.keys();
        } catch (SignInFailed _) {
            // Told in the log.
        }
    }

    /**
     * What a token says.
     *
     * @param ends when it is refused
     */
    record Vouched(Identity identity, Instant ends) {}

    /** @throws SignInFailed where it proves nothing, or grants nothing */
    Vouched read(String token) {
        var jwt = decoded(token);
        var identity = identity(jwt);
        return new Vouched(identity, Objects.requireNonNull(jwt.getExpiresAt()).plus(SKEW));
    }

    boolean isOver(Vouched vouched) {
        return !clock.instant().isBefore(vouched.ends());
    }

    private Jwt decoded(String token) {
        var decoder =
                NimbusJwtDecoder.withJwkSource(provider.keys())
                        .jwsAlgorithms(taken ->
                                rules.algorithms().stream()
                                        .map(SignatureAlgorithm::from)
                                        .forEach(taken::add))
                        .build();
        decoder.setJwtValidator(validator);
        try {
            return decoder.decode(token);
        } catch (JwtValidationException wrong) {
            throw notTaken(
                    wrong.getErrors().stream()
                            .map(OAuth2Error::getDescription)
                            .collect(Collectors.joining("; ")),
                    wrong);
        } catch (BadJwtException wrong) {
            // Of one that is signed only its times are looked at before it is validated.
            throw wrong.getCause() instanceof IllegalArgumentException
                    ? notTaken("it ends before it is issued", wrong)
                    : notSigned(wrong);
        } catch (JwtException failed) {
            // Who names keys that there are not is refused like others who forge.
            throw isAskedTooOften(failed) ? notSigned(failed) : provider.outOfReach(failed);
        }
    }

    private static boolean isAskedTooOften(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof RateLimitReachedException) {
                return true;
            }
        }
        return false;
    }

    private SignInFailed notSigned(JwtException cause) {
        return notTaken(
                "it is not signed by %s with %s"
                        .formatted(
                                rules.issuer(),
                                rules.algorithms().stream()
                                        .sorted()
                                        .collect(Collectors.joining(" or "))),
                cause);
    }

    private static SignInFailed notTaken(String why, JwtException cause) {
        return new SignInFailed(
                Reason.NOT_KNOWN, "This token is not taken: %s.".formatted(why), cause);
    }

    private static OAuth2TokenValidator<Jwt> validator(TokenRules rules, Clock clock) {
        var times = new JwtTimestampValidator(SKEW);
        times.setClock(clock);
        times.setAllowEmptyExpiryClaim(false);
        var types = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
        types.setAllowEmpty(true);
        return new DelegatingOAuth2TokenValidator<>(
                List.of(
                        types,
                        times,
                        new JwtIssuerValidator(rules.issuer().toString()),
                        jwt ->
                                checked(
                                        jwt.getAudience() != null
                                                && jwt.getAudience().stream()
                                                        .anyMatch(rules.audiences()::contains),
                                        "it is for another audience"),
                        jwt ->
                                checked(
                                        jwt.getIssuedAt() == null
                                                || !jwt.getIssuedAt()
                                                        .isAfter(clock.instant().plus(SKEW)),
                                        "it is issued in the future"),
                        jwt ->
                                checked(
                                        !name(jwt, rules).isBlank(),
                                        "it has no claim '%s'".formatted(rules.name())),
                        jwt ->
                                checked(
                                        isName(name(jwt, rules)),
                                        "its claim '%s' is no name of up to %d characters"
                                                .formatted(rules.name(), MOST_CHARACTERS))));
    }

    /** Whether it can be written down: a log that is stuck on one name would stop everybody. */
    private static boolean isName(String text) {
        return text.length() <= MOST_CHARACTERS
                && text.codePoints()
                        .noneMatch(character ->
                                Character.isISOControl(character)
                                        || Character.getType(character) == Character.SURROGATE);
    }

    private static OAuth2TokenValidatorResult checked(boolean isRight, String wrong) {
        return isRight
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(
                        new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, wrong, null));
    }

    private static String name(Jwt jwt, TokenRules rules) {
        return !(rules.name().equals(EMAIL) && isUnverified(jwt))
                        && jwt.getClaim(rules.name()) instanceof String name
                ? name
                : "";
    }

    /** Whether the address in it is one that somebody only says is theirs. */
    private static boolean isUnverified(Jwt jwt) {
        return "false".equals(String.valueOf(jwt.<Object>getClaim("email_verified")));
    }

    private Identity identity(Jwt jwt) {
        var scopes =
                texts(value(jwt, rules.scopes()))
                        .map(names ->
                                names.stream()
                                        .flatMap(name -> Arrays.stream(name.split("[ ,]+")))
                                        .filter(name -> !name.isBlank())
                                        .distinct()
                                        .toList())
                        .orElseThrow(() ->
                                notGranted(
                                        "The claim '%s' is no list of names."
                                                .formatted(rules.scopes())));
        if (scopes.isEmpty() && rules.unscoped() == Unscoped.REFUSE) {
            throw notGranted(
                    "The token names no scope in its claim '%s', so it sees nothing."
                            .formatted(rules.scopes()));
        }
        return new Identity(name(jwt, rules), role(jwt), scopes.isEmpty(), scopes, claims(jwt));
    }

    /** The highest of those that are granted. */
    private Role role(Jwt jwt) {
        var granted = texts(value(jwt, rules.role())).orElse(List.of());
        return Arrays.stream(Role.values())
                .filter(role ->
                        rules.roles().getOrDefault(role, List.of()).stream()
                                .anyMatch(granted::contains))
                .reduce((_, higher) -> higher)
                .orElseThrow(() ->
                        notGranted(
                                "The token grants no role of Cairn in its claim '%s'."
                                        .formatted(rules.role())));
    }

    private static SignInFailed notGranted(String why) {
        return new SignInFailed(Reason.NOT_ALLOWED, why);
    }

    /** Null where it is not there. */
    private static @Nullable Object value(Jwt jwt, String claim) {
        var plain = jwt.getClaim(claim);
        if (plain != null || !claim.contains(".")) {
            return plain;
        }
        Object inside = jwt.getClaims();
        for (var name : claim.split("\\.", -1)) {
            inside = inside instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return inside;
    }

    /** Empty where there is something else than text. */
    private static Optional<List<String>> texts(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.of(List.of());
            case String text -> Optional.of(List.of(text));
            case Collection<?> all when all.stream().allMatch(String.class::isInstance) ->
                    Optional.of(all.stream().map(String.class::cast).toList());
            default -> Optional.empty();
        };
    }

    /** What scopes may read: plain values, and no address that somebody only says is theirs. */
    private static Map<String, String> claims(Jwt jwt) {
        var claims = new HashMap<String, String>();
        jwt.getClaims()
                .forEach((name, value) -> {
                    if (value instanceof String
                            || value instanceof Number
                            || value instanceof Boolean) {
                        claims.put(name, value.toString());
                    }
                });
        if (isUnverified(jwt)) {
            claims.remove(EMAIL);
        }
        return claims;
    }
}
