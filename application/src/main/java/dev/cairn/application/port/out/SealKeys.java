package dev.cairn.application.port.out;

/** The key of a {@link dev.cairn.application.port.Seal}: one for each installation, whichever of its services asks. */
@FunctionalInterface
public interface SealKeys {
    /** 32 bytes. */
    byte[] key();
}
