"""`niangjia docs` writes docs/workflows/*.md from the declarations; `--check` says whether they are up to date."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from niangjia.kernel.workflow import WORKFLOWS, diagrams


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--folder", type=Path, default=Path("docs/workflows"))

    def handle(self, *args: Any, **options: Any) -> None:
        stale = []
        for workflow in WORKFLOWS.values():
            for language, suffix in (("zh-hans", ".zh-CN"), ("en", "")):
                with translation.override(language):
                    text = diagrams.page(workflow)
                file: Path = options["folder"] / f"{workflow.name}{suffix}.md"
                if file.exists() and file.read_text(encoding="utf-8") == text:
                    continue
                stale.append(str(file))
                if not options["check"]:
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(text, encoding="utf-8")
        if options["check"] and stale:
            self.stderr.write("out of date, run ./run docs: " + ", ".join(stale))
            raise SystemExit(1)
        self.stdout.write("\n".join(stale) or "up to date")
