package dev.cairn.application.service;

import dev.cairn.application.port.Closing;
import dev.cairn.application.port.in.ImportUseCase.Left;
import dev.cairn.application.port.in.ImportUseCase.Similar;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.application.service.RowReader.Row;
import dev.cairn.application.service.RowReader.Wrong;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.time.PointInTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as accounts or users with their attributes. Local times are of UTC. */
final class MemberImport implements ImportTarget {
    private final Entity entity;
    private final RowReader reader;
    private final MemberFile file;
    private final HeldDays days;
    private final AccountDirectory.Load load;
    private final @Nullable Closing closing;
    private final SimilarKeys members;
    private long added = 0;

    MemberImport(
            Entity entity,
            RowReader reader,
            MemberFile file,
            HeldDays days,
            AccountDirectory.Load load,
            @Nullable Closing closing) {
        this.entity = entity;
        this.reader = reader;
        this.file = file;
        this.days = days;
        this.load = load;
        this.closing = closing;
        this.members = new SimilarKeys(file.key().name());
    }

    @Override
    public Row add(List<@Nullable String> cells) {
        var row = reader.read(cells);
        var key = file.key().read(cells);
        var ofAccount = file.account();
        var account = ofAccount == null ? "" : ofAccount.read(cells);
        var start = marked(Mark.START, row);
        var removed = marked(Mark.REMOVED, row);
        var wrong = new ArrayList<Wrong>();
        if (key.isEmpty()) {
            wrong.add(new Wrong(file.key().name(), key, "the key is empty"));
        }
        check(file.key().name(), key, wrong);
        if (ofAccount != null) {
            check(ofAccount.name(), account, wrong);
        }
        if (start != null && removed != null && removed.isBeforeEverywhere(start)) {
            wrong.add(
                    new Wrong(
                            entity.marked(Mark.REMOVED)
                                    .map(field -> reader.column(field.name()))
                                    .orElse(""),
                            removed.toString(),
                            "removed before it starts"));
        }
        var held = days.read(cells, wrong);
        if (!wrong.isEmpty() || !row.wrong().isEmpty()) {
            return row.with(wrong);
        }
        members.add(key);
        added++;
        load.add(
                new Member(
                        key,
                        account.isEmpty() ? null : account,
                        start,
                        removed,
                        row.values(),
                        held));
        return row;
    }

    private static void check(String column, String key, List<Wrong> wrong) {
        var reason = ImportTarget.refusal(key);
        if (reason != null) {
            wrong.add(new Wrong(column, key, reason));
        }
    }

    private @Nullable PointInTime marked(Mark mark, Row row) {
        int at = entity.marked(mark).map(field -> reader.index(field.name())).orElse(-1);
        return switch (at < 0 ? null : row.values().get(at)) {
            case null -> null;
            case LocalDate day -> PointInTime.on(day);
            case Object instant -> PointInTime.at((Instant) instant);
        };
    }

    @Override
    public List<Similar> similar() {
        return members.found().stream().toList();
    }

    @Override
    public List<String> taken() {
        return file.fields().stream().map(Field::name).toList();
    }

    @Override
    public List<Left> left() {
        return file.left();
    }

    @Override
    public List<Problem> late(List<String> columns) {
        return file.late(columns);
    }

    @Override
    public String column(EntityRef kind) {
        var ofAccount = file.account();
        return ofAccount == null || kind.equals(entity.entity())
                ? file.key().name()
                : ofAccount.name();
    }

    @Override
    public boolean isSkipping() {
        return added <= load.stored();
    }

    @Override
    public Loaded commit(boolean isTrial) {
        return load.commit(closing, isTrial);
    }

    @Override
    public void close() {
        load.close();
    }
}
