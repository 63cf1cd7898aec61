package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.graphql.http.CallerLimit;
import dev.cairn.adapters.graphql.http.CallerPace;
import dev.cairn.adapters.graphql.http.Proxies;
import dev.cairn.adapters.graphql.http.RefusedSignIns;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.graphql.signin.BearerSignIn;
import dev.cairn.adapters.graphql.signin.OneCredential;
import dev.cairn.adapters.graphql.signin.SignInRefusal;
import dev.cairn.adapters.graphql.signin.SignedInCaller;
import dev.cairn.adapters.graphql.signin.Tokens;
import dev.cairn.application.port.in.SignInUseCase;
import dev.cairn.application.service.Audit;
import dev.cairn.bootstrap.wiring.CairnSettings.Auth;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.cors.CorsConfiguration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may ask over HTTP. Spring Security's defaults stand, but for what only browsers with a session need: Cairn has no sessions and no cookies, so
 * that nothing which a browser sends by itself makes anybody of it, and there is nothing that a forged request could use.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class SecurityConfiguration {
    /** Of the page, which is the same for everybody and holds nothing. */
    private static final String[] PAGE = {"/", "/graphiql", "/graphiql/*"};

    /** Of one address; far more than anybody has who mistypes. */
    private static final int REFUSALS_A_MINUTE = 60;

    @Bean
    BearerSignIn bearerSignIn(
            SignInUseCase signIn, CairnSettings settings, Limits limits, Clock clock) {
        var auth = settings.auth();
        var tokens = auth.oidc().rules().map(rules -> new Tokens(rules, clock)).orElse(null);
        if (tokens != null) {
            // So that whoever starts the service sees what is wrong; nobody waits for it.
            Thread.ofVirtual().start(tokens::prepare);
        }
        return new BearerSignIn(signIn, auth.keys(), tokens, limits.time());
    }

    /** Of requests and of sockets. */
    @Bean
    RefusedSignIns refusedSignIns(CairnSettings settings, JsonMapper json) {
        return new RefusedSignIns(
                REFUSALS_A_MINUTE, new Proxies(settings.proxy()), System::nanoTime, json);
    }

    /** It has its place among those of who signs in, and none beside them. */
    @Bean
    FilterRegistrationBean<RefusedSignIns> refusedSignInsAlone(RefusedSignIns refused) {
        var registration = new FilterRegistrationBean<>(refused);
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            CairnSettings settings,
            Environment environment,
            BearerSignIn signIn,
            CallerPace pace,
            RefusedSignIns often,
            Audit audit,
            JsonMapper json) {
        http.sessionManagement(
                        sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable);
        allowOrigins(http, settings.origins());
        return settings.auth().isOn()
                ? signedIn(
                        http,
                        settings.auth(),
                        environment.getRequiredProperty("spring.graphql.http.path"),
                        signIn,
                        new CallerLimit(pace, json),
                        often,
                        audit,
                        json)
                : local(http);
    }

    /**
     * For pages of these origins only, and never with what a browser sends by itself. Pages of Cairn's own need no leave, also where a proxy has the
     * certificate and they seem to be of another scheme; who is neither was refused before.
     */
    private static void allowOrigins(HttpSecurity http, List<String> origins) {
        if (origins.isEmpty()) {
            http.cors(AbstractHttpConfigurer::disable);
            return;
        }
        var rules = new CorsConfiguration();
        rules.setAllowedOrigins(origins);
        rules.setAllowedMethods(List.of("GET", "POST"));
        rules.setAllowedHeaders(List.of("Authorization", "Content-Type", "Accept"));
        rules.setExposedHeaders(List.of(HttpHeaders.RETRY_AFTER, "X-Request-Id"));
        rules.setMaxAge(Duration.ofHours(1));
        http.cors(pages ->
                pages.configurationSource(request ->
                        origins.contains(request.getHeader(HttpHeaders.ORIGIN)) ? rules : null));
    }

    /** Where nobody signs in there is one caller, who may ask as much as there is room for. */
    @Bean
    CallerPace callerPace(CairnSettings settings) {
        var callers = settings.callers();
        return settings.auth().isOn()
                ? new CallerPace(callers.atOnce(), callers.perMinute(), System::nanoTime)
                : CallerPace.any();
    }

    private static SecurityFilterChain signedIn(
            HttpSecurity http,
            Auth auth,
            String sockets,
            BearerSignIn signIn,
            CallerLimit limit,
            RefusedSignIns often,
            Audit audit,
            JsonMapper json) {
        var refusal =
                new SignInRefusal(
                        "Sign in: send 'Authorization: Bearer ...' %s.".formatted(auth.ways()),
                        audit::refused,
                        often::refused,
                        json);
        return http.authorizeHttpRequests(requests ->
                        // What goes on with a request that was let in is let in.
                        requests.dispatcherTypeMatchers(DispatcherType.ASYNC)
                                .permitAll()
                                .requestMatchers(PAGE)
                                .permitAll()
                                // Browsers send no header with a socket: it signs in with its first
                                // message.
                                .requestMatchers(request -> opensSocket(request, sockets))
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .oauth2ResourceServer(bearer ->
                        bearer.bearerTokenResolver(new OneCredential())
                                .authenticationManagerResolver(_ -> signIn)
                                .authenticationEntryPoint(refusal))
                .exceptionHandling(refused -> refused.authenticationEntryPoint(refusal))
                .addFilterBefore(often, BearerTokenAuthenticationFilter.class)
                .addFilterAfter(new SignedInCaller(), AuthorizationFilter.class)
                .addFilterAfter(limit, SignedInCaller.class)
                .build();
    }

    private static boolean opensSocket(HttpServletRequest request, String path) {
        return request.getMethod().equals("GET")
                && request.getRequestURI().equals(path)
                && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    /** Nobody signs in: whoever reaches this machine's own address is the one caller there is. */
    private static SecurityFilterChain local(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .addFilterAfter(new LocalCaller(), AuthorizationFilter.class)
                .build();
    }
}
