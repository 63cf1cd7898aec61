package dev.cairn.bootstrap.command;

import dev.cairn.bootstrap.CairnApplication;
import picocli.CommandLine.IVersionProvider;

/** The version the jar was built as. */
final class CairnVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"Cairn " + CairnApplication.version()};
    }
}
