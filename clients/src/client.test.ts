// A typed client as a BI team would write one: urql, with the types that graphql-codegen made.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, fetchExchange } from "@urql/core";
import { url } from "./cairn.js";
import { accounts, cells, checkCohort, metrics, node, table } from "./questions.js";
import type { AnalysisInput } from "./generated/graphql.js";

const client = new Client({ url, exchanges: [fetchExchange], preferGetMethod: false });

const input: AnalysisInput = {
  metrics: [{ metric: { key: "sample_nps" } }, { metric: { key: "sample_active_users" } }],
  groupBy: ["account.plan"],
  timeRange: { between: { from: "2026-01-01", to: "2026-07-01" } },
};

test("a table comes as records, under the keys that its columns have", async () => {
  const { data, error } = await client.query(table, { input });
  assert.equal(error, undefined);
  const analysis = data?.analyze;
  assert.ok(analysis);
  assert.ok(analysis.records.length > 1);
  const keys = analysis.columns.map((column) => column.key);
  for (const record of analysis.records) {
    assert.deepEqual(Object.keys(record), keys);
  }
});

test("pages of a table put together are the table", async () => {
  const whole = await client.query(table, { input });
  const records: unknown[] = [];
  let after: string | null = null;
  do {
    const page: typeof whole = await client.query(table, { input: { ...input, first: 1, after } });
    assert.equal(page.error, undefined);
    assert.ok(page.data?.analyze);
    records.push(...page.data.analyze.records);
    after = page.data.analyze.pageInfo.hasNextPage ? page.data.analyze.pageInfo.endCursor : null;
  } while (after !== null);
  assert.deepEqual(records, whole.data?.analyze?.records);
});

test("a cell has its sample, and a reason where it has no value", async () => {
  const early = { ...input, timeRange: { between: { from: "2020-01-01", to: "2020-02-01" } }, groupBy: [] };
  const { data, error } = await client.query(cells, { input: early });
  assert.equal(error, undefined);
  const measures = data?.analyze?.rows[0]?.cells.filter((cell) => cell.column.startsWith("sample_")) ?? [];
  assert.deepEqual(
    measures.map((cell) => [cell.number, cell.absence]),
    [
      [null, "BEFORE_DATA"],
      [null, "BEFORE_DATA"],
    ],
  );
});

test("accounts and metrics come page by page, each once, and an id finds what it is of", async () => {
  const keys: string[] = [];
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof accountsAfter>> = await accountsAfter(after);
    keys.push(...page.edges.map((edge) => edge.node.key));
    ids.push(...page.edges.map((edge) => edge.node.id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  assert.equal(keys.length, 30);
  assert.equal(new Set(keys).size, 30);

  const found = await client.query(node, { id: ids[7]! });
  assert.equal(found.data?.node?.__typename, "Account");
  assert.equal(found.data.node.key, keys[7]);

  const listed = await client.query(metrics, { first: 200 });
  assert.equal(listed.data?.metrics.edges.length, listed.data?.metrics.totalCount);
});

test("accounts come backwards too, each page in the order of all", async () => {
  const keys: string[] = [];
  let before: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof accountsBefore>> = await accountsBefore(before);
    keys.unshift(...page.edges.map((edge) => edge.node.key));
    before = page.pageInfo.hasPreviousPage ? page.pageInfo.startCursor : null;
  } while (before !== null);
  assert.equal(keys.length, 30);
  assert.deepEqual(keys, [...keys].sort());
});

test("a cursor that was changed or is of another list is refused", async () => {
  const first = await client.query(table, { input: { ...input, first: 1 } });
  const cursor = first.data?.analyze?.pageInfo.endCursor;
  assert.ok(cursor);
  const page = await accountsAfter(null);
  const strange = [cursor.slice(0, -1), `x${cursor}`, cursor.split(".")[0]!, page.pageInfo.endCursor!];
  for (const after of strange) {
    const { error } = await client.query(table, { input: { ...input, first: 1, after } });
    assert.equal(error?.graphQLErrors[0]?.extensions.code, "BAD_QUERY");
  }
  const { error } = await client.query(accounts, { first: 1, after: cursor });
  assert.equal(error?.graphQLErrors[0]?.extensions.code, "BAD_USER_INPUT");
});

test("an unknown metric is an error with all problems, near names and a code", async () => {
  const asked = { ...input, metrics: [{ metric: { key: "sample_npz" } }], groupBy: ["account.plam"] };
  const { data, error } = await client.query(table, { input: asked });
  assert.equal(data?.analyze, null);
  const extensions = error?.graphQLErrors[0]?.extensions;
  assert.equal(extensions?.code, "BAD_QUERY");
  const problems = extensions?.problems as { code: string; suggestions: string[] }[];
  assert.deepEqual(problems.map((problem) => problem.code).sort(), ["UNKNOWN_DIMENSION", "UNKNOWN_METRIC"]);
  assert.ok(problems.some((problem) => problem.suggestions.includes("sample_nps")));
});

test("a definition that is wrong is told in the answer, where its fields are", async () => {
  const { data, error } = await client.mutation(checkCohort, {
    input: { key: "big", label: "Big", members: { rule: "account.plam = 'x'" }, validateOnly: true },
  });
  assert.equal(error, undefined);
  assert.equal(data?.defineCohort.cohort, null);
  assert.deepEqual(data?.defineCohort.problems[0]?.path, ["members", "rule"]);
});

async function accountsBefore(before: string | null) {
  const page = await client.query(accounts, { last: 7, before });
  assert.equal(page.error, undefined);
  assert.ok(page.data);
  return page.data.accounts;
}

async function accountsAfter(after: string | null) {
  const page = await client.query(accounts, { first: 7, after });
  assert.equal(page.error, undefined);
  assert.ok(page.data);
  return page.data.accounts;
}
