package dev.cairn.adapters.graphql.signin;

import dev.cairn.adapters.graphql.http.ErrorBody;
import dev.cairn.adapters.graphql.problem.Errors;
import dev.cairn.adapters.graphql.signin.SignInFailed.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import tools.jackson.databind.json.JsonMapper;

/** Answers who is not let in, before anything of the request is read: one GraphQL error, and the header of RFC 6750. */
public final class SignInRefusal implements AuthenticationEntryPoint {
    private static final String MALFORMED =
            "The header Authorization cannot be read. Send it once: 'Authorization: Bearer ...'.";

    private final String howToSignIn;
    private final JsonMapper json;

    /** @param howToSignIn for those who present nothing, in sentences */
    public SignInRefusal(String howToSignIn, JsonMapper json) {
        this.howToSignIn = howToSignIn;
        this.json = json;
    }

    @Override
    public void commence(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException failure)
            throws IOException {
        switch (failure) {
            case SignInFailed failed ->
                    answer(
                            response,
                            failed.reason(),
                            Objects.requireNonNullElse(failed.getMessage(), ""),
                            error(failed.reason()));
            case OAuth2AuthenticationException _ ->
                    answer(response, Reason.NOT_KNOWN, MALFORMED, ", error=\"invalid_request\"");
            default -> answer(response, Reason.NOT_KNOWN, howToSignIn, "");
        }
    }

    private static String error(Reason reason) {
        return switch (reason) {
            case NOT_KNOWN -> ", error=\"invalid_token\"";
            case NOT_ALLOWED -> ", error=\"insufficient_scope\"";
            case NO_DATABASE, NO_ISSUER -> "";
        };
    }

    private void answer(HttpServletResponse response, Reason reason, String message, String error)
            throws IOException {
        switch (reason) {
            case NOT_KNOWN, NOT_ALLOWED ->
                    response.setHeader(
                            HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"cairn\"" + error);
            case NO_DATABASE, NO_ISSUER -> response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        }
        ErrorBody.write(response, reason.status(), Errors.of(reason.code(), message), json);
    }
}
