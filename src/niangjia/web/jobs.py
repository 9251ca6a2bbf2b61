"""Background work that pages ask for: exporting long lists."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel import files
from niangjia.kernel.files.kinds import XLSX
from niangjia.kernel.jobs import Progress, job
from niangjia.web.shell import exports
from niangjia.web.workbench import lists  # noqa: F401  declares what can be exported


@job(label=_("导出列表"), long=True, retries=2, name="web.export")
def export_list(progress: Progress, *, name: str, given: dict[str, str]) -> dict[str, int]:
    """With the rights that whoever asked has by now; the log and the file are there together or not at all."""
    actor = progress.actor()
    export = exports.export_named(name, actor)
    asked = exports.asked_by(export, actor, given)
    progress.total, progress.done = export.rows(actor, asked).order_by().count(), 0
    content, count = exports.write(export, actor, asked, progress.advance)
    progress.done = count
    with progress.commit():
        home = exports.home_of(export, actor, asked)
        stored = files.keep(content, XLSX, actor=actor, unit=home, name=str(export.label))
        exports.record(export, actor, asked, count)
        progress.attach(stored)
    return {"rows": count}
