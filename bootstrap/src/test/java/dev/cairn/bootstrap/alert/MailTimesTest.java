package dev.cairn.bootstrap.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** A mail server that says nothing would otherwise be waited for without end, and nothing more be told. */
class MailTimesTest {
    @ParameterizedTest
    @ValueSource(strings = {"mail.smtp", "mail.smtps"})
    void no_mail_server_is_waited_for_without_end(String protocol) throws IOException {
        var settings =
                new YamlPropertySourceLoader()
                        .load("application", new ClassPathResource("application.yaml"));
        var mail =
                new Binder(ConfigurationPropertySources.from(settings))
                        .bind("spring.mail.properties", Bindable.mapOf(String.class, String.class))
                        .get();

        assertThat(mail)
                .containsEntry(protocol + ".connectiontimeout", "5000")
                .containsEntry(protocol + ".timeout", "10000")
                .containsEntry(protocol + ".writetimeout", "10000");
    }
}
