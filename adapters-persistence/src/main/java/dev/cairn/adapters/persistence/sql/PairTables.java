package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectDistinct;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The pairs of member and values that there are facts of in what is read for a bucket, each once. */
final class PairTables {
    private static final Table<?> PAIR = DSL.table(name("pair"));

    private PairTables() {}

    /** With {@code account_id}, of users {@code user_id}, the bucket and the values. */
    static Table<?> of(Pairs pairs, EntityRef entity, Frame frame) {
        var read = pairs.expressions().toList();
        var facts =
                History.beside(
                        FactRows.of(pairs.facts(), frame, Reads.of(read.stream())), read, frame);
        var common = CommonValues.beside(facts.from(), facts.columns(), read);
        var exprs = common.exprs();
        var values = columns(pairs.values(), exprs);
        var columns = new ArrayList<Field<?>>();
        columns.add(facts.account().as("account_id"));
        if (entity.isUser()) {
            columns.add(facts.user().as("user_id"));
        }
        columns.add(facts.bucket().as(BucketTable.ORDINAL));
        columns.addAll(values);
        var isMember =
                entity.isUser()
                        ? facts.user().isNotNull()
                        : facts.account().ne(inline(StoreTables.NO_ACCOUNT));
        var haveValues =
                pairs.values().stream()
                        .<Condition>map(value -> exprs.field(value).isNotNull())
                        .reduce(isMember, Condition::and);
        return selectDistinct(columns)
                .from(common.from())
                .where(facts.where(), exprs.condition(pairs.where()), haveValues)
                .asTable(PAIR.getUnqualifiedName());
    }

    /** Whether a pair is of a member. */
    static Condition isOf(Field<Long> account, Field<Long> user, EntityRef entity) {
        var ofAccount = StoreTables.id(PAIR, "account_id").eq(account);
        return entity.isUser()
                ? ofAccount.and(StoreTables.id(PAIR, "user_id").eq(user))
                : ofAccount;
    }

    static Field<Integer> bucket() {
        return BucketTable.ordinal(PAIR);
    }

    /** A value of a pair. */
    static Field<?> field(Expr.Field value) {
        return StoreTables.column(PAIR, name(value.name()), value.type());
    }

    // ---- rows of one pair

    /** The values by which rows are grouped that are read for pairs. */
    static List<Field<?>> columns(List<Expr> values, ExprCompiler exprs) {
        return named(values, at -> exprs.as(values.get(at).type().kind(), values.get(at)));
    }

    private static List<Field<?>> named(List<Expr> values, Function<Integer, Field<?>> value) {
        return IntStream.range(0, values.size())
                .<Field<?>>mapToObj(at -> value.apply(at).as(nameOf(at)))
                .toList();
    }

    private static String nameOf(int at) {
        return "value_" + (at + 1);
    }

    /**
     * Whether a line of aggregates is of the values of a pair.
     *
     * @param row gives the values of the pair
     */
    static Condition isOf(Table<?> read, List<Expr> values, Function<Expr.Field, Field<?>> row) {
        return IntStream.range(0, values.size())
                .mapToObj(at -> {
                    var type = values.get(at).type();
                    Field<Object> said =
                            SqlTypes.typed(
                                    row.apply(new Expr.Field(Pairs.SOURCE, nameOf(at), type)));
                    return DSL.field(
                                    read.getUnqualifiedName().append(nameOf(at)),
                                    said.getDataType())
                            .eq(said);
                })
                .reduce(DSL.noCondition(), Condition::and);
    }
}
