package dev.cairn.testkit.contract;

import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** What contracts of cells that are opened share. */
public interface OpeningContract extends ExecutorContract {
    /** The key of the row whose line begins so. */
    default String keyOf(WorldBuilder world, Question question, String row) {
        var built = world.build();
        var ready = question.ready(built.catalog());
        var answer = answer(built, ready.plan());
        var lines = Lines.of(answer, ready.plan(), question.query());
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).startsWith(row)) {
                return Objects.requireNonNull(
                        ResultAssembler.assemble(ready, answer, question.query().zone())
                                .rows()
                                .get(at)
                                .key());
            }
        }
        throw new AssertionError("no row begins with '%s': %s".formatted(row, lines));
    }

    default Opened cell(WorldBuilder world, Question question, String row, String column) {
        return Opened.of(question, keyOf(world, question, row), column);
    }

    default Planned.Ready ready(World world, Opened opened) {
        return opened.ready(
                world.catalog(),
                ranking -> answer(world, ranking).rows().stream().map(Answer.Row::keys).toList());
    }

    default List<String> lines(World world, Opened opened) {
        var ready = ready(world, opened);
        return opened.lines(ready, answer(world, ready.plan()));
    }

    default List<String> opened(
            WorldBuilder world,
            Question question,
            String row,
            String column,
            UnaryOperator<MembersQuery> how) {
        var cell = cell(world, question, row, column);
        return lines(world.build(), cell.with(how.apply(cell.query())));
    }

    default List<String> opened(WorldBuilder world, Question question, String row, String column) {
        return opened(world, question, row, column, query -> query);
    }

    default List<String> remarks(WorldBuilder world, Opened opened) {
        var built = world.build();
        var ready = ready(built, opened);
        return opened.result(ready, answer(built, ready.plan())).notices().stream()
                .map(notice -> notice.code() + " " + notice.column())
                .toList();
    }
}
