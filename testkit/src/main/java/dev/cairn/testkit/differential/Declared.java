package dev.cairn.testkit.differential;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Relation;
import java.util.EnumSet;
import java.util.Set;

/** What the rows of a plan are by their declaration: no kind of relation tells it. */
enum Declared {
    FACTS,
    FACTS_FOR_EACH_ROW,
    MEMBERS_OF_AN_ENTITY;

    static Set<Declared> in(AnalysisPlan plan, Catalog catalog) {
        var found = EnumSet.noneOf(Declared.class);
        add(plan.cells(), catalog, false, found);
        return found;
    }

    private static void add(Block block, Catalog catalog, boolean isInner, Set<Declared> found) {
        block.scans()
                .forEach(scan -> {
                    switch (scan.relation()) {
                        case Relation.Facts(var name, _, var own, _) -> {
                            found.add(
                                    catalog.source(name).map(Source::isEntity).orElse(false)
                                            ? MEMBERS_OF_AN_ENTITY
                                            : isInner ? FACTS_FOR_EACH_ROW : FACTS);
                            add(own, catalog, true, found);
                        }
                        case Relation.Members(_, _, var own) -> add(own, catalog, true, found);
                        case Relation.Ticks ticks -> add(ticks.own(), catalog, false, found);
                    }
                });
    }
}
