package dev.cairn.adapters.graphql.http;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.Errors;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses requests that were not meant for this service. A page of another site can have its own name point to 127.0.0.1; its browser then
 * takes this service for that site, and only the name it still sends tells the difference.
 */
public final class HostCheck extends OncePerRequestFilter {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");
    private static final Pattern HOST = Pattern.compile("(" + NAME + ")(:\\d*)?");
    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://" + HOST);

    private final Set<String> names;
    private final JsonMapper json;

    /**
     * @param names under which this service is asked, besides those of the machine it runs on
     */
    public HostCheck(Collection<String> names, JsonMapper json) {
        this.names = names.stream().map(HostCheck::plain).collect(Collectors.toUnmodifiableSet());
        this.json = json;
    }

    /** Whether this names a host and nothing else: no port, no scheme, no pattern. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var objection = objection(request);
        if (objection.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        ErrorBody.write(
                response,
                HttpStatus.FORBIDDEN,
                Errors.of(ErrorCode.FORBIDDEN, objection.get()),
                json);
    }

    /** As the browser sent them: what a proxy says of itself, a page may say too. */
    private Optional<String> objection(HttpServletRequest request) {
        var host = request.getHeader("Host");
        if (!isKnown(HOST, host)) {
            return Optional.of(
                    "This was sent to the host '%s', which is no name of this machine. Send it to 127.0.0.1 or localhost; if a proxy passes on what is sent to that name, list it in cairn.hosts."
                            .formatted(host));
        }
        return Collections.list(request.getHeaders("Origin")).stream()
                .filter(origin -> !isKnown(ORIGIN, origin))
                .findFirst()
                .map(
                        "A page of '%s' sent this, and pages of other sites may not. If that is where people open Cairn, list its host in cairn.hosts."
                                ::formatted);
    }

    private boolean isKnown(Pattern form, @Nullable String sent) {
        Matcher parts = form.matcher(sent == null ? "" : sent);
        return parts.matches() && isKnown(plain(parts.group(1)));
    }

    private boolean isKnown(String name) {
        return names.contains(name)
                || name.equals("localhost")
                || name.endsWith(".localhost")
                || isLoopback(name);
    }

    /** Never asks for the address of a name. */
    private static boolean isLoopback(String name) {
        try {
            return InetAddress.ofLiteral(name).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** The dot at the end of a complete name does not make it another. */
    private static String plain(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
