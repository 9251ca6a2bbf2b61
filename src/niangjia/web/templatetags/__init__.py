"""Where Django looks for template tags: `{% load niangjia %}` brings the components of `web/shell`."""
