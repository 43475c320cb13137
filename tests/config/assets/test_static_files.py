"""Static files: collected, named by content, their imports rewritten, libraries from npm."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage
from django.test import Client, override_settings

from config.assets import build
from config.assets.npm import NpmFinder
from config.assets.storage import StaticStorage


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The whole site's static files, collected once."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder):
        build.collect()
        yield folder


def manifest(folder: Path) -> dict[str, str]:
    paths: dict[str, str] = json.loads((folder / "staticfiles.json").read_text())["paths"]
    return paths


def test_every_import_leads_to_a_hashed_file(collected: Path) -> None:
    names = manifest(collected)
    seen = 0
    for name in names:
        if not re.fullmatch(r"js/.*\.js", name):
            continue
        text = (collected / names[name]).read_text()
        for target in re.findall(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""", text):
            place = (collected / names[name]).parent / target
            assert place.is_file(), f"{name} imports {target}"
            assert re.search(r"\.[0-9a-f]{12}\.js$", target), f"{name}: {target} has no hash"
            seen += 1
    assert seen > 5


def test_every_url_of_a_style_sheet_leads_to_a_hashed_file(collected: Path) -> None:
    names = manifest(collected)
    for name in names:
        if not re.fullmatch(r"css/.*\.css", name):
            continue
        text = (collected / names[name]).read_text()
        for target in re.findall(r"""url\(["']?(?!data:|#)([^"')]+)""", text):
            place = (collected / names[name]).parent / target
            assert place.is_file(), f"{name} names {target}"


def test_what_can_be_compressed_is(collected: Path) -> None:
    names = manifest(collected)
    for name in ("js/app.js", "vendor/hls.js", "css/site.css"):
        hashed = collected / names[name]
        assert Path(f"{hashed}.gz").is_file(), name
        assert Path(f"{hashed}.gz").stat().st_size < hashed.stat().st_size


def test_no_missing_source_map_is_asked_for(tmp_path: Path) -> None:
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.js").write_text('import "./b.js";\n//# sourceMappingURL=a.js.map\n')
    (source / "b.js").write_text("export {};\n//# sourceMappingURL=b.js.map\n")
    (source / "c.css").write_text("a{}\n/*# sourceMappingURL=c.css.map */\n")
    shutil.copytree(source, target)
    storage = StaticStorage(location=target, base_url="/static/")
    files = {name: (FileSystemStorage(source), name) for name in ("a.js", "b.js", "c.css")}
    for name, _hashed, done in storage.post_process(files):
        assert not isinstance(done, Exception), (name, done)
    hashed = storage.stored_name("a.js")
    assert f'import"./{storage.stored_name("b.js")}"' in (target / hashed).read_text()


def test_only_listed_files_of_npm_are_served(settings: Any) -> None:
    for name in settings.NPM_STATIC:
        found = finders.find(f"vendor/{name}")
        assert found, f"vendor/{name} is not installed: run `npm ci`"
        assert Path(found).is_file()
    for name in ("package.json", "../package.json", "hls.js/package.json", ""):
        assert NpmFinder().find(f"vendor/{name}") == []
    assert NpmFinder().find("hls.js") == []


@pytest.mark.django_db
def test_hashed_files_may_be_kept_for_good(collected: Path) -> None:
    with override_settings(STATIC_ROOT=collected):
        client = Client()
        answer = client.get(f"/static/{manifest(collected)['js/app.js']}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Type"].startswith("text/javascript")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert client.get("/static/vendor/package.json").status_code == 404
