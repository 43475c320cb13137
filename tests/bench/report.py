"""The figures, for a person."""

from typing import Any


def show(figures: dict[str, Any]) -> None:
    """Print the figures as two tables."""
    print(f"\n{figures['machine']['cores']} cores, Python {figures['machine']['python']}\n")
    for row in figures["processing"]:
        print(
            f"{row['name']}: first sound {row['first_sound_s']} s, ready {row['ready_s']} s "
            f"({row['ratio_to_bare']} × bare FFmpeg, {row['ratio_to_limit']} × the machine's "
            f"limit), memory {row['together_mib']:.0f} MiB "
            f"(worker {row['worker_mib']:.0f}, FFmpeg {row['ffmpeg_mib']:.0f})"
        )
    print(
        f"\n{'arrangement':<20}{'address':<15}{'clients':>8}{'req/s':>9}{'p50 ms':>9}{'p95 ms':>9}"
    )
    for arrangement, addresses in figures["requests"].items():
        for address, rows in addresses.items():
            for row in rows:
                print(
                    f"{arrangement:<20}{address:<15}{row['clients']:>8}"
                    f"{row['requests_per_second']:>9}{row['p50_ms']:>9}{row['p95_ms']:>9}"
                    + (f"  {row['errors']} errors" if row["errors"] else "")
                )
