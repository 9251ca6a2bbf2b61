"""Niangjia 娘家: an open, self-hosted platform for Chinese trade unions."""

__version__ = "0.1.0"
