// Signs in as a URI says, runs commands of extended JSON, one a line, and prints each answer likewise: as
// pymongo.py, by the driver for Node.js.

const { createInterface } = require('node:readline');
const { BSON, MongoClient, MongoServerError } = require('mongodb');

const show = document => console.log(BSON.EJSON.stringify(document));

async function answer(work) {
  try {
    return await work();
  } catch (error) {
    return error instanceof MongoServerError ? error.errorResponse : { error: String(error) };
  }
}

async function main() {
  const client = new MongoClient(process.argv[2], { serverSelectionTimeoutMS: 20_000 });
  show(await answer(() => client.db('admin').command({ ping: 1 })));
  for await (const line of createInterface({ input: process.stdin })) {
    const { db, command } = BSON.EJSON.parse(line);
    show(await answer(() => client.db(db).command(command)));
  }
  await client.close();
}

main();
