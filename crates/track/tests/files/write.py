#!/usr/bin/env python3
"""Writes the files beside this one: a walk that nobody has taken, by programs and libraries that watches' files go through.

write.py FOLDER

The walk lies in the open Atlantic, in water of two kilometres' depth. It is made of steps of exactly 200 m each: every point
is found from the one before by GeographicLib, which solves the direct geodesic problem to some nanometres. 15 steps, a rest
of ten minutes in which the sea takes the walker 250 m away, 10 steps: 5,000 m in 25 steps of 144 s, 3,600 s. README.md tells
the versions.
"""

import datetime
import os
import subprocess
import sys
from pathlib import Path

from fit_tool.endian import Endian
from fit_tool.fit_file_builder import FitFileBuilder
from fit_tool.profile.messages.event_message import EventMessage
from fit_tool.profile.messages.file_id_message import FileIdMessage
from fit_tool.profile.messages.lap_message import LapMessage
from fit_tool.profile.messages.record_message import RecordMessage
from fit_tool.profile.messages.session_message import SessionMessage
from fit_tool.profile.profile_type import Event, EventType, FileType, Manufacturer, Sport
from garmin_fit_sdk import Encoder, Profile
from geographiclib.geodesic import Geodesic

START = (57.25, -23.75)
BEGAN = datetime.datetime(2027, 5, 1, 8, 0, 0, tzinfo=datetime.timezone.utc)
STEP_METRES, STEP_SECONDS = 200, 144
STEPS = (15, 10)
REST_METRES, REST_SECONDS = 250, 600


def walk():
    """The segments of the walk: points of latitude, longitude, moment and metres on the way."""
    place, moment, metres, step = START, BEGAN, 0, 0
    segments = []
    for steps in STEPS:
        if segments:
            place = after(place, 200, REST_METRES)
            moment += datetime.timedelta(seconds=REST_SECONDS)
        segment = [(*place, moment, metres)]
        for _ in range(steps):
            # Some bend or other, so that the steps do not all go one way.
            place = after(place, (37 * step * step) % 360, STEP_METRES)
            moment += datetime.timedelta(seconds=STEP_SECONDS)
            metres += STEP_METRES
            step += 1
            segment.append((*place, moment, metres))
        segments.append(segment)
    return segments


def after(place, azimuth, metres):
    found = Geodesic.WGS84.Direct(*place, azimuth, metres)
    return found["lat2"], found["lon2"]


def gpx(segments, between):
    """The walk as gpsbabel is given it, with what stands between the two segments."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<gpx version="1.1" creator="write.py">', "<trk><trkseg>"]
    for segment in segments:
        if segment is not segments[0]:
            lines.append(between)
        for latitude, longitude, moment, _ in segment:
            stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
            lines.append(f'<trkpt lat="{latitude:.9f}" lon="{longitude:.9f}"><time>{stamp}</time></trkpt>')
    return "\n".join([*lines, "</trkseg></trk>", "</gpx>", ""])


def babel(text, form, path):
    command = ["gpsbabel", "-t", "-i", "gpx", "-f", "-", "-o", form, "-F", str(path)]
    # Otherwise it writes when it was run.
    frozen = {**os.environ, "GPSBABEL_FREEZE_TIME": "y"}
    subprocess.run(command, input=text, text=True, check=True, env=frozen)


def millis(moment):
    return round(moment.timestamp() * 1000)


def file_id(endian):
    message = FileIdMessage(local_id=0, endian=endian)
    message.type = FileType.ACTIVITY
    message.manufacturer = Manufacturer.DEVELOPMENT.value
    message.product = 0
    message.serial_number = 0x12345678
    message.time_created = millis(BEGAN)
    return message


def timer(moment, kind, endian):
    message = EventMessage(local_id=1, endian=endian)
    message.event = Event.TIMER
    message.event_type = kind
    message.timestamp = millis(moment)
    return message


def record(point, endian, has_place=True, has_metres=True):
    latitude, longitude, moment, metres = point
    message = RecordMessage(local_id=2, endian=endian)
    message.timestamp = millis(moment)
    message.heart_rate = 101
    if has_place:
        message.position_lat, message.position_long = latitude, longitude
    if has_metres:
        message.distance = metres
    return message


def totals(message, segments):
    seconds = STEP_SECONDS * sum(STEPS)
    message.timestamp = millis(segments[-1][-1][2])
    message.start_time = millis(BEGAN)
    message.total_elapsed_time = seconds + REST_SECONDS
    message.total_timer_time = seconds
    message.total_distance = STEP_METRES * sum(STEPS)
    return message


def fit(segments, path, endian=Endian.LITTLE, has_place=True, has_totals=True):
    builder = FitFileBuilder(auto_define=True)
    builder.add(file_id(endian))
    for segment in segments:
        builder.add(timer(segment[0][2], EventType.START, endian))
        for point in segment:
            builder.add(record(point, endian, has_place, has_totals))
        builder.add(timer(segment[-1][2], EventType.STOP_ALL, endian))
    if has_totals:
        builder.add(totals(LapMessage(local_id=3, endian=endian), segments))
        session = totals(SessionMessage(local_id=4, endian=endian), segments)
        session.sport = Sport.WALKING
        builder.add(session)
    builder.build().to_file(str(path))


def sdk(segments, path):
    """With a field of a developer's in every record, and no totals."""
    identity = {"developer_data_index": 0, "application_id": list(range(16))}
    field = {
        "developer_data_index": 0,
        "field_definition_number": 0,
        "fit_base_type_id": 132,
        "field_name": "waves",
        "units": "m",
    }
    encoder = Encoder(field_descriptions={0: {"developer_data_id_mesg": identity, "field_description_mesg": field}})
    number = Profile["mesg_num"]
    encoder.on_mesg(number["FILE_ID"], {"type": "activity", "manufacturer": "development", "time_created": BEGAN})
    encoder.on_mesg(number["DEVELOPER_DATA_ID"], identity)
    encoder.on_mesg(number["FIELD_DESCRIPTION"], field)
    for segment in segments:
        encoder.on_mesg(number["EVENT"], {"timestamp": segment[0][2], "event": "timer", "event_type": "start"})
        for latitude, longitude, moment, _ in segment:
            position = {"position_lat": semicircles(latitude), "position_long": semicircles(longitude)}
            message = {"timestamp": moment, **position, "developer_fields": {0: 2}}
            encoder.on_mesg(number["RECORD"], message)
        encoder.on_mesg(number["EVENT"], {"timestamp": segment[-1][2], "event": "timer", "event_type": "stop_all"})
    path.write_bytes(encoder.close())


def semicircles(degrees):
    return round(degrees * 2**31 / 180)


def main(folder):
    segments = walk()
    text = gpx(segments, "</trkseg><trkseg>")
    babel(text, "gpx,gpxver=1.0", folder / "gpsbabel-1.0.gpx")
    babel(text, "gpx,gpxver=1.1", folder / "gpsbabel-1.1.gpx")
    babel(text, "garmin_fit", folder / "gpsbabel-course.fit")
    # For TCX it makes one lap of a track, with the way between the segments in it; of two tracks it makes two activities.
    babel(gpx(segments, "</trkseg></trk><trk><trkseg>"), "gtrnctr,course=0,sport=Other", folder / "gpsbabel.tcx")
    fit(segments, folder / "fit-tool.fit")
    fit(segments, folder / "fit-tool-treadmill.fit", has_place=False)
    fit(segments, folder / "fit-tool-big-endian.fit", endian=Endian.BIG, has_totals=False)
    sdk(segments, folder / "garmin-sdk.fit")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
