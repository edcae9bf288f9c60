"""A client of a Kafka broker that comes from an address of its own.

    kafka.py BROKER SOURCE USER topic TOPIC
    kafka.py BROKER SOURCE USER produce TOPIC MESSAGE
    kafka.py BROKER SOURCE USER consume TOPIC GROUP

`consume` prints the first message. Where the broker refuses, the error's name goes to stderr, and the
exit code is 3.
"""

import socket
import sys

broker, source, user, action, topic, *rest = sys.argv[1:]


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

try:
    if action == "topic":
        admin = KafkaAdminClient(**common)
        admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=1)])
    elif action == "produce":
        producer = KafkaProducer(**common, max_block_ms=SECONDS * 1000, enable_idempotence=False)
        producer.send(topic, rest[0].encode()).get(timeout=SECONDS)
    elif action == "consume":
        consumer = KafkaConsumer(
            topic,
            **common,
            group_id=rest[0],
            auto_offset_reset="earliest",
            consumer_timeout_ms=SECONDS * 1000,
        )
        print(next(consumer).value.decode())
        consumer.close()
except errors.KafkaError as error:
    print(type(error).__name__, error, file=sys.stderr)
    refused = (errors.TopicAuthorizationFailedError, errors.GroupAuthorizationFailedError)
    sys.exit(3 if isinstance(error, refused) else 1)
except StopIteration:
    sys.exit("no message came")
