"""Rules that choose music: of smart playlists, and of whatever else gathers tracks by traits.

`registry` knows what can be asked of a track, `language` reads and keeps rules, `selectors` finds
the tracks for whoever looks: always and only among those they may open.
"""
