"""What the rest may ask about the demo city."""

from niangjia.demo.models import DemoCity


def demo_city() -> DemoCity | None:
    """The mark of a demo database, finished or not; None where people are real."""
    return DemoCity.objects.first()
