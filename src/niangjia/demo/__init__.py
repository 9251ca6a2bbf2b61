"""演示城市: the demo city, built through public actions under kernel.clock."""
