package dev.cairn.bootstrap.command;

import dev.cairn.bootstrap.sample.Sample;
import dev.cairn.bootstrap.wiring.CairnSettings;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Imports the sample, where it is wanted, before the service takes its first question. */
final class SampleAtStart implements SmartLifecycle {
    private final CairnSettings settings;
    private final Sample sample;
    private volatile boolean running;

    SampleAtStart(CairnSettings settings, Sample sample) {
        this.settings = settings;
        this.sample = sample;
    }

    @Override
    public void start() {
        if (settings.sample()) {
            sample.fillIfEmpty();
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }
}
