// The schema's rules of @graphql-eslint: names, descriptions, Relay, one-of inputs, deprecations.
import graphql from "@graphql-eslint/eslint-plugin";

const words = (kind, ...others) => ({ forbiddenPrefixes: [kind, ...others], forbiddenSuffixes: [kind] });

export default [
  {
    files: ["schema.graphql"],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: "schema.graphql" } },
    },
    plugins: { graphql },
    rules: {
      // What makes a schema one.
      "graphql/known-argument-names": "error",
      "graphql/known-directives": "error",
      "graphql/known-type-names": "error",
      "graphql/lone-schema-definition": "error",
      "graphql/possible-type-extension": "error",
      "graphql/provided-required-arguments": "error",
      "graphql/unique-directive-names": "error",
      "graphql/unique-enum-value-names": "error",
      "graphql/unique-field-definition-names": "error",
      "graphql/unique-operation-types": "error",
      "graphql/unique-type-names": "error",
      "graphql/no-unreachable-types": "error",
      // Everything says what it is.
      "graphql/description-style": ["error", { style: "block" }],
      "graphql/no-hashtag-description": "error",
      "graphql/require-deprecation-reason": "error",
      "graphql/require-description": [
        "error",
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          EnumValueDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
        },
      ],
      // Names.
      "graphql/naming-convention": [
        "error",
        {
          types: "PascalCase",
          FieldDefinition: "camelCase",
          InputValueDefinition: "camelCase",
          Argument: "camelCase",
          DirectiveDefinition: "camelCase",
          EnumValueDefinition: "UPPER_CASE",
          EnumTypeDefinition: words("Enum"),
          InterfaceTypeDefinition: words("Interface"),
          ObjectTypeDefinition: words("Type"),
          UnionTypeDefinition: words("Union"),
          "FieldDefinition[parent.name.value=Query]": words("Query", "query", "get", "fetch", "list"),
          "FieldDefinition[parent.name.value=Mutation]": words("Mutation", "mutation"),
          "FieldDefinition[parent.name.value=Subscription]": words("Subscription", "subscription"),
        },
      ],
      "graphql/no-typename-prefix": "error",
      "graphql/input-name": ["error", { checkInputType: true, checkMutations: true, checkQueries: false, caseSensitiveInputType: false }],
      // Shapes that clients know.
      "graphql/no-scalar-result-type-on-mutation": "error",
      "graphql/require-nullable-fields-with-oneof": "error",
      "graphql/relay-arguments": ["error", { includeBoth: false }],
      "graphql/relay-connection-types": "error",
      "graphql/relay-edge-types": ["error", { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
      "graphql/relay-page-info": "error",
    },
  },
];
