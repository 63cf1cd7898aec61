package dev.cairn.adapters.notification.webhook;

import java.util.Base64;
import java.util.Optional;

/** What webhooks are signed with, as it is written in a setting: {@code whsec_} and 24 to 64 bytes in base64. It shows itself to nobody. */
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final int FEWEST = 24;
    private static final int MOST = 64;

    private final byte[] bytes;

    private WebhookSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Empty where it is none. */
    public static Optional<WebhookSecret> read(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            return bytes.length < FEWEST || bytes.length > MOST
                    ? Optional.empty()
                    : Optional.of(new WebhookSecret(bytes));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    Signature signature() {
        return new Signature(bytes);
    }

    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
