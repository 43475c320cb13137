"""The header of an Opus track in MP4 ("Encapsulation of Opus in ISO Base Media File Format")."""

import struct

BOX = b"dOps"
GAIN_AT = len(BOX) + 8  # behind version, channel count, PreSkip and the sample rate of the input
STEPS_PER_DB = 256  # OutputGain is a Q7.8 number, as in RFC 7845, section 5.1


def with_output_gain(header: bytes, decibels: float) -> bytes:
    """Return an init segment whose every decoder makes the sound `decibels` louder.

    −128 up to 128 dB, in steps of 1/256 dB. Raises ValueError where it is no Opus header.
    """
    at = header.find(BOX)
    if at < 0 or len(header) < at + GAIN_AT + 2:
        raise ValueError("This header has no Opus box.")
    steps = round(decibels * STEPS_PER_DB)
    place = at + GAIN_AT
    return header[:place] + struct.pack(">h", steps) + header[place + 2 :]
