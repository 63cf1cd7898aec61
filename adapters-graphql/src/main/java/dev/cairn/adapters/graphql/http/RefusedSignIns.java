package dev.cairn.adapters.graphql.http;

import dev.cairn.adapters.graphql.problem.Errors;
import dev.cairn.application.port.Kept;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * How often an address may present what lets nobody in. Whoever tries more is told to wait before anything is looked at: keys cannot be guessed, but each try costs a look
 * at the database and a line of the audit log. An address that is not refused often never waits.
 */
public final class RefusedSignIns extends OncePerRequestFilter {
    /** Whoever was not refused for longest is forgotten first. */
    private static final long MOST_KNOWN = 10_000;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int perMinute;
    private final Proxies proxies;
    private final LongSupplier nanoTime;
    private final JsonMapper json;

    /** Until when refusals at an even pace would have lasted, by address. */
    private final Kept<String, Long> paidUntil = new Kept<>(MOST_KNOWN, _ -> 1);

    /**
     * @param perMinute refusals of one address on average; a minute's at once
     * @param proxies whose word for an address is taken
     * @param nanoTime a monotonic clock
     */
    public RefusedSignIns(int perMinute, Proxies proxies, LongSupplier nanoTime, JsonMapper json) {
        this.perMinute = perMinute;
        this.proxies = proxies;
        this.nanoTime = nanoTime;
        this.json = json;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long wait =
                request.getHeader(HttpHeaders.AUTHORIZATION) == null
                        ? 0
                        : proxies.clientOf(request).map(this::seconds).orElse(0L);
        if (wait == 0) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
        ErrorBody.write(
                request,
                response,
                HttpStatus.TOO_MANY_REQUESTS,
                Errors.tooMany(
                        "Too many sign-ins from this address were refused. Try again in %d s, with a key or token that is valid."
                                .formatted(wait),
                        wait),
                json);
    }

    /** Notes that what a request presents lets nobody in. */
    public void refused(HttpServletRequest request) {
        addressOf(request).ifPresent(this::refused);
    }

    /** Notes that what an address presents lets nobody in. */
    public synchronized void refused(String address) {
        long now = nanoTime.getAsLong();
        paidUntil.put(address, now + owed(address, now) + MINUTE / perMinute);
    }

    /** Whose address a request counts for; empty where that is not known, or many may stand behind it. */
    public Optional<String> addressOf(HttpServletRequest request) {
        return proxies.clientOf(request);
    }

    /** Whether what the address presents is not looked at now. */
    public boolean mustWait(String address) {
        return seconds(address) > 0;
    }

    private synchronized long seconds(String address) {
        long owed = owed(address, nanoTime.getAsLong()) + MINUTE / perMinute;
        return owed <= MINUTE ? 0 : Math.ceilDiv(owed - MINUTE, SECOND);
    }

    private long owed(String address, long now) {
        return paidUntil.find(address).map(until -> Math.max(0, until - now)).orElse(0L);
    }
}
