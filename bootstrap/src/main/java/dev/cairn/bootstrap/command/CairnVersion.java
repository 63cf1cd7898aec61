package dev.cairn.bootstrap.command;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version the jar was built as. */
final class CairnVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = CairnVersion.class.getPackage().getImplementationVersion();
        return new String[] {"Cairn " + Objects.requireNonNullElse(version, "(not packaged)")};
    }
}
