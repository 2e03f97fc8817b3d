"""Lines from standard input through Twisted's LineReceiver, parsed; how many
nanoseconds a line takes goes to standard output, as JSON."""

import json
import sys
import time
from decimal import Decimal

from twisted.internet.testing import StringTransport
from twisted.protocols.basic import LineReceiver

SIZE, DURING = 65536, 0.3  # bytes of a piece, seconds


class Meter(LineReceiver):
    delimiter = b"\n"
    lines = 0

    def lineReceived(self, line):
        word, channel, value, unit = line.split(b" ", 3)
        if word != b"READING" or int(channel) > 255:
            raise ValueError(line)
        self.reading = int(channel), Decimal(value.decode()), unit.decode()
        self.lines += 1


text = sys.stdin.buffer.read()
meter = Meter()
meter.makeConnection(StringTransport())
began = time.process_time()
while time.process_time() - began < DURING:
    for at in range(0, len(text), SIZE):
        meter.dataReceived(text[at : at + SIZE])
took = time.process_time() - began
json.dump({"rate": meter.lines / took, "per_unit": took / meter.lines * 1e9}, sys.stdout)
