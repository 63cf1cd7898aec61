package dev.cairn.adapters.persistence.type;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.DataType;
import org.jooq.impl.AbstractBinding;
import org.jooq.impl.DSL;
import org.jooq.impl.IdentityConverter;
import org.jooq.impl.SQLDataType;

/**
 * Binds dates as values of {@code java.time}. jOOQ's own binding goes through {@code java.sql.Date}, whose calendar has no days between 4 and 15 October 1582.
 */
public final class LocalDates extends AbstractBinding<LocalDate, LocalDate> {
    public static final DataType<LocalDate> TYPE =
            SQLDataType.LOCALDATE.asConvertedDataType(new LocalDates());

    @Serial private static final long serialVersionUID = 1;

    /** For generated tables; others take {@link #TYPE}. */
    public LocalDates() {}

    @Override
    public Converter<LocalDate, LocalDate> converter() {
        return new IdentityConverter<>(LocalDate.class);
    }

    @Override
    protected void sqlInline(BindingSQLContext<LocalDate> context) throws SQLException {
        context.render().visit(DSL.inline(context.value().toString()).cast(SQLDataType.LOCALDATE));
    }

    @Override
    public void set(BindingSetStatementContext<LocalDate> context) throws SQLException {
        if (context.value() == null) {
            context.statement().setNull(context.index(), Types.DATE);
        } else {
            context.statement().setObject(context.index(), context.value());
        }
    }

    @Override
    public void get(BindingGetResultSetContext<LocalDate> context) throws SQLException {
        context.value(context.resultSet().getObject(context.index(), LocalDate.class));
    }
}
