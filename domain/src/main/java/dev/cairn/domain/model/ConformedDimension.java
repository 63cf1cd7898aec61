package dev.cairn.domain.model;

import java.util.List;

/**
 * One name for what several sources say in fields of their own, so that one question may group and filter metrics of all of them by it.
 *
 * @param fields in full: a source or slice and its field, or a path over links ({@code deal.contact.channel}), one of each source at most; or an
 *     attribute ({@code account.channel}), which is read of accounts themselves and of all facts of accounts whose source has no field here
 */
public record ConformedDimension(String name, String label, String description, List<String> fields)
        implements Definition {
    public ConformedDimension {
        fields = List.copyOf(fields);
    }

    @Override
    public String meaning() {
        return "conforms " + String.join(", ", fields);
    }
}
