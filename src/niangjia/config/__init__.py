"""Settings, addresses, the WSGI door and the `niangjia` command. Knows every package; none knows it."""
