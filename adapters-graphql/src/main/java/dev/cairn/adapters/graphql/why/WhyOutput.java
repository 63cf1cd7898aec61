package dev.cairn.adapters.graphql.why;

import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.why.Piece;
import dev.cairn.domain.why.Piece.Kind;
import dev.cairn.domain.why.Why;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a value moved. */
public record WhyOutput(Why why) {
    public String label() {
        return why.label();
    }

    public @Nullable MetricUnit unit() {
        return why.unit();
    }

    public @Nullable String currency() {
        return why.currency();
    }

    public Why.Value from() {
        return why.from();
    }

    public Why.Value to() {
        return why.to();
    }

    public double change() {
        return why.change();
    }

    public String sentence() {
        return why.sentence();
    }

    public Instant asOf() {
        return why.asOf();
    }

    public List<Notice> notices() {
        return why.notices();
    }

    public List<PieceOutput> pieces() {
        return why.lines().stream().map(PieceOutput::new).toList();
    }

    /** A piece. */
    public record PieceOutput(Why.Line line) {
        private Piece piece() {
            return line.piece();
        }

        public int number() {
            return line.number();
        }

        public @Nullable Integer parent() {
            return line.parent();
        }

        public int level() {
            return line.level();
        }

        public Why.Axis axis() {
            return line.axis();
        }

        public String what() {
            return piece().what();
        }

        public Kind kind() {
            return piece().kind();
        }

        public @Nullable Double from() {
            return piece().from();
        }

        public @Nullable Double to() {
            return piece().to();
        }

        public double contribution() {
            return piece().contribution();
        }

        public @Nullable Integer accounts() {
            return piece().accounts();
        }

        public List<MovedOutput> moved() {
            return piece().moved().stream().map(MovedOutput::new).toList();
        }
    }

    /** An account. */
    public record MovedOutput(Piece.Moved moved) {
        public @Nullable String account() {
            return moved.account().kind() == GroupValue.Kind.VALUE
                    ? String.valueOf(moved.account().value())
                    : null;
        }

        public @Nullable Double from() {
            return moved.from();
        }

        public @Nullable Double to() {
            return moved.to();
        }

        public @Nullable Double contribution() {
            return moved.contribution();
        }
    }
}
