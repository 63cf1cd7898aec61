package dev.cairn.bootstrap.command;

import dev.cairn.bootstrap.demo.Demo;
import dev.cairn.bootstrap.wiring.CairnSettings;
import dev.cairn.demo.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Takes in the sample, a slice of the made-up company, where it is wanted, before the service takes its first question. */
final class SampleAtStart implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SampleAtStart.class);

    private final CairnSettings settings;
    private final Demo demo;
    private volatile boolean running;

    SampleAtStart(CairnSettings settings, Demo demo) {
        this.settings = settings;
        this.demo = demo;
    }

    @Override
    public void start() {
        try {
            if (settings.sample() && demo.isWanting(Options.SMALL)) {
                LOG.info("Taking in a small made-up company");
                demo.fill(Options.SMALL, _ -> {});
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
