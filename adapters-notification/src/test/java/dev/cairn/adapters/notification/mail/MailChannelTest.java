package dev.cairn.adapters.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.cairn.adapters.notification.Events;
import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.out.AlertChannel.NotDelivered;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class MailChannelTest {
    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private MailChannel channel() {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(server.getSmtp().getPort());
        return new MailChannel(
                sender, "cairn@example.com", List.of("ann@example.com", "bob@example.com"));
    }

    private String body(AlertEvent event) throws Exception {
        channel().tell(event);
        return server.getReceivedMessages()[0].getContent().toString().replace("\r\n", "\n");
    }

    @Test
    void a_mail_says_the_figures_the_accounts_and_how_to_ask_again() throws Exception {
        assertThat(body(Events.churn()))
                .isEqualToIgnoringNewLines(
                        """
                        Churn above 5 %
                        New in the answer to 'churn_now':

                        - smb: logo_churn 0.057
                          why: logo_churn rose by 2 points, from 3.7 % to 5.7 %.
                          accounts: acme, globex and 12 more
                        - none: logo_churn NO_DATA
                        and 3 more

                        In all it stands for 7.
                        Alert 'churn_by_segment', owner cs-ops, as of 2026-03-04T12:00:00Z.
                        See all of it: cairn ask churn_now
                        """);
    }

    @Test
    void a_mail_goes_to_each_address_with_how_many_are_new_in_its_subject() throws Exception {
        channel().tell(Events.churn());

        var mails = server.getReceivedMessages();
        assertThat(mails).hasSize(2);
        assertThat(mails[0].getSubject()).isEqualTo("Churn above 5 %: 5 new");
        assertThat(mails[0].getFrom()[0]).hasToString("cairn@example.com");
    }

    @Test
    void an_account_is_named_in_the_subject_and_adds_no_line_and_no_header() throws Exception {
        channel().tell(Events.of("acme\r\nBcc: eve@example.com"));

        var mails = server.getReceivedMessages();
        assertThat(mails).hasSize(2);
        assertThat(mails[0].getSubject()).isEqualTo("Churn above 5 %: acme  Bcc: eve@example.com");
        assertThat(mails[0].getHeader("Bcc")).isNull();
        assertThat(mails[0].getContent().toString())
                .contains("- acme  Bcc: eve@example.com: health 41.5")
                .doesNotContain("accounts:");
    }

    @Test
    void without_a_server_it_is_not_delivered() {
        var channel = channel();
        server.stop();

        assertThatThrownBy(() -> channel.tell(Events.churn()))
                .isInstanceOf(NotDelivered.class)
                .hasMessage("It could not be sent: MailSendException.");
    }

    @Test
    void a_server_elsewhere_that_offers_no_tls_is_sent_nothing() {
        var sender = new JavaMailSenderImpl();
        sender.setHost("mail.example.com");
        MailServer.careful(sender);
        // So that it is reached; it stays one of elsewhere.
        sender.setHost("127.0.0.1");
        sender.setPort(server.getSmtp().getPort());
        var channel = new MailChannel(sender, "cairn@example.com", List.of("ann@example.com"));

        assertThatThrownBy(() -> channel.tell(Events.churn())).isInstanceOf(NotDelivered.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_server_of_this_machine_needs_no_tls() throws Exception {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(server.getSmtp().getPort());
        new MailChannel(MailServer.careful(sender), "cairn@example.com", List.of("ann@example.com"))
                .tell(Events.churn());

        assertThat(server.getReceivedMessages()).hasSize(1);
    }
}
