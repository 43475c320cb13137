"""The figures, for a person."""

from typing import Any


def show(figures: dict[str, Any]) -> None:
    """Print the figures as tables."""
    print(f"\n{figures['machine']['cores']} cores, Python {figures['machine']['python']}\n")
    if "processing" in figures:
        _show_processing(figures)
    if "listening" in figures:
        _show_player(figures)
    if "money" in figures:
        _show_money(figures["money"])


def _show_money(money: dict[str, Any]) -> None:
    print(
        f"{money['contributions']} contributions: taken after {money['taken_s']} s, sealed after "
        f"{money['sealed_s']} s ({money['a_minute']} a minute); a hook answers in "
        f"{money['hook_p50_ms']} ms (p95 {money['hook_p95_ms']}, worst {money['hook_worst_ms']}); "
        f"a page meanwhile p95 {money['page_p95_ms']} ms, alone {money['page_p95_alone_ms']}"
    )


def _show_ratios(arrangement: str, addresses: dict[str, Any]) -> None:
    """Print how many times as long as the empty page each takes, at one client."""
    if "empty page" not in addresses:
        return
    one = {name: rows[0]["p50_ms"] for name, rows in addresses.items()}
    ratios = [f"{name} {took / one['empty page']:.1f}" for name, took in one.items()]
    print(f"{arrangement}, × the empty page: {', '.join(ratios[1:])}")


def _show_player(figures: dict[str, Any]) -> None:
    listening, switching, carry_over, notes, embed = (
        figures[name] for name in ("listening", "switching", "carrying", "notes", "embed")
    )
    storm = figures["storm"]
    print(
        f"{storm['pages']} pages back at once, {storm['notes']} notes: told after "
        f"{storm['settled_s']} s, {storm['refused']} refused; another page's p95 "
        f"{storm['meanwhile_p95_ms']} ms, {storm['p95_ratio']} × as long as before"
    )
    print(
        f"between two pieces: {listening['median_ms']} ms (worst {listening['worst_ms']})\n"
        f"between two versions: gap {switching['worst_gap_ms']} ms at worst, "
        f"drift {switching['drift_ms']} ms\n"
        f"notes carried over: {100 * carry_over['within_250_ms']:.1f} % of {carry_over['moments']} "
        f"moments within 250 ms (median {carry_over['median_ms']} ms)\n"
        f"a note in another browser: {notes['median_ms']} ms (worst {notes['worst_ms']})\n"
        f"an embed before it plays: {embed['bytes'] / 1000:.1f} KB in {embed['requests']} "
        f"requests, {embed['of_it_picture_bytes'] / 1000:.1f} KB of it the picture"
    )
    _show_alike(figures["alike"])


def _show_alike(alike: dict[str, Any]) -> None:
    """Print how surely a recording is found again, ours and the yardstick's side by side."""
    for name in ("nexus", "pymusly"):
        if (row := alike[name]) is None:
            print(f"{name} is not installed: pip install '.[bench]' lays it beside")
            continue
        print(
            f"the same recording by {name}: among the nearest three in {row['among_three']} of "
            f"{alike['files']} re-encodes and excerpts, the nearest in {row['nearest']}; "
            f"{row['cpu_s_per_minute']} CPU s a minute of sound, decoded"
        )


def _show_processing(figures: dict[str, Any]) -> None:
    idle = figures["idle"]
    print(
        f"idle: {idle['core_percent']} % of a core, {idle['memory_mib']:.0f} MiB in "
        f"{idle['processes']} processes, PostgreSQL and Redis included"
    )
    for row in figures["processing"]:
        print(
            f"{row['name']}: first sound {row['first_sound_s']} s, ready {row['ready_s']} s "
            f"({row['ratio_to_bare']} × bare FFmpeg, {row['ratio_to_limit']} × the machine's "
            f"limit), memory {row['together_mib']:.0f} MiB "
            f"(worker {row['worker_mib']:.0f}, FFmpeg {row['ffmpeg_mib']:.0f})"
        )
    text = figures["text"]
    print(
        f"{text['characters']} characters of Markdown: {text['ordinary_ms']} ms, at worst "
        f"{text['worst_ms']} ms ({text['worst']!r} and so on)"
    )
    print(
        f"\n{'arrangement':<20}{'address':<15}{'clients':>8}{'req/s':>9}{'p50 ms':>9}{'p95 ms':>9}"
    )
    for arrangement, addresses in figures["requests"].items():
        _show_ratios(arrangement, addresses)
        for address, rows in addresses.items():
            for row in rows:
                print(
                    f"{arrangement:<20}{address:<15}{row['clients']:>8}"
                    f"{row['requests_per_second']:>9}{row['p50_ms']:>9}{row['p95_ms']:>9}"
                    + (f"  {row['errors']} errors" if row["errors"] else "")
                )
