// The questions of the tested client. graphql-codegen reads them here and makes their types; anything the schema does not have stops the build.
import { graphql } from "./generated/gql.js";

/** Published metrics, a page at a time. */
export const metrics = graphql(`
  query Metrics($first: Int!, $after: String) {
    metrics(first: $first, after: $after) {
      totalCount
      edges {
        cursor
        node {
          id
          key
          label
          unit
          direction
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** A table as flat records, with what its columns mean. */
export const table = graphql(`
  query Table($input: AnalysisInput!) {
    analyze(input: $input) {
      asOf
      columns {
        key
        label
        role
        valueType
        unit
        currency
      }
      records
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** The same with what stands behind each value: its sample, and why there is none. */
export const cells = graphql(`
  query Cells($input: AnalysisInput!) {
    analyze(input: $input) {
      rows {
        key
        kind
        cells {
          column
          text
          number
          exact
          complete
          sampleSize
          absence
        }
      }
    }
  }
`);

/** Accounts, a page at a time. */
export const accounts = graphql(`
  query Accounts($first: Int, $after: String, $last: Int, $before: String) {
    accounts(first: $first, after: $after, last: $last, before: $before) {
      edges {
        node {
          id
          key
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
        hasPreviousPage
        startCursor
      }
    }
  }
`);

/** Whatever an id is of. */
export const node = graphql(`
  query Node($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Account {
        key
        name
      }
      ... on Metric {
        key
        formula
      }
    }
  }
`);

/** A definition that is checked, not kept. */
export const checkCohort = graphql(`
  mutation CheckCohort($input: DefineCohortInput!) {
    defineCohort(input: $input) {
      cohort {
        key
      }
      problems {
        code
        message
        path
        suggestions
      }
    }
  }
`);

/** A table that stays answered. */
export const live = graphql(`
  subscription Live($input: AnalysisInput!) {
    analysisUpdated(input: $input) {
      sequence
      cause
      analysis {
        records
      }
    }
  }
`);

/** A metric of one's own. */
export const defineMetric = graphql(`
  mutation DefineMetric($input: DefineMetricInput!) {
    defineMetric(input: $input) {
      metric {
        key
        version
      }
      problems {
        code
        message
      }
    }
  }
`);

/** Another formula of it. */
export const reviseMetric = graphql(`
  mutation ReviseMetric($input: ReviseMetricInput!) {
    reviseMetric(input: $input) {
      metric {
        version
      }
      problems {
        code
        message
      }
    }
  }
`);
