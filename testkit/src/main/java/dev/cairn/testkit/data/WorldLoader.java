package dev.cairn.testkit.data;

import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.EntityRef;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Puts a world into empty stores the way a service would: definitions first, then members, then facts, load by load. */
public record WorldLoader(DefinitionStore definitions, AccountDirectory accounts, FactStore facts) {
    public void load(World world) {
        var declared =
                world.catalog().entries().stream().filter(entry -> entry.version() > 0).toList();
        save(declared);
        load(world, EntityRef.ACCOUNT, world.accounts());
        load(world, EntityRef.USER, world.users());
        for (int at = 0; at < world.loads().size(); at++) {
            load(world, world.loads().get(at), World.recordedAt(at));
        }
    }

    private void save(List<Entry> declared) {
        switch (definitions.save(definitions.version(), declared, Set.of())) {
            case Saved.Done _ -> {}
            case Saved.Conflict _ -> throw new IllegalStateException("the stores are not empty");
            case Saved.Refused(var reasons) -> throw new IllegalStateException(reasons.toString());
        }
    }

    private void load(World world, EntityRef kind, List<Member> members) {
        if (members.isEmpty()) {
            return;
        }
        try (var load = accounts.begin(world.catalog().entity(kind), World.FIRST_LOADED)) {
            members.forEach(load::add);
            load.commit();
        }
    }

    private void load(World world, World.Load one, Instant recordedAt) {
        try (var load = facts.begin(world.source(one.source()), recordedAt)) {
            one.facts().forEach(load::add);
            load.commit(one.completeUntil());
        }
    }
}
