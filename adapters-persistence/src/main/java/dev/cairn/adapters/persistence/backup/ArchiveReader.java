package dev.cairn.adapters.persistence.backup;

import dev.cairn.adapters.persistence.backup.Manifest.Content;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads an archive, and notices where it is not as it was written. */
final class ArchiveReader implements AutoCloseable {
    private final ZipFile zip;
    private final Manifest manifest;

    ArchiveReader(Path file) throws IOException {
        this.zip = open(file);
        try {
            this.manifest = readManifest();
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException | IllegalArgumentException e) {
            throw new DamagedArchive("it cannot be opened: " + e.getMessage(), e);
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /** Reads all of it once, and compares it with what was written. */
    void verify() throws IOException {
        for (Content content : manifest.content()) {
            Checked checked = new Checked(_ -> {});
            try (InputStream rows = rowsOf(content, checked)) {
                rows.transferTo(OutputStream.nullOutputStream());
            } catch (ZipException | EOFException e) {
                throw new DamagedArchive(
                        "the rows of %s cannot be read".formatted(content.table()), e);
            }
            compare(content, checked);
        }
    }

    static void compare(Content content, Checked read) {
        if (read.rows() != content.rows() || !read.sha256InHex().equals(content.sha256())) {
            throw new DamagedArchive(
                    "the rows of %s are not those that were written".formatted(content.table()));
        }
    }

    /** The rows of a table; what passes is checked. */
    InputStream rowsOf(Content content, Checked checked) throws IOException {
        return new FilterInputStream(entry(ArchiveWriter.entryOf(content.table()))) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = super.read(target, offset, length);
                if (read > 0) {
                    checked.pass(target, offset, read);
                }
                return read;
            }
        };
    }

    private Manifest readManifest() throws IOException {
        byte[] json = bytes(ArchiveWriter.MANIFEST);
        String digest = new String(bytes(ArchiveWriter.MANIFEST_DIGEST), StandardCharsets.US_ASCII);
        if (!digest.equals(Checked.sha256InHex(json))) {
            throw new DamagedArchive("its manifest is not as it was written");
        }
        try {
            int format = JsonMapper.shared().readTree(json).path("format").asInt(0);
            if (format != Manifest.FORMAT) {
                throw new DamagedArchive(
                        "it is of format %d, and this Cairn reads format %d"
                                .formatted(format, Manifest.FORMAT));
            }
            Manifest read = JsonMapper.shared().readValue(json, Manifest.class);
            refuseOtherEntries(read);
            return read;
        } catch (JacksonException e) {
            throw new DamagedArchive("its manifest cannot be read", e);
        }
    }

    private void refuseOtherEntries(Manifest read) {
        Set<String> expected =
                read.content().stream()
                        .map(content -> ArchiveWriter.entryOf(content.table()))
                        .collect(Collectors.toCollection(HashSet::new));
        expected.add(ArchiveWriter.MANIFEST);
        expected.add(ArchiveWriter.MANIFEST_DIGEST);
        Set<String> found = zip.stream().map(ZipEntry::getName).collect(Collectors.toSet());
        if (!found.equals(expected)) {
            throw new DamagedArchive("it has other entries than its manifest says");
        }
    }

    private byte[] bytes(String name) throws IOException {
        try (InputStream content = entry(name)) {
            return content.readAllBytes();
        } catch (ZipException | EOFException e) {
            throw new DamagedArchive("its %s cannot be read".formatted(name), e);
        }
    }

    private InputStream entry(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new DamagedArchive("it has no " + name);
        }
        try {
            return zip.getInputStream(entry);
        } catch (ZipException e) {
            throw new DamagedArchive("its %s cannot be read".formatted(name), e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
