"""The table of named sensors in docs/sensors.md, as it should stand there: `python -m tests.docs.sensor_table`."""

from __future__ import annotations

from ssa.sensors import Sensor, all_sensors


def row(sensor: Sensor) -> str:
    """One sensor as a row of the table."""
    width = f"{sensor.swath_km:g}" if sensor.swath_km else ""
    note = f"{sensor.checked}; {sensor.note}" if sensor.note else sensor.checked
    return f"| `{sensor.name}` | {sensor.rule} | {width} | {note} |"


def table() -> str:
    """The whole table."""
    head = ["| name | rule | swath km | how sure |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *map(row, all_sensors())])


if __name__ == "__main__":
    print(table())
