package dev.cairn.bootstrap.wiring;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import dev.cairn.bootstrap.settings.Settings;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Refuses settings that nobody reads, and values that are not possible, before anything is started. */
final class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var problems = new Settings(context.getEnvironment()).problems();
        if (!problems.isEmpty()) {
            throw new StartRefused(
                    StartProblem.BAD_SETTING,
                    String.join(System.lineSeparator(), problems),
                    "Correct it or leave it out. 'cairn doctor' shows what is set, and where.");
        }
    }
}
