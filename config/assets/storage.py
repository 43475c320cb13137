"""Static files under names that change with their content, compressed beforehand."""

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites `import … from "./x.js"`; leaves source map comments alone.

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
