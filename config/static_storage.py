"""Static files under names that change with their content, compressed beforehand."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites `import … from "./x.js"`; leaves source map comments alone.

    Source maps are not among the files served, and Django's storage fails on a missing one.
    """

    support_js_module_import_aggregation = True
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
