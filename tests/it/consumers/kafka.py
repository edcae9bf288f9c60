"""A client of a Kafka broker that comes from an address of its own.

    kafka.py BROKER SOURCE USER create TOPIC
    kafka.py BROKER SOURCE USER use TOPIC GROUP

`use` writes to the topic and reads from it as one of the group, and says in JSON how each of them went:
ok, or what the client calls the error.
"""

import json
import socket
import sys

broker, source, user, action, topic, *group = sys.argv[1:]


class Bound(socket.socket):
    """A socket that is bound to the source before it connects."""

    def bound(self):
        # A connection that is under way is asked for again.
        if self.getsockname()[1] == 0:
            self.bind((source, 0))
        return super()

    def connect(self, address):
        return self.bound().connect(address)

    def connect_ex(self, address):
        return self.bound().connect_ex(address)


# Clients of Kafka offer no way to say where a connection comes from.
socket.socket = Bound

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, errors  # noqa: E402
from kafka.admin import NewTopic  # noqa: E402

common = {
    "bootstrap_servers": broker,
    "security_protocol": "SASL_PLAINTEXT",
    "sasl_mechanism": "PLAIN",
    "sasl_plain_username": user,
    "sasl_plain_password": user,
}
SECONDS = 15


def produce():
    producer = KafkaProducer(**common, max_block_ms=SECONDS * 1000, enable_idempotence=False)
    producer.send(topic, b"message").get(timeout=SECONDS)


def consume():
    consumer = KafkaConsumer(
        topic,
        **common,
        group_id=group[0],
        auto_offset_reset="earliest",
        consumer_timeout_ms=SECONDS * 1000,
    )
    assert next(consumer).value == b"message"
    consumer.close()


def outcome(act):
    try:
        act()
    except (errors.KafkaError, StopIteration) as error:
        return type(error).__name__
    return "ok"


if action == "create":
    admin = KafkaAdminClient(**common)
    admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=1)])
else:
    json.dump({"produce": outcome(produce), "consume": outcome(consume)}, sys.stdout)
