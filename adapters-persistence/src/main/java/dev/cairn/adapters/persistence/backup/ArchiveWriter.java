package dev.cairn.adapters.persistence.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Writes an archive beside its place, readable for its owner only; it gets there when it is complete. */
final class ArchiveWriter implements AutoCloseable {
    static final String MANIFEST = "manifest.json";
    static final String MANIFEST_DIGEST = "manifest.sha256";

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final Path half;
    private final FileChannel channel;
    private final ZipOutputStream zip;

    ArchiveWriter(Path file) throws IOException {
        this.file = file;
        this.half = file.resolveSibling(file.getFileName() + ".part");
        this.channel =
                FileChannel.open(
                        half,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE),
                        forOwnerOnly());
        this.zip =
                new ZipOutputStream(
                        new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
        zip.setLevel(Deflater.BEST_SPEED);
    }

    static String entryOf(String table) {
        return "tables/" + table + ".copy";
    }

    /** Takes the rows of a table that are written to what it gives; one table after the other. */
    OutputStream table(String name, Checked checked) throws IOException {
        zip.putNextEntry(new ZipEntry(entryOf(name)));
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                checked.pass(bytes, offset, length);
                zip.write(bytes, offset, length);
            }
        };
    }

    /** Puts the complete archive in its place. */
    void finish(Manifest manifest) throws IOException {
        byte[] json = JsonMapper.shared().writeValueAsBytes(manifest);
        entry(MANIFEST, json);
        entry(MANIFEST_DIGEST, Checked.sha256InHex(json).getBytes(StandardCharsets.US_ASCII));
        zip.finish();
        zip.flush();
        channel.force(true);
        zip.close();
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void entry(String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
    }

    /** Takes away what is half-done. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(half);
    }

    private static FileAttribute<?>[] forOwnerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
