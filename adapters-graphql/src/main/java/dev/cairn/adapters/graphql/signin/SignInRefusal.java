package dev.cairn.adapters.graphql.signin;

import dev.cairn.adapters.graphql.http.ErrorBody;
import dev.cairn.adapters.graphql.problem.Errors;
import dev.cairn.adapters.graphql.signin.SignInFailed.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import tools.jackson.databind.json.JsonMapper;

/** Answers who is not let in, before anything of the request is read: one error, and the header of RFC 6750. */
public final class SignInRefusal implements AuthenticationEntryPoint {
    static final String MALFORMED =
            "The header Authorization cannot be read. Send it once: 'Authorization: Bearer ...'.";

    private final String howToSignIn;
    private final Consumer<String> audit;
    private final Consumer<HttpServletRequest> refused;
    private final JsonMapper json;

    /**
     * @param howToSignIn for those who present nothing, in sentences
     * @param audit is told why somebody who presented something was not let in
     * @param refused is told of requests that present what nobody has
     */
    public SignInRefusal(
            String howToSignIn,
            Consumer<String> audit,
            Consumer<HttpServletRequest> refused,
            JsonMapper json) {
        this.audit = audit;
        this.refused = refused;
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
            case SignInFailed failed -> {
                var message = Objects.requireNonNullElse(failed.getMessage(), "");
                if (failed.reason() != Reason.NO_DATABASE) {
                    audit.accept(message);
                }
                if (failed.reason() == Reason.NOT_KNOWN) {
                    refused.accept(request);
                }
                answer(request, response, failed.reason(), message, error(failed.reason()));
            }
            case OAuth2AuthenticationException _ -> {
                audit.accept(MALFORMED);
                refused.accept(request);
                answer(
                        request,
                        response,
                        Reason.NOT_KNOWN,
                        MALFORMED,
                        ", error=\"invalid_request\"");
            }
            default -> answer(request, response, Reason.NOT_KNOWN, howToSignIn, "");
        }
    }

    private static String error(Reason reason) {
        return switch (reason) {
            case NOT_KNOWN -> ", error=\"invalid_token\"";
            case NOT_ALLOWED -> ", error=\"insufficient_scope\"";
            case NO_DATABASE, NO_ISSUER -> "";
        };
    }

    private void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            Reason reason,
            String message,
            String error)
            throws IOException {
        switch (reason) {
            case NOT_KNOWN, NOT_ALLOWED ->
                    response.setHeader(
                            HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"cairn\"" + error);
            case NO_DATABASE, NO_ISSUER -> response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        }
        ErrorBody.write(
                request, response, reason.status(), Errors.of(reason.code(), message), json);
    }
}
