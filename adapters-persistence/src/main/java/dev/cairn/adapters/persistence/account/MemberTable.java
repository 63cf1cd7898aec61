package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;

import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.domain.model.EntityRef;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;

/**
 * The table of accounts or of users.
 *
 * @param ids what identifies a member, first its account
 * @param isStaged whether the member is the one of a staged row
 * @param hasAttributes whether a row of attributes is the member's
 */
record MemberTable(
        Table<?> table,
        List<Field<Long>> ids,
        Field<Instant> declaredStart,
        Field<LocalDate> declaredStartOn,
        Field<Instant> removedAt,
        Field<LocalDate> removedOn,
        Condition isStaged,
        Condition hasAttributes) {

    static MemberTable of(EntityRef entity) {
        var attributes = new AttributeTable(entity);
        if (entity.isUser()) {
            return new MemberTable(
                    ACCOUNT_USER,
                    List.of(ACCOUNT_USER.ACCOUNT_ID, ACCOUNT_USER.USER_ID),
                    ACCOUNT_USER.DECLARED_START,
                    ACCOUNT_USER.DECLARED_START_ON,
                    ACCOUNT_USER.REMOVED_AT,
                    ACCOUNT_USER.REMOVED_ON,
                    ACCOUNT_USER
                            .ACCOUNT_ID
                            .eq(Members.ACCOUNT_ID)
                            .and(ACCOUNT_USER.USER_ID.eq(Members.USER_ID)),
                    attributes
                            .accountId()
                            .eq(ACCOUNT_USER.ACCOUNT_ID)
                            .and(attributes.userId().eq(ACCOUNT_USER.USER_ID)));
        }
        return new MemberTable(
                ACCOUNT,
                List.of(ACCOUNT.ACCOUNT_ID),
                ACCOUNT.DECLARED_START,
                ACCOUNT.DECLARED_START_ON,
                ACCOUNT.REMOVED_AT,
                ACCOUNT.REMOVED_ON,
                ACCOUNT.ACCOUNT_ID.eq(Members.ACCOUNT_ID),
                attributes.accountId().eq(ACCOUNT.ACCOUNT_ID));
    }
}
