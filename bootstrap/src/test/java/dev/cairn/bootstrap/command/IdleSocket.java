package dev.cairn.bootstrap.command;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The other end of a socket in as little memory as can be, so that what the service needs can be measured beside it. Offers what a browser offers. */
final class IdleSocket implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int TEXT = 1;
    private static final int PING = 9;
    private static final int TWO_BYTES = 126;

    private final Socket socket;

    IdleSocket(URI url) throws IOException {
        socket = new Socket(url.getHost(), url.getPort());
        socket.setTcpNoDelay(true);
        var request =
                """
                GET %s HTTP/1.1
                Host: %s:%d
                User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0
                Accept: */*
                Accept-Language: en-US,en;q=0.5
                Accept-Encoding: gzip, deflate, br, zstd
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Protocol: graphql-transport-ws
                Sec-WebSocket-Extensions: permessage-deflate
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Connection: keep-alive, Upgrade
                Pragma: no-cache
                Cache-Control: no-cache
                Upgrade: websocket

                """
                        .formatted(url.getPath(), url.getHost(), url.getPort());
        socket.getOutputStream()
                .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        if (!line().startsWith("HTTP/1.1 101")) {
            throw new IOException("no socket was opened");
        }
        while (!line().isEmpty()) {
            // Headers of the answer.
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        int next = socket.getInputStream().read();
        while (next != '\n' && next >= 0) {
            if (next != '\r') {
                line.append((char) next);
            }
            next = socket.getInputStream().read();
        }
        return line.toString();
    }

    /** Sends a message; its mask is zero, which leaves it as it is. */
    void send(Object message) throws IOException {
        var text = JSON.writeValueAsBytes(message);
        var frame = ByteBuffer.allocate(text.length + 8);
        frame.put((byte) (0x80 | TEXT));
        frame.put((byte) (0x80 | TWO_BYTES)).putShort((short) text.length).putInt(0);
        socket.getOutputStream().write(frame.put(text).array());
    }

    /** The next message, past pings. */
    JsonNode next() throws IOException {
        var input = new DataInputStream(socket.getInputStream());
        while (true) {
            int kind = input.readUnsignedByte();
            int length = input.readUnsignedByte();
            var body = input.readNBytes(length == TWO_BYTES ? input.readUnsignedShort() : length);
            if (kind == (0x80 | TEXT)) {
                return JSON.readTree(body);
            }
            if (kind != (0x80 | PING)) {
                throw new IOException("a message of kind " + kind);
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
