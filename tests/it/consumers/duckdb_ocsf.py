"""What DuckDB says of an export in Security Lake's layout, whose root is named on the command line."""
import json
import os
import sys

import duckdb

root = sys.argv[1]
db = duckdb.connect()
db.execute("set timezone = 'UTC'")
lines = misplaced = incomplete = failed = 0
for source in sorted(os.listdir(root)):
    uid = int(source.rsplit("-", 1)[1])
    events = f"read_parquet('{root}/{source}/**/*.parquet', hive_partitioning = true, file_row_number = true, filename = true)"
    one = lambda what, where="true": db.execute(f"select {what} from {events} where {where}").fetchone()[0]
    lines += one("count(*)")
    misplaced += one("count(*)", f"class_uid <> {uid} or type_uid <> class_uid * 100 + activity_id")
    misplaced += one("count(*)", "strftime(time_dt, '%Y%m%d') <> eventDay::text or time <> epoch_ms(time_dt)")
    misplaced += one("count(*)", "region <> 'eu-west-1' or accountId::text <> '123456789012'")
    misplaced += db.execute(
        "select count(*) from (select time, lag(time) over (partition by filename order by file_row_number) as before"
        f" from {events}) where before > time"
    ).fetchone()[0]
    required = ["time", "class_uid", "category_uid", "activity_id", "type_uid", "severity_id", "status_id",
                "metadata.version", "metadata.product.vendor_name", "raw_data"]
    incomplete += one("count(*)", " or ".join(f"{name} is null" for name in required))
    if uid == 3002:
        failed = one("count(*)", "activity_id = 1 and status_id = 2 and \"user\".name is not null")
print(json.dumps({"lines": lines, "misplaced": misplaced, "incomplete": incomplete, "failed_logons": failed}))
