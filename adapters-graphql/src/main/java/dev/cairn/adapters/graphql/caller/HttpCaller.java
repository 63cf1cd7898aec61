package dev.cairn.adapters.graphql.caller;

import dev.cairn.domain.analysis.Caller;
import java.util.Map;

/** Who sent a request over HTTP: a filter says so before anything else reads it. */
public final class HttpCaller {
    /** The attribute of a request, and of the session of a socket, that holds its {@link Caller}. */
    public static final String ATTRIBUTE = Caller.class.getName();

    private HttpCaller() {}

    /**
     * Who sent it.
     *
     * @param attributes of the request
     * @throws IllegalStateException where no filter said who: nobody is taken for somebody
     */
    public static Caller in(Map<String, Object> attributes) {
        if (attributes.get(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("Nothing says who sent this request.");
    }
}
