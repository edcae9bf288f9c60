"""What DuckDB says of an export, named on the command line; stdin has the planted query."""
import json
import sys

import duckdb

path, query = sys.argv[1], json.load(sys.stdin)
db = duckdb.connect()
db.execute("set timezone = 'UTC'")
if path.endswith(".parquet"):
    source = f"read_parquet('{path}', hive_partitioning = true)"
else:
    source = f"read_csv('{path}', hive_partitioning = true, all_varchar = false, sample_size = -1)"
db.execute(f"create view events as select * from {source}")
millis = "epoch_ms({}(time::timestamptz))"
counts = f"""count(*), count(*) filter (outcome = 'failure'),
    count(*) filter (outcome = 'failure' and outcome_is_inferred),
    {millis.format('min')}, {millis.format('max')}"""


def by(key, where="true"):
    rows = db.execute(f"select {key}, {counts} from events where {where} group by 1").fetchall()
    names = ["count", "failures", "inferred", "first", "last"]
    return {str(row[0]): dict(zip(names, row[1:])) for row in rows}


def one(what, where="true", values=()):
    return db.execute(f"select {what} from events where {where}", values).fetchone()[0]


matches = (
    '"user" = ? and event = ? and time >= to_timestamp(? / 1000) and time < to_timestamp(? / 1000)',
    [query["user"], query["event"], query["since"], query["until"]],
)
print(json.dumps({
    "events": one("count(*)"),
    "untimed": one("count(*)", "time is null"),
    "inferred": one("count(*)", "outcome_is_inferred"),
    "failures": one("count(*)", "outcome = 'failure'"),
    "by_event": by("event"),
    "by_user": by('"user"', '"user" is not null'),
    "by_ip": by("ip", "ip is not null"),
    "by_day": by("day::text", "time is not null"),
    "by_processor": by("processor", "processor is not null"),
    "query": one("count(*)", *matches),
    "query_bytes": one("sum(strlen(raw) + 1)::bigint", *matches),
}))
