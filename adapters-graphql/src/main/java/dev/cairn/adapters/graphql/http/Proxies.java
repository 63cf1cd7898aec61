package dev.cairn.adapters.graphql.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Who may pass requests on for others. What they say of a request is believed, of nobody else; and where there are any, a request comes by one of
 * them, over TLS, or from this machine: else what it signs in with could have been read on the way.
 */
public final class Proxies {
    /** Nobody passes anything on. */
    public static final Proxies NONE = new Proxies(List.of());

    private static final Pattern ADDRESS =
            Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(/\\d{1,3})?");

    /** Characters of an address, with a zone. */
    private static final int LONGEST = 64;

    private final List<IpAddressMatcher> addresses;

    /** @param addresses also ranges of them, as {@code 10.0.0.0/24} */
    public Proxies(Collection<String> addresses) {
        this.addresses = addresses.stream().map(IpAddressMatcher::new).toList();
    }

    /** Whether this is an address or a range of them, and not all there are. */
    public static boolean isAddress(String text) {
        if (!ADDRESS.matcher(text).matches() || text.endsWith("/0")) {
            return false;
        }
        try {
            return !new IpAddressMatcher(text).toString().isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Whether one of them sent this. */
    boolean sent(HttpServletRequest request) {
        return addresses.stream().anyMatch(known -> known.matches(request.getRemoteAddr()));
    }

    /** Whose request it is: what a known proxy added last to the addresses it forwards, else the address it came from. Empty where many may stand behind that: a proxy that does not say, or this machine. */
    Optional<String> clientOf(HttpServletRequest request) {
        if (!sent(request)) {
            var address = request.getRemoteAddr();
            return InetAddress.ofLiteral(address).isLoopbackAddress()
                    ? Optional.empty()
                    : Optional.of(address);
        }
        var forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
        var last = forwarded.isEmpty() ? "" : forwarded.getLast();
        var client = last.substring(last.lastIndexOf(',') + 1).strip();
        return client.isEmpty() || client.length() > LONGEST
                ? Optional.empty()
                : Optional.of(client);
    }

    /** Whether nobody on the way could read it. */
    boolean isPrivate(HttpServletRequest request) {
        return addresses.isEmpty()
                || request.isSecure()
                || sent(request)
                || InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress();
    }
}
