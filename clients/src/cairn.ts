// Where the service under test is, as the program that starts these clients says.

function told(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} does not say where Cairn is`);
  }
  return value;
}

export const url = told("CAIRN_URL");

/** Where only the documents run that graphql-codegen found in questions.ts, for those who have a key. */
export const registeredUrl = told("CAIRN_REGISTERED_URL");

/** What a viewer shows there. */
export const authorization = `Bearer ${told("CAIRN_KEY")}`;
