"""The files that notes can be taken along in."""

NOTE_FORMATS = [("csv", "CSV"), ("reaper", "Reaper"), ("audacity", "Audacity"), ("midi", "MIDI")]
