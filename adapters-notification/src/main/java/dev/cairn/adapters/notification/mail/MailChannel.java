package dev.cairn.adapters.notification.mail;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.out.AlertChannel;
import java.util.List;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;

/** Sends each event as a mail in plain text. */
public final class MailChannel implements AlertChannel {
    private final JavaMailSender sender;
    private final String from;
    private final List<String> to;

    /** @param to at least one address */
    public MailChannel(JavaMailSender sender, String from, List<String> to) {
        this.sender = sender;
        this.from = from;
        this.to = List.copyOf(to);
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public void tell(AlertEvent event) throws NotDelivered {
        var mail = new SimpleMailMessage();
        mail.setFrom(from);
        mail.setTo(to.toArray(String[]::new));
        mail.setSubject(MailText.subject(event.news()));
        mail.setText(MailText.body(event.news()));
        try {
            sender.send(mail);
        } catch (MailException failed) {
            throw new NotDelivered(
                    "It could not be sent: %s.".formatted(failed.getClass().getSimpleName()),
                    failed);
        }
    }
}
