package dev.cairn.adapters.graphql;

import dev.cairn.adapters.graphql.relay.Node;
import dev.cairn.adapters.graphql.scalar.Scalars;
import dev.cairn.domain.model.Metric.Direction;
import graphql.TypeResolutionEnvironment;
import graphql.schema.GraphQLObjectType;
import graphql.schema.idl.RuntimeWiring;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/** What of the schema is neither a controller's nor a property: scalars, words that differ from the domain's, types of nodes. */
public final class SchemaWiring implements RuntimeWiringConfigurer {
    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Scalars.all().forEach(wiring::scalar);
        wiring.type("MetricDirection", type -> type.enumValues(SchemaWiring::direction));
        wiring.type("Node", type -> type.typeResolver(SchemaWiring::typeOf));
        wiring.type("SourcedAnswer", type -> type.typeResolver(SchemaWiring::neverAsked));
    }

    private static Direction direction(String name) {
        for (Direction direction : Direction.values()) {
            if (name.equals(name(direction))) {
                return direction;
            }
        }
        throw new IllegalStateException("no direction is called " + name);
    }

    private static String name(Direction direction) {
        return switch (direction) {
            case HIGHER -> "HIGHER_IS_BETTER";
            case LOWER -> "LOWER_IS_BETTER";
            case NEUTRAL -> "NEUTRAL";
        };
    }

    /** No field gives a sourced answer as such: the interface says what its types have in common. */
    private static GraphQLObjectType neverAsked(TypeResolutionEnvironment environment) {
        throw new IllegalStateException("a field gives " + environment.getFieldType());
    }

    private static GraphQLObjectType typeOf(TypeResolutionEnvironment environment) {
        Node node = environment.getObject();
        return environment.getSchema().getObjectType(node.typeName());
    }
}
