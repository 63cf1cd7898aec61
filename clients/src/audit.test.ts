// The audits of graphql-http: every MUST and SHOULD of GraphQL over HTTP holds, and every MAY but those named here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Audit, serverAudits } from "graphql-http";
import { url } from "./cairn.js";

/** A page of another site can send GET, so it is not answered: docs/api.md. */
const refused = new Map([
  ["5A70", "GET with a form"],
  ["D6D5", "GET with variables"],
  ["6A70", "GET with variables, answered as application/json"],
]);

const audits = serverAudits({ url, fetchFn: fetch });

const level = (audit: Audit) => audit.name.split(" ")[0];

for (const audit of audits.filter((audit) => !refused.has(audit.id))) {
  test(`${audit.id} ${audit.name}`, async () => {
    const found = await audit.fn();
    assert.equal(found.status, "ok", found.status === "ok" ? "" : found.reason);
  });
}

for (const [id, what] of refused) {
  test(`${id} is not offered: ${what}`, async () => {
    const audit = audits.find((audit) => audit.id === id);
    assert.ok(audit && level(audit) === "MAY");
    const found = await audit.fn();
    assert.notEqual(found.status, "ok");
    assert.equal(found.status === "ok" ? 0 : found.response?.status, 405);
  });
}

test("there are as many audits as were known", () => {
  const counted = ["MUST", "SHOULD", "MAY"].map((word) => audits.filter((audit) => level(audit) === word).length);
  assert.deepEqual(counted, [13, 23, 25]);
});
