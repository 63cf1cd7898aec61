package dev.cairn.adapters.persistence.type;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
 * Binds instants as what they are. jOOQ's own binding sends a text and casts it, and PostgreSQL, for which that cast depends on settings, reads the text
 * again for every row that is compared with it.
 */
public final class Instants extends AbstractBinding<Instant, Instant> {
    public static final DataType<Instant> TYPE =
            SQLDataType.INSTANT.asConvertedDataType(new Instants());

    @Serial private static final long serialVersionUID = 1;

    private Instants() {}

    @Override
    public Converter<Instant, Instant> converter() {
        return new IdentityConverter<>(Instant.class);
    }

    @Override
    protected void sqlInline(BindingSQLContext<Instant> context) throws SQLException {
        context.render().visit(DSL.inline(context.value(), SQLDataType.INSTANT));
    }

    @Override
    public void set(BindingSetStatementContext<Instant> context) throws SQLException {
        if (context.value() == null) {
            context.statement().setNull(context.index(), Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            context.statement()
                    .setObject(context.index(), context.value().atOffset(ZoneOffset.UTC));
        }
    }

    @Override
    public void get(BindingGetResultSetContext<Instant> context) throws SQLException {
        var found = context.resultSet().getObject(context.index(), OffsetDateTime.class);
        context.value(found == null ? null : found.toInstant());
    }
}
