"""Which union and which employer a row means: looked up once a file, not once a row."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from niangjia.kernel.access import within
from niangjia.kernel.errors import Invalid
from niangjia.organisation import uscc
from niangjia.organisation.models import Employer, UnionBody

AMBIGUOUS = -1
# Employer: id, name, credit code, union of its own.
Known = tuple[int, str, str, int | None]
STEP = 500


class Places:
    """Unions of the uploading union's subtree, all of them; employers as the rows name them."""

    def __init__(self, top: UnionBody) -> None:
        self.top = top
        self._unions: dict[str, int] = {}
        rows = UnionBody.objects.filter(within([top.path], ""), dissolved_on=None).order_by()
        for pk, name, number in rows.values_list("pk", "name", "number"):
            self._unions[name] = AMBIGUOUS if name in self._unions else pk
            self._unions[number] = pk
        self._within = set(self._unions.values())
        self._by_code: dict[str, Known] = {}
        self._by_name: dict[str, list[Known]] = {}
        self._asked: set[str] = set()

    def union(self, words: str) -> int:
        """Raises Invalid, neutrally: a union out of sight is answered like none."""
        found = self._unions.get(words.strip()) or self._unions.get(words.strip().upper())
        if found == AMBIGUOUS:
            raise Invalid(_("辖区内有几个工会叫这个名称，请改填工会编号。"))
        if found is None:
            raise Invalid(_("上传工会的辖区内没有这个工会。请核对名称，或改填工会编号。"))
        return found

    def is_within(self, unit_id: int | None) -> bool:
        return unit_id in self._within

    def look_up(self, names: Iterable[str], codes: Iterable[str]) -> None:
        """Learn employers that were not asked for before."""
        new = [word for word in dict.fromkeys((*names, *codes)) if word and word not in self._asked]
        for start in range(0, len(new), STEP):
            words = new[start : start + STEP]
            rows = Employer.objects.filter(Q(name__in=words) | Q(uscc__in=words)).order_by()
            for known in rows.values_list("pk", "name", "uscc", "union_id"):
                if known[2] not in self._by_code:
                    self._by_code[known[2]] = known
                    self._by_name.setdefault(known[1], []).append(known)
        self._asked.update(new)

    def employer(self, name: str | None, code: str | None) -> Known | None:
        """Raises Invalid, saying whether the name or the code is to be looked at."""
        if code:
            found = self._by_code.get(code) or self._by_code.get(uscc.check(code))
            if found is None:
                raise Invalid(_("没有登记过这个信用代码的单位。请先登记单位，再上传。"), {"uscc": []})
            if name and name != found[1]:
                raise Invalid(_("信用代码登记的是另一个单位名称，请核对单位名称和代码。"), {"employer": []})
            return found
        if not name:
            return None
        named = self._by_name.get(name, [])
        if len(named) > 1:
            raise Invalid(_("有几个单位叫这个名称，请补填统一社会信用代码。"), {"uscc": []})
        if not named:
            raise Invalid(_("没有登记过这个单位。请核对名称，或先登记单位，再上传。"), {"employer": []})
        return named[0]
