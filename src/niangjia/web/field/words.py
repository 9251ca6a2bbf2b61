"""What the phone's page says while it has no server to ask. Figures stand in braces."""

from django.utils.translation import gettext as _


def words() -> dict[str, object]:
    return {
        **_about_the_phone(),
        **_about_sending(),
        "incomplete": _("还没有填好“{field}”，请补上再上报。"),
        "future": _("入户日期不能晚于今天。"),
        "early": _("入户日期不能早于申请日期。"),
        "belongings": _("请勾选看到的主要财产；都没有的，勾“均无”。两边不能同时勾。"),
        "unreadable": _("有照片读不了，没有放进来。请用手机相机重拍，格式选 JPEG。"),
        "photo": _("照片 {number}"),
        "signed": _("已签"),
        "unsigned": _("未签"),
        "by": _("{name} 登记于 {time}"),
        "changed": _("档案现在的内容"),
        "yes": _("有"),
        "no": _("无"),
        "states": {
            "new": _("未填"),
            "editing": _("填写中"),
            "queued": _("等待上报"),
            "refused": _("没有登记"),
            "conflict": _("情况有变"),
            "done": _("已登记"),
        },
        "open": {
            "new": _("填写"),
            "editing": _("接着填"),
            "refused": _("改好再报"),
            "conflict": _("对照选择"),
        },
    }


def _about_the_phone() -> dict[str, object]:
    return {
        "unfit": _(
            "这个浏览器不能安全地保存核查资料：要用 https 网址，并允许本站存储。请换浏览器，或用在线表单登记。"
        ),
        "gone": _("保留期已过，或已退出登录，手机上的核查资料已经清除。请重新下载。"),
        "kept": _("手机上有 {count} 户的资料，加密保存到 {until}，到期自动清除。"),
        "taken": _("已下载 {count} 户，可以断网使用。"),
        "none": _("您桌上现在没有等待入户的档案。"),
        "wipeAll": _("清除这部手机上的全部核查资料，确定吗？需要时可以重新下载。"),
        "wipeUnsent": _("还有 {count} 份没有上报，清除后找不回来。确定清除吗？"),
        "wiped": _("手机上的核查资料已经清除。"),
        "dropOne": _("删去手机上填的这一份，照片和签字一起删，找不回来。确定吗？"),
        "full": _(
            "手机存储空间不够，刚才的内容没有存下。请删去几张照片或清理手机空间，再填一次；已存的还在。"
        ),
        "broken": _("出错了，已存的内容还在手机上。请刷新页面再试。"),
    }


def _about_sending() -> dict[str, object]:
    return {
        "online": _("已联网"),
        "offlineShort": _("没有网络"),
        "offline": _("现在没有网络。内容都存在手机上，联网后打开本页会自动上报。"),
        "queued": _("已存好。联网后打开本页会自动上报，不会重复登记。"),
        "sending": _("正在上报：照片和签字已传 {done} 件，共 {total} 件。"),
        "sent": _("已上报并登记。"),
        "later": _("没有连上服务器。内容都在手机上，联网后会接着上报，不会重复登记。"),
        "signIn": _("登录已过期。请重新登录，再回到本页，会接着上报。"),
        "refused": _("有一份没有登记，原因写在那一户下面。填的内容都还在。"),
        "conflict": _("有一户情况有变，请对照两边的内容，选一种处理办法。"),
        "older": _("这一份之前已经登记过，后来在手机上改的没有送到。请到档案里核对。"),
    }
