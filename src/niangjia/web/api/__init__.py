"""接口: the JSON API. Every workflow step has one endpoint, made from the same declaration as its page."""
