package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.trust.SourceTrust;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON that is safe on a terminal: control characters are escaped. */
public final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private Json() {}

    /** Indented. */
    public static String document(Object value) {
        return withoutControls(
                MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value));
    }

    /** An answer that becomes an object, with how far what it reads can be trusted: as GraphQL has it, in {@code trust}. */
    public static String document(Object answer, List<SourceTrust> trust) {
        ObjectNode document = MAPPER.valueToTree(answer);
        document.set("trust", MAPPER.valueToTree(TrustData.of(trust)));
        return document(document);
    }

    /** In one line. */
    static String line(Object value) {
        return withoutControls(MAPPER.writeValueAsString(value));
    }

    /** JSON itself escapes only the control characters of ASCII. They occur in strings only. */
    private static String withoutControls(String json) {
        return json.codePoints().allMatch(Json::isKept)
                ? json
                : json.codePoints()
                        .mapToObj(c ->
                                isKept(c) ? Character.toString(c) : escaped(Character.toChars(c)))
                        .collect(Collectors.joining());
    }

    private static boolean isKept(int character) {
        return character == '\n' || character == '\r' || DisplayText.isShown(character);
    }

    private static String escaped(char[] units) {
        var escaped = new StringBuilder();
        for (char unit : units) {
            escaped.append("\\u%04x".formatted((int) unit));
        }
        return escaped.toString();
    }
}
