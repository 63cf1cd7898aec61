package dev.cairn.bootstrap.wiring;

import dev.cairn.bootstrap.database.ServerSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the embedded PostgreSQL while Spring creates everything else. */
final class EarlyDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    static final String CONFIGURED = "spring.datasource.url";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (context.getEnvironment().containsProperty(CONFIGURED)) {
            return;
        }
        CairnSettings settings =
                Binder.get(context.getEnvironment()).bindOrCreate("cairn", CairnSettings.class);
        var start =
                new EmbeddedStart(
                        new ServerSettings(
                                settings.dataDir(),
                                settings.postgres().port(),
                                settings.postgres().startTimeout()),
                        context instanceof WebServerApplicationContext);
        context.getBeanFactory().registerSingleton("embeddedStart", start);
    }
}
