package dev.cairn.adapters.notification.mail;

import java.util.List;
import java.util.Locale;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** What holds for the server that mails go by, unless its own properties say otherwise. */
public final class MailServer {
    private static final List<String> HERE = List.of("localhost", "127.0.0.1", "::1", "[::1]");

    private MailServer() {}

    /** But on this machine nothing is sent, and nobody signs in, without TLS. */
    public static JavaMailSenderImpl careful(JavaMailSenderImpl sender) {
        var properties = sender.getJavaMailProperties();
        var protocol =
                sender.getProtocol() == null
                        ? JavaMailSenderImpl.DEFAULT_PROTOCOL
                        : sender.getProtocol();
        if (!HERE.contains(String.valueOf(sender.getHost()).toLowerCase(Locale.ROOT))) {
            properties.putIfAbsent("mail." + protocol + ".starttls.required", "true");
        }
        return sender;
    }
}
