package dev.cairn.adapters.graphql.rest;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.cairn.adapters.graphql.analysis.Values;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.expression.Type.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.springframework.http.MediaType;

/**
 * An Arrow IPC stream: whole numbers as int64, exact ones as decimal128, others as float64, dates as date32, instants as timestamps of microseconds in UTC, texts
 * as UTF-8. Messages are described by Arrow's own classes of the format; its vectors are not used, as they need memory outside of the heap and a JVM that is
 * opened for them.
 */
final class ArrowRows implements RowFormat {
    private static final MediaType TYPE = new MediaType("application", "vnd.apache.arrow.stream");

    private static final int BATCH = 4_096;
    private static final int ALIGNED = 8;
    private static final int CONTINUES = -1;

    @Override
    public MediaType type() {
        return TYPE;
    }

    @Override
    public String extension() {
        return "arrow";
    }

    @Override
    public RowWriter begin(List<Column> columns, List<Kind> kinds, OutputStream out)
            throws IOException {
        var all =
                IntStream.range(0, columns.size())
                        .mapToObj(at -> new ArrowColumn(columns.get(at), kinds.get(at)))
                        .toList();
        var batches = new Batches(all, out);
        batches.writeSchema();
        return batches;
    }

    /** Rows are kept until there are enough for a batch. */
    private record Batches(List<ArrowColumn> columns, OutputStream out) implements RowWriter {
        @Override
        public void write(List<Cell> cells) throws IOException {
            for (int at = 0; at < cells.size(); at++) {
                columns.get(at).add(Values.in(cells.get(at)));
            }
            if (columns.getFirst().rows() == BATCH) {
                writeBatch();
            }
        }

        @Override
        public void end() throws IOException {
            if (columns.getFirst().rows() > 0) {
                writeBatch();
            }
            out.write(integers(CONTINUES, 0));
            out.flush();
        }

        void writeSchema() throws IOException {
            var builder = new FlatBufferBuilder();
            int[] fields = columns.stream().mapToInt(column -> column.field(builder)).toArray();
            int schema =
                    Schema.createSchema(
                            builder, (short) 0, Schema.createFieldsVector(builder, fields), 0, 0);
            writeMessage(builder, MessageHeader.Schema, schema, List.of());
        }

        private void writeBatch() throws IOException {
            var buffers = new ArrayList<byte[]>();
            columns.forEach(column -> buffers.addAll(column.buffers()));
            var builder = new FlatBufferBuilder();
            RecordBatch.startNodesVector(builder, columns.size());
            for (var column : columns.reversed()) {
                FieldNode.createFieldNode(builder, column.rows(), column.absent());
            }
            int nodes = builder.endVector();
            RecordBatch.startBuffersVector(builder, buffers.size());
            long end = length(buffers);
            for (var buffer : buffers.reversed()) {
                end -= aligned(buffer.length);
                Buffer.createBuffer(builder, end, buffer.length);
            }
            int all = builder.endVector();
            int batch =
                    RecordBatch.createRecordBatch(
                            builder, columns.getFirst().rows(), nodes, all, 0, 0);
            writeMessage(builder, MessageHeader.RecordBatch, batch, buffers);
            columns.forEach(ArrowColumn::clear);
        }

        private void writeMessage(
                FlatBufferBuilder builder, byte type, int header, List<byte[]> body)
                throws IOException {
            builder.finish(
                    Message.createMessage(
                            builder, MetadataVersion.V5, type, header, length(body), 0));
            var message = builder.sizedByteArray();
            out.write(integers(CONTINUES, aligned(message.length)));
            writeAligned(message);
            for (byte[] buffer : body) {
                writeAligned(buffer);
            }
        }

        private void writeAligned(byte[] bytes) throws IOException {
            out.write(bytes);
            out.write(new byte[aligned(bytes.length) - bytes.length]);
        }

        private static long length(List<byte[]> buffers) {
            return buffers.stream().mapToLong(buffer -> aligned(buffer.length)).sum();
        }

        private static int aligned(int length) {
            return (length + ALIGNED - 1) / ALIGNED * ALIGNED;
        }

        private static byte[] integers(int... values) {
            var bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
            bytes.order(ByteOrder.LITTLE_ENDIAN);
            for (int value : values) {
                bytes.putInt(value);
            }
            return bytes.array();
        }
    }
}
