"""Static files under names that change with their content, made small beforehand."""

from typing import Any

import rcssmin
import rjsmin
from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

OF_OTHERS = ("vendor/", "admin/")  # small already, and not ours
SMALLER = {".js": rjsmin.jsmin, ".css": rcssmin.cssmin}


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Takes comments and blanks out of our own files.

    Also rewrites `import … from "./x.js"`, and leaves source map comments alone.
    Source maps are not among the files served, and Django's storage fails on a missing one.
    """

    support_js_module_import_aggregation = True
    # A module's name changes with what it imports, one step of a chain in each pass.
    max_post_process_passes = 20
    patterns = tuple(
        (
            extension,
            tuple(p for p in rules if "sourceMappingURL" not in (p[0] if len(p) == 2 else p)),
        )
        for extension, rules in CompressedManifestStaticFilesStorage.patterns
    )

    def _save(self, name: str, content: Any) -> str:
        """Store our own scripts and styles without what only their readers need."""
        smaller = SMALLER.get(name[name.rfind(".") :])
        if smaller and not name.startswith(OF_OTHERS):
            content.seek(0)
            text = content.read()
            text = text.decode() if isinstance(text, bytes) else text
            content = ContentFile(smaller(text).encode())
        return str(super()._save(name, content))

    def stored_name(self, name: str) -> str:
        """Return the hashed name; the plain one as long as nothing was ever collected."""
        return super().stored_name(name) if self.manifest_hash or self.hashed_files else name

    def url(self, name: str, force: bool = False) -> str:
        """Return the address of a file; each is worked out once, a page names twenty."""
        if settings.DEBUG or force:
            return str(super().url(name, force))
        known: dict[str, str] = self.__dict__.setdefault("_addresses", {})
        if name not in known:
            known[name] = str(super().url(name))
        return known[name]

    def save_manifest(self) -> None:
        """Write the manifest; addresses of before are worked out again."""
        self.__dict__.pop("_addresses", None)
        super().save_manifest()
