"""How long a piece takes from `complete` to its first sound, and to the end."""

import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.bench import bare
from tests.bench.memory import MemoryWatch

TIMEOUT_SECONDS = 900


@dataclass(frozen=True)
class Processing:
    """One piece's figures; times in seconds, memory in MiB."""

    name: str
    first_sound_s: float
    ready_s: float
    bare_s: float
    machine_limit_s: float
    ratio_to_bare: float
    ratio_to_limit: float
    worker_mib: float
    ffmpeg_mib: float
    together_mib: float

    def row(self) -> dict[str, Any]:
        """Return the figures, rounded, for JSON."""
        return {
            key: round(value, 2) if isinstance(value, float) else value
            for key, value in asdict(self).items()
        }


def measure(name: str, source: Path, *, base: str, token: str, site_pid: int, folder: Path) -> Any:
    """Upload `source` through the API and time what the rows say; then the bare process."""
    from media_pipeline.models import Job

    with MemoryWatch(site_pid) as memory:
        version = upload(source, base=base, token=token)
        job = _wait(Job.objects.get(pk=version["job"]["id"]))
    asset = job.asset
    first = (asset.playable_at - job.created_at).total_seconds()
    ready = (job.finished_at - job.created_at).total_seconds()
    _wait_for_extras(asset)
    yardstick = bare.encode(source, folder)
    return Processing(
        name=name,
        first_sound_s=first,
        ready_s=ready,
        bare_s=yardstick.wall_s,
        machine_limit_s=yardstick.machine_limit_s,
        ratio_to_bare=ready / yardstick.wall_s,
        ratio_to_limit=ready / yardstick.machine_limit_s,
        worker_mib=memory.worker_mib,
        ffmpeg_mib=memory.ffmpeg_mib,
        together_mib=memory.together_mib,
    ), version


def upload(
    source: Path, *, base: str, token: str, target: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Send one file as any program would; return what `complete` answered.

    It becomes a public track unless `target` says what else.
    """
    size = source.stat().st_size
    with httpx.Client(
        base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=120
    ) as api:
        plan = _ok(api.post("/api/v1/uploads/", json={"filename": source.name, "size": size}))
        numbers = list(range(1, plan["part_count"] + 1))
        parts = []
        with source.open("rb") as file:
            for number in numbers:
                signed = _ok(
                    api.post(f"/api/v1/uploads/{plan['id']}/parts/sign/", json={"parts": [number]})
                )[0]
                sent = httpx.request(
                    signed["method"],
                    httpx.URL(base).join(signed["url"]),
                    content=file.read(plan["part_size"]),
                    headers=signed["headers"],
                    timeout=120,
                )
                sent.raise_for_status()
                parts.append({"number": number, "etag": sent.headers["ETag"]})
        body = {"parts": parts} | (
            target or {"track": {"title": source.stem, "visibility": "public"}}
        )
        answer: dict[str, Any] = _ok(api.post(f"/api/v1/uploads/{plan['id']}/complete/", json=body))
        return answer


def _ok(response: httpx.Response) -> Any:
    if response.is_error:
        raise RuntimeError(f"{response.request.url}: {response.status_code} {response.text[:500]}")
    return response.json()


def _wait(job: Any) -> Any:
    until = time.monotonic() + TIMEOUT_SECONDS
    while job.is_live:
        if time.monotonic() > until:
            raise RuntimeError(f"The job is still {job.state} after {TIMEOUT_SECONDS} s.")
        time.sleep(0.5)
        job.refresh_from_db()
    if job.state != "succeeded":
        raise RuntimeError(f"The job {job.state}: {job.error}\n{job.stderr_tail}")
    job.asset.refresh_from_db()
    return job


def _wait_for_extras(asset: Any) -> None:
    """Let the slow queue finish, so that it takes no core from what is measured next."""
    until = time.monotonic() + TIMEOUT_SECONDS
    while asset.jobs.filter(state__in=["pending", "running"]).exists():
        if time.monotonic() > until:
            raise RuntimeError("The lossless renditions never ended.")
        time.sleep(0.5)
