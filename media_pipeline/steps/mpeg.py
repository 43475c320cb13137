"""Telling MPEG audio frames from chance: headers that chain, frame after frame.

Sources: ISO 11172-3 and 13818-3 (frame header), ISO 13818-7 (ADTS).
"""

from collections.abc import Callable

LAYER_3, LAYER_2, LAYER_1 = 1, 2, 3  # as written in the header's layer bits
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""Sample rates by version bits: MPEG-1, MPEG-2, MPEG-2.5."""
KBPS_V1 = {
    LAYER_3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    LAYER_2: (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    LAYER_1: (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
}
KBPS_V2 = {
    LAYER_3: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    LAYER_2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    LAYER_1: (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
}
CHAIN = 4  # frames in a row that chance does not make
START_WITHIN = 8 << 10  # bytes of padding in front that we forgive


def frames_demuxer(head: bytes) -> str | None:
    """``mp3`` or ``aac`` when a chain of such frames starts near the beginning of `head`."""
    start = head.find(b"\xff", 0, START_WITHIN)
    while start >= 0:
        for demuxer, length in (("mp3", _mpeg_length), ("aac", _adts_length)):
            if _chains(head, start, length):
                return demuxer
        start = head.find(b"\xff", start + 1, START_WITHIN)
    return None


def _chains(head: bytes, position: int, length_of: Callable[[bytes], int]) -> bool:
    for count in range(CHAIN):
        if position >= len(head):
            return count > 0 and position == len(head)
        length = length_of(head[position : position + 7])
        if not length:
            return False
        position += length
    return True


def _mpeg_length(header: bytes) -> int:
    """Bytes of the MPEG-1/2/2.5 audio frame that starts here, 0 when none does."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return 0
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    index, rate_index, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version == 1 or layer == 0 or index in (0, 15) or rate_index == 3:
        return 0
    kbps = (KBPS_V1 if version == 3 else KBPS_V2)[layer][index - 1]
    rate = RATES[version][rate_index]
    if layer == LAYER_1:
        return (12 * kbps * 1000 // rate + padding) * 4
    return (72 if layer == LAYER_3 and version != 3 else 144) * kbps * 1000 // rate + padding


def _adts_length(header: bytes) -> int:
    """Bytes of the ADTS frame that starts here, 0 when none does."""
    if len(header) < 7 or header[0] != 0xFF or header[1] & 0xF6 != 0xF0:
        return 0
    length = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
    return length if length > 7 and header[2] >> 2 & 15 < 13 else 0
