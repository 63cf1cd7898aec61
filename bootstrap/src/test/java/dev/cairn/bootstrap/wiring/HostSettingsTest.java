package dev.cairn.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bootstrap.StartRefused;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

class HostSettingsTest {
    @Test
    void what_no_request_can_be_sent_to_is_refused() {
        var settings =
                new Binder(
                                new MapConfigurationPropertySource(
                                        Map.of("cairn.hosts", "a.example,https://b,*.c,d:443")))
                        .bindOrCreate("cairn", CairnSettings.class);

        assertThatThrownBy(() -> new WebConfiguration().hostCheck(settings, JsonMapper.shared()))
                .isInstanceOf(StartRefused.class)
                .hasMessage(
                        "cairn.hosts has what is no name of a host: 'https://b', '*.c', 'd:443'.");
    }
}
