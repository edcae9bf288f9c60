"""Signs in as a URI says, runs commands of extended JSON, one a line, and prints each answer likewise.

A line is {"db": …, "command": {…}}. A refusal is the document that the server answered with; what is no
answer of the server's is {"error": …}. The first line that is printed is what came of signing in.
"""

import sys

from bson import json_util
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError


def answer(work):
    try:
        return work()
    except OperationFailure as error:
        return error.details
    except PyMongoError as error:
        return {"error": str(error)}


def show(document):
    print(json_util.dumps(document, json_options=json_util.RELAXED_JSON_OPTIONS), flush=True)


with MongoClient(sys.argv[1], serverSelectionTimeoutMS=20_000) as client:
    show(answer(lambda: client.admin.command("ping")))
    for line in sys.stdin:
        wanted = json_util.loads(line)
        show(answer(lambda: client[wanted["db"]].command(wanted["command"])))
