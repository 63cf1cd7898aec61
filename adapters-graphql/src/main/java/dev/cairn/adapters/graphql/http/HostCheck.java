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
import java.util.List;
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

    private static final String FORWARDED_HOST = "X-Forwarded-Host";

    private final Set<String> names;
    private final Set<String> origins;
    private final Proxies proxies;
    private final JsonMapper json;

    /**
     * @param names under which this service is asked, besides those of the machine it runs on
     * @param origins of pages elsewhere that may ask
     * @param proxies that say which name was asked
     */
    public HostCheck(
            Collection<String> names,
            Collection<String> origins,
            Proxies proxies,
            JsonMapper json) {
        this.names = names.stream().map(HostCheck::plain).collect(Collectors.toUnmodifiableSet());
        this.origins = Set.copyOf(origins);
        this.proxies = proxies;
        this.json = json;
    }

    /** Whether this names a host and nothing else: no port, no scheme, no pattern. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether browsers may send this as where a page is from; http only of this machine, where nobody can put words into it. */
    public static boolean isOrigin(String text) {
        var parts = ORIGIN.matcher(text);
        return parts.matches()
                && text.equals(text.toLowerCase(Locale.ROOT))
                && !text.endsWith(":")
                && (text.startsWith("https://")
                        || (text.startsWith("http://") && isOfThisMachine(parts.group(1))));
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
                request,
                response,
                HttpStatus.FORBIDDEN,
                Errors.of(ErrorCode.FORBIDDEN, objection.get()),
                json);
    }

    private Optional<String> objection(HttpServletRequest request) {
        if (!proxies.isPrivate(request)) {
            return Optional.of(
                    "This came neither over TLS nor by the proxy, so it could be read on the way. Send it to the proxy; if that is where it came from, list its address in cairn.proxy.");
        }
        var forwarded = forwardedHosts(request);
        if (forwarded.size() > 1 || forwarded.stream().anyMatch(host -> host.contains(","))) {
            return Optional.of(
                    "The proxy names more than one host in %s. Have it set that header, and not add to it."
                            .formatted(FORWARDED_HOST));
        }
        var host = forwarded.isEmpty() ? request.getHeader("Host") : forwarded.getFirst();
        if (!isKnown(HOST, host)) {
            return Optional.of(
                    "This was sent to the host '%s', which is no name of this machine. Send it to 127.0.0.1 or localhost; if a proxy passes on what is sent to that name, list it in cairn.hosts."
                            .formatted(host));
        }
        return Collections.list(request.getHeaders("Origin")).stream()
                .filter(origin -> !origins.contains(origin) && !isKnown(ORIGIN, origin))
                .findFirst()
                .map(
                        "A page of '%s' sent this, and pages of other sites may not. If that is where people open Cairn, list its host in cairn.hosts."
                                ::formatted);
    }

    /** What a page could say too counts only where a proxy says it. */
    private List<String> forwardedHosts(HttpServletRequest request) {
        return proxies.sent(request)
                ? Collections.list(request.getHeaders(FORWARDED_HOST))
                : List.of();
    }

    private boolean isKnown(Pattern form, @Nullable String sent) {
        Matcher parts = form.matcher(sent == null ? "" : sent);
        return parts.matches() && isKnown(plain(parts.group(1)));
    }

    private boolean isKnown(String name) {
        return names.contains(name) || isOfThisMachine(name);
    }

    private static boolean isOfThisMachine(String name) {
        return name.equals("localhost") || name.endsWith(".localhost") || isLoopback(name);
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
