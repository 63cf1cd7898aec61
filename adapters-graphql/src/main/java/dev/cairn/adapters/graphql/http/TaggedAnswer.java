package dev.cairn.adapters.graphql.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** An answer to a read with a tag that says which it is (RFC 9110, 8.8.3): who has it already is told so, and not sent it again. */
public final class TaggedAnswer {
    private static final String WEAK = "W/";
    private static final int TAG_BYTES = 16;

    private TaggedAnswer() {}

    /**
     * 200 with the body, or 304 without it. It may be kept by who asked, and is asked for again each time.
     *
     * @param said what the tag is of: two answers that say the same have the same
     */
    public static ServerResponse of(
            ServerRequest request, MediaType type, byte[] body, byte[] said) {
        var tag = WEAK + '"' + HexFormat.of().formatHex(digest(said), 0, TAG_BYTES) + '"';
        boolean isKnown =
                Set.of(HttpMethod.GET, HttpMethod.HEAD).contains(request.method())
                        && request.headers().header(HttpHeaders.IF_NONE_MATCH).stream()
                                .flatMap(tags -> Arrays.stream(tags.split(",")))
                                .map(String::strip)
                                .anyMatch(known -> known.equals("*") || weak(known).equals(tag));
        return ServerResponse.status(isKnown ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .build((_, response) -> {
                    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
                    response.setHeader(HttpHeaders.ETAG, tag);
                    response.addHeader(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
                    if (!isKnown) {
                        response.setContentType(type.toString());
                        response.getOutputStream().write(body);
                    }
                    return null;
                });
    }

    private static String weak(String tag) {
        return tag.startsWith(WEAK) ? tag : WEAK + tag;
    }

    private static byte[] digest(byte[] said) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(said);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
