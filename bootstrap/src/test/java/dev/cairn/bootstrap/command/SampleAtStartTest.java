package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.out.FactStore;
import dev.cairn.bootstrap.CairnApplication;
import dev.cairn.bootstrap.MigratedDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

class SampleAtStartTest {
    @Test
    void the_sample_is_there_when_the_service_begins_to_listen(@TempDir Path folder) {
        var there = new ArrayList<Boolean>();
        try (var database = MigratedDatabase.create()) {
            var service =
                    new SpringApplicationBuilder(CairnApplication.class, SampleAtStart.class)
                            .listeners(
                                    (ApplicationListener<WebServerInitializedEvent>)
                                            started ->
                                                    there.add(
                                                            started.getApplicationContext()
                                                                            .getBean(
                                                                                    FactStore.class)
                                                                            .dataVersion("event")
                                                                    > 0));
            try (var _ =
                    service.run(
                            "--server.port=0",
                            "--cairn.sample=true",
                            "--cairn.data-dir=" + folder,
                            "--spring.datasource.url=" + database.url(),
                            "--spring.datasource.username=" + database.user(),
                            "--spring.datasource.password=" + database.password())) {
                assertThat(there).containsExactly(true);
            }
        }
    }
}
