"""What Apache Spark says of an export, whose directory is named on the command line; stdin has the planted
query."""
import json
import os
import sys

os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
os.environ["PYSPARK_PYTHON"] = sys.executable
from pyspark.sql import SparkSession  # noqa: E402

path, query = sys.argv[1], json.load(sys.stdin)
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.sql.shuffle.partitions", "2")
    .getOrCreate()
)
spark.read.parquet(path).createOrReplaceTempView("events")

# One pass over the files for all answers.
keys = {"by_event": "event", "by_user": "user", "by_ip": "ip", "by_day": "day", "by_processor": "processor"}
matches = (
    f"user = '{query['user']}' and event = '{query['event']}' and time >= timestamp_millis({query['since']})"
    f" and time < timestamp_millis({query['until']})"
)
rows = spark.sql(f"""
    select {', '.join(f'grouping({key}) as no_{key}, cast({key} as string) as {key}' for key in keys.values())},
        count(*) as count, count_if(outcome = 'failure') as failures,
        count_if(outcome = 'failure' and outcome_is_inferred) as failures_inferred,
        unix_millis(min(time)) as first, unix_millis(max(time)) as last,
        count_if(time is null) as untimed, count_if(outcome_is_inferred) as inferred,
        count_if({matches}) as query, sum(if({matches}, octet_length(raw) + 1, 0)) as query_bytes
    from events group by grouping sets ((), {', '.join(f'({key})' for key in keys.values())})
""").collect()
answers = {name: {} for name in keys}
for row in rows:
    name = next((name for name, key in keys.items() if row[f"no_{key}"] == 0), None)
    if name is None:
        answers["events"] = row["count"]
        answers.update({word: row[word] for word in ["untimed", "inferred", "failures", "query", "query_bytes"]})
    elif row[keys[name]] is not None:
        counts = {word: row[word] for word in ["count", "failures", "first", "last"]}
        counts["inferred"] = row["failures_inferred"]
        answers[name][row[keys[name]]] = counts
print(json.dumps(answers))
